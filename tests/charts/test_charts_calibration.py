"""The reliability picture: a point a step, n at each, the line, and too few answers."""

import pandas as pd
import pytest

from lessons import charts
from lessons.analysis.calibration import calibration_levels
from lessons.analysis.check_answers import TOO_FEW
from lessons.widgets.chart import spec_and_rows
from lessons.widgets.keeping import SURE


def levels(*pairs, when="before"):
    table = pd.DataFrame(list(pairs), columns=["sure", "right"]).astype({"right": "bool"})
    return calibration_levels(table.assign(when=when, sure=table["sure"].astype("Int64")))


SURER = [(90, i < 4) for i in range(8)] + [(60, i < 3) for i in range(6)]


def test_its_table_has_a_row_for_every_step_that_may_be_chosen():
    shown = charts.calibration_chart(levels(*SURER)).data
    assert list(shown["sure"]) == list(SURE)
    assert list(shown["answers"]) == [0, 6, 0, 0, 8, 0]
    assert list(shown["right"]) == [0, 3, 0, 0, 4, 0]
    assert shown["share"].dropna().tolist() == [50, 50]
    assert set(shown["note"]) == {""}


def test_title_and_sentence():
    chart = charts.calibration_chart(levels(*SURER))
    assert chart.title.text == "Before the course: surer than right"
    assert chart.description == (
        "14 answers before the course: 3 of 6 right where 60 % sure, 4 of 8 right where 90 % sure."
    )


def test_the_line_goes_from_a_guess_to_certain_and_is_explained():
    drawn = charts.calibration_chart(levels(*SURER)).to_dict()["layer"]
    line = drawn[0]["encoding"]
    ends = [line[name]["datum"] for name in ("x", "y", "x2", "y2")]
    assert ends == [50, 50, 100, 100]
    texts = [layer["encoding"].get("text", {}).get("value", "") for layer in drawn]
    assert "the line: as sure as right" in texts
    assert "above: right more often than sure" in texts
    assert "below: surer than right" in texts


def test_each_point_has_its_counts():
    drawn = charts.calibration_chart(levels(*SURER)).to_dict()["layer"]
    named = [layer for layer in drawn if layer["encoding"].get("text", {}).get("field") == "said"]
    assert len(named) == 4  # above and below the line, each with its shade
    steps = [step["calculate"] for step in named[0]["transform"] if "calculate" in step]
    assert steps == ["datum.right + ' of ' + datum.answers"]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_too_few_answers_draw_no_point_and_say_so(count):
    chart = charts.calibration_chart(levels(*[(80, True)] * count))
    assert chart.title.text == "How sure, and how often right: too few answers to say"
    assert chart.description.startswith(f"{count} answer{'s' * (count != 1)} ")
    assert "too few to say" in chart.description
    assert chart.description.endswith(".")
    assert set(chart.data["note"]) == {TOO_FEW}
    assert chart.data["share"].isna().all()


def test_of_two_times_the_last_is_drawn():
    both = pd.concat([levels(*SURER), levels(*[(80, i < 6) for i in range(8)], when="after")])
    chart = charts.calibration_chart(both)
    assert set(chart.data["when"]) == {"after"}
    assert chart.title.text == "At the end of the course: as sure as right"


def test_a_step_between_the_usual_ones_gets_its_row():
    chart = charts.calibration_chart(levels(*[(75, True)] * 8))
    assert 75 in set(chart.data["sure"])


def test_what_travels_is_the_table_and_small():
    spec, rows = spec_and_rows(charts.calibration_chart(levels(*SURER)))
    assert len(rows) == 6
    assert not spec.get("datasets")
    assert len(str(spec)) < 8000
