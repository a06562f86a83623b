"""Where things happened, and which passages speak of it."""

from datetime import date

from lessons.analysis.dates import LANES
from lessons.analysis.places import places_table


def test_events_of_one_label_are_one_place(danang):
    table = places_table(danang)
    assert sorted(e for events in table["events"] for e in events) == sorted(danang.events.index)
    assert table.loc["Amman", "events"] == [
        "amman-july-2017",
        "amman-centre-2017",
        "amman-mop-2017",
    ]
    assert table.loc["Amman", "passages"] == ["S10", "S11", "S12"]
    assert table.loc["Hamburg", "passages"] == ["S9"]
    assert list(table["lon"]) == sorted(table["lon"])


def test_points_of_one_label_lie_close_together(danang):
    for _, group in danang.events.groupby("map_label"):
        assert group["lat"].max() - group["lat"].min() < 0.5
        assert group["lon"].max() - group["lon"].min() < 0.5
        assert group["country"].nunique() == 1


def test_later_places_come_only_when_asked_for(danang):
    until = places_table(danang, date(2017, 11, 12))
    assert set(places_table(danang).index) - set(until.index) == {"Moscow", "Sochi"}
    assert "geneva-8-2017" not in until.loc["Geneva", "events"]


def test_who_mentions_a_place(danang):
    lanes = places_table(danang)["lane"]
    assert lanes["Hamburg"] == LANES["statement"]
    assert lanes["Tehran"] == LANES["commentary"]
    assert lanes["Danang"] == LANES["both"]
    assert lanes["Raqqa"] == LANES["outside"]


def test_an_event_without_a_label_is_not_on_the_map(danang, monkeypatch):
    events = danang.events.assign(map_label="")
    monkeypatch.setattr(type(danang), "events", property(lambda _: events))
    assert places_table(danang).empty
