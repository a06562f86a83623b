"""Telling against happening: the two orders, and how far apart they are."""

import pandas as pd
import pytest

from lessons.analysis.dates import timeline_table
from lessons.analysis.telling import pairs_out_of_order, telling_order


@pytest.fixture
def order(danang):
    table = timeline_table(danang.events, danang.date_mentions)
    return telling_order(table, danang.date_mentions, danang.passages, danang.voices)


def test_the_article_in_its_own_order(order):
    assert list(order.index) == [
        "apec-2017",
        "joint-statement-2017",
        "unscr-2254",
        "referendum-2012",
        "election-2014",
        "syria-protests-2011",
        "iran-1979",
        "hamburg-2017",
        "amman-mop-2017",
    ]
    assert list(order["told"]) == list(range(1, 10))
    assert list(order["happened"]) == [8, 9, 5, 3, 4, 2, 1, 6, 7]
    assert list(order["passage_id"]) == ["S1", "S1", "F7", "F9", "F10", "F12", "F13", "S9", "S10"]
    assert list(order["voice"]) == ["Statement"] * 2 + ["Commentary"] * 5 + ["Statement"] * 2


def test_an_event_is_told_where_it_is_dated_first(order):
    assert order.loc["joint-statement-2017", "passage_id"] == "S1"  # and again in S10


@pytest.mark.parametrize(
    ("happened", "against"),
    [([1, 2, 3, 4], 0), ([4, 3, 2, 1], 6), ([2, 1, 3, 4], 1), ([3, 1, 2, 4], 2), ([1], 0), ([], 0)],
)
def test_pairs_out_of_order(happened, against):
    told = list(range(1, len(happened) + 1))
    order = pd.DataFrame({"told": told, "happened": happened})
    pairs = len(happened) * (len(happened) - 1) // 2
    assert pairs_out_of_order(order) == (against, pairs)
    assert pairs_out_of_order(order.sample(frac=1, random_state=3)) == (against, pairs)


def test_a_text_that_dates_nothing_tells_nothing(danang):
    table = timeline_table(danang.events, danang.date_mentions)
    nothing = danang.date_mentions.iloc[:0]
    order = telling_order(table, nothing, danang.passages, danang.voices)
    assert order.empty
    assert pairs_out_of_order(order) == (0, 0)
