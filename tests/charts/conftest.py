"""What the tests of the charts share."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from support.simulated_checks import scored

from lessons import charts
from lessons.analysis.calibration import calibration_levels
from lessons.analysis.change import right_answers
from lessons.analysis.dates import timeline_table
from lessons.analysis.discernment import discernment
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


@pytest.fixture(scope="session")
def answers(danang):
    """What a learner said who trusted officials before the course and told all apart after it."""
    return scored(danang.check_items, before="trusts officials", after="ideal")


@pytest.fixture(scope="session")
def things():
    """A list of things to do, as my_work() has it: done, begun and left."""
    rows = [
        ("0 \u00b7 Start here", "Step 1 \u00b7 Look", "EX0-01", True, ""),
        ("0 \u00b7 Start here", "Step 2 \u00b7 The check", "before", False, "5 of 16"),
        ("1 \u00b7 Two voices", "Step 1 \u00b7 Read", "EX1-01", False, ""),
        ("1 \u00b7 Two voices", "Step 2 \u00b7 Sort", "kind", True, "3 sorted"),
        ("1 \u00b7 Two voices", "Step 3 \u00b7 The check", "after", False, "0 of 16"),
    ]
    return pd.DataFrame(rows, columns=["lesson", "step", "item", "done", "count"])


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


@pytest.fixture(scope="session")
def of_a_learner(answers, things):
    """The charts of a learner's own course."""
    return {
        "before_after_chart": charts.before_after_chart(right_answers(answers)),
        "calibration_chart": charts.calibration_chart(calibration_levels(answers)),
        "course_chart": charts.course_chart(things),
        "discernment_chart": charts.discernment_chart(discernment(answers)),
    }


OF_A_LEARNER = ["before_after_chart", "calibration_chart", "course_chart", "discernment_chart"]


@pytest.fixture(params=[*OF_A_CASE, *OF_A_LEARNER, "timeline_chart", "agreement_chart"])
def chart(request, danang, events, of_a_learner):
    """Every chart of the course, one after the other."""
    if request.param in of_a_learner:
        return of_a_learner[request.param]
    if request.param == "agreement_chart":
        return charts.agreement_chart(readings_agreement(danang))
    if request.param == "timeline_chart":
        return charts.timeline_chart(events, (date(1978, 1, 1), date(2025, 1, 1)))
    return getattr(charts, request.param)(danang)
