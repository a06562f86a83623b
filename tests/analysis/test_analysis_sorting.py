"""Sorting claims: the set, whose label is hidden, what is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.analysis.sorting import (
    claims_to_sort,
    in_sentence,
    label_effect,
    labels_shown,
    mixed,
    sorted_cards,
)
from lessons.analysis.sorting_words import (
    NOTHING,
    ONLY_YOU,
    SEEN_BEFORE,
    label_sentences,
    sorting_sentences,
)
from lessons.case import open_case

CASE = open_case("danang-2017")
KINDS = CASE.scales[CASE.scales["scale"] == "kind"]
WORDS = dict(zip(KINDS["value"], KINDS["word"], strict=True))
LABELS = st.dictionaries(st.text(max_size=4), st.sampled_from(["", "Fact", "JS"]), max_size=40)


def voice_of(claim):
    return CASE.passages.loc[CASE.claims.loc[claim, "passage_id"], "voice"]


def cards_of(kinds, shown=None):
    """The table of some cards, sorted as `kinds` says."""
    values = {
        claim: {"kind": kind, "sure": 70, "label_shown": (shown or {}).get(claim)}
        for claim, kind in kinds.items()
    }
    return sorted_cards(CASE, values)


def test_the_kinds_are_those_of_the_readings():
    assert set(KINDS["value"]) == set(CASE.claim_readings["kind"])


def test_the_set_is_balanced_and_takes_no_two_claims_of_a_passage_and_none_of_the_harshest():
    chosen = claims_to_sort(CASE)
    voices = [voice_of(claim) for claim in chosen]
    assert voices.count("statement") == voices.count("commentary") == 6
    passages = list(CASE.claims.loc[chosen, "passage_id"])
    assert len(set(passages)) == 12
    assert {"F8", "F13"}.isdisjoint(passages)
    assert "F8" in CASE.content_note
    assert list(CASE.claims.loc[chosen, "start"]) == sorted(CASE.claims.loc[chosen, "start"])


def test_every_commentary_card_has_its_label_and_the_kinds_are_many():
    chosen = claims_to_sort(CASE)
    for claim in chosen:
        if voice_of(claim) == "commentary":
            assert in_sentence(CASE, claim)["label"] == "Fact"
    readings = CASE.claim_readings
    for voice in ("statement", "commentary"):
        own = [claim for claim in chosen if voice_of(claim) == voice]
        assert readings.loc[readings["claim_id"].isin(own), "kind"].nunique() >= 5


@pytest.mark.parametrize("each", [0, 1, 4, 9, 100])
def test_the_voices_get_the_same_rule_for_any_size(each):
    voices = [voice_of(claim) for claim in claims_to_sort(CASE, each)]
    for voice in ("statement", "commentary"):
        assert voices.count(voice) <= each
        assert voices.count(voice) == each or each > 9
    assert set(voices) <= {"statement", "commentary"}


def test_a_claim_stands_in_its_sentence_without_the_label_and_without_other_claims():
    for claim in CASE.claims.index:
        card = in_sentence(CASE, claim)
        assert card["claim"] == CASE.claims.loc[claim, "quote"]
        around = card["before"] + card["after"]
        assert not around.lstrip().startswith(("Fact:", "JS:"))
        own = CASE.claims.loc[claim]
        others = CASE.claims[CASE.claims["passage_id"] == own["passage_id"]].drop(claim)
        for other in others["quote"]:
            assert other not in around
    assert in_sentence(CASE, "F5.2")["before"] == "... "
    assert in_sentence(CASE, "F9.2")["label"] == "Fact"
    assert [in_sentence(CASE, one)["opens"] for one in ("F1.1", "F1.3", "S1.1")] == [
        True,
        False,
        True,
    ]
    with pytest.raises(KeyError):
        in_sentence(CASE, "F99.9")


@given(LABELS, st.text(max_size=8))
def test_half_of_each_label_is_shown(labels, seed):
    shown = labels_shown(labels, seed)
    assert set(shown) == {card for card, label in labels.items() if label}
    for label in ("Fact", "JS"):
        own = [shown[card] for card in shown if labels[card] == label]
        assert abs(own.count(True) - own.count(False)) <= 1
    assert shown == labels_shown(dict(reversed(labels.items())), seed)
    assert all(labels_shown(labels, seed, hide=False).values())


def test_learners_get_different_halves_and_every_card_is_hidden_for_some():
    labels = {claim: in_sentence(CASE, claim)["label"] for claim in claims_to_sort(CASE)}
    draws = [labels_shown(labels, f"learner {n}") for n in range(200)]
    assert len({tuple(draw.items()) for draw in draws}) > 50
    for card in draws[0]:
        assert 60 < sum(draw[card] for draw in draws) < 140
    odd = [sum(labels_shown(dict.fromkeys("abcde", "Fact"), str(n)).values()) for n in range(50)]
    assert set(odd) == {2, 3}


@given(st.lists(st.text(max_size=5), unique=True), st.text(max_size=5))
def test_cards_are_mixed_and_none_is_lost(claims, seed):
    assert sorted(mixed(claims, seed)) == sorted(claims)
    assert mixed(claims, seed) == mixed(claims, seed)


def test_answers_stand_beside_both_readings():
    table = cards_of({"F5.2": "motive", "S1.1": "checkable-fact"}, {"F5.2": False, "S1.1": True})
    assert list(table["Reader A"]) == ["motive", "checkable-fact"]
    assert list(table["Reader B"]) == ["causal", "checkable-fact"]
    assert list(table["label_shown"]) == [False, True]
    assert list(table["label"]) == ["Fact", "JS"]
    assert len(cards_of({})) == 0
    assert list(cards_of({}).columns) == list(table.columns)


def test_the_label_effect_counts_what_was_logged_and_leaves_out_cards_without_a_label():
    kinds = {"F1.3": "checkable-fact", "F2.1": "motive", "S1.1": "checkable-fact", "S7.1": "motive"}
    table = label_effect(cards_of(kinds, {"F1.3": True, "F2.1": True, "S1.1": False}))
    assert table.loc["Fact"].to_dict() == {"shown": 1, "of_shown": 2, "hidden": 0, "of_hidden": 0}
    assert table.loc["JS"].to_dict() == {"shown": 0, "of_shown": 0, "hidden": 1, "of_hidden": 1}
    assert label_effect(cards_of({})).empty


def test_what_is_said_of_the_labels_is_an_observation_with_its_caveats():
    chosen = claims_to_sort(CASE)
    labels = {claim: in_sentence(CASE, claim)["label"] for claim in chosen}
    shown = labels_shown(labels, "k7f3qd")
    said = label_sentences(
        cards_of(dict.fromkeys(chosen, "checkable-fact"), shown),
        "checkable-fact",
        "a checkable fact",
    )
    assert said == [
        (
            'Label "Fact:": where it was shown you called 3 of 3 cards a checkable fact, where it '
            "was hidden 3 of 3 cards. Too few to say."
        ),
        (
            'Label "JS:": where it was shown you called 2 of 2 cards a checkable fact, where it '
            "was hidden 2 of 2 cards. Too few to say."
        ),
        (
            "All labels together: where one was shown you called 5 of 5 cards a checkable fact, "
            "where it was hidden 5 of 5 cards."
        ),
        ONLY_YOU,
        SEEN_BEFORE,
    ]
    assert label_sentences(cards_of({"S7.1": "motive"}), "motive", "a motive") == []


def test_four_cards_on_one_side_are_too_few():
    every = list(CASE.claims.index[CASE.claims["passage_id"].str.startswith("F")])[:10]
    for shown, enough in ((5, True), (4, False), (6, False)):
        log = {claim: place < shown for place, claim in enumerate(every)}
        said = label_sentences(cards_of(dict.fromkeys(every, "motive"), log), "motive", "a motive")
        assert len(said) == 3
        assert ("Too few" not in said[0]) == enough


def test_nothing_sorted_gets_a_kind_and_true_sentence():
    assert sorting_sentences(cards_of({}), WORDS) == [NOTHING]


@pytest.mark.parametrize("voice", ["statement", "commentary"])
def test_one_bin_for_all_gets_a_true_sentence_whichever_voice(voice):
    own = [claim for claim in claims_to_sort(CASE) if voice_of(claim) == voice]
    cards = cards_of(dict.fromkeys(own, "motive"))
    first, second, *_ = sorting_sentences(cards, WORDS)
    assert first.startswith("You put all 6 cards into one bin: a motive.")
    assert f"Reader A used {cards['Reader A'].nunique()} kinds" in first
    assert second.startswith("You compared 6 cards.")
    two = dict.fromkeys(own[:2], "motive")
    assert sorting_sentences(cards_of(two), WORDS)[0].startswith("You compared 2 cards.")


def test_agreement_is_counted_and_an_open_question_is_called_open():
    said = sorting_sentences(
        cards_of({"F5.2": "motive", "S1.1": "checkable-fact", "S2.2": "motive"}), WORDS
    )
    assert said == [
        "You compared 3 cards. The two readings agree on 2, and on 1 of these your kind is theirs.",
        "On 1 the readings differ: there the question is open.",
    ]
    assert len(sorting_sentences(cards_of({"S1.1": "motive"}), WORDS)) == 1
