"""My course at a glance: a square a thing, full, half or open, and what comes next."""

import pytest

from lessons import charts, my_work
from lessons.widgets.chart import spec_and_rows


def test_its_table_has_a_row_a_thing_with_place_and_state(things):
    shown = charts.course_chart(things).data
    assert shown[["lesson", "place", "step", "state", "said"]].to_numpy().tolist() == [
        ["0. Start here", 1, "Step 1. Look", "done", "1 of 2 done"],
        ["0. Start here", 2, "Step 2. The check", "begun", "1 of 2 done"],
        ["1. Two voices", 1, "Step 1. Read", "left", "1 of 3 done"],
        ["1. Two voices", 2, "Step 2. Sort", "done", "1 of 3 done"],
        ["1. Two voices", 3, "Step 3. The check", "left", "1 of 3 done"],
    ]


def test_title_and_sentence(things):
    chart = charts.course_chart(things)
    assert chart.title.text == ["Next: 0. Start here", "Step 2. The check"]
    assert chart.description == (
        "2 lessons with something to do: 0. Start here 1 of 2 done; 1. Two voices 1 of 3 done."
    )
    assert "5" not in chart.description  # no total of all things


def test_when_all_is_done(things):
    chart = charts.course_chart(things.assign(done=True))
    assert chart.title.text == ["Everything is done"]
    assert set(chart.data["state"]) == {"done"}


def test_no_lessons_are_no_error(things):
    chart = charts.course_chart(things.head(0))
    assert chart.title.text == ["No lessons were found"]
    assert chart.description == "0 lessons with something to do were found."
    assert chart.to_dict()["height"] > 0


def test_a_row_a_lesson_in_the_order_of_the_course(things):
    chart = charts.course_chart(things)
    drawn = chart.to_dict()["layer"]
    assert all(layer["encoding"]["y"]["sort"] is None for layer in drawn)
    tall = chart.to_dict()["height"]
    assert tall == 2 * charts.course_chart(things[things["lesson"].str.startswith("0")]).height


@pytest.mark.parametrize("count", ["", "0 of 16", "4 of 16", "12 judged"])
def test_only_a_count_above_nothing_is_begun(things, count):
    row = things.head(1).assign(done=False, count=count)
    begun = count[:1] not in ("", "0")
    assert charts.course_chart(row).data["state"].item() == ("begun" if begun else "left")


def test_it_takes_the_table_of_my_work():
    table = my_work().table
    chart = charts.course_chart(table)
    assert len(chart.data) == len(table)


def test_what_travels_is_the_table_and_small(things):
    spec, rows = spec_and_rows(charts.course_chart(things))
    assert len(rows) == len(things)
    assert not spec.get("datasets")
    assert len(str(spec)) < 6000
