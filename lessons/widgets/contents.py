"""The lessons of the course as a page of contents, with what is done of each."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from lessons.analysis.counted import counted
from lessons.widgets.base import LessonWidget, front_end, place, style_sheet
from lessons.widgets.checklist import checklist, checklist_table, go_on_with
from lessons.widgets.page import contents_picture

if TYPE_CHECKING:
    import pandas as pd

_SENT = ("title", "fragment", "name", "path", "here", "about", "minutes")


class Contents(LessonWidget):
    """The lessons of the folder: what each is about, how long it takes, how much is done.

    `lessons` is the checklist (see lessons.widgets.checklist) with `done`, True or False by thing,
    in the place of the things. `next` is where to go on: name (of the lesson's file), step,
    fragment and words, {} when nothing is left. `picture` is the picture of it all, there once the
    page has asked for it. `table` is the checklist as a DataFrame, a row a thing.
    """

    _esm = front_end("keeping.js", "checklist.js", "contents.js")
    _css = style_sheet("checklist.css", "contents.css")
    lessons: t.List[Any] = t.List().tag(sync=True)
    next = t.Dict().tag(sync=True)
    picture = anywidget.WidgetTrait().tag(sync=True)
    _checklist: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__(_place=place("contents", ""))
        self.on_msg(self._on_message)
        self._look()

    @property
    def sentence(self) -> str:
        """The lessons and their minutes; the same for everybody, whatever they have done."""
        named = "; ".join(_timed(lesson) for lesson in self._checklist)
        count = counted(len(self._checklist), "lesson")
        return f"{count}: {named}." if named else f"{count} were found in this folder."

    @property
    def table(self) -> pd.DataFrame:
        """What there is to do as it is now: lesson, step, item, done, count."""
        self._look()
        return checklist_table(self._checklist)

    def _picture(self) -> str:
        return contents_picture([(row["title"], row["minutes"]) for row in self._checklist])

    def _details(self) -> dict[str, str]:
        rows = [
            f"<li><b>{html.escape(row['title'])}</b> {html.escape(row['about'])}</li>"
            for row in self._checklist
        ]
        return {"What each lesson is about": f"<ul>{''.join(rows)}</ul>"} if rows else {}

    def _look(self) -> None:
        """Bring progress up to date, in the picture, too, where there is one."""
        self._checklist = checklist()
        with self.hold_sync():
            self.lessons = [
                {name: lesson[name] for name in _SENT}
                | {"done": [thing["done"] for thing in lesson["things"]]}
                for lesson in self._checklist
            ]
            self.next = _next(self._checklist)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: list[Any]) -> None:
        """Look again, or draw the picture; each message gets its answer."""
        if content.get("do") not in ("look", "draw"):
            return
        before = self.lessons
        self._look()
        if content["do"] == "draw" or (self.picture is not None and self.lessons != before):
            self._draw()
        self.send({"n": content.get("n")})

    def _draw(self) -> None:
        """Draw the course at a glance."""
        # Late: a lesson's first widget need not wait for Altair.
        from lessons.charts.course import course_chart  # noqa: PLC0415
        from lessons.widgets.chart import ChartView  # noqa: PLC0415

        chart = course_chart(checklist_table(self._checklist))
        if self.picture is None:
            self.picture = ChartView(chart)
        else:
            self.picture.chart = chart


def contents() -> Contents:
    """Show the lessons of the course: what each is about, what is done, where to go on.

    >>> from lessons import contents
    >>> list(contents().table.columns)
    ['lesson', 'step', 'item', 'done', 'count']
    """
    return Contents()


def _timed(lesson: dict[str, Any]) -> str:
    minutes = lesson["minutes"]
    return f"{lesson['title']} ({minutes} minutes)" if minutes else str(lesson["title"])


def _next(lessons: list[dict[str, Any]]) -> dict[str, str]:
    """Return where to go on as the page needs it."""
    found = go_on_with(lessons)
    if found is None:
        return {}
    lesson, thing = found
    return {"name": lesson["name"]} | {name: thing[name] for name in ("step", "fragment", "words")}
