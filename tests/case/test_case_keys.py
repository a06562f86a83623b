"""Keys of exercises: what is written in a key is what is read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.case import open_case
from lessons.case.keys import (
    Choice,
    Confidence,
    Number,
    Order,
    Pairs,
    Rubric,
    Spans,
    answers_to_explain,
    as_number,
    explains,
    parse_key,
)

# Texts without what parts the values of a key; an emoji and a no-break space may stand in them.
WORDS = st.text(alphabet="abcXYZ 019.,'\"!?-()\u00a0\u00e9\U0001f600", min_size=1).filter(
    lambda text: text.strip() and text == text.strip(" ")
)
SEVERAL = st.lists(WORDS, min_size=1, max_size=6, unique=True)
PASSAGES = st.from_regex(r"[A-Z][0-9]{1,2}", fullmatch=True)


@given(WORDS)
def test_choose_one(option):
    assert parse_key("choose-one", option) == Choice((option,))


@given(SEVERAL)
def test_choose_many(options):
    assert parse_key("choose-many", ";".join(options)) == Choice(tuple(options))


@given(st.lists(SEVERAL, min_size=1, max_size=4))
def test_order_with_ties(groups):
    key = parse_key("order", " > ".join(" = ".join(group) for group in groups))
    assert key == Order(tuple(map(tuple, groups)))
    assert list(key.items) == [item for group in groups for item in group]


@given(st.dictionaries(WORDS, SEVERAL, min_size=1, max_size=5))
def test_match_with_rights_that_are_as_good(pairs):
    written = ";".join(f"{left}={'|'.join(rights)}" for left, rights in pairs.items())
    key = parse_key("match", written)
    assert key == Pairs({left: tuple(rights) for left, rights in pairs.items()})
    assert list(key.choices) == sorted({right for rights in pairs.values() for right in rights})


@given(st.lists(st.tuples(PASSAGES, WORDS), min_size=1, max_size=5))
def test_mark_span(spans):
    written = " | ".join(f"{passage}:{quote}" for passage, quote in spans)
    assert parse_key("mark-span", written) == Spans(tuple(spans))


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_number_and_range(one, other):
    low, high = sorted((one, other))
    assert parse_key("number", str(low)) == Number(low, low)
    assert parse_key("number", f"{low}-{high}") == Number(low, high)


@given(st.integers(0, 100), st.integers(0, 100), WORDS)
def test_confidence(one, other, note):
    low, high = sorted((one, other))
    assert parse_key("slider-confidence", f"{low}-{high}") == Confidence(low, high, "")
    assert parse_key("slider-confidence", f"{low}-{high}: {note}") == Confidence(low, high, note)
    sentence = f"no fixed answer: {note}"
    assert parse_key("slider-confidence", sentence) == Confidence(0, 100, sentence)


@given(st.integers(1, 9), WORDS)
def test_short_text(points, words):
    rubric = f"Rubric 0-{points}. {words}"
    assert parse_key("short-text", rubric) == Rubric(rubric, points)


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("choose-one", " ", "the right option"),
        ("choose-many", "a;;b", "right options parted by ';'"),
        ("order", "a > ", "options parted by ' > '"),
        ("order", "a >  = b", "options parted by ' > '"),
        ("match", "a=b;c", "pairs 'left=right'"),
        ("match", "a=b;a=c", "each left side once"),
        ("match", "=b", "pairs 'left=right'"),
        ("match", "a=b|", "pairs 'left=right'"),
        ("mark-span", "quoted words", "quotes such as 'S9:quoted words'"),
        ("mark-span", "S9:", "quotes such as 'S9:quoted words'"),
        ("number", "about 12", "a number such as 124"),
        ("number", "9-3", "a number such as 124"),
        ("number", "\u0663", "a number such as 124"),
        ("slider-confidence", "40-30", "between 0 and 100"),
        ("slider-confidence", "40-300", "between 0 and 100"),
        ("slider-confidence", "90-100 after checking", "a range such as 0-25"),
        ("short-text", "2: says it all", "a rubric that begins as 'Rubric 0-2' does"),
        ("riddle", "a", "a kind of exercise: choose-one, choose-many"),
    ],
)
def test_a_key_that_cannot_be_read_says_what_was_expected(kind, key, expected):
    with pytest.raises(ValueError, match="^.*" + expected.replace("(", r"\(")):
        parse_key(kind, key)


def test_every_shipped_key_is_read_and_says_what_must_be_explained():
    case = open_case("danang-2017")
    explained = case.exercise_options.groupby("exercise_id")["option"].agg(list)
    for row in case.exercises.itertuples():
        key = parse_key(row.kind, row.key)
        needed = answers_to_explain(key, row.options)
        given_options = explained.get(row.Index, [])
        assert set(needed) <= set(given_options), row.Index
        assert all(explains(key, row.options, option) for option in given_options), row.Index


def test_what_must_be_explained_by_kind():
    def needed(kind, key, options=()):
        return answers_to_explain(parse_key(kind, key), options)

    assert needed("choose-one", "a", ["a", "b"]) == ["a", "b"]
    assert needed("order", "b > a", ["a", "b"]) == ["a", "b"]
    assert needed("match", "a=x;b=y", ["a", "b"]) == ["a", "b"]
    assert needed("mark-span", "S1:one | F2:two | F3:one") == ["one", "two", "something else"]
    assert needed("number", "16") == ["right", "too low", "too high"]
    assert needed("number", "0") == ["right", "too high"]
    assert needed("slider-confidence", "20-40") == ["inside", "below", "above"]
    assert needed("slider-confidence", "0-40") == ["inside", "above"]
    assert needed("slider-confidence", "60-100") == ["inside", "below"]
    assert needed("slider-confidence", "no fixed answer") == ["inside"]
    assert needed("short-text", "Rubric 0-2. All.") == []


def test_a_miscount_may_be_explained_but_not_the_number_itself():
    key = parse_key("number", "16")
    assert explains(key, [], "18")
    assert not explains(key, [], "16")
    assert not explains(key, [], "many")
    assert not explains(parse_key("choose-one", "a"), ["a", "b"], "18")


@pytest.mark.parametrize(
    ("text", "number"),
    [("124", 124), (" 124 ", 124), ("-3", -3), ("2.5", 2.5), ("3-5", None), ("", None)],
)
def test_a_number_is_read_from_a_text(text, number):
    assert as_number(text) == number
    assert as_number("\u0663") is None
