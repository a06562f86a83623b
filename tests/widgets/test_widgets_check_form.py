"""The check: what a card shows, what is kept, and when it is told what is right."""

import json
import os

import pandas as pd
import pytest
import traitlets as t

from lessons import check_form
from lessons.analysis.checks import FORMS
from lessons.case import open_case
from lessons.widgets import check_form as module
from lessons.widgets import keeping
from lessons.widgets.check_form import CHOICES
from lessons.widgets.keeping import SURE
from lessons.work import Answer, WorkError

CASE = open_case("danang-2017")
ITEMS = CASE.check_items
TIME = "2026-11-25T08:14:10.123Z"
LATE = "2026-11-25T08:15:10.123Z"
YES = {"answer": "sound", "sure": 80}
NO = {"answer": "unsound", "sure": 60}
TEXTS = ["explain_sound_choice", "explain_unsound_choice"]


def record(item, value, *, at=TIME, kind="check"):
    name = f"{item}-{at}"
    name = "".join(char for char in name if char.isalnum() or char == "-")
    return {"id": name, "item": item, "kind": kind, "value": value, "answered_at": at}


def send(widget, *records):
    count = widget.outbox.get("count", 0) + 1
    widget.outbox = {"count": count, "records": list(records)}


def answer_all(widget, value=YES, *, but=0):
    ids = [item["id"] for item in widget.items]
    send(widget, *(record(item, value) for item in ids[: len(ids) - but]))


def sent(widget):
    """Everything that travels or is saved, as one text."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    data, _ = widget._repr_mimebundle_()
    return json.dumps([state, data], ensure_ascii=False)


def told(widget):
    """The explanations among all that is sent."""
    everything = sent(widget)
    texts = [text for column in TEXTS for text in ITEMS[column]]
    return {text for text in texts if json.dumps(text, ensure_ascii=False)[1:-1] in everything}


def explanations(form):
    rows = ITEMS[ITEMS["form"] == FORMS[form]]
    return {text for column in TEXTS for text in rows[column]}


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


def test_a_form_has_its_sixteen_cards_and_no_others(form):
    widget = check_form(CASE, form)
    rows = ITEMS[ITEMS["form"] == FORMS[form]]
    assert {item["id"] for item in widget.items} == set(rows.index)
    assert len(widget.items) == 16
    for item in widget.items:
        row = ITEMS.loc[item["id"]]
        before, judged, after = item["parts"]
        assert row["text"] == f"{before}[judge: {judged}]{after}"
        assert item["question"] == row["question"]
        assert item.keys() == {"id", "parts", "question"}
    assert widget.at == widget.items[0]["id"]


def test_the_order_is_the_same_for_everybody(form):
    first, second = check_form(CASE, form), check_form(CASE, form)
    assert first.items == second.items
    assert [item["id"] for item in first.items] != sorted(item["id"] for item in first.items)


@pytest.mark.parametrize("name", ["", "Before", "pre", "between"])
def test_a_form_that_is_none(name):
    with pytest.raises(ValueError, match=r"expected one of 'before', 'after', 'later'\.$"):
        check_form(CASE, name)


def test_the_sentence_says_how_many_and_when():
    assert check_form(CASE, "before").sentence == (
        "16 cards to judge before the course: does the marked sentence hold up, and how sure are "
        "you? All names and places are invented."
    )
    assert "at the end of the course" in check_form(CASE, "after").sentence
    assert "some time after the course" in check_form(CASE, "later").sentence


def test_what_is_saved_does_not_depend_on_the_learner(form, saved):
    fresh = saved(check_form(CASE, form))[0]
    widget = check_form(CASE, form)
    answer_all(widget)
    for one in (widget, check_form(CASE, form)):
        data = saved(one)[0]
        assert (data["text/html"], data["text/plain"]) == (fresh["text/html"], fresh["text/plain"])


def test_the_cards_can_be_read_where_nothing_runs(saved):
    page = saved(check_form(CASE, "before"))[0]["text/html"]
    assert page.count("[Judge this sentence: ") == 16
    assert "<b>Card 16.</b>" in page
    assert "PRE-" not in page


@pytest.mark.parametrize("answer", CHOICES)
@pytest.mark.parametrize("sure", SURE)
def test_every_answer_is_kept_and_comes_back(answer, sure):
    widget = check_form(CASE, "before")
    item, value = widget.items[2]["id"], {"answer": answer, "sure": sure}
    send(widget, record(item, value))
    (kept,) = keeping.work().of("danang-2017", item)
    assert (kept.item, kept.kind, kept.value) == (item, "check", value)
    assert widget.saved == [kept.id]
    assert widget.given == {item: value}
    again = check_form(CASE, "before")
    assert again.given == {item: value}
    assert again.at == again.items[0]["id"]
    assert again.notice == ""


def test_the_first_card_without_an_answer_is_open():
    widget = check_form(CASE, "after")
    ids = [item["id"] for item in widget.items]
    send(widget, record(ids[0], YES), record(ids[1], NO), record(ids[3], NO))
    assert check_form(CASE, "after").at == ids[2]


def test_the_first_answer_counts_here_and_after_it_was_read_again():
    widget = check_form(CASE, "before")
    item = widget.items[0]["id"]
    send(widget, record(item, NO, at=LATE))
    send(widget, record(item, YES))  # given earlier, in another window, and sent later
    send(widget, record(item, NO, at="2026-11-25T08:16:10.123Z"))
    assert widget.given == {item: YES} == check_form(CASE, "before").given
    assert len(keeping.work().of("danang-2017", item)) == 3  # none is thrown away


def test_the_table_is_in_the_order_of_the_cards():
    widget = check_form(CASE, "before")
    first, second = (widget.items[number]["id"] for number in (0, 1))
    send(widget, record(second, NO, at=LATE), record(first, YES))
    expected = pd.DataFrame(
        {
            "item": [first, second],
            "answer": ["sound", "unsound"],
            "sure": [80, 60],
            "answered_at": [TIME, LATE],
        }
    ).astype({"item": "str", "answer": "str", "answered_at": "str"})
    pd.testing.assert_frame_equal(widget.table, expected)


def test_an_empty_table_has_its_columns():
    table = check_form(CASE, "later").table
    assert list(table.columns) == ["item", "answer", "sure", "answered_at"]
    assert len(table) == 0
    assert table["sure"].dtype == "int64"


BAD_VALUES = [
    "sound",
    None,
    [],
    {},
    {"answer": "sound"},
    {"answer": "maybe", "sure": 80},
    {"answer": ["sound"], "sure": 80},
    {"answer": "sound", "sure": 55},
    {"answer": "sound", "sure": "80"},
    {"answer": "sound", "sure": 80.0},
    {"answer": "sound", "sure": True},
    {"answer": "sound", "sure": 80, "right": True},
]


@pytest.mark.parametrize("value", BAD_VALUES, ids=str)
def test_what_is_no_answer_is_left_out(value):
    widget = check_form(CASE, "before")
    good, bad = widget.items[0]["id"], widget.items[1]["id"]
    send(widget, record(bad, value), record(good, YES))
    assert widget.given == {good: YES}
    assert widget.notice == "The page sent something that is no answer to a card; it was left out."
    assert keeping.work().of("danang-2017", bad) == []


def test_what_is_no_answer_in_the_database_is_left_out():
    item = "PRE-05"
    keeping.work().keep(
        Answer("a-1", "danang-2017", item, "check", {"answer": "x"}, TIME),
        Answer("a-2", "danang-2017", item, "choose-one", YES, TIME),
        Answer("a-3", "danang-2017", item, "check", NO, LATE),
        Answer("a-4", "other", "PRE-06", "check", NO, LATE),
    )
    assert check_form(CASE, "before").given == {item: NO}


@pytest.mark.parametrize("item", ["POST-01", "LATER-01", "PRE-17", "", "PRE-01:again"])
def test_a_card_of_another_form_is_not_answered_here(item):
    widget = check_form(CASE, "before")
    send(widget, record(item, YES))
    assert widget.given == {}
    assert widget.notice == f"There is nothing called {item!r} to answer here."


def test_a_disagreement_is_no_card():
    widget = check_form(CASE, "before")
    send(widget, record("PRE-01:disagree", YES))
    assert widget.given == {}


def test_a_card_that_is_none_cannot_be_opened():
    widget = check_form(CASE, "before")
    with pytest.raises(t.TraitError, match="There is no card 'POST-01' in this check"):
        widget.at = "POST-01"


@pytest.mark.parametrize("name", ["after", "later"])
def test_what_is_right_comes_with_the_last_answer_and_not_before(name):
    widget = check_form(CASE, name)
    assert told(widget) == set()
    answer_all(widget, but=1)
    assert len(widget.given) == 15
    assert told(widget) == set()
    send(widget, record(widget.items[15]["id"], NO))
    assert told(widget) == explanations(name)
    assert told(check_form(CASE, name)) == explanations(name)
    assert all(told(check_form(CASE, other)) == set() for other in FORMS if other != name)


def test_what_is_right_before_the_course_waits_for_the_check_after_it():
    widget = check_form(CASE, "before")
    answer_all(widget)
    assert len(widget.given) == 16
    assert told(widget) == told(check_form(CASE, "before")) == set()
    assert widget.waits == (
        "That was the last card. Your answers are kept. What is right and why comes with the "
        "check at the end of the course: so the two can be compared."
    )
    after = check_form(CASE, "after")
    answer_all(after, but=1)
    assert told(check_form(CASE, "before")) == set()
    send(after, record(after.items[15]["id"], YES))
    assert told(check_form(CASE, "before")) == explanations("before")


def test_the_check_after_the_course_does_not_open_a_first_one_that_is_not_done():
    answer_all(check_form(CASE, "after"))
    answer_all(check_form(CASE, "later"))
    widget = check_form(CASE, "before")
    answer_all(widget, but=1)
    assert told(widget) == set()
    send(widget, record(widget.items[15]["id"], YES))
    assert told(widget) == explanations("before")


def test_answers_that_are_none_do_not_open_the_check_before_the_course():
    answer_all(check_form(CASE, "before"))
    for number in range(1, 17):
        item = f"POST-{number:02}"
        keeping.work().keep(Answer(f"a-{number}", "danang-2017", item, "check", {}, TIME))
    assert told(check_form(CASE, "before")) == set()


def test_what_the_page_sets_opens_nothing():
    widget = check_form(CASE, "after")
    widget.given = {item["id"]: YES for item in widget.items}
    assert told(widget) == set()
    send(widget, record(widget.items[0]["id"], YES))
    assert len(widget.given) == 1
    assert told(widget) == set()


def test_the_explanation_of_the_own_choice_comes_first():
    widget = check_form(CASE, "after")
    values = [YES, NO] * 8
    ids = [item["id"] for item in widget.items]
    send(widget, *(record(item, value) for item, value in zip(ids, values, strict=True)))
    for item, value in zip(ids, values, strict=True):
        row = ITEMS.loc[item]
        pairs = [["sound", row[TEXTS[0]]], ["unsound", row[TEXTS[1]]]]
        assert widget.explained[item] == (pairs if value is YES else pairs[::-1])


def test_no_figure_of_right_answers_is_anywhere():
    widget = check_form(CASE, "after")
    answer_all(widget)
    state = widget.get_state()
    assert not {"score", "right", "points", "sound"} & set(state)
    for column in ("hard_because", "skill"):
        assert not [text for text in ITEMS[column] if f'"{text}"' in sent(widget)]


def test_answers_that_cannot_be_saved_are_shown_and_told_all_the_same(monkeypatch):
    class Full:
        notice = ""

        def many(self, _case, items):
            return {item: [] for item in items}

        def keep(self, *_answers):
            raise WorkError("The disk is full.")

    monkeypatch.setattr(keeping, "work", Full)
    widget = check_form(CASE, "after")
    answer_all(widget)
    assert widget.notice == "The disk is full."
    assert widget.saved == []
    assert len(widget.given) == 16
    assert told(widget) == explanations("after")


def test_a_work_that_cannot_be_read_keeps_the_first_check_closed(monkeypatch):
    class Broken:
        notice = ""

        def many(self, _case, _items):
            raise WorkError("It cannot be read.")

        def keep(self, *_answers):
            pass

    for place in (keeping, module):
        monkeypatch.setattr(place, "work", Broken)
    widget = check_form(CASE, "before")
    assert widget.notice == "It cannot be read."
    answer_all(widget)
    assert len(widget.given) == 16
    assert told(widget) == set()


def test_hostile_cards_are_text_in_what_is_saved(monkeypatch, saved):
    hostile = "<script>alert('x')</script>"
    items = ITEMS.assign(text=f"{hostile} [judge: {hostile}] {hostile}", question=hostile)
    monkeypatch.setattr(type(CASE), "check_items", property(lambda _: items))
    widget = check_form(CASE, "before")
    assert widget.items[0]["parts"] == [f"{hostile} ", hostile, f" {hostile}"]
    page = saved(widget)[0]["text/html"]
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 16 * 4


def test_the_place_of_a_form(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "/x/lesson.ipynb")
    assert check_form(CASE, "before")._place == "lesson:danang-2017:check:form=before"
    assert check_form(CASE, "before")._scope == f"{os.getpid()}:danang-2017"
