"""A guess, then the picture: what is sent when, and what has to be answered first."""

import altair as alt
import pandas as pd
import pytest

from lessons import charts, guess, open_case
from lessons.widgets import keeping
from lessons.widgets.chart import sentence_of, table_of
from lessons.widgets.waiting import answered_none
from lessons.work import Answer

CASE = open_case("danang-2017")
CHART = charts.deeds_chart(CASE)
TIME = "2026-11-25T08:00:0{}.000Z"


def send(widget, value, second=0, item=None):
    """Guess, as the page does."""
    record = {"id": f"g-{second}-{value}", "item": item or widget.item, "kind": "guess"}
    record |= {"value": value, "answered_at": TIME.format(second)}
    widget.outbox = {"count": widget.outbox.get("count", 0) + 1, "records": [record]}


def answer(*items):
    """Answer items as other widgets do."""
    rows = [
        Answer(f"a-{abs(hash(item))}", CASE.name, item, "choose-one", "x", TIME.format(0))
        for item in items
    ]
    keeping.work().keep(*rows)


def sent(widget):
    return (widget.spec, widget.rows, widget.columns, widget.words, widget.reflect)


def test_nothing_of_the_picture_is_sent_before_the_guess():
    widget = guess(CASE, "GU-deeds", CHART)
    assert widget.options == CASE.guesses.loc["GU-deeds", "options"]
    assert sent(widget) == ({}, [], [], "", "")
    data, _ = widget._repr_mimebundle_()
    assert CHART.description not in data["text/html"]
    send(widget, "Syria")
    assert widget.guessed == "Syria"
    assert widget.words == sentence_of(CHART)
    assert len(widget.rows) == len(table_of(CHART))
    assert widget.reflect == CASE.guesses.loc["GU-deeds", "reflect"]


def test_the_first_guess_counts_and_comes_back():
    widget = guess(CASE, "GU-deeds", CHART)
    send(widget, "Syria", 1)
    send(widget, "Russia", 2)
    assert widget.guessed == "Syria"
    again = guess(CASE, "GU-deeds", CHART)
    assert (again.guessed, again.words) == ("Syria", sentence_of(CHART))
    assert guess(CASE, "GU-naming", charts.naming_chart(CASE)).guessed == ""


def test_a_guess_waits_until_all_of_its_things_are_answered():
    names = CASE.guesses.loc["GU-kinds", "waits_for"]
    widget = guess(CASE, "GU-kinds", charts.claim_kinds_chart(CASE))
    exercises = [name for name in names if name.startswith("EX")]
    where = " (lesson 3 \u00b7 The commentary)"
    said = ["\u201cSort the claims\u201d", *exercises]
    assert widget.waits_for == [f"{one}{where}" for one in said]
    assert (widget.prompt, widget.options) == ("", [])
    answer(*names[:-1])
    widget.asked += 1
    assert widget.waits_for == [f"{exercises[-1]}{where}"]
    assert widget.prompt == ""
    answer(names[-1])
    widget.asked += 1
    assert widget.waits_for == []
    assert widget.prompt == CASE.guesses.loc["GU-kinds", "prompt"]


def test_marks_count_as_answered_when_they_were_compared():
    answer("marks:loaded words:abc")
    assert answered_none(CASE.name, ["marks:loaded words"]) == [
        "\u201cMark the loaded words\u201d (lesson 4 \u00b7 Loaded language)"
    ]
    answer("marks:loaded words:abc:compare")
    assert answered_none(CASE.name, ["marks:loaded words"]) == []
    assert answered_none("another", ["marks:loaded words"]) != []


def test_a_checked_claim_counts_when_it_has_a_verdict():
    answer("check:S9.1:opened")
    assert answered_none(CASE.name, ["check:S9.1"])[0].startswith("\u201cCheck S9.1\u201d")
    answer("check:S9.1:verdict")
    assert answered_none(CASE.name, ["check:S9.1"]) == []


def test_what_the_case_does_not_have():
    with pytest.raises(ValueError, match="has no guess 'GU-no'; it has GU-kinds, GU-loaded"):
        guess(CASE, "GU-no", CHART)
    bare = alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar()
    with pytest.raises(ValueError, match="no table of its own"):
        guess(CASE, "GU-deeds", bare)


def test_a_guess_that_belongs_elsewhere_is_refused():
    widget = guess(CASE, "GU-deeds", CHART)
    send(widget, "Syria", item="guess:GU-naming")
    assert widget.guessed == ""
    assert "nothing called 'guess:GU-naming'" in widget.notice


def test_the_table_of_guesses_names_what_there_is():
    """Each name is an exercise, a claim to sort or check, or a kind of marks."""
    rows = CASE.guesses
    assert all(len(options) >= 3 for options in rows["options"])
    for name in [name for names in rows["waits_for"] for name in names]:
        kind, _, thing = name.partition(":")
        known = {
            "kind": set(CASE.claims.index),
            "check": set(CASE.claims.index),
            "marks": {"techniques", "loaded words"},
        }
        assert thing in known[kind] if thing else name in CASE.exercises.index
    text = pd.concat([rows["prompt"], rows["reflect"]])
    assert not text.str.contains(r"\b(?:true|false|lie)\b").any()
