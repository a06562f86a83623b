"""The picture of agreement: its points, its words, and what it says where nothing can be said."""

import pandas as pd
import pytest

from lessons import charts
from lessons.analysis.agreement import CLASS, NOTHING, TOO_FEW, agreement
from lessons.analysis.two_readings import readings_agreement
from lessons.widgets.chart import spec_and_rows


@pytest.fixture(scope="module")
def table(danang):
    return readings_agreement(danang)


def answers(question, *readers):
    rows = [
        (question, f"u{at}", f"R{reader}", value)
        for reader, given in enumerate(readers)
        for at, value in enumerate(given)
    ]
    return pd.DataFrame(rows, columns=["question", "unit", "reader", "value"])


def layers(chart):
    return chart.to_dict()["layer"]


def test_its_table_has_a_row_a_question_in_the_order_given(table):
    shown = charts.agreement_chart(table).data
    assert list(shown["question"]) == list(table["question"])
    first = shown.iloc[0]
    assert (first["alpha"], first["low"], first["high"]) == (0.62, 0.45, 0.75)
    assert first["alike"] == "69 % of 77"


def test_the_sentence_says_most_and_least_and_how_sure(table):
    said = charts.agreement_chart(table).description
    assert said == (
        "9 questions, 2 readers: they agree most on strength of a speech act (the same in 94 % of "
        "17; alpha 0.92, between 0.71 and 1.00), and least on how a reply engages (the same in "
        "65 % of 17; alpha 0.52, between 0.19 and 0.83); alpha is 0 when they agree as often as by "
        "chance, and 1 when always."
    )


def test_the_title_says_the_finding(table):
    title = charts.agreement_chart(table).title
    assert title.text == "The two readers agree least on how a reply engages"


def test_a_point_and_a_line_for_each_question(table):
    drawn = layers(charts.agreement_chart(table))
    (point,) = [layer for layer in drawn if layer["mark"]["type"] == "point"]
    lines = [layer for layer in drawn if "x2" in layer["encoding"]]
    assert point["encoding"]["x"]["field"] == "alpha"
    ends = lines[-1]["encoding"]
    assert (ends["x"]["field"], ends["x2"]["field"]) == ("low", "high")


@pytest.mark.parametrize("voice", ["statement", "commentary"])
def test_both_voices_are_drawn_on_the_same_axis(danang, voice):
    chart = charts.agreement_chart(readings_agreement(danang, voice))
    scales = [layer["encoding"].get("x", {}).get("scale") for layer in layers(chart)]
    assert [scale["domain"] for scale in scales if scale] == [[-0.2, 1]]
    assert chart.description[0].isdigit()
    assert chart.description.endswith(".")


def test_the_axis_reaches_what_lies_far_below_chance():
    table = agreement(answers("q", "abab", "baba"))
    scales = [
        layer["encoding"].get("x", {}).get("scale")
        for layer in layers(charts.agreement_chart(table))
    ]
    (domain,) = [scale["domain"] for scale in scales if scale]
    assert domain[0] <= table["low"].item() < -0.2


def test_a_class_that_is_too_small_gets_words_and_no_point():
    table = agreement(answers("q", *["abab"] * 4), needed=CLASS)
    chart = charts.agreement_chart(table)
    assert chart.title.text == "Too few answers to say how far readers agree"
    assert chart.description.startswith("1 question, and for none of them")
    assert chart.data["note"].item() == TOO_FEW
    assert chart.data["alike"].item() == ""
    assert any(layer["encoding"].get("text", {}).get("field") == "note" for layer in layers(chart))


def test_a_class_is_named_by_its_number():
    table = agreement(
        pd.concat([answers("one", *["abab"] * 12), answers("two", *["aaaa"] * 12)]), needed=CLASS
    )
    chart = charts.agreement_chart(table)
    assert chart.title.text == "12 readers agree least on one"
    assert (
        "2 questions (of 1 nothing can be said), 12 readers: they agree most on one (the same "
        in (chart.description)
    )
    assert "100 % of pairs" in chart.description
    assert list(chart.data["note"]) == ["", NOTHING]


def test_no_questions_at_all_are_no_error():
    chart = charts.agreement_chart(agreement(answers("q")))
    assert chart.to_dict()["height"] > 0
    assert chart.description.startswith("0 questions")


def test_what_travels_is_the_table_and_small(table):
    spec, rows = spec_and_rows(charts.agreement_chart(table))
    assert len(rows) == len(table)
    assert not spec.get("datasets")  # no second table inside a layer
    assert len(str(spec)) < 8000
