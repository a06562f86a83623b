"""Showing a chart: the picture, its sentence and its table, with picks that reach Python."""

from __future__ import annotations

import copy
import re
from typing import Any

import altair as alt
import anywidget
import ipywidgets
import pandas as pd
import traitlets as t

from lessons.charts.drawing import VEGA_LITE, still_picture, vega_bundle
from lessons.charts.look import theme
from lessons.widgets.base import LessonWidget, front_end, style_sheet

TABLE = "table"  # the name under which a chart's own rows travel


class VegaLibrary(ipywidgets.Widget):
    """Vega's code, 0.9 MB, sent to the page once per kernel and shared by every chart."""

    _model_name = t.Unicode("WidgetModel").tag(sync=True)
    version = t.Unicode(VEGA_LITE).tag(sync=True)
    source = t.Unicode().tag(sync=True)


_shared: list[VegaLibrary] = []


def vega_library() -> VegaLibrary:
    """Return the kernel's one library; a new one if the old was closed with all widgets."""
    if not _shared or _shared[0].comm is None:
        _shared[:] = [VegaLibrary(source=vega_bundle())]
    return _shared[0]


class ChartTraits(LessonWidget):
    """What a chart sends to the page: the picture's spec, its rows, its sentence.

    `picked` is the value of the `pick` column in the row that was picked last, by mouse on
    the picture or by keyboard in the table ("" for none); setting it marks that row.
    """

    library = anywidget.WidgetTrait().tag(sync=True)
    spec = t.Dict().tag(sync=True)
    rows: t.List[Any] = t.List().tag(sync=True)
    columns: t.List[Any] = t.List().tag(sync=True)
    words = t.Unicode().tag(sync=True)
    pick = t.Unicode().tag(sync=True)
    picked = t.Unicode().tag(sync=True)

    def send_chart(self, chart: alt.TopLevelMixin) -> None:
        """Send a chart; where only the rows differ from what is shown, only they travel.

        Raises ValueError for a chart without a table of its own, or without the `pick` column.
        """
        columns = [str(name) for name in table_of(chart).columns]
        if self.pick and self.pick not in columns:
            raise ValueError(
                f"The chart's table has no column {self.pick!r} to pick by: "
                f"expected one of {', '.join(columns)}."
            )
        spec, rows = spec_and_rows(chart)
        with self.hold_trait_notifications():
            self.words = sentence_of(chart)
            self.columns = columns
            self.spec, self.rows = spec, rows


class ChartView(ChartTraits):
    """A chart on the page; `chart` may be set to a new one."""

    _esm = front_end("vega.js", "picture.js", "chart.js")
    _css = style_sheet("chart.css")

    def __init__(self, chart: alt.TopLevelMixin, *, pick: str = "") -> None:
        super().__init__(library=vega_library(), pick=pick)
        self.chart = chart

    @property
    def chart(self) -> alt.TopLevelMixin:
        """The Altair chart that is shown."""
        return self._chart

    @chart.setter
    def chart(self, chart: alt.TopLevelMixin) -> None:
        self.send_chart(chart)
        self._chart = chart

    @property
    def table(self) -> pd.DataFrame:
        """The rows behind the picture, as a plain table."""
        return table_of(self._chart)

    @property
    def sentence(self) -> str:
        """The chart's description."""
        return self.words

    def _picture(self) -> str:
        return still_picture(with_rows(self.spec, self.rows))

    def _details(self) -> dict[str, str]:
        return {"The same as a table": saved_table(self.table)}


def show(chart: alt.TopLevelMixin, *, pick: str = "") -> ChartView:
    """Show an Altair chart with its sentence and its table.

    The sentence is the chart's `description`, the table its `data`. With `pick="column"`
    a row can be picked, by mouse in the picture or by keyboard in the table; `.picked` holds
    its value in that column. Raises ValueError for a chart without a table of its own, and for
    a column that the table does not have.
    """
    return ChartView(chart, pick=pick)


def spec_and_rows(chart: alt.TopLevelMixin) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a chart as a Vega-Lite spec in the course's look, and its own rows apart from it.

    Raises ValueError for a chart without a table of its own.
    """
    table_of(chart)
    spec = chart.to_dict()
    rows = spec.get("datasets", {}).pop(spec["data"]["name"])
    spec["data"] = {"name": TABLE}
    spec["config"] = in_our_look(spec.get("config", {}))
    return spec, rows


def in_our_look(config: dict[str, Any]) -> dict[str, Any]:
    """Return the course's Vega-Lite config, with what the chart itself sets on top."""
    whole: dict[str, Any] = theme()["config"]
    for name, value in config.items():
        both = isinstance(value, dict) and isinstance(whole.get(name), dict)
        whole[name] = whole[name] | value if both else value
    return whole


def with_rows(spec: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the spec with the rows put back in: what can be drawn on its own."""
    whole = copy.deepcopy(spec)
    whole["data"] = {"name": TABLE, "values": rows}
    return whole


def table_of(chart: alt.TopLevelMixin) -> pd.DataFrame:
    """Return the chart's own table. Raises ValueError if its data is not a DataFrame."""
    data = getattr(chart, "data", alt.Undefined)
    if isinstance(data, pd.DataFrame):
        return data
    raise ValueError("This chart has no table of its own: give it one DataFrame as its data.")


def sentence_of(chart: alt.TopLevelMixin) -> str:
    """Return the chart's description, or the size of its table where none was given."""
    described = getattr(chart, "description", alt.Undefined)
    if described is not alt.Undefined:
        return str(described)
    table = table_of(chart)
    return f"A chart of {len(table)} rows with the columns {', '.join(map(str, table.columns))}."


def saved_table(table: pd.DataFrame) -> str:
    """Return a table as HTML for saved outputs: no index, text as text, no space between tags."""
    return re.sub(r">\s+<", "><", table.to_html(index=False, border=0))
