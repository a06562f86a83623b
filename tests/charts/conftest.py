"""What the tests of the charts share."""

import csv
from datetime import date
from pathlib import Path

import pytest

from lessons import charts
from lessons.analysis.dates import timeline_table
from lessons.analysis.two_readings import readings_agreement
from lessons.case import open_case

FOLDER = Path(__file__).parents[2] / "data" / "danang-2017"


@pytest.fixture(scope="session")
def danang():
    return open_case("danang-2017")


@pytest.fixture(scope="session")
def raw():
    """Return a table of the case as the standard library reads it: a second opinion."""

    def rows(table):
        with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


@pytest.fixture(scope="session")
def events(danang):
    return timeline_table(danang.events, danang.date_mentions)


OF_BOTH_VOICES = [
    "claim_kinds_chart",
    "deeds_chart",
    "loaded_words_chart",
    "naming_chart",
    "techniques_chart",
]
OF_A_CASE = ["voice_strip", "word_shares", "telling_chart", *OF_BOTH_VOICES]


@pytest.fixture(params=OF_BOTH_VOICES)
def draw(request):
    """Every function that draws both voices in the same way, one after the other."""
    return getattr(charts, request.param)


@pytest.fixture(params=[*OF_A_CASE, "timeline_chart", "agreement_chart"])
def chart(request, danang, events):
    """Every chart of the course, one after the other."""
    if request.param == "agreement_chart":
        return charts.agreement_chart(readings_agreement(danang))
    if request.param == "timeline_chart":
        return charts.timeline_chart(events, (date(1978, 1, 1), date(2025, 1, 1)))
    return getattr(charts, request.param)(danang)
