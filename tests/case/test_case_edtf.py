"""Dates as they are known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.case.edtf import bounds, precision


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1979", date(1979, 1, 1), date(1979, 12, 31)),
        ("2015-12", date(2015, 12, 1), date(2015, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2017-11-11", date(2017, 11, 11), date(2017, 11, 11)),
        ("2017-07-07/2017-07-09", date(2017, 7, 7), date(2017, 7, 9)),
        ("2011/2017-07", date(2011, 1, 1), date(2017, 7, 31)),
        ("2017-01-20/..", date(2017, 1, 20), None),
        ("../2017", None, date(2017, 12, 31)),
    ],
)
def test_bounds_are_the_earliest_and_the_latest_day(edtf, earliest, latest):
    assert bounds(edtf) == (earliest, latest)


@pytest.mark.parametrize(
    "edtf",
    [
        "17",
        "0000",
        "2017-00",
        "2017-13",
        "2017-02-29",
        "2017-04-31",
        "2017-1-1",
        "20171111",
        "2017-",
        "../..",
        "/",
        "2017/",
        "/2017",
        "2018/2017",
        "2017-11-11/2017-11-10",
        "1/2/3",
        "2017-11-11T10:00",
        "today",
        "2017?",
        "٢٠١٧",
    ],
)
def test_no_other_date_is_understood(edtf):
    with pytest.raises(ValueError, match=r"a date such as|a day from 1 to|an interval that begins"):
        bounds(edtf)


def test_an_empty_date_is_none():
    with pytest.raises(ValueError, match="a date such as"):
        bounds("")


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_of_the_calendar_is_itself(day):
    assert bounds(day.isoformat()) == (day, day)
    assert precision(day.isoformat()) == "day"


@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_ends_the_day_before_the_next_begins(day):
    first, last = bounds(day.isoformat()[:7])
    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert first <= day <= last


@given(st.dates(), st.dates())
def test_an_interval_reaches_from_its_first_to_its_last_day(one, other):
    first, last = sorted([one, other])
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@pytest.mark.parametrize(("edtf", "exact"), [("1979", "year"), ("2015-12", "month")])
def test_precision_is_how_exact_a_date_is(edtf, exact):
    assert precision(edtf) == exact


def test_an_interval_has_no_one_precision():
    with pytest.raises(ValueError, match="a date such as"):
        precision("2015/2017")
