"""Discernment and suspicion: simulated learners, hand-made figures, and any answers at all."""

import doctest
import math
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_checks import BELIEVES, scored

from lessons.analysis import discernment as module
from lessons.analysis.check_answers import TOO_FEW, check_answers
from lessons.analysis.discernment import (
    APART,
    APART_BELIEVES,
    APART_DOUBTS,
    BOTH,
    DOUBTS,
    GUESSES,
    SWAPS,
    discernment,
    highest,
    region_of,
    trusted_more,
)
from lessons.analysis.discernment import BELIEVES as BELIEVING
from lessons.analysis.discernment_words import (
    discernment_figures,
    discernment_sentences,
    too_few_sentence,
    voice_sentence,
)
from lessons.case import open_case

ITEMS = open_case("danang-2017").check_items
FIGURES = ["discernment", "discernment_error", "suspicion", "suspicion_error"]
# The normal quantile of 0.9, as printed in tables.
Z_90 = 1.2815515655446004


def quantile(share):
    """The z of a share by bisection: an independent inverse of the normal distribution."""
    low, high = -9.0, 9.0
    for _ in range(200):
        middle = (low + high) / 2
        if (1 + math.erf(middle / math.sqrt(2))) / 2 < share:
            low = middle
        else:
            high = middle
    return low


def one(learner, voice=BOTH):
    table = discernment(scored(ITEMS, before=learner))
    return table[table["voice"] == voice].iloc[0]


def judged(sound, hits, unsound, alarms, voice="official"):
    """Answers with these counts, of one voice."""
    kinds = [(True, True)] * hits + [(True, False)] * (sound - hits)
    kinds += [(False, True)] * alarms + [(False, False)] * (unsound - alarms)
    table = pd.DataFrame(kinds, columns=["sound", "believed"])
    table = table.assign(item=[str(n) for n in range(len(table))], when="before", voice=voice)
    return table.assign(right=table["sound"] == table["believed"], sure=80)


def test_the_quantiles_of_this_test():
    assert quantile(0.9) == pytest.approx(Z_90, abs=1e-9)
    assert quantile(0.5) == pytest.approx(0, abs=1e-9)


# --- simulated learners ------------------------------------------------------------------------


def test_always_suspicious():
    row = one("suspicious")
    assert abs(row.discernment) < 0.05
    assert row.suspicion == pytest.approx(quantile(8.5 / 9), abs=1e-9)
    assert region_of(row) == DOUBTS
    said = discernment_sentences(discernment(scored(ITEMS, before="suspicious")), "before")
    assert said == [
        (
            "Before the course you called most things unsound: you believed 0 of 8 sentences that "
            "hold up, and 0 of 8 that do not."
        ),
        "Who doubts everything is right about the unsound ones and wrong about the sound ones.",
        (
            "You trusted neither voice clearly more: you believed 0 of 8 sentences by officials "
            "and 0 of 8 sentences by critics."
        ),
    ]


def test_always_trusting_is_the_mirror():
    row, mirror = one("trusting"), one("suspicious")
    assert abs(row.discernment) < 0.05
    assert row.suspicion == pytest.approx(-mirror.suspicion, abs=1e-12)
    assert region_of(row) == BELIEVING
    said = discernment_sentences(discernment(scored(ITEMS, before="trusting")), "before")
    assert said[:2] == [
        (
            "Before the course you believed most things: you believed 8 of 8 sentences that hold "
            "up, and 8 of 8 that do not."
        ),
        "Who believes everything is right about the sound ones and wrong about the unsound.",
    ]
    assert said[2].startswith("You trusted neither voice clearly more")


@pytest.mark.parametrize(
    ("learner", "trusted", "other"),
    [("trusts officials", "official", "critic"), ("trusts critics", "critic", "official")],
)
def test_who_trusts_one_voice_tells_nothing_apart_within_either(learner, trusted, other):
    table = discernment(scored(ITEMS, before=learner))
    assert one(learner).discernment == pytest.approx(0, abs=0.05)
    assert one(learner).suspicion == pytest.approx(0, abs=0.05)
    for voice, leaning in ((trusted, -Z_90), (other, Z_90)):
        assert one(learner, voice).discernment == pytest.approx(0, abs=0.05)
        assert one(learner, voice).suspicion == pytest.approx(leaning, abs=1e-9)
    assert trusted_more(table, "before") == trusted
    words = {"official": "officials", "critic": "critics"}
    assert discernment_sentences(table, "before") == [
        (
            "Before the course you went by who spoke more than by what the card shows: you "
            "believed 4 of 8 sentences that hold up, and 4 of 8 that do not."
        ),
        voice_sentence(table, "before"),
    ]
    assert voice_sentence(table, "before").startswith(
        f"You trusted {words[trusted]} more than {words[other]}: you believed "
    )
    assert voice_sentence(table, "before").endswith("Of these, 4 and 4 hold up.")


def test_the_ideal_learner_reaches_the_highest_figure():
    most = quantile(8.5 / 9) - quantile(0.5 / 9)  # 8 + 0.5 of 8 + 1, and 0 + 0.5 of 8 + 1
    assert most == pytest.approx(3.18644, abs=1e-5)
    row = one("ideal")
    assert row.discernment == pytest.approx(most, abs=1e-9)
    assert row.suspicion == pytest.approx(0, abs=1e-12)
    assert highest(8, 8) == pytest.approx(most, abs=1e-9)
    for voice in ("official", "critic"):
        assert one("ideal", voice).discernment == pytest.approx(2 * Z_90, abs=1e-9)
    table = discernment(scored(ITEMS, before="ideal"))
    assert region_of(row) == APART
    assert trusted_more(table, "before") == ""
    assert discernment_sentences(table, "before")[0] == (
        "Before the course you told them apart: you believed 8 of 8 sentences that hold up, "
        "and 0 of 8 that do not."
    )


def test_nobody_has_more_than_the_ideal_learner():
    found = [highest(8, 8)] + [
        float(discernment(judged(8, hits, 8, alarms)).loc[0, "discernment"])
        for hits in range(9)
        for alarms in range(9)
    ]
    assert max(found) == found[0]


def test_who_takes_one_for_the_other():
    assert one("upside down").discernment == pytest.approx(-highest(8, 8), abs=1e-9)
    assert region_of(one("upside down")) == SWAPS


@pytest.mark.parametrize("learner", BELIEVES)
def test_no_sentence_praises_or_ranks(learner):
    table = discernment(scored(ITEMS, before=learner))
    said = " ".join([*discernment_sentences(table, "before"), discernment_figures(table, "before")])
    for word in ("good", "bad", "better", "best", "worse", "score", "well done", "level", "rank"):
        assert word not in said.lower()


# --- figures by hand -----------------------------------------------------------------------------


def test_the_figures_by_hand():
    row = discernment(judged(8, 6, 8, 3)).iloc[0]
    hit, alarm = quantile(6.5 / 9), quantile(3.5 / 9)
    assert row.discernment == pytest.approx(hit - alarm, abs=1e-9)
    assert row.suspicion == pytest.approx(-(hit + alarm) / 2, abs=1e-9)
    density = [math.exp(-z * z / 2) / math.sqrt(2 * math.pi) for z in (hit, alarm)]
    shares = [6.5 / 9, 3.5 / 9]
    variance = sum(p * (1 - p) / (8 * f**2) for p, f in zip(shares, density, strict=True))
    assert row.discernment_error == pytest.approx(math.sqrt(variance), abs=1e-9)
    assert row.suspicion_error == pytest.approx(math.sqrt(variance) / 2, abs=1e-9)


@pytest.mark.parametrize(("sound", "unsound"), [(4, 12), (7, 5), (8, 4), (5, 4)])
@pytest.mark.parametrize("believes", [True, False])
def test_one_answer_for_all_is_no_discernment_whatever_is_missing(sound, unsound, believes):
    table = discernment(judged(sound, sound * believes, unsound, unsound * believes))
    assert float(table.loc[0, "discernment"]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("hits", "alarms", "region"),
    [
        (6, 2, APART),  # 12 of 16 right
        (6, 3, GUESSES),  # 11 of 16
        (4, 0, APART_DOUBTS),
        (8, 4, APART_BELIEVES),
        (2, 2, DOUBTS),
        (6, 6, BELIEVING),
        (4, 4, GUESSES),
        (2, 6, SWAPS),
    ],
)
def test_the_regions(hits, alarms, region):
    assert region_of(discernment(judged(8, hits, 8, alarms)).iloc[0]) == region


def test_a_voice_is_trusted_more_only_from_half_of_its_sentences_on():
    for official, more in ((4, ""), (3, ""), (1, "critic"), (0, "critic")):
        answers = pd.concat([judged(4, official, 4, 0), judged(4, 4, 4, 1, "critic")])
        table = discernment(answers.assign(item=range(16)))
        gap = (official / 4 + 0) / 2 - (1 + 1 / 4) / 2
        assert (abs(gap) >= 0.5) == (more == "critic")
        assert trusted_more(table, "before") == more


# --- too few -------------------------------------------------------------------------------------


def test_with_fewer_than_eight_nothing_is_said():
    table = discernment(scored(ITEMS, before="ideal").head(7))
    row = table.iloc[0]
    assert (row.n, row.note, region_of(row)) == (7, TOO_FEW, "")
    assert row[FIGURES].isna().all()
    assert discernment_sentences(table, "before") == [
        "Before the course you judged 7 cards: too few to say. It takes at least 8."
    ]
    assert discernment_figures(table, "before") == ""


def test_nor_with_fewer_than_four_of_a_kind():
    table = discernment(judged(3, 1, 12, 1))
    assert table.loc[0, "note"] == TOO_FEW
    assert too_few_sentence(table, "before") == (
        "Before the course you judged 15 cards, and 3 of them hold up and 12 do not: "
        "of one kind too few to say."
    )


def test_a_voice_with_too_few_is_not_spoken_of():
    answers = scored(ITEMS, before="trusts officials")
    official = answers[answers["voice"] == "official"]
    table = discernment(pd.concat([official, answers[answers["voice"] == "critic"].head(7)]))
    assert table.loc[0, "note"] == ""
    assert trusted_more(table, "before") == ""
    assert discernment_sentences(table, "before")[-1] == (
        "Of one voice you judged too few to say whether you trust it more or less."
    )


def test_without_answers_there_is_no_row_and_one_sentence():
    table = discernment(scored(ITEMS, before="ideal").head(0))
    assert table.empty
    assert discernment_sentences(table, "later") == [
        "Some time after the course you judged no card yet: too few to say."
    ]


def test_figures_come_with_what_they_mean():
    assert discernment_figures(discernment(scored(ITEMS, after="ideal")), "after") == (
        "Discernment d' = 3.2 (0: as if guessed; 3.2: all 16 right), suspicion c = 0.0 (0: leans "
        'to neither side; above 0: to "unsound"). From 16 answers; chance alone moves the first '
        "by about 1.0 and the second by 0.5."
    )


# --- any answers at all --------------------------------------------------------------------------

CARDS = list(ITEMS.index)
# For each card an answer or none; the text is a short way to write down 48 of them.
ANY = st.text("sssuuu-", min_size=len(CARDS), max_size=len(CARDS)) | st.text("su-", max_size=20)
FEW = settings(max_examples=20, deadline=None)


def rows_of(letters, words):
    cards = zip(CARDS, letters, strict=False)
    return [(item, words[letter], 80) for item, letter in cards if letter != "-"]


def table_of(rows, items=ITEMS):
    return check_answers(pd.DataFrame(rows, columns=["item", "answer", "sure"]), items)


AS_IS = {"s": "sound", "u": "unsound"}
TURNED = {"s": "unsound", "u": "sound"}


@FEW
@given(ANY)
def test_figures_are_numbers_or_nothing(found):
    table = discernment(table_of(rows_of(found, AS_IS)))
    for row in table.itertuples():
        values = [getattr(row, name) for name in FIGURES]
        if row.note:
            assert all(value is pd.NA for value in values)
            assert row.n < 8 or min(row.sound, row.unsound) < 4
        else:
            assert all(math.isfinite(value) for value in values)
        assert row.sound + row.unsound == row.n
    for when in ("before", "after", "later"):
        said = [*discernment_sentences(table, when), discernment_figures(table, when)]
        assert not [s for s in said if "nan" in s.split() or "inf" in s.split() or "<NA>" in s]


@FEW
@given(ANY, st.randoms())
def test_the_order_of_answers_does_not_matter(found, order):
    rows = rows_of(found, AS_IS)
    mixed = list(rows)
    order.shuffle(mixed)
    pd.testing.assert_frame_equal(discernment(table_of(rows)), discernment(table_of(mixed)))


@FEW
@given(ANY)
def test_when_sound_and_unsound_swap_only_suspicion_turns_round(found):
    swapped = ITEMS.assign(sound=ITEMS["sound"].map({"yes": "no", "no": "yes"}))
    one_way = discernment(table_of(rows_of(found, AS_IS)))
    back = discernment(table_of(rows_of(found, TURNED), swapped))
    assert list(one_way["note"]) == list(back["note"])
    for a, b in zip(one_way.itertuples(), back.itertuples(), strict=True):
        if not a.note:
            assert a.discernment == pytest.approx(b.discernment, abs=1e-9)
            assert a.suspicion == pytest.approx(-b.suspicion, abs=1e-9)
            assert a.discernment_error == pytest.approx(b.discernment_error, abs=1e-9)


@FEW
@given(ANY)
def test_when_the_voices_swap_the_voices_swap(found):
    swapped = ITEMS.assign(voice=ITEMS["voice"].map({"official": "critic", "critic": "official"}))
    rows = rows_of(found, AS_IS)
    one_way, turned = discernment(table_of(rows)), discernment(table_of(rows, swapped))
    other = {"official": "critic", "critic": "official", "": "", BOTH: BOTH}
    back = turned.assign(voice=turned["voice"].map(other).astype("str"))
    keys = ["when", "voice"]
    pd.testing.assert_frame_equal(
        one_way.sort_values(keys, ignore_index=True), back.sort_values(keys, ignore_index=True)
    )
    for when in ("before", "after", "later"):
        assert other[trusted_more(one_way, when)] == trusted_more(turned, when)


def test_the_examples_in_the_docstrings():
    assert doctest.testmod(module).failed == 0
    assert isinstance(region_of(SimpleNamespace(note=TOO_FEW)), str)
