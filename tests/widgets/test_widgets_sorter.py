"""The sorter: what is asked, what is kept, what is shown when."""

import json

import pytest
import traitlets

from lessons import sorter
from lessons.analysis.sorting_words import NOTHING
from lessons.case import open_case
from lessons.widgets import keeping
from lessons.widgets import sorter as module
from lessons.work import Answer, WorkError

CASE = open_case("danang-2017")
READINGS = CASE.claim_readings
TIME = "2026-11-25T08:14:10.123Z"
GOOD = {"kind": "motive", "sure": 70, "label_shown": True}


def send(widget, *claims, value=GOOD, at=TIME, name="a", kind="sorted"):
    records = [
        {
            "id": f"{name}-{claim}".replace(".", "-"),
            "item": f"kind:{claim}",
            "kind": kind,
            "value": value,
            "answered_at": at,
        }
        for claim in claims
    ]
    widget.outbox = {"count": widget.outbox.get("count", 0) + 1, "records": records}


def sent(widget):
    """Everything that travels or is saved, as one text."""
    leave = ("_esm", "_css", "steps")
    state = {key: value for key, value in widget.get_state().items() if key not in leave}
    data, _ = widget._repr_mimebundle_()
    return json.dumps([state, data], ensure_ascii=False)


def secrets_of(claim):
    rows = READINGS[READINGS["claim_id"] == claim]
    return {*rows["why"], CASE.claims.loc[claim, "neutral"]}


def ids(widget):
    return [item["id"] for item in widget.items]


def test_nothing_of_a_reading_travels_before_sorting_and_comparing_and_then_only_its_own():
    widget = sorter(CASE)
    every = {text for claim in CASE.claims.index for text in secrets_of(claim)}

    def found():
        whole = sent(widget)
        return {text for text in every if json.dumps(text, ensure_ascii=False)[1:-1] in whole}

    first, second, third = ids(widget)[:3]
    assert found() == set()
    widget.compared = [first, second]  # compared, but not sorted
    assert found() == set()
    assert widget.revealed == {}
    assert widget.summary == widget.labels == []
    send(widget, third)  # sorted, but not compared
    assert found() == set()
    send(widget, first)
    assert found() == secrets_of(first)
    assert set(widget.revealed) == {first}
    data, _ = widget._repr_mimebundle_()
    assert not [text for text in every if text in data["text/html"]]


def test_what_the_page_sets_as_given_opens_nothing():
    widget = sorter(CASE)
    one = ids(widget)[0]
    widget.given = {one: GOOD}
    widget.compared = [one, "A1.1", "no such"]
    assert widget.revealed == {}
    assert widget.compared == [one]


def test_both_readings_and_the_place_are_shown():
    widget = sorter(CASE, ["F5.2"])
    send(widget, "F5.2")
    widget.compared = ["F5.2"]
    found = widget.revealed["F5.2"]
    assert [(who, kind) for who, kind, _ in found["two"]] == [
        ("Reader A", "motive"),
        ("Reader B", "causal"),
    ]
    assert found["passage"] == "F5"
    assert found["said"] == CASE.claims.loc["F5.2", "neutral"]
    assert widget.summary[-1] == "On 1 the readings differ: there the question is open."
    assert widget.labels[0].endswith("Too few to say.")


def test_a_hidden_label_does_not_travel_and_half_are_hidden():
    widget = sorter(CASE)
    passages = CASE.claims["passage_id"]
    for item in widget.items:
        printed = CASE.passages.loc[passages[item["id"]], "label"]
        assert item["label"] == (printed if item["shown"] else "")
        assert (item["shown"] is None) == (printed == "")
        assert not any(f"{label}:" in part for part in item["parts"] for label in ("Fact", "JS"))
    for voice in "FS":
        shown = [i["shown"] for i in widget.items if i["id"].startswith(voice)]
        assert shown.count(True) == shown.count(False) == {"F": 3, "S": 2}[voice]
    every = sorter(CASE, hide_labels=False)
    assert {item["shown"] for item in every.items} == {True, None}
    assert ids(every) == ids(widget)


def test_the_halves_are_those_of_the_learner_and_stay(monkeypatch):
    def shown():
        return {item["id"]: item["shown"] for item in sorter(CASE).items}

    def as_learner(name):
        monkeypatch.setattr(module, "work", lambda: type("W", (), {"learner": name}))
        return shown()

    assert shown() == shown()
    assert as_learner("k7f3qd") == as_learner("k7f3qd")
    assert len({tuple(as_learner(str(n)).values()) for n in range(20)}) > 5

    def broken():
        raise WorkError("gone")

    monkeypatch.setattr(module, "work", broken)
    assert shown() == as_learner("nobody")


def test_the_first_answer_counts_and_comes_back():
    widget = sorter(CASE)
    one, other = ids(widget)[:2]
    send(widget, one)
    send(widget, one, value=GOOD | {"kind": "causal"}, at="2026-11-25T09:00:00.000Z", name="b")
    send(widget, other, value=GOOD | {"label_shown": None})
    assert widget.given == {one: GOOD, other: GOOD | {"label_shown": None}}
    again = sorter(CASE)
    assert again.given == widget.given
    assert again.revealed == {}
    table = again.table
    assert list(table["claim_id"]) == [one, other]
    assert list(table["kind"]) == ["motive", "motive"]
    assert sorter(CASE, [one]).given == {one: GOOD}  # another set, the same claim


@pytest.mark.parametrize(
    "value",
    [
        None,
        "motive",
        {"kind": "motive", "sure": 70},
        GOOD | {"kind": "no kind"},
        GOOD | {"sure": 75},
        GOOD | {"sure": True},
        GOOD | {"sure": "70"},
        GOOD | {"label_shown": "yes"},
        GOOD | {"label_shown": 1},
        GOOD | {"more": 1},
        GOOD | {"kind": ["motive"]},
    ],
)
def test_what_is_no_answer_is_left_out_and_said(value):
    widget = sorter(CASE)
    one = ids(widget)[0]
    send(widget, one, value=value)
    assert widget.given == {}
    assert "left out" in widget.notice
    assert keeping.work().of("danang-2017", f"kind:{one}") == []
    send(widget, one, name="b")
    assert widget.given == {one: GOOD}


def test_a_malformed_answer_in_the_work_is_passed_over():
    one = ids(sorter(CASE))[0]
    keeping.work().keep(Answer("x", "danang-2017", f"kind:{one}", "sorted", "motive", TIME))
    assert sorter(CASE).given == {}


def test_a_reason_against_a_reading_is_kept():
    widget = sorter(CASE)
    one = ids(widget)[0]
    record = {"id": "d", "item": f"kind:{one}:disagree", "kind": "disagree", "value": "No."}
    widget.outbox = {"count": 1, "records": [record | {"answered_at": TIME}]}
    assert widget.disagreed == {f"kind:{one}": "No."}
    assert sorter(CASE).disagreed == {f"kind:{one}": "No."}


def test_all_in_one_bin_and_none_at_all_get_a_sentence():
    widget = sorter(CASE)
    assert widget.nothing == NOTHING
    send(widget, *ids(widget))
    widget.compared = ids(widget)
    assert widget.summary[0].startswith("You put all 12 cards into one bin: a motive.")
    assert len(widget.revealed) == 12


def test_the_saved_sentence_is_the_same_for_everybody():
    widget = sorter(CASE)
    before = sent(sorter(CASE, hide_labels=False))
    sentence = (
        "12 claims (Commentary 6, Statement 6) to sort into 8 kinds; two readings are shown after "
        "the answers."
    )
    assert widget.sentence == sentence
    send(widget, *ids(widget))
    assert sorter(CASE).sentence == sentence
    saved = sorter(CASE)._repr_mimebundle_()[0]["text/html"]
    assert saved in json.loads(before)[1]["text/html"]


def test_what_does_not_exist_is_said_clearly():
    with pytest.raises(ValueError, match=r"^danang-2017 has no claim 'F99' to sort\.$"):
        sorter(CASE, ["F1.1", "F99"])
    with pytest.raises(traitlets.TraitError, match=r"There is no claim 'F99' to sort here\."):
        sorter(CASE).at = "F99"
    assert ids(sorter(CASE, ["F1.1", "F1.1"])) == ["F1.1"]


def test_a_case_without_claims(bare):
    widget = sorter(bare)
    assert widget.items == []
    assert widget.sentence.startswith("0 claims to sort into 8 kinds")
