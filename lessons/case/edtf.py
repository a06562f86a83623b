"""Dates as they are known: a subset of EDTF, the Extended Date/Time Format (ISO 8601-2:2019).

Understood are a year (1979), a month (2015-12), a day (2017-11-11), an interval of two of them
(2017-07-07/2017-07-09), and an interval open at one end (2017-01-20/.. or ../2017).
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = 12
_EXPECTED = "a date such as 1979, 2015-12, 2017-11-11, 2015/2017 or 2017-01-20/.."


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day an EDTF date can mean; None at an open end.

    Raises ValueError, saying what was expected, for anything but the subset named above and for
    days that no calendar has.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _days(first)
    if first == last == "..":
        raise ValueError(_EXPECTED)
    earliest = None if first == ".." else _days(first)[0]
    latest = None if last == ".." else _days(last)[1]
    if earliest and latest and latest < earliest:
        raise ValueError("an interval that begins before it ends")
    return earliest, latest


def precision(edtf: str) -> str:
    """Say how exact a single EDTF date is: "year", "month" or "day".

    Raises ValueError for anything else, intervals included.
    """
    _days(edtf)
    return ("year", "month", "day")[edtf.count("-")]


def _days(edtf: str) -> tuple[date, date]:
    """Return the first and the last day of a single year, month or day."""
    match = _DATE.fullmatch(edtf)
    if not match:
        raise ValueError(_EXPECTED)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not year or (match[2] and not 1 <= month <= _MONTHS):
        raise ValueError(_EXPECTED)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    length = calendar.monthrange(year, month)[1]
    if match[3] and not 1 <= day <= length:
        raise ValueError(f"a day from 1 to {length}, as {year:04}-{month:02} has")
    return date(year, month, day or 1), date(year, month, day or length)
