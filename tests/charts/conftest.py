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


CHARTS = ["agreement_chart", "voice_strip", "word_shares", "telling_chart", "timeline_chart"]


@pytest.fixture(params=CHARTS)
def chart(request, danang, events):
    """Every chart of the course, one after the other."""
    if request.param == "agreement_chart":
        return charts.agreement_chart(readings_agreement(danang))
    if request.param == "timeline_chart":
        return charts.timeline_chart(events, (date(1978, 1, 1), date(2025, 1, 1)))
    return getattr(charts, request.param)(danang)
