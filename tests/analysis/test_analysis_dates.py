"""Dates in words, where they come from, and the timeline's table."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.analysis.dates import (
    LANES,
    begun_by,
    date_words,
    dated_by_words_only,
    event_bounds,
    printed_date,
    printed_dates,
    provenance,
    timeline_table,
    undated_words,
)

# As the article prints them, in the order of the text.
PRINTED = [
    "December 2015",
    "February 2012",
    "June 2014",
    "March 2011",
    "1979",
    "July 7, 2017",
    "November 8, 2017",
]


def made_mentions(*rows):
    """Make a table of mentions from (kind, quote, edtf, events); all in passage P1."""
    columns = ["kind", "quote", "edtf", "events"]
    table = pd.DataFrame(rows, columns=columns, index=[f"D{n}" for n in range(len(rows))])
    return table.assign(passage_id="P1", start=range(len(rows)), note="")


def made_event(start, end=""):
    """Make a table of events with one event, e."""
    return pd.DataFrame(
        {
            "title": "T",
            "start": start,
            "end": end,
            "mentioned_by": "statement",
            "place": "Amman",
            "country": "Jordan",
            "what": "W",
            "passages": [["P1"]],
            "sources": [["x"]],
            "contested": "SECRET",
        },
        index=pd.Index(["e"], name="event_id"),
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1979", "", "1979"),
        ("2015-12", "", "December 2015"),
        ("2017-07-07", "", "7 July 2017"),
        ("2017-11-20", "", "20 November 2017"),
        ("2017-11-10", "2017-11-11", "10 to 11 November 2017"),
        ("2017-07-07", "2017-07-07", "7 July 2017"),
        ("2015-10-30", "2015-11-14", "30 October to 14 November 2015"),
        ("2017-12-31", "2018-01-01", "31 December 2017 to 1 January 2018"),
        ("2018-06", "2018-07", "June to July 2018"),
        ("2017-12", "2018-01", "December 2017 to January 2018"),
        ("2015", "2017", "2015 to 2017"),
        ("2017", "2017-05", "2017 to May 2017"),
        ("2017-05", "2017-05-10", "May to 10 May 2017"),
        ("2017-05-10", "2017-05", "10 May to May 2017"),
    ],
)
def test_date_words(start, end, words):
    assert date_words(start, end) == words


@given(st.dates(date(1000, 1, 1)))
def test_any_day_in_words_means_that_day(day):
    words = date_words(day.isoformat())
    assert datetime.strptime(words, "%d %B %Y").date() == day  # noqa: DTZ007
    assert not words.startswith("0")


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("1979", "", "1979-01-01", "1979-12-31"),
        ("2012-02", "", "2012-02-01", "2012-02-29"),
        ("2017-07-07", "", "2017-07-07", "2017-07-07"),
        ("2017-07-07", "2017-07-09", "2017-07-07", "2017-07-09"),
        ("2018-06", "2018-07", "2018-06-01", "2018-07-31"),
    ],
)
def test_event_bounds(start, end, first, last):
    assert event_bounds(start, end) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("start", ["2017-01-20/..", "../2017"])
def test_an_event_without_a_first_or_last_day_is_refused_in_one_sentence(start):
    with pytest.raises(ValueError, match="An event needs a first and a last day: found") as caught:
        event_bounds(start, "")
    assert start in str(caught.value)


@pytest.mark.parametrize(
    ("quote", "date_in_it"),
    [
        ("July 7, 2017", "July 7, 2017"),
        ("on 7 July 2017 they met", "7 July 2017"),
        ("December 2015", "December 2015"),
        ("in December\u00a02015,", "December\u00a02015"),
        ("a generation before the 1979 revolution", "1979"),
        ("today", ""),
        ("resolution 22541", ""),
        ("the 20th of May", ""),
    ],
)
def test_printed_date(quote, date_in_it):
    assert printed_date(quote) == date_in_it


def test_the_dates_that_the_article_prints(danang):
    table = printed_dates(danang.date_mentions)
    assert list(table["printed"]) == PRINTED
    places = zip(table["passage_id"], table["printed"], strict=True)
    assert all(date_text in danang.quote(passage) for passage, date_text in places)
    assert list(table["passage_id"]) == ["F7", "F9", "F10", "F12", "F13", "S9", "S10"]


def test_danangs_own_date_is_not_among_them(danang):
    mentions = danang.date_mentions
    dated = {event for events in printed_dates(mentions)["events"] for event in events}
    assert dated.isdisjoint({"joint-statement-2017", "apec-2017"})
    assert "November 11" not in danang.text
    assert "11 November" not in danang.text
    only_words = dated_by_words_only(mentions)
    assert list(only_words.index) == ["apec-2017", "joint-statement-2017"]
    assert only_words.loc["joint-statement-2017"].to_list() == [["today"], ["S1", "S10"]]
    assert only_words.loc["apec-2017"].to_list() == [["today"], ["S1"]]


def test_time_words_without_a_date_come_in_the_order_of_the_text(danang):
    table = undated_words(danang.date_mentions)
    assert list(table["quote"])[:3] == [
        "today",
        "in recent months",
        "until the final defeat of ISIS is achieved",
    ]
    assert len(table) + len(PRINTED) == len(danang.date_mentions)


def test_an_event_with_a_printed_date_is_not_dated_by_words_only():
    mentions = made_mentions(
        ("relative", "today", "", ["e", "f"]), ("printed", "1979", "1979", ["e"])
    )
    assert dated_by_words_only(mentions).to_dict("index") == {
        "f": {"words": ["today"], "passages": ["P1"]}
    }


@pytest.mark.parametrize(
    ("event", "where_from"),
    [
        ("hamburg-2017", "printed in the text (S9: July 7, 2017)"),
        ("unscr-2254", "printed in the text (F7: December 2015; the day from outside)"),
        ("iran-1979", "printed in the text (F13: 1979; month and day from outside)"),
        ("syria-protests-2011", "printed in the text (F12: March 2011)"),
        (
            "joint-statement-2017",
            'not printed: the text only says "today" (S1, S10); the date comes from outside',
        ),
        ("raqqa-2017", "from outside: the text gives no date"),
    ],
)
def test_provenance_of_the_article(event, where_from, danang):
    assert provenance(event, danang.events, danang.date_mentions) == where_from


def test_provenance_of_made_events():
    year_printed = made_mentions(("printed", "in 1979", "1979", ["e"]))
    assert "1979; the month from outside" in provenance("e", made_event("1979-02"), year_printed)
    # Where a better date is printed elsewhere, nothing is missing.
    twice = made_mentions(
        ("printed", "in 1979", "1979", ["e"]), ("printed", "May 1979", "1979-05", ["e"])
    )
    assert provenance("e", made_event("1979-05"), twice) == (
        "printed in the text (P1: 1979; P1: May 1979)"
    )
    # A printed date outdoes a time word.
    both = made_mentions(("relative", "today", "", ["e"]), ("printed", "1979", "1979", ["e"]))
    assert provenance("e", made_event("1979"), both) == "printed in the text (P1: 1979)"
    # No mention at all, in a case without mentions.
    assert provenance("e", made_event("1979"), made_mentions()).startswith("from outside")


def test_the_timelines_table(danang):
    table = timeline_table(danang.events, danang.date_mentions)
    assert set(table.index) == set(danang.events.index)
    assert list(table["first"]) == sorted(table["first"])
    assert set(table["lane"]) == set(LANES.values())
    assert "contested" not in table.columns
    apec = table.loc["apec-2017"]
    assert (apec["first"], apec["last"]) == (date(2017, 11, 10), date(2017, 11, 11))
    assert not apec["exact"]
    assert table.loc["hamburg-2017", "exact"]
    assert not table.loc["southwest-2018", "exact"]  # only the month is known


def test_until_leaves_out_what_may_not_have_begun_by_then(danang):
    end = date(2017, 11, 12)
    early = timeline_table(danang.events, danang.date_mentions, until=end)
    whole = timeline_table(danang.events, danang.date_mentions)
    started = danang.events["start"].str[:10]
    assert set(early.index) == set(started[started <= "2017-11-12"].index)
    assert early.equals(begun_by(whole, end))
    assert set(whole.index) - set(early.index) == {
        *("lavrov-iran-2017", "sochi-2017", "geneva-8-2017", "southwest-2018", "assad-falls-2024"),
    }


def test_a_month_begins_with_its_first_day():
    table = timeline_table(made_event("2018-06"), made_mentions())
    assert list(begun_by(table, date(2018, 6, 1)).index) == ["e"]
    assert list(begun_by(table, date(2018, 5, 31)).index) == []


def test_a_case_without_events_has_a_table_without_rows():
    table = timeline_table(made_event("1979").head(0), made_mentions())
    assert len(table) == 0
    assert len(begun_by(table, date(2018, 1, 1))) == 0
    assert {"first", "last", "lane", "sources"} <= set(begun_by(table, date(2018, 1, 1)).columns)
