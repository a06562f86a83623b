"""The timeline's state; how it behaves is tested in tests/browser."""

import pytest
import traitlets

from lessons import timeline
from lessons.widgets.sources import source_lines
from lessons.widgets.timeline import ALL, event_cards

PRINTED = ["December 2015", "February 2012", "June 2014", "March 2011", "1979"]
PRINTED += ["July 7, 2017", "November 8, 2017"]


def started_by_the_end(case):
    start = case.events["start"].str[:10]
    return set(start[start <= "2017-11-12"].index)


def test_later_events_come_and_go_with_later(danang):
    early = started_by_the_end(danang)
    widget = timeline(danang)
    for later in (False, True, False):
        widget.later = later
        expected = set(danang.events.index) if later else early
        assert {row["event_id"] for row in widget.rows} == expected
        assert set(widget.cards) == expected
        assert set(widget.table.index) == expected
        assert widget.sentence.startswith(f"{len(expected)} of {len(expected)} events")


def test_the_whole_window_grows_with_later_and_holds_every_event(danang):
    widget = timeline(danang)
    before = list(widget.window)
    widget.later = True
    assert widget.window == widget.windows[ALL]
    assert widget.window[0] == before[0]
    assert widget.window[1] > "2024-12-08" > before[1]
    for row in widget.rows:
        assert widget.window[0] < row["first"] <= row["last"] < widget.window[1]


def test_a_narrow_window_stays_when_later_is_turned_on(danang):
    widget = timeline(danang, window="July to November 2017")
    widget.later = True
    assert widget.window == ["2017-07-01", "2017-11-30"]


def test_a_picked_later_event_is_let_go_with_its_layer(danang):
    widget = timeline(danang, later=True, picked="sochi-2017")
    assert widget.picked == "sochi-2017"
    widget.later = False
    assert widget.picked == ""
    with pytest.raises(traitlets.TraitError, match="once later=True"):
        timeline(danang, picked="sochi-2017")
    assert timeline(danang, picked="hamburg-2017").picked == "hamburg-2017"


def test_the_named_windows_are_the_cases(danang):
    windows = timeline(danang).windows
    assert list(windows) == [ALL, "2011 to 2017", "July to November 2017"]
    assert windows["2011 to 2017"] == ["2011-01-01", "2017-12-31"]


def test_an_unknown_window_is_refused_in_one_sentence(danang):
    with pytest.raises(ValueError, match="There is no window 'May': expected one of All, ") as e:
        timeline(danang, window="May")
    assert str(e.value).endswith("2011 to 2017, July to November 2017.")


def test_an_unknown_event_is_refused_in_one_sentence(danang):
    with pytest.raises(traitlets.TraitError, match="There is no event 'hamburg'") as caught:
        timeline(danang, picked="hamburg")
    assert str(caught.value) == (
        "There is no event 'hamburg' in danang-2017: try 'hamburg-2017' or ''. "
        "Events that came later are there once later=True."
    )
    widget = timeline(danang)
    with pytest.raises(traitlets.TraitError, match="no event"):
        widget.picked = "nothing"
    assert widget.picked == ""


def test_a_card_has_what_may_be_shown_and_nothing_else(danang):
    widget = timeline(danang)
    card = widget.cards["hamburg-2017"]
    assert set(card) == {"told_in", "what", "lane", "provenance", "passages", "where", "sources"}
    assert card["provenance"] == "printed in the text (S9: July 7, 2017)"
    assert card["passages"] == ["S9"]
    assert card["where"] == "Hamburg, Germany"
    assert widget.cards == event_cards(widget.table, danang.events, danang.sources)
    for source in card["sources"]:
        assert set(source) == {"title", "publisher", "stake", "date", "url", "found"}
        assert source["stake"]


def test_sources_are_told_in_the_order_asked_for(danang):
    ids = ["guardian-2017-07-07", "reuters-2017-07-07"]
    lines = source_lines(ids, danang.sources)
    assert [line["url"] for line in lines] == [danang.sources.loc[i, "url"] for i in ids]


def test_printed_dates_and_what_they_leave_open(danang):
    dates = timeline(danang).dates
    assert [row["printed"] for row in dates["printed"]] == PRINTED
    assert [row["quote"] for row in dates["undated"]].count("today") == 2
    assert [event["title"] for event in dates["missing"]] == [
        "APEC leaders' meeting",
        "Joint statement on Syria",
    ]
    statement = dates["missing"][1]
    assert statement["words"] == ["today"]
    assert statement["passages"] == ["S1", "S10"]
    assert statement["when"] == "11 November 2017"
    assert len(statement["sources"]) == 1


def test_the_saved_table_has_the_events_that_are_shown(danang, saved):
    for later in (False, True):
        html = saved(timeline(danang, later=later))[0]["text/html"]
        table = html.partition("<table")[2]
        assert table.count("<tr") - 1 == len(timeline(danang, later=later).rows)
        assert "..." not in table  # nothing is cut short
        assert ("Putin receives Assad in Sochi" in table) == later


def test_a_case_without_events_has_an_empty_timeline(bare):
    widget = timeline(bare)
    assert widget.rows == []
    assert widget.window[0] < "2017-11-12" < widget.window[1]
    assert widget.dates == {"printed": [], "undated": [], "missing": []}
    widget.later = True
    assert widget.rows == []
