"""What belongs to a passage, as far as it may be shown before an answer."""

import pandas as pd

from lessons.analysis.links import (
    answers,
    events_inside,
    leads_to,
    mentioned_events,
    passage_links,
    told_in,
)

# Columns of replies and events that are for after the learner's own look.
NOT_YET = {"engages", "reader", "note", "contested", "what"}


def links(case):
    return passage_links(case.passages, case.replies, case.events, case.glossary)


def test_every_passage_has_its_row_in_the_order_of_the_text(danang):
    table = links(danang)
    assert list(table.index) == list(danang.passages.sort_values("order").index)
    assert list(table.columns) == ["answers", "answered_by", "events", "terms"]
    assert all(isinstance(cell, list) for column in table for cell in table[column])


def test_events_of_a_passage(danang):
    table = links(danang)
    # Every passage of the statement goes with the statement itself.
    assert table.loc["S9", "events"] == ["hamburg-2017", "joint-statement-2017"]
    assert table.loc["S10", "events"] == ["amman-mop-2017", "joint-statement-2017"]
    assert table.loc["F13", "events"] == ["iran-1979"]
    assert table.loc["M1", "events"] == []


def test_nothing_comes_from_events_that_are_only_outside(danang):
    outside = set(danang.events[danang.events["mentioned_by"] == "outside"].index)
    assert len(outside) > 10
    assert {event for events in links(danang)["events"] for event in events}.isdisjoint(outside)
    assert set(mentioned_events(danang.events)["event_id"]).isdisjoint(outside)
    assert set(events_inside(danang.events).index) == set(danang.events.index) - outside


def test_nothing_of_a_judgement_comes_along(danang):
    for table in (
        links(danang),
        answers(danang.replies),
        events_inside(danang.events),
        mentioned_events(danang.events),
    ):
        assert NOT_YET.isdisjoint(table.columns)


def test_a_pair_that_both_readers_saw_stands_once(danang):
    pairs = answers(danang.replies)
    assert not pairs.duplicated().any()
    expected = {
        (row.commentary_id, statement)
        for row in danang.replies.itertuples()
        for statement in row.statement_ids
    }
    assert set(pairs.itertuples(index=False, name=None)) == expected


def test_answering_and_being_answered_are_two_sides_of_one_thing(danang):
    table = links(danang)
    forth = {(own, other) for own, others in table["answers"].items() for other in others}
    back = {(other, own) for own, others in table["answered_by"].items() for other in others}
    assert forth == back
    assert forth
    for own, other in forth:
        assert own in danang.voice("commentary").index
        assert other in danang.voice("statement").index


def test_ids_stand_in_the_order_of_the_text(danang):
    order = dict(danang.passages["order"])
    for column in ("answers", "answered_by"):
        for ids in links(danang)[column]:
            assert ids == sorted(ids, key=order.get)


def test_terms_of_a_passage(danang):
    terms = links(danang)["terms"]
    for term, passages in danang.glossary["passages"].items():
        for passage in danang.passages.index:
            assert (term in terms[passage]) == (passage in passages)


def test_a_case_that_knows_nothing_of_its_passages(danang):
    empty = [table.head(0) for table in (danang.replies, danang.events, danang.glossary)]
    table = passage_links(danang.passages, *empty)
    assert len(table) == 40
    assert all(cell == [] for column in table for cell in table[column])


def test_a_made_case_with_replies_out_of_order():
    passages = pd.DataFrame({"order": [3, 1, 2]}, index=["F1", "S1", "S10"])
    replies = pd.DataFrame(
        {
            "commentary_id": ["F1", "F1"],
            "reader": ["A", "B"],
            "statement_ids": [["S10"], ["S1", "S10"]],
            "engages": ["x", "y"],
        }
    )
    events = pd.DataFrame(
        columns=["title", "start", "end", "place", "country", "mentioned_by", "passages"],
        index=pd.Index([], name="event_id"),
    )
    glossary = pd.DataFrame(columns=["passages"], index=pd.Index([], name="term"))
    table = passage_links(passages, replies, events, glossary)
    assert list(table.index) == ["S1", "S10", "F1"]
    assert table.loc["F1", "answers"] == ["S1", "S10"]
    assert table.loc["S10", "answered_by"] == ["F1"]


def test_a_picked_passage_leads_to_its_own_events(danang):
    leads = leads_to(danang.passages, danang.events)
    assert leads["S9"] == ["hamburg-2017"]  # not the statement as a whole, which has every S
    assert leads["S12"] == ["amman-centre-2017"]
    assert leads["S2"] == ["joint-statement-2017"]  # nothing of its own: so the whole
    assert "M1" not in leads


def test_an_event_from_outside_is_told_in_no_passage(danang):
    told = told_in(danang.events)
    assert told["amman-mop-2017"] == ["S10", "S11"]
    assert told["amman-july-2017"] == []
    assert list(told) == list(danang.events.index)
