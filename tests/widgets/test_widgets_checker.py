"""The checker: what is on a closed card, what is sent when, what is kept."""

import json

import pytest

from lessons import checker
from lessons.case import open_case
from lessons.widgets import keeping
from lessons.widgets.checker import LONGEST

CASE = open_case("danang-2017")
IDS = list(CASE.claims.index)
CLAIM = "F3.2"  # 6 sources, the two readings agree
VERDICT = {"value": "contradicted", "sure": 80, "question": "Who took Raqqa?"}


def send(widget, *records):
    """Send (item, value) as the page does, a second apart, each with an id of its own."""
    count = widget.outbox.get("count", 0)
    widget.outbox = {
        "count": count + 1,
        "records": [
            {
                "id": f"a-{count}-{i}",
                "item": item,
                "kind": "checker",
                "value": value,
                "answered_at": f"2026-11-25T08:{count:02}:{i:02}.000Z",
            }
            for i, (item, value) in enumerate(records)
        ],
    }


def opened(widget, *sources):
    send(widget, *((f"check:{widget.claim['id']}:opened:{s}", True) for s in sources))


def rated(widget, source, says="against", weight="much"):
    item = f"check:{widget.claim['id']}:source:{source}"
    send(widget, (item, {"says": says, "weight": weight}))


def judged(widget, **other):
    send(widget, (widget.item, VERDICT | other))


def sent(widget):
    """Everything that travels or is saved, as one text; the words of the scale are for all."""
    hidden = ("_esm", "_css", "steps")
    state = {key: value for key, value in widget.get_state().items() if key not in hidden}
    data, _ = widget._repr_mimebundle_()
    return json.dumps([state, data], ensure_ascii=False)


def told(text, whole):
    """Whether a text of the case stands in what is sent."""
    return bool(text) and json.dumps(text, ensure_ascii=False)[1:-1] in whole


def judgements_of(claim_id):
    row = CASE.claims.loc[claim_id]
    own = CASE.claim_readings[CASE.claim_readings["claim_id"] == claim_id]
    changes = [text for text in own["what_would_change"] if text]
    return [row["first_question"], row["neutral"], *own["why"], *changes]


# --- before the verdict ---------------------------------------------------------------------------


@pytest.mark.parametrize("claim_id", IDS)
def test_nothing_to_be_found_travels_with_a_fresh_claim(claim_id):
    widget = checker(CASE, claim_id)
    whole = sent(widget)
    listed = [card["id"] for card in widget.cards]
    assert sorted(listed) == sorted(
        {*CASE.claims.loc[claim_id, "evidence_for"], *CASE.claims.loc[claim_id, "evidence_against"]}
    )
    assert not [text for text in judgements_of(claim_id) if told(text, whole)]
    assert not [s for s in listed if told(CASE.sources.loc[s, "shows"], whole)]
    assert (widget.told, widget.revealed, widget.verdict) == ({}, {}, {})
    assert "".join(widget.claim["parts"]) in CASE.text
    assert widget.claim["parts"][1] == CASE.claims.loc[claim_id, "quote"]
    assert claim_id in widget.shown_claims


def test_the_order_of_the_cards_does_not_tell_their_side():
    first_is_for, mixed = [], 0
    for claim_id in IDS:
        row = CASE.claims.loc[claim_id]
        cards = [card["id"] for card in checker(CASE, claim_id).cards]
        assert cards == [card["id"] for card in checker(CASE, claim_id).cards]
        one_sided = set(row["evidence_for"]).symmetric_difference(row["evidence_against"])
        sides = [s in row["evidence_for"] for s in cards if s in one_sided]
        if len(set(sides)) > 1:
            first_is_for.append(sides[0])
            mixed += sides != sorted(sides) and sides != sorted(sides, reverse=True)
    assert 0.25 < sum(first_is_for) / len(first_is_for) < 0.75
    assert mixed > len(first_is_for) / 3


def test_a_closed_card_says_who_speaks_and_not_what():
    card = checker(CASE, CLAIM).cards[0]
    assert set(card) == {"id", "kind", "publisher", "stake", "date", "url", "found"}
    row = CASE.sources.loc[card["id"]]
    assert (card["publisher"], card["stake"]) == (row["publisher"], row["stake"])


def test_only_the_opened_source_is_told():
    widget = checker(CASE, CLAIM)
    ids = [card["id"] for card in widget.cards]
    for number, source in enumerate(ids, 1):
        opened(widget, source)
        whole = sent(widget)
        assert list(widget.told) == ids[:number]
        assert [s for s in ids if told(CASE.sources.loc[s, "shows"], whole)] == ids[:number]
        assert not [text for text in judgements_of(CLAIM) if told(text, whole)]
    assert [one["source"] for one in widget.opened] == ids
    assert widget.revealed == {}


def test_a_label_is_no_part_of_what_is_checked_and_a_sentence_can_be_left_out():
    assert checker(CASE, CLAIM).claim["parts"][0].startswith("Russia, Iran")
    assert checker(CASE, CLAIM).shown_claims == ["F3.1", "F3.2"]
    alone = checker(CASE, CLAIM, sentence=False)
    assert alone.claim["parts"] == ["", CASE.claims.loc[CLAIM, "quote"], ""]
    assert alone.shown_claims == [CLAIM]


def test_a_claim_that_is_not_there():
    with pytest.raises(ValueError, match=r"has no claim 'F99.1'; it has A1.1, A1.2, A1.3"):
        checker(CASE, "F99.1")


# --- after the verdict ----------------------------------------------------------------------------


@pytest.mark.parametrize("claim_id", IDS)
def test_everything_comes_with_the_verdict_but_what_closed_sources_show(claim_id):
    widget = checker(CASE, claim_id)
    judged(widget)
    whole = sent(widget)
    assert all(told(text, whole) for text in judgements_of(claim_id))
    ids = [card["id"] for card in widget.cards]
    assert not [s for s in ids if told(CASE.sources.loc[s, "shows"], whole)]
    assert {one["who"] for one in widget.revealed["readings"]} == {"Reader A", "Reader B"}
    row = CASE.claims.loc[claim_id]
    sides = widget.revealed["sides"]
    assert {s for s in ids if sides[s] in ("for", "both")} == set(row["evidence_for"])
    assert {s for s in ids if sides[s] in ("against", "both")} == set(row["evidence_against"])


def test_a_verdict_reveals_its_own_claim_only():
    widget, other = checker(CASE, "F1.3"), checker(CASE, CLAIM)
    judged(widget)
    assert other.revealed == {}
    assert not [text for text in judgements_of(CLAIM) if told(text, sent(widget))]


def test_readings_that_differ_and_readings_that_agree():
    agreed = CASE.claim_readings.groupby("claim_id")["assessment"].nunique() == 1
    for claim_id in IDS:
        widget = checker(CASE, claim_id)
        judged(widget)
        assert widget.revealed["agree"] == agreed[claim_id]


def test_what_is_right_is_what_a_reading_calls_right():
    widget = checker(CASE, CLAIM)
    judged(widget)
    said = "Government forces carried a large share."
    assert widget.revealed["right"] == [{"who": "Reader B", "what": said}]


def test_the_first_verdict_counts_and_weights_are_closed_with_it():
    widget = checker(CASE, CLAIM)
    source = widget.cards[0]["id"]
    opened(widget, source)
    rated(widget, source, weight="little")
    rated(widget, source, weight="some")
    judged(widget)
    rated(widget, source, weight="much")
    judged(widget, value="supported")
    assert widget.verdict["value"] == "contradicted"
    assert widget.ratings == {source: {"says": "against", "weight": "some"}}


@pytest.mark.parametrize(
    ("claim_id", "count", "said"),
    [
        (CLAIM, 0, "You opened none of the 6 sources before your verdict"),
        (CLAIM, 1, "You opened 1 of the 6 sources before your verdict."),
        (CLAIM, 6, "You opened all 6 sources before your verdict."),
        ("F1.1", 0, "There was no source to open"),
    ],
)
def test_what_is_said_of_what_was_opened(claim_id, count, said):
    widget = checker(CASE, claim_id)
    ids = [card["id"] for card in widget.cards]
    opened(widget, *ids[:count])
    judged(widget)
    opened(widget, *ids)  # what comes after the verdict does not change it
    assert widget.revealed["done"].startswith(said)
    assert len(widget.told) == len(ids)


# --- kept -----------------------------------------------------------------------------------------


def test_all_of_it_is_found_again_with_its_order():
    widget = checker(CASE, CLAIM)
    ids = [card["id"] for card in widget.cards]
    opened(widget, ids[3], ids[1])
    rated(widget, ids[3], says="open", weight="little")
    judged(widget)
    again = checker(CASE, CLAIM)
    for name in ("opened", "told", "ratings", "verdict", "revealed"):
        assert getattr(again, name) == getattr(widget, name), name
    assert [one["source"] for one in again.opened] == [ids[3], ids[1]]
    kept = keeping.work().answers
    assert {f"check:{CLAIM}:opened:{ids[3]}", f"check:{CLAIM}:source:{ids[3]}"} <= set(kept["item"])


def test_a_source_that_was_not_opened_cannot_be_weighed():
    widget = checker(CASE, CLAIM)
    rated(widget, widget.cards[0]["id"])
    assert widget.ratings == {}


def test_a_disagreement_is_kept_and_opens_nothing():
    widget = checker(CASE, CLAIM)
    widget.outbox = {
        "count": 1,
        "records": [
            {
                "id": "d",
                "item": f"{widget.item}:disagree",
                "kind": "disagree",
                "value": "Because.",
                "answered_at": "2026-11-25T08:14:10.123Z",
            }
        ],
    }
    assert widget.disagreed == {widget.item: "Because."}
    assert widget.revealed == {}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "contradicted",
        {},
        VERDICT | {"value": "true"},
        VERDICT | {"value": ["contradicted"]},
        VERDICT | {"sure": 75},
        VERDICT | {"sure": "80"},
        VERDICT | {"question": "  "},
        VERDICT | {"question": "x" * (LONGEST + 1)},
        VERDICT | {"more": 1},
    ],
)
def test_what_is_no_verdict_opens_nothing(value):
    widget = checker(CASE, CLAIM)
    send(widget, (widget.item, value))
    assert (widget.verdict, widget.revealed, widget.saved) == ({}, {}, [])
    assert "no answer here" in widget.notice


@pytest.mark.parametrize("item", ["check:F1.3:verdict", f"check:{CLAIM}:opened:nobody", "x"])
def test_what_does_not_belong_here_is_refused(item):
    widget = checker(CASE, CLAIM)
    send(widget, (item, True))
    assert widget.opened == []
    assert "nothing called" in widget.notice


def test_what_is_no_opening_and_no_weight_is_refused():
    widget = checker(CASE, CLAIM)
    source = widget.cards[0]["id"]
    send(widget, (f"check:{CLAIM}:opened:{source}", "yes"))
    assert widget.told == {}
    opened(widget, source)
    rated(widget, source, says="sometimes")
    rated(widget, source, weight=3)
    assert widget.ratings == {}


def test_statement_and_commentary_are_checked_alike(hostile):
    ours, theirs = checker(CASE, "S9.1"), checker(CASE, CLAIM)
    assert [step["value"] for step in ours.steps] == [step["value"] for step in theirs.steps]
    assert (ours.levels, ours.says, ours.weights) == (theirs.levels, theirs.says, theirs.weights)
    assert checker(hostile, "F1.1").claim["parts"][1] == hostile.claims.loc["F1.1", "quote"]
