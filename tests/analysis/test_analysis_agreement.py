"""Agreement: published examples, the dossier's figures, and what must make no difference."""

from pathlib import Path
from types import SimpleNamespace

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.analysis import agreement as module
from lessons.analysis.agreement import (
    CLASS,
    NOTHING,
    TOO_FEW,
    agreement,
    alpha,
    interval,
    pairs_of_readers,
    percent,
    split_units,
)
from lessons.analysis.two_readings import (
    GROUP,
    TECHNIQUE,
    answers_of,
    marks_agreement,
    orders_of,
    readings_agreement,
)

DATA_README = Path(__file__).parents[2] / "data" / "README.md"


def answers(*readers):
    """Each reader's answers as one text, a letter a thing; a full stop is no answer."""
    rows = [
        (f"u{at:02}", f"R{reader}", value)
        for reader, given in enumerate(readers)
        for at, value in enumerate(given)
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["unit", "reader", "value"])


# --- published examples ------------------------------------------------------------------------

# Klaus Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability",
# https://repository.upenn.edu/asc_papers/43: four observers, twelve units, answers missing.
PAPER = answers("123321412...", "1233224125.3", ".3332342251.", "12332441251.")

# "Krippendorff's alpha", section "A computational example", Wikipedia and its copy
# https://handwiki.org/wiki/Krippendorff%27s_alpha: three coders, fifteen units.
ENCYCLOPEDIA = answers(".....34121133.3", "1.213343.......", "..21344.21133.4")


@pytest.mark.parametrize(
    ("table", "order", "published"),
    [(PAPER, None, 0.743), (PAPER, "12345", 0.815), (ENCYCLOPEDIA, None, 0.691)],
)
def test_published_examples_to_three_digits(table, order, published):
    assert alpha(table, order and list(order)) == pytest.approx(published, abs=0.0005)


# --- the figures of the dossier ----------------------------------------------------------------

# Units, percent and alpha as DOSSIER.md and data/README.md give them.
FIGURES = {
    "kind of claim": (77, 69, 0.617),
    "can it be checked": (77, 81, 0.671),
    "how well supported": (77, 66, 0.568),
    TECHNIQUE: (31 * 26, 96, 0.728),
    GROUP: (31 * 6, None, 0.860),
    "strength of a speech act": (17, 94, 0.922),
    "part an actor plays": (109, 89, 0.812),
    "how a doer is named or hidden": (109, 87, 0.766),
    "how a reply engages": (17, 65, 0.523),
}


@pytest.fixture(scope="module")
def table(danang):
    return readings_agreement(danang).set_index("question")


@pytest.mark.parametrize("question", FIGURES)
def test_the_dossiers_figures_come_from_the_data(table, question):
    units, same, published = FIGURES[question]
    row = table.loc[question]
    assert row["units"] == units
    assert row["readers"] == 2
    assert round(row["alpha"], 3) == published
    assert same is None or round(100 * row["percent"]) == same
    assert row["low"] < row["alpha"] < row["high"]
    assert row["note"] == ""


def test_no_question_is_without_a_figure(table):
    assert set(table.index) == set(FIGURES)


def test_the_readme_of_the_data_says_the_same(table):
    said = DATA_README.read_text(encoding="utf-8")
    for question in set(FIGURES) - {GROUP}:
        row = table.loc[question]
        assert f"| {100 * row['percent']:.0f} % | {row['alpha']:.3f} |" in said


def test_the_dossiers_figures_for_marks(danang):
    marks = marks_agreement(danang).set_index("what")["f1"]
    assert marks.round(3).to_dict() == {"techniques": 0.592, "loaded words": 0.773}


def test_a_scale_with_an_order_may_be_ordinal(danang, table):
    ordinal = readings_agreement(danang, ordinal=True).set_index("question")
    changed = ordinal["alpha"] != table["alpha"]
    assert list(ordinal.index[changed]) == list(orders_of(danang)) == ["strength of a speech act"]
    assert ordinal.loc[changed, "level"].item() == "ordinal"
    # Where they differ, they differ by a step or so: the ordinal alpha is kinder.
    assert ordinal.loc[changed, "alpha"].item() > table.loc[changed, "alpha"].item()


@pytest.mark.parametrize("voice", ["statement", "commentary"])
def test_both_voices_go_through_the_same_functions(danang, voice):
    both = answers_of(danang)
    own = readings_agreement(danang, voice)
    assert set(own["question"]) == set(both.loc[both["voice"] == voice, "question"])
    assert own["alpha"].between(-1, 1).all()
    assert list(marks_agreement(danang, voice)["what"]) == ["techniques", "loaded words"]


def test_the_voices_share_out_what_was_judged(danang):
    parts = [readings_agreement(danang, voice) for voice in ("statement", "commentary")]
    units = pd.concat(parts).groupby("question")["units"].sum()
    whole = readings_agreement(danang).set_index("question")["units"]
    assert units.to_dict() == whole.to_dict()


# --- the interval ------------------------------------------------------------------------------

TABLES = (
    st.integers(2, 5)
    .flatmap(
        lambda readers: st.lists(
            st.text("123.", min_size=readers, max_size=readers), min_size=2, max_size=25
        )
    )
    .map(lambda units: answers(*map("".join, zip(*units, strict=True))))
)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.booleans())
def test_the_draws_compute_what_the_library_computes(table, ordinal):
    counts = module._counts(table, list("123"))
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts) or (counts.sum() > 0).sum() < 2:
        return
    seen = module._coincidences(counts.to_numpy(dtype=float)).sum(axis=0)
    level = "ordinal" if ordinal else "nominal"
    expected = krippendorff.alpha(value_counts=counts.to_numpy(), level_of_measurement=level)
    assert module._alphas(seen[None], ordinal=ordinal)[0] == pytest.approx(expected)


def test_the_interval_is_the_same_each_time_and_narrower_with_more():
    few = answers("aabbabab" * 2, "aabbabba" * 2)
    many = answers("aabbabab" * 20, "aabbabba" * 20)
    assert interval(few) == interval(few)
    width = [high - low for low, high in (interval(few), interval(many))]
    assert width[0] > 2 * width[1]


def test_the_interval_covers_what_it_should():
    """Of 100 samples from readers whose alpha is known, about 95 intervals hold it."""
    draw = np.random.default_rng(5)
    held = 0
    for _ in range(100):
        truth = draw.integers(0, 2, 60)
        slip = draw.random(60) < 0.2
        one = "".join("ab"[value] for value in truth)
        other = "".join("ab"[value ^ missed] for value, missed in zip(truth, slip, strict=True))
        low, high = interval(answers(one, other))
        held += low <= 0.6 <= high
    assert 88 <= held <= 100


def test_what_belongs_together_is_drawn_together():
    """A hundred times the same five things are worth no more than five."""
    one = answers("aabba" * 100, "aabbb" * 100)
    alone = interval(one)
    together = interval(one.assign(block=[f"p{int(unit[1:]) % 5}" for unit in one["unit"]]))
    assert together[1] - together[0] > 3 * (alone[1] - alone[0])


def test_one_block_alone_says_nothing_of_others():
    assert np.isnan(interval(answers("ab", "ab").assign(block="p"))).all()


# --- what must make no difference --------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_units_and_readers_does_not_matter(table, random):
    rows = list(range(len(table)))
    random.shuffle(rows)
    names = sorted(set(table["reader"]))
    others = names[:]
    random.shuffle(others)
    shuffled = table.iloc[rows].assign(
        reader=lambda t: t["reader"].map(dict(zip(names, others, strict=True)))
    )
    for measure in (alpha, percent, interval):
        np.testing.assert_allclose(measure(shuffled), measure(table), atol=1e-9, equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(st.text("abc", min_size=2, max_size=30), st.integers(2, 6))
def test_perfect_agreement_is_1(said, readers):
    table = answers(*[said] * readers)
    assert percent(table) == 1
    if len(set(said)) > 1:
        assert alpha(table) == pytest.approx(1)
        assert alpha(table, ["c", "a", "b"]) == pytest.approx(1)
        assert interval(table) == pytest.approx((1, 1))
    else:
        assert np.isnan(alpha(table))  # nobody could have disagreed by chance


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_a_thing_with_one_answer_changes_nothing(table):
    lone = pd.DataFrame({"unit": ["lone"], "reader": ["R0"], "value": ["9"]})
    more = pd.concat([table, lone, lone.assign(unit="none", value="")])
    for measure in (alpha, percent, interval):
        np.testing.assert_allclose(measure(more), measure(table), atol=1e-9, equal_nan=True)


def test_more_disagreement_is_less_agreement():
    found = [
        alpha(answers("aabbccabc", other)) for other in ("aabbccabc", "aabbccabb", "abcabcbca")
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] == 1
    assert found[2] < 0.2


def test_ordinal_steps_count_by_their_distance():
    near = answers("1122334455", "1222334455")
    far = answers("1122334455", "1522334455")
    steps = list("12345")
    assert alpha(near, steps) > alpha(far, steps)
    assert alpha(near) > 0.8


# --- what cannot be said, and what is wrong ----------------------------------------------------


def asked(table, question="q"):
    return table.assign(question=question)


def test_a_class_of_fewer_than_five_is_too_few_to_say():
    four, five = (asked(answers(*["abab"] * n)) for n in (4, 5))
    (row,) = agreement(four, needed=CLASS).to_dict("records")
    assert row["note"] == TOO_FEW
    assert row["readers"] == 4
    assert np.isnan([row["percent"], row["alpha"], row["low"], row["high"]]).all()
    (row,) = agreement(five, needed=CLASS).to_dict("records")
    assert (row["percent"], row["alpha"], row["note"]) == (1, pytest.approx(1), "")


@pytest.mark.parametrize("table", [answers("aaa", "aaa"), answers("ab.", "..c")])
def test_where_alpha_says_nothing_there_is_a_reason(table):
    (row,) = agreement(asked(table)).to_dict("records")
    assert row["note"] == NOTHING
    assert np.isnan(row["alpha"])


def test_no_answers_are_no_rows():
    table = agreement(asked(answers()))
    assert table.empty
    assert list(table.columns) == module.COLUMNS


def test_an_answer_given_twice_is_refused():
    table = pd.concat([answers("ab", "ab"), answers("b")])
    with pytest.raises(ValueError, match="Reader R0 answered u00 more than once"):
        alpha(table)


def test_a_value_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="Found '9', expected one of"):
        alpha(answers("12", "19"), ["1", "2", "3"])


# --- who disagrees with whom, and on what ------------------------------------------------------


def test_who_disagrees_with_whom():
    table = pairs_of_readers(answers("aabb", "aab.", "bbb.", "...."))
    assert table.to_dict("records") == [
        {"first": "R0", "second": "R2", "units": 3, "same": 1, "percent": pytest.approx(1 / 3)},
        {"first": "R1", "second": "R2", "units": 3, "same": 1, "percent": pytest.approx(1 / 3)},
        {"first": "R0", "second": "R1", "units": 3, "same": 3, "percent": 1},
    ]


def test_readers_with_nothing_in_common_are_left_out():
    assert pairs_of_readers(answers("ab..", "..ab")).empty


def test_the_most_split_comes_first():
    table = split_units(answers("aab", "abb", "abc", "ab."))
    assert list(table.index) == ["u02", "u01", "u00"]
    assert table.loc["u01", ["a", "b", "c"]].tolist() == [1, 3, 0]
    assert table.loc["u01", "percent"] == pytest.approx(0.5)
    assert list(split_units(answers("aab", "abb", "abc", "ab."), needed=4).index) == ["u01", "u00"]


def test_a_case_without_readings_has_no_questions(danang):
    read = ("claim_readings", "speech_act_readings", "actor_readings", "replies", "spans")
    kept = ("techniques", "passages", "scales", "claims", "speech_acts", "actors")
    tables = {name: getattr(danang, name).iloc[:0] for name in (*read, "loaded_words")}
    tables |= {name: getattr(danang, name) for name in kept}
    bare = SimpleNamespace(text=danang.text, marks=danang.marks, **tables)
    assert readings_agreement(bare).empty
    assert marks_agreement(bare).empty
    bare.claim_readings = danang.claim_readings
    assert list(readings_agreement(bare)["question"]) == list(FIGURES)[:3]
