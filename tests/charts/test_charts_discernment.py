"""The picture of two figures: regions, points, words, and what stands where little can be said."""

import pandas as pd
import pytest
from support.simulated_checks import BELIEVES, scored

from lessons import charts
from lessons.analysis.check_answers import TOO_FEW
from lessons.analysis.discernment import LEANS, TELLS, discernment
from lessons.charts.discernment import REGIONS
from lessons.widgets.chart import spec_and_rows


def drawn(items, **learners):
    return charts.discernment_chart(discernment(scored(items, **learners)))


@pytest.fixture(scope="module")
def items(danang):
    return danang.check_items


def layers(chart, mark):
    found = chart.to_dict()["layer"]
    return [layer for layer in found if layer["mark"]["type"] == mark]


def words(chart):
    texts = [layer["encoding"]["text"] for layer in layers(chart, "text")]
    return [text["value"].replace("\n", " ") for text in texts if "value" in text]


def test_its_table_has_a_row_a_time_with_figures_and_the_region(items):
    shown = drawn(items, before="suspicious", after="ideal").data
    assert shown.drop(columns=["discernment_error", "suspicion_error"]).to_numpy().tolist() == [
        ["before", 16, 0.0, 1.59, "calls most things unsound"],
        ["after", 16, 3.19, 0.0, "tells them apart"],
    ]
    assert list(shown["discernment_error"]) == [1.02, 1.02]


def test_title_and_sentence_say_words_first(items):
    chart = drawn(items, before="suspicious", after="ideal")
    assert chart.title.text == ["Before: calls most things unsound", "After: tells them apart"]
    assert chart.description == (
        "2 times: before the course calls most things unsound (discernment 0.0, suspicion 1.6, 16 "
        "answers); at the end of the course tells them apart (discernment 3.2, suspicion 0.0, "
        "16 answers)."
    )


def test_the_edges_of_the_regions_are_those_of_the_analysis(items):
    boxes = [layer["encoding"] for layer in layers(drawn(items, before="ideal"), "rect")]
    edges = {(box["x"]["datum"], box["x2"]["datum"]) for box in boxes}
    assert {left for left, _ in edges} & {right for _, right in edges} == {TELLS}
    heights = {box["y"]["datum"] for box in boxes} & {box["y2"]["datum"] for box in boxes}
    assert heights == {-LEANS, LEANS}


def test_every_region_has_its_words_once_and_swaps_only_where_needed(items):
    usual = words(drawn(items, before="trusting"))
    assert sorted(usual) == sorted(set(REGIONS.values()) - {"takes one for the other"})
    assert sorted(words(drawn(items, before="upside down"))) == sorted(REGIONS.values())


@pytest.mark.parametrize("first", BELIEVES)
@pytest.mark.parametrize("last", BELIEVES)
def test_every_learner_lies_inside_the_picture(items, first, last):
    chart = drawn(items, before=first, after=last)
    (point,) = layers(chart, "point")
    for name in ("x", "y"):
        field = point["encoding"][name]["field"]
        low, high = point["encoding"][name]["scale"]["domain"]
        values, errors = chart.data[field], chart.data[f"{field}_error"]
        assert (values - errors > low - 0.6).all()
        assert low < values.min()
        assert (values + errors < high).all()


def test_of_two_points_one_has_its_name_above_and_one_below(items):
    for learners in (
        {"before": "suspicious", "after": "ideal"},
        {"before": "ideal", "after": "ideal"},
    ):
        chart = drawn(items, **learners)
        names = [t for t in layers(chart, "text") if t["encoding"]["text"].get("field") == "name"]
        assert len({layer["mark"]["dy"] for layer in names}) == 2
        assert len(names) == 4  # each with its shade


def test_too_few_answers_draw_no_point_and_say_so(items):
    table = discernment(scored(items, before="ideal").head(5))
    chart = charts.discernment_chart(table)
    assert chart.title.text == ["Two figures of a check: too few answers to say"]
    assert chart.description == (
        "2 times: before the course too few to say (5 answers); at the end of the course too few "
        "to say (0 answers)."
    )
    assert list(chart.data["region"]) == [TOO_FEW, TOO_FEW]
    assert chart.data["discernment"].isna().all()


def test_one_time_of_two_may_have_too_few(items):
    answers = pd.concat([scored(items, before="ideal"), scored(items, after="ideal").head(3)])
    chart = charts.discernment_chart(discernment(answers))
    assert chart.title.text == ["Before: tells them apart"]
    assert "at the end of the course too few to say (3 answers)" in chart.description


def test_no_answers_at_all_are_no_error(items):
    chart = charts.discernment_chart(discernment(scored(items, before="ideal").head(0)))
    assert len(chart.data) == 2
    assert chart.description.startswith("2 times: before the course too few to say (0 answers)")


def test_three_times_are_three_points(items):
    chart = drawn(items, before="trusting", after="ideal", later="ideal")
    assert list(chart.data["when"]) == ["before", "after", "later"]
    assert chart.description.startswith("3 times: ")
    alike = drawn(items, before="ideal", after="ideal", later="ideal")
    assert alike.title.text == ["Each time: tells them apart"]


def test_what_travels_is_the_table_and_small(items):
    spec, rows = spec_and_rows(drawn(items, before="suspicious", after="ideal"))
    assert len(rows) == 2
    assert not spec.get("datasets")
    assert len(str(spec)) < 12000
