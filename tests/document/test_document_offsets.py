"""Code points and UTF-16: the same cases that the browser's tests read."""

import json
import time
from pathlib import Path

import pytest

from lessons.document import from_utf16, from_utf16_many, to_utf16, to_utf16_many

SHARED = Path(__file__).parents[1] / "shared_cases" / "offsets.json"
CASES = json.loads(SHARED.read_text(encoding="utf-8"))["cases"]


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request):
    return request.param


def test_every_place_of_the_text_both_ways(case):
    text = case["text"]
    assert len(case["pairs"]) == len(text) + 1
    for code_point, utf16 in case["pairs"]:
        assert to_utf16(text, code_point) == utf16
        assert from_utf16(text, utf16) == code_point


def test_many_at_once_in_any_order(case):
    pairs = case["pairs"][::-1]
    assert to_utf16_many(case["text"], [p for p, _ in pairs]) == [u for _, u in pairs]
    assert from_utf16_many(case["text"], [u for _, u in pairs]) == [p for p, _ in pairs]


def test_inside_a_character_is_refused(case):
    for offset in case["inside_a_character"]:
        with pytest.raises(ValueError, match=f"offset {offset} falls inside the character"):
            from_utf16(case["text"], offset)


def test_spans_hold_their_quotes_on_both_sides(case):
    units = case["text"].encode("utf-16-le")
    for span in case["spans"]:
        start, end = span["code_points"]
        assert case["text"][start:end] == span["quote"]
        assert to_utf16_many(case["text"], [start, end]) == span["utf16"]
        first, last = span["utf16"]
        assert units[2 * first : 2 * last].decode("utf-16-le") == span["quote"]


def test_the_shared_cases_hold_what_they_promise():
    texts = "".join(case["text"] for case in CASES)
    assert all(sign in texts for sign in ("\U0001f600", "\u0301", "\u200d", "\r\n", "\u00a0"))
    assert any(case["inside_a_character"] for case in CASES)


def test_offsets_beyond_the_text_are_refused():
    with pytest.raises(ValueError, match="offset 3, expected 0 to 2 code points"):
        to_utf16("a\U0001f600", 3)
    with pytest.raises(ValueError, match="offset 4, expected 0 to 3 UTF-16 code units"):
        from_utf16("a\U0001f600", 4)
    with pytest.raises(ValueError, match="offset -1"):
        to_utf16("a", -1)


def test_a_lone_surrogate_is_one_unit_and_no_pair():
    text = "\ud83d\ude00\U0001f600"
    assert [to_utf16(text, n) for n in range(4)] == [0, 1, 2, 4]
    assert [from_utf16(text, n) for n in (0, 1, 2, 4)] == [0, 1, 2, 3]


def test_a_megabyte_of_offsets_takes_well_under_two_seconds():
    text = "They met \U0001f600. " * 80_000
    start = time.perf_counter()
    units = to_utf16_many(text, range(len(text) + 1))
    assert from_utf16_many(text, units) == list(range(len(text) + 1))
    assert time.perf_counter() - start < 4  # measured: 0.6 s
