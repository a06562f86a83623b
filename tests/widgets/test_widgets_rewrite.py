"""The rewrite workspace: what waits, what is kept, what is sent when, in both voices."""

import json

import pytest

from lessons import rewrite
from lessons.analysis.rewriting import LONGEST
from lessons.analysis.rewriting_words import EMPTY, TOO_LONG, UNCHANGED
from lessons.case import open_case
from lessons.widgets import keeping
from lessons.widgets.course import JUDGE, progress, things_to_do, words_of
from lessons.work import Answer

CASE = open_case("danang-2017")
SAMPLES = CASE.exercise_samples.query("exercise_id == 'EX9-01'")
CALM = SAMPLES.loc["EX9-01-S6", "sample"]
LOADED = SAMPLES.loc["EX9-01-S4", "sample"]
CALM_STATEMENT = (
    "The presidents said that these steps include carrying out resolution 2254, a reform and "
    "elections under UN supervision [source needed]."
)
VERSIONS = {"F13": CALM, "S6": CALM_STATEMENT}
# What an own version must not bring along before it is checked.
ROW = CASE.exercises.loc["EX9-01"]
SECRETS = {*SAMPLES["sample"], *SAMPLES["why"], ROW["feedback_right"], ROW["feedback_wrong"]}
SECRETS |= {ROW["key"]}


def calmer(passage):
    """The calmer words of a passage that are no single word."""
    own = CASE.loaded_words.query("passage_id == @passage")["neutral_alternative"]
    return {text for text in own if " " in text}


@pytest.fixture(autouse=True)
def answered_before(own_work):
    """The exercise that shows a claim of F13 first is answered."""
    answer("EX4-01")


def answer(item):
    time = "2026-11-25T07:00:00.000Z"
    keeping.work().keep(Answer(f"a-{item}", CASE.name, item, "mark-span", [], time))


def send(widget, value, *, item=None, kind="rewrite"):
    count = widget.outbox.get("count", 0)
    record = {"id": f"a-{widget._passage}-{count}", "item": item or widget.item, "kind": kind}
    record |= {"value": value, "answered_at": f"2026-11-25T08:{count:02}:00.000Z"}
    widget.outbox = {"count": count + 1, "records": [record]}


def told(widget, texts):
    """Which texts stand in what travels or is saved."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    data, _ = widget._repr_mimebundle_()
    whole = json.dumps([state, data], ensure_ascii=False)
    return {text for text in texts if json.dumps(text, ensure_ascii=False)[1:-1] in whole}


def test_first_the_passage_and_the_task():
    widget = rewrite(CASE, "F13")
    assert widget.prompt == ROW["prompt"]
    assert widget.passage["text"].startswith("Washington's objective is")  # without its label
    assert (widget.passage["symbol"], widget.passage["word"]) == ("\u25b2", "Commentary")
    assert (widget.most, widget.longest, widget.how) == (60, LONGEST, "write, about 8 minutes")
    assert widget.sentence == (
        "Rewrite F13, 44 words of Commentary: your own version in at most 60 words."
    )
    assert widget.refusals == {"empty": EMPTY, "long": TOO_LONG}
    assert told(widget, SECRETS | calmer("F13")) == set()
    assert widget.revealed == {}


def test_a_passage_that_no_exercise_asks_for_is_asked_in_the_same_way():
    widget = rewrite(CASE, "S6")
    assert widget.waits_for == []
    assert widget.prompt.startswith("Rewrite S6 in calm words")
    assert (widget.most, widget.how) == (0, "write, about 8 minutes")
    assert widget.passage["word"] == "Statement"
    assert told(widget, calmer("S6")) == set()
    send(widget, CALM_STATEMENT)
    assert widget.revealed["rubric"] == {}
    assert [claim["found"] for claim in widget.revealed["claims"]] == [True]


def test_it_waits_for_the_exercise_that_shows_a_claim_of_it_first(monkeypatch, tmp_path):
    monkeypatch.setenv("TWO_VOICES_WORK", str(tmp_path))
    keeping.work.cache_clear()
    widget, words = rewrite(CASE, "F13"), "objective is regime change"
    assert [name.partition(" ")[0] for name in widget.waits_for] == ["EX4-01"]
    assert (widget.prompt, widget.passage) == ("", {})
    assert told(widget, {words}) == set()
    answer("EX4-01")
    widget.asked += 1
    assert widget.waits_for == []
    assert told(widget, {words}) == {words}
    # A saved page cannot know what was answered.
    assert words not in widget._repr_mimebundle_()[0]["text/html"]


def test_a_check_brings_what_was_found_and_the_samples():
    widget = rewrite(CASE, "F13")
    send(widget, LOADED)
    found = widget.revealed
    assert found["sentences"][1] == "3 of the 9 loaded words are left."
    assert [row["written"] for row in found["loaded"] if row["left"]] == [
        "regime change",
        "vassal state",
        "isolate",
    ]
    assert [row["claim_id"] for row in found["claims"] if not row["found"]] == ["F13.6", "F13.7"]
    assert found["said"] == {"count": 1, "rows": [{"sentence": LOADED, "by": "Lendman"}]}
    assert found["parts"] == {"count": 0, "rows": []}
    assert {kind for kind, _ in found["differences"]} == {"same", "out", "new"}
    assert len(found["rubric"]["samples"]) == 6
    assert found["change"] == ""
    assert told(widget, SECRETS | calmer("F13")) == SECRETS | calmer("F13")


@pytest.mark.parametrize("passage", VERSIONS)
def test_the_first_and_the_newest_are_kept_and_what_changed_is_told(passage):
    widget = rewrite(CASE, passage)
    original = CASE.quote(passage).removeprefix("Fact: ")
    send(widget, original)
    assert widget.revealed["sentences"][0] == UNCHANGED
    send(widget, "Something in between.")
    send(widget, VERSIONS[passage])
    assert [attempt["value"] for attempt in widget.attempts] == [original, VERSIONS[passage]]
    assert widget.checks == 3
    count = len(widget.revealed["loaded"])
    left = sum(row["left"] for row in widget.revealed["loaded"])
    assert f"{count} loaded words left, then {left};" in widget.revealed["change"]
    assert len(keeping.work().of(CASE.name, f"rewrite:{passage}")) == 3
    again = rewrite(CASE, passage)
    for name in ("attempts", "checks", "revealed"):
        assert getattr(again, name) == getattr(widget, name), name


@pytest.mark.parametrize(
    ("value", "notice"),
    [
        ("", "no version of a text"),
        (" \n... \U0001f600", "no version of a text"),
        (17, "no version of a text"),
        (["a"], "no version of a text"),
        (None, "no version of a text"),
        ("word " * 4001, TOO_LONG),
    ],
)
def test_what_is_no_version_is_refused_in_a_sentence(value, notice):
    widget = rewrite(CASE, "F13")
    send(widget, CALM)
    send(widget, value)
    assert notice in widget.notice
    assert [attempt["value"] for attempt in widget.attempts] == [CALM]
    assert len(widget.saved) == 1


@pytest.mark.parametrize("passage", VERSIONS)
def test_20000_characters_are_checked(passage):
    widget = rewrite(CASE, passage)
    send(widget, ("A new claim, and another one. " * LONGEST)[:LONGEST])
    assert widget.notice == ""
    found = widget.revealed
    assert found["sentences"][0].startswith("Your version has 4,001 words")
    assert len(found["said"]["rows"]) == 12
    assert found["said"]["count"] > 600
    assert len(json.dumps(found)) < 60_000


def test_the_own_level_is_kept_where_there_are_samples():
    widget = rewrite(CASE, "F13")
    send(widget, CALM)
    send(widget, "2", item="rewrite:F13:level", kind="level")
    send(widget, "7", item="rewrite:F13:level", kind="level")
    assert (widget.level, rewrite(CASE, "F13").level) == ("2", "2")
    plain = rewrite(CASE, "S6")
    send(plain, "2", item="rewrite:S6:level", kind="level")
    assert plain.level == ""
    assert "nothing called 'rewrite:S6:level'" in plain.notice


def test_a_disagreement_is_kept():
    widget = rewrite(CASE, "F13")
    send(widget, CALM)
    send(widget, "Isolating is a plain verb.", item="rewrite:F13:disagree", kind="disagree")
    assert widget.disagreed == {"rewrite:F13": "Isolating is a plain verb."}
    assert widget.checks == 1


def test_what_comes_of_a_check_comes_in_one_piece(monkeypatch):
    widget, sends = rewrite(CASE, "F13"), []

    def note(_self, key=None):
        sends.append({key} if isinstance(key, str) else set(key))

    monkeypatch.setattr(type(widget), "send_state", note)
    send(widget, CALM)
    assert {"revealed", "checks", "attempts"} in sends


def test_a_passage_that_there_is_not():
    with pytest.raises(ValueError, match="has no passage 'F99'"):
        rewrite(CASE, "F99")


def test_it_is_a_thing_to_do_that_is_done_with_the_first_check(tmp_path):
    cells = ["danang = open_case('danang-2017')", 'rewrite(danang, "F13")']
    notebook = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    (tmp_path / "08-x.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    ((thing,),) = (lesson.things for lesson in things_to_do(tmp_path))
    assert (thing.kind, thing.case, thing.item) == (JUDGE, CASE.name, "rewrite:F13")
    assert thing.words == words_of("rewrite:F13") == "Rewrite F13"
    assert progress("rewrite:F13", ["rewrite:F13:level", "rewrite:S6"]) == (False, "")
    assert progress("rewrite:F13", ["rewrite:F13"]) == (True, "")
