"""Showing a chart: spec, rows, sentence and table."""

import altair as alt
import pandas as pd
import pytest

from lessons import charts, show
from lessons.charts.look import theme
from lessons.widgets import chart as module
from lessons.widgets.chart import in_our_look, spec_and_rows, vega_library, with_rows


def bars(*heights, **options):
    table = pd.DataFrame({"name": [f"n{n}" for n in range(len(heights))], "height": heights})
    chart = alt.Chart(table, **options).mark_bar().encode(x="name:N", y="height:Q")
    return chart.properties(description="Some bars.")


def test_new_rows_alone_leave_the_spec_as_it_is():
    widget = show(bars(1, 2))
    sent = []
    widget.observe(lambda change: sent.append(change["name"]), names=["spec", "rows", "columns"])
    before = widget.spec
    widget.chart = bars(3, 4, 5)
    assert widget.spec == before
    assert [row["height"] for row in widget.rows] == [3, 4, 5]
    assert sent == ["rows"]


def test_the_same_chart_made_again_has_the_same_spec(danang):
    for make in (charts.voice_strip, charts.word_shares):
        assert show(make(danang)).spec == show(make(danang)).spec


def test_another_chart_changes_the_spec():
    widget = show(bars(1, 2))
    before = widget.spec
    widget.chart = bars(1, 2).mark_point()
    assert widget.spec != before


def test_rows_travel_apart_from_the_spec_and_fit_together_again(danang):
    chart = charts.word_shares(danang)
    spec, rows = spec_and_rows(chart)
    assert rows == chart.data.to_dict("records")
    assert spec["data"] == {"name": "table"}
    assert "Statement" not in str({**spec, "layer": [], "title": "", "description": ""})
    whole = with_rows(spec, rows)
    assert whole["data"]["values"] == rows
    assert spec["data"] == {"name": "table"}  # the spec itself is left as it was


def test_the_view_has_the_charts_sentence_table_and_columns(danang):
    chart = charts.voice_strip(danang)
    widget = show(chart, pick="passage_id")
    assert widget.sentence == widget.words == chart.description
    assert widget.table is chart.data
    assert widget.columns == ["passage_id", "voice", "start", "end", "words"]
    assert len(widget.rows) == 40


def test_the_saved_table_is_the_charts(saved):
    html = saved(show(bars(17, 23)))[0]["text/html"]
    cells = html.partition("<tbody>")[2]
    assert cells.count("<tr>") == 2
    assert "<td>17</td>" in cells
    assert "<td>n1</td>" in cells


def test_a_chart_without_a_description_is_described_by_its_size():
    chart = bars(1, 2)
    chart.description = alt.Undefined
    assert show(chart).sentence == "A chart of 2 rows with the columns name, height."


@pytest.mark.parametrize("data", ["https://example.org/data.csv", alt.Undefined])
def test_a_chart_without_a_table_is_refused_in_one_sentence(data):
    chart = alt.Chart(data).mark_bar().encode(x="a:N")
    with pytest.raises(ValueError, match=r"^This chart has no table of its own: give it .*\.$"):
        show(chart)


def test_a_column_that_is_not_there_cannot_be_picked_by():
    with pytest.raises(
        ValueError, match="no column 'nam' to pick by: expected one of name, height"
    ):
        show(bars(1), pick="nam")


def test_a_refused_chart_leaves_the_view_as_it_was():
    widget = show(bars(1, 2), pick="name")
    before = widget.spec, widget.rows, widget.table
    with pytest.raises(ValueError, match="no table"):
        widget.chart = alt.Chart("data.csv").mark_bar()
    with pytest.raises(ValueError, match="no column"):
        widget.chart = alt.Chart(pd.DataFrame({"other": [1]})).mark_bar()
    assert (widget.spec, widget.rows) == before[:2]
    assert widget.table is before[2]


def test_the_courses_look_with_what_the_chart_sets_on_top():
    look = in_our_look({"axis": {"grid": False}, "view": None, "bar": {"size": 3}})
    ours = theme()["config"]
    assert look["axis"] == ours["axis"] | {"grid": False}
    assert look["view"] is None
    assert look["bar"] == {"size": 3}
    assert look["title"] == ours["title"]
    assert theme()["config"] == ours


def test_every_chart_of_a_kernel_shares_one_library(monkeypatch, danang):
    monkeypatch.setattr(module, "_shared", [])
    first, second = show(bars(1)), show(charts.word_shares(danang))
    assert first.library is second.library is vega_library()
    assert first.library.source.count("vega") > 10
    vega_library().close()
    again = show(bars(1)).library
    assert again is not first.library
    assert again.source == first.library.source
