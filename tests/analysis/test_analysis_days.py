"""Days between two events: the cases that Python and the browser share, and any others."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.analysis.dates import days_between, days_words, event_bounds, timeline_table

SHARED = Path(__file__).parents[1] / "shared_cases" / "days.json"
CASES = json.loads(SHARED.read_text(encoding="utf-8"))["cases"]


def day_bounds(first, last):
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_shared_case(case):
    days = days_between(day_bounds(*case["first"]), day_bounds(*case["second"]))
    assert list(days) == case["days"]
    assert days_words(*days) == case["words"]


def test_the_shared_cases_are_told_apart_by_name():
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names) > 15


def test_days_between_events_of_the_article(danang):
    table = timeline_table(danang.events, danang.date_mentions)

    def words(first, second):
        spans = [(table.loc[event, "first"], table.loc[event, "last"]) for event in (first, second)]
        return days_words(*days_between(*spans))

    assert words("hamburg-2017", "amman-mop-2017") == "124 days"
    assert words("amman-mop-2017", "joint-statement-2017") == "3 days"
    assert words("joint-statement-2017", "amman-mop-2017") == "3 days earlier"
    assert words("syria-protests-2011", "referendum-2012") == "332 to 362 days"
    assert words("apec-2017", "joint-statement-2017") == "0 to 1 day"


def test_an_imprecise_date_gives_a_range():
    year, day = event_bounds("1979", ""), event_bounds("1980-01-01", "")
    assert days_between(year, day) == (1, 365)
    assert days_between(day, year) == (-365, -1)


spans = st.builds(
    lambda start, length: (start, start + timedelta(days=length)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(0, 12),
)


@settings(max_examples=80, deadline=None)
@given(spans, spans)
def test_every_pair_of_days_lies_within_the_range_and_its_ends_are_reached(first, second):
    def days(span):
        return range(span[0].toordinal(), span[1].toordinal() + 1)

    counted = [b - a for a in days(first) for b in days(second)]
    assert days_between(first, second) == (min(counted), max(counted))
    assert days_between(second, first) == (-max(counted), -min(counted))


@given(st.integers(-400, 400), st.integers(0, 400))
def test_words_name_both_numbers_once_and_never_one_days(least, length):
    most = least + length
    words = days_words(least, most)
    if least == most == 0:
        assert words == "the same day"
        return
    numbers = {abs(int(part)) for part in words.replace(",", "").split() if part.isdigit()}
    assert numbers == {abs(least), abs(most)}
    assert ("earlier" in words) == (least < 0)
    assert ("later" in words) == (least < 0 < most)
    assert " 1 days" not in f" {words}"
