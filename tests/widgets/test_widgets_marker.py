"""The marker: what is on offer, what is kept, what is shown when."""

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from lessons import marker
from lessons.analysis.marks import marks_of_readers
from lessons.case import open_case
from lessons.widgets import keeping
from lessons.widgets.marker import background_of
from lessons.work import Answer, Work, open_work

CASE = open_case("danang-2017")
FIRST, LATER = "2026-11-25T08:14:10.123Z", "2026-11-25T08:15:10.123Z"
SOME = ["A1", "S1", "F1", "S2"]


def mark(words, label, **more):
    quote = words
    start = CASE.text.index(quote)
    return {
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "label": label,
        "reason": "",
        "sure": "",
    } | more


# Twelve marks on the same few words: nested, crossing, side by side, the same words twice.
LONG = "revealing nothing already known, reflecting no change in dismal bilateral relations"
WORDS = LONG.split(" ")
TWELVE = [
    *(mark(" ".join(WORDS[:n]), "exaggeration", sure="high") for n in range(1, 6)),
    *(
        mark(" ".join(WORDS[n:]), "loaded-language", reason=f"Because {n} \U0001f600")
        for n in range(5)
    ),
    mark("nothing already", "doubt"),
    mark("nothing already", "slogans", sure="low"),
]


def send(widget, value, *, name="a-1", item=None, at=FIRST):
    kind = "compare" if (item or "").endswith(":compare") else "marks"
    record = {"id": name, "item": item or widget.item, "kind": kind}
    widget.outbox = {
        "count": widget.outbox.get("count", 0) + 1,
        "records": [record | {"value": value, "answered_at": at}],
    }


def compare(widget, value, name="c-1", at=LATER):
    send(widget, value, name=name, item=f"{widget.item}:compare", at=at)


def sent(widget):
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    data, _ = widget._repr_mimebundle_()
    return json.dumps([state, data], ensure_ascii=False)


def ids(widget):
    return [label["id"] for label in widget.labels]


def test_help_fades():
    there = set(marks_of_readers(CASE, "techniques", SOME)["label"])
    guided, half, alone = (
        marker(CASE, "techniques", SOME, help=name) for name in ("guided", "half guided", "alone")
    )
    assert set(ids(guided)) == there
    assert len(guided.hints) == len(there)
    assert all(1 <= count <= len(SOME) for count in guided.hints)
    assert set(ids(half)) > there
    assert len(half.labels) == len(there) + 2
    assert ids(half) == ids(marker(CASE, "techniques", SOME, help="half guided"))
    assert ids(alone) == list(CASE.techniques.index)
    assert half.hints == alone.hints == []


def test_every_label_has_a_card():
    for widget in (marker(CASE, "techniques", help="alone"), marker(CASE, "loaded words")):
        for label in widget.labels:
            assert all(label[name] for name in ("definition", "how", "not", "example", "near"))
            assert "[" not in label["name"]


def test_the_examples_are_invented():
    """No example uses two words in a row of the article that a reader would take for it."""
    article = CASE.text.lower()
    names = ("putin", "trump", "syria", "russia", "america", "isis", "assad", "danang")
    for row in CASE.technique_examples.itertuples():
        for text in (row.example, row.near_miss):
            assert not [name for name in names if name in text.lower()]
            words = text.lower().split()
            fours = [" ".join(words[n : n + 4]) for n in range(len(words) - 3)]
            assert not [four for four in fours if four in article]


def test_passages_are_both_voices_in_the_order_of_the_text():
    widget = marker(CASE, "techniques")
    assert {card["voice"] for card in widget.passages} == {"statement", "commentary"}
    both = CASE.passages["voice"].isin(["statement", "commentary"])
    assert [card["id"] for card in widget.passages] == list(CASE.passages.index[both])
    assert [card["id"] for card in marker(CASE, "techniques", ["S2", "A1", "S2"]).passages] == [
        "A1",
        "S2",
    ]
    assert widget.item == "marks:techniques:all"
    assert marker(CASE, "loaded words", ["S2", "A1"]).item == "marks:loaded words:A1,S2"


def test_what_cannot_be_asked_for():
    with pytest.raises(ValueError, match="Found 'verbs' to mark, expected 'techniques' or"):
        marker(CASE, "verbs")
    with pytest.raises(ValueError, match="Found the help 'none', expected 'guided'"):
        marker(CASE, "techniques", help="none")
    with pytest.raises(ValueError, match="has no passage 'S99'"):
        marker(CASE, "techniques", ["S1", "S99"])


def test_twelve_overlapping_marks_survive_save_restart_export_and_import(tmp_path):
    widget = marker(CASE, "techniques", SOME)
    send(widget, TWELVE)
    assert widget.saved == ["a-1"]
    keeping.work.cache_clear()
    again = marker(CASE, "techniques", SOME)
    assert again.marks == TWELVE
    text = keeping.work().export_text()
    elsewhere: Work = open_work(tmp_path / "elsewhere")
    elsewhere.take_in(text, {"danang-2017"})
    (answer,) = elsewhere.of("danang-2017", widget.item)
    assert answer.value == TWELVE
    assert all(CASE.text[one["start"] : one["end"]] == one["quote"] for one in answer.value)


def test_marks_travel_as_annotations_with_the_words_around_and_the_names_of_labels(tmp_path):
    widget = marker(CASE, "techniques", SOME)
    send(widget, TWELVE[:3])
    send(widget, TWELVE, name="a-2", at=LATER)
    compare(widget, TWELVE)
    text = keeping.work().export_text(background_of)
    found = json.loads(text)
    assert found["editions"] == {"danang-2017": background_of("danang-2017").edition}
    assert len(found["annotations"]) == len(TWELVE)
    by_id = {note["id"]: note for note in found["annotations"]}
    for one, name in zip(TWELVE, found["answers"][-1]["value"], strict=True):
        exact = by_id[name]["target"]["selector"][1]
        around = exact["prefix"] + exact["exact"] + exact["suffix"]
        assert CASE.text[one["start"] - 32 : one["end"] + 32] == around
        assert by_id[name]["body"][0]["value"] == CASE.techniques["name"][one["label"]]
    elsewhere = open_work(tmp_path / "elsewhere")
    elsewhere.take_in(text, lookup=background_of)
    columns = ["case", "item", "kind", "value", "answered_at", "attempt"]
    assert_frame_equal(elsewhere.answers[columns], keeping.work().answers[columns])


def test_every_label_of_the_course_has_a_name_of_its_own():
    labels = background_of("danang-2017").labels
    for what in ("techniques", "loaded words"):
        for label in marker(CASE, what, SOME, help="alone").labels:
            assert labels[label["id"]] == label["name"]
    assert len(set(labels.values())) == len(labels) == len(CASE.techniques) + 3


@pytest.mark.parametrize("name", ["", "../danang-2017", "/etc", "no-such-case"])
def test_only_a_case_of_the_course_is_opened_for_a_file(name):
    assert background_of(name) is None


def test_the_newest_marks_count_in_whatever_order_they_come():
    widget = marker(CASE, "techniques", SOME)
    send(widget, TWELVE[:2], name="new", at=LATER)
    send(widget, TWELVE[:1], name="old", at=FIRST)
    assert widget.marks == TWELVE[:2]
    assert marker(CASE, "techniques", SOME, help="alone").marks == TWELVE[:2]
    assert list(widget.table["quote"]) == ["revealing", "revealing nothing"]


@pytest.mark.parametrize(
    "bad",
    [
        "text",
        {"start": "0", "end": 5},
        mark("dismal", "no such label"),
        mark("dismal", "doubt", end=10**9),
        mark("dismal", "doubt", start=-1),
        mark("dismal", "doubt", quote="<script>"),
        mark("dismal", "doubt", sure="very"),
        mark("successful US-Russia", "doubt", start=True),
        mark("Joint Putin/Trump", "doubt"),  # not in these passages
    ],
)
def test_marks_that_do_not_fit_are_left_out_with_a_sentence(bad):
    widget = marker(CASE, "techniques", SOME)
    send(widget, [TWELVE[0], bad])
    assert widget.marks == TWELVE[:1]
    assert widget.notice == "Some marks do not fit this text; they were left out."


def test_no_reading_travels_before_compare():
    widget = marker(CASE, "techniques", SOME)
    spans = CASE.spans[CASE.spans["passage_id"].isin(SOME)]
    secrets = {json.dumps(text, ensure_ascii=False)[1:-1] for text in spans["rationale"]}
    send(widget, TWELVE)
    assert not [text for text in secrets if text in sent(widget)]
    assert widget.revealed == {}
    compare(widget, TWELVE)
    assert all(text in sent(widget) for text in secrets)
    others = CASE.spans.loc[~CASE.spans["passage_id"].isin(SOME), "rationale"]
    assert not [t for t in others if json.dumps(t, ensure_ascii=False)[1:-1] in sent(widget)]


def test_what_is_compared_is_what_was_marked_then():
    widget = marker(CASE, "techniques", SOME)
    own = [mark("revealing nothing already known", "exaggeration")]
    send(widget, own)
    compare(widget, own)
    send(widget, [], name="a-2", at="2026-11-25T08:16:10.123Z")
    found = marker(CASE, "techniques", SOME).revealed  # again, on another day
    assert found == widget.revealed
    assert found["answer"] == "c-1"
    assert found["marks"] == own
    assert found["plain"] == ""
    assert [side["who"] for side in found["sides"]] == ["A", "B"]
    (matched,) = [row for row in found["sides"][0]["rows"] if row["status"] == "matched"]
    assert matched["what"] == "same"
    assert matched["mark"]["label"] == "Exaggeration or Minimisation"
    assert matched["mark"]["other"] == "Casting Doubt"
    assert "1 stands in the same place as one of yours" in found["sides"][0]["where"]
    json.dumps(found)  # plain numbers only


@pytest.mark.parametrize("what", ["techniques", "loaded words"])
def test_nothing_and_everything_get_a_kind_true_sentence(what):
    widget = marker(CASE, what, SOME)
    compare(widget, [])
    assert widget.revealed["plain"].startswith("You marked nothing, and that is a view too.")
    assert all(
        row["status"] == "missed" for side in widget.revealed["sides"] for row in side["rows"]
    )
    label = widget.labels[0]["id"]
    everything = [mark(card["text"], label) for card in widget.passages]
    compare(widget, everything, "c-2", at="2026-11-25T08:17:10.123Z")
    assert widget.revealed["plain"].startswith("You marked 100% of the words, so")
    for word in ("well done", "great", "wrong", "sorry"):
        assert word not in widget.revealed["plain"].lower()


def test_a_case_without_readings_offers_all_labels(bare):
    widget = marker(bare, "techniques")
    assert len(widget.labels) == 26
    compare(widget, [])
    assert [side["where"] for side in widget.revealed["sides"]] == [
        "Reading A marked nothing here.",
        "Reading B marked nothing here.",
    ]


def test_a_reason_against_it_is_kept():
    widget = marker(CASE, "techniques", SOME)
    record = {"id": "d-1", "item": f"{widget.item}:disagree", "kind": "disagree"}
    record |= {"value": "B is too strict.", "answered_at": FIRST}
    widget.outbox = {"count": 1, "records": [record]}
    assert widget.disagreed == {widget.item: "B is too strict."}
    assert widget.marks == []


def test_the_table_of_nothing_has_its_columns():
    table = marker(CASE, "techniques", SOME).table
    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == ["start", "end", "quote", "label", "reason", "sure"]


def test_passages_wait_for_what_asks_about_the_same_claims():
    widget = marker(CASE, "techniques", ["S7", "F12"], after=["EX4-05"])
    assert (widget.waits_for, widget.passages, widget.labels) == (
        ["EX4-05 (lesson 3 \u00b7 The commentary)"],
        [],
        [],
    )
    data, _ = widget._repr_mimebundle_()
    assert CASE.quote("F12")[6:40] not in data["text/html"]
    now = Answer("a-1", CASE.name, "EX4-05", "choose-many", ["x"], FIRST)
    keeping.work().keep(now)
    widget.asked += 1
    assert widget.waits_for == []
    assert [card["id"] for card in widget.passages] == ["S7", "F12"]
