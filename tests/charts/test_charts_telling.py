"""The picture of telling against happening, against the case's own files."""

from itertools import combinations

from lessons import charts


def told(raw):
    """Events in the order of their first dated mention, from date_mentions.csv alone."""
    events = {row["event_id"]: row for row in raw("events")}
    found = {}
    for row in sorted(raw("date_mentions"), key=lambda row: int(row["start"])):
        for event in sorted(
            filter(None, row["events"].split(";")), key=lambda e: events[e]["start"]
        ):
            found.setdefault(event, events[event])
    return found


def test_it_says_its_own_figures(danang, raw):
    events = told(raw)
    days = [(row["start"], row["end"] or row["start"]) for row in events.values()]
    against = sum(earlier > later for earlier, later in combinations(days, 2))
    pairs = len(list(combinations(days, 2)))
    said = charts.telling_chart(danang).to_dict()
    assert said["description"].startswith(f"{len(events)} dated events in the order")
    assert said["description"].endswith(
        f"; {against} of {pairs} pairs are told against the order of time."
    )
    assert said["title"]["text"] == f"{against} of {pairs} pairs are told against the order of time"


def test_its_table_has_every_event_that_the_text_dates(danang, raw):
    table = charts.telling_chart(danang).data
    assert list(table["event_id"]) == list(told(raw))
    assert not {"quote", "note", "contested", "what"} & set(table.columns)
