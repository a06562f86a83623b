"""One slide to open a lesson with: what is said first, what learners can do afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.rows import records_of
from lessons.paper.blocks import Block, Heading, Points, Sheet, Text

if TYPE_CHECKING:
    from lessons.case import Case
    from lessons.widgets.course import Lesson


def slide(case: Case, lesson: Lesson) -> Sheet:
    """Return the slide of one lesson. It quotes nothing of the article: it is seen first."""
    stem = lesson.name.removesuffix(".ipynb")
    plan = records_of(case.lesson_plans).get(stem.partition("-")[0])
    blocks: list[Block] = [
        Heading(1, lesson.title),
        Heading(2, str(plan["say_first"]) if plan else lesson.about),
    ]
    if lesson.aims:
        blocks += [Text("Afterwards you can"), Points(lesson.aims)]
    blocks.append(Text("Answer first, alone. Compare afterwards.", quiet=True))
    return Sheet(f"{stem}-slide", lesson.title, tuple(blocks), slide=True)
