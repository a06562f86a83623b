"""The portfolio: what stands in it, when, and that none of it is part of a saved notebook."""

import json

import pytest

from lessons import check_form, open_case, portfolio
from lessons.widgets.check_form import answers_to, is_done
from lessons.widgets.portfolio_parts import NOTHING_WRITTEN
from lessons.work import Answer, WorkError, open_work

CASE = open_case("danang-2017")
NAME = CASE.name
HOSTILE = "<script>alert(1)</script>"
CHECKS = ["before", "after", "later"]


def answer(item, kind, value, second=0, case=NAME):
    """An answer to one item; `second` says when."""
    time = f"2026-11-25T08:14:{second:02d}.123Z"
    return Answer(
        f"{kind}-{item}-{second}".replace(":", "-").replace(" ", "-"), case, item, kind, value, time
    )


def check(form, right=lambda number: True, sure=80):
    """Answers to all cards of a form; `right` says by number which of them are right."""
    found = []
    for number, card in enumerate(check_form(CASE, form).items):
        sound = CASE.check_items.loc[card["id"], "sound"] == "yes"
        said = "sound" if sound == right(number) else "unsound"
        found.append(
            answer(card["id"], "check", {"answer": said, "sure": sure}, CHECKS.index(form))
        )
    return found


def keep(*answers):
    open_work().keep(*answers)


@pytest.fixture
def look(monkeypatch):
    """Return a function that looks as the page does, and returns what came back."""

    def looked(widget=None):
        widget, sent = widget or portfolio(CASE), []
        monkeypatch.setattr(widget, "send", sent.append)
        widget._on_message(widget, {"do": "look", "n": "7"}, [])
        (found,) = sent
        assert found["n"] == "7"
        return found

    return looked


def blocks(found, title):
    (part,) = [part for part in found["parts"] if part["title"] == title]
    return part["blocks"]


def said(found, title):
    """Every text of a part, a line each."""
    lines = []
    for block in blocks(found, title):
        lines += [block[name] for name in ("label", "text", "sentence") if name in block]
        lines += block.get("items", [])
    return "\n".join(lines)


def pictures(found, title):
    return [block for block in blocks(found, title) if block["kind"] == "picture"]


# --- nothing, a part, all -------------------------------------------------------------------------


def test_with_nothing_done_it_says_what_will_be_here(look):
    found = look()
    assert [part["title"] for part in found["parts"]] == [
        "What I did",
        "What I wrote",
        "How I judged",
    ]
    assert found["alias"] == ""
    assert CASE.title in found["about"]
    assert said(found, "What I wrote") == NOTHING_WRITTEN
    judged = said(found, "How I judged")
    assert "comes here when both checks are done" in judged
    assert "The check before the lessons" in judged
    assert "The check after the lessons" in judged


def test_what_was_written_stands_in_its_newest_version_beside_what_it_answers(look):
    keep(answer("EX9-02", "short-text", "first", 1), answer("EX9-02", "short-text", "second", 2))
    keep(answer("rewrite:S2", "rewrite", "calm", 3))
    keep(answer("EX2-01:disagree", "disagree", "because x", 4))
    keep(answer("EX9-02", "short-text", "of another case", 5, case="another"))
    found = blocks(look(), "What I wrote")
    assert [(block["kind"], block["text"]) for block in found][1:] == [
        ("own", "calm"),
        ("own", "second"),
        ("own", "because x"),
    ]
    original = found[0]
    assert original["label"] == "\u25a0 S2 Statement, the original"
    assert original["text"] in CASE.quote("S2")
    assert found[2]["label"] == f"EX9-02. {CASE.exercises.loc['EX9-02', 'prompt']}"
    assert found[3]["label"] == "I disagree, because (EX2-01)"


def test_a_passage_of_the_commentary_stands_there_only_when_its_claims_were_rated(look):
    keep(answer("rewrite:F13", "rewrite", "calm", 1))  # as from a file that was taken in
    assert [block["kind"] for block in blocks(look(), "What I wrote")] == ["own"]
    keep(answer("EX4-01", "mark-span", [], 2))
    assert [block["kind"] for block in blocks(look(), "What I wrote")] == ["original", "own"]


def test_what_is_of_no_passage_and_of_no_exercise_is_left_out(look):
    keep(answer("rewrite:X9", "rewrite", "calm", 1), answer("EX0-99", "short-text", "text", 2))
    assert said(look(), "What I wrote") == NOTHING_WRITTEN


def test_the_two_numbers_of_the_slider_stand_side_by_side(look):
    keep(answer("EX1-01", "slider-confidence", 70, 1))
    assert "at first" not in said(look(), "How I judged")
    keep(answer("EX9-05", "slider-confidence", 20, 2), answer("EX9-05", "slider-confidence", 5, 3))
    judged = said(look(), "How I judged")
    assert "EX1-01 and EX9-05. How sure are you that a plain news report follows?" in judged
    assert "70 at first, 20 at the end." in judged  # the first answer counts


@pytest.mark.parametrize("forms", [["before"], ["after"], ["later"], ["before", "later"]])
def test_nothing_is_told_of_a_check_before_both_are_done(look, forms):
    for form in forms:
        keep(*check(form))
    found = look()
    assert pictures(found, "How I judged") == []
    assert not {"discernment", "Brier", "right"} & set(said(found, "How I judged").split())


def test_one_card_that_is_missing_keeps_it_back(look):
    keep(*check("before"), *check("after")[:-1])
    assert pictures(look(), "How I judged") == []
    keep(check("after")[-1])
    assert len(pictures(look(), "How I judged")) == 3


def test_it_tells_telling_apart_and_leaning_as_two_things_with_n(look):
    keep(*check("before", lambda number: number % 4 > 0), *check("after"))
    found = look()
    judged = said(found, "How I judged")
    for words in (
        "You told more of them apart than before the course.",
        "Telling apart and leaning are two things.",
        "From 16 answers",
        "discernment",
        "suspicion c =",
        "Brier score",
        "Nothing here is a mark.",
    ):
        assert words.lower() in judged.lower(), words
    assert "later" not in judged
    for picture in pictures(found, "How I judged"):
        assert picture["src"].startswith("data:image/svg+xml;base64,")
        assert len(picture["sentence"].split()) > 6
        assert picture["rows"]
        assert all(len(row) == len(picture["columns"]) for row in picture["rows"])


def test_the_check_some_weeks_later_is_added_when_it_is_done(look):
    keep(*check("before"), *check("after"), *check("later", lambda number: number < 12))
    found = look()
    assert [b["text"] for b in blocks(found, "How I judged") if b["kind"] == "head"] == [
        "What changed",
        "What stayed",
        "Telling apart, and leaning",
        "As sure as right?",
    ]
    assert len(pictures(found, "How I judged")) == 4
    assert "Some time after the course" in said(found, "How I judged")


def test_no_mark_no_rank_no_total(look):
    keep(*check("before"), *check("after"))
    text = json.dumps(look()).lower()
    for word in ("badge", "well done", "your score", "rank", "out of 10", "better than", "grade"):
        assert word not in text


def test_what_is_done_is_shown_as_a_picture_with_its_table(look):
    (picture,) = pictures(look(), "What I did")
    assert "lessons with something to do" in picture["sentence"]
    assert len(picture["rows"]) > 50


# --- the note -------------------------------------------------------------------------------------


def send_note(widget, value, second=1, kind="note"):
    record = {"id": f"n-{second}", "item": "portfolio:note", "kind": kind, "value": value}
    record["answered_at"] = f"2026-11-25T09:00:{second:02d}.000Z"
    widget.outbox = {"count": second, "records": [record]}


def test_the_newest_note_counts_and_comes_back():
    widget = portfolio(CASE)
    send_note(widget, "one", 1)
    send_note(widget, "two", 2)
    assert widget.note == "two"
    assert portfolio(CASE).note == "two"
    assert widget.saved == ["n-1", "n-2"]


@pytest.mark.parametrize("value", ["", "   ", "x" * 4001, 5, ["a"], None])
def test_what_is_no_note_is_not_kept(value):
    widget = portfolio(CASE)
    send_note(widget, value)
    assert widget.note == ""
    assert widget.notice == "What you take with you may have 1 to 4000 characters."
    assert len(open_work().answers) == 0


# --- hostile, broken ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [HOSTILE, "x" * 20_000, "\u202eabc", "\U0001f600" * 50, "a\nb"])
def test_whatever_was_written_is_text_as_it_was_written(look, text):
    keep(answer("EX9-02", "short-text", text, 1))
    (block,) = blocks(look(), "What I wrote")
    assert block["text"] == text


def test_values_of_another_shape_raise_nothing(look):
    for number, value in enumerate([None, 5, {"a": [HOSTILE]}, [], True], 1):
        keep(answer(f"EX9-0{number}", "short-text", value, number))
        keep(answer(f"EX2-0{number}:disagree", "disagree", value, number))
        keep(answer("EX1-01", "slider-confidence", value, number))
    assert look()["parts"]


def test_no_answer_is_part_of_what_a_notebook_saves(look):
    keep(answer("EX9-02", "short-text", "secret words", 1), *check("before"), *check("after"))
    widget = portfolio(CASE)
    look(widget)
    state = {k: v for k, v in widget.get_state().items() if k not in ("_esm", "_css")}
    saved = json.dumps([state, widget._repr_mimebundle_()[0]["text/html"]], default=str)
    assert "secret words" not in saved
    assert "Brier" not in saved


def test_a_work_that_cannot_be_read_is_one_sentence(look, monkeypatch):
    widget = portfolio(CASE)

    def broken(*_):
        raise WorkError("The file cannot be read.")

    monkeypatch.setattr("lessons.widgets.portfolio.portfolio_parts", broken)
    found = look(widget)
    assert (found["said"], found["failed"]) == ("The file cannot be read.", True)


def test_any_other_message_is_left_alone(monkeypatch):
    widget, sent = portfolio(CASE), []
    monkeypatch.setattr(widget, "send", sent.append)
    for content in ({}, {"do": "delete"}, {"do": ["look"]}, {"do": None, "n": 1}):
        widget._on_message(widget, content, [])
    assert sent == []


# --- one rule for both ----------------------------------------------------------------------------


def test_a_form_is_done_when_each_of_its_cards_has_an_answer():
    assert not is_done(CASE, "before")
    keep(answer("PRE-01", "check", {"answer": "sound"}, 1))  # no answer to a card
    assert answers_to(CASE, "before") == []
    keep(*check("before"))
    assert is_done(CASE, "before")
    assert not is_done(CASE, "after")
    assert len(answers_to(CASE, "before")) == 16
