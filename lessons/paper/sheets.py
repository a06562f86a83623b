"""The sheets of a course: the article, and for each lesson a handout, answers, guide and slide.

What a lesson asks for is found in its notebook, and all words come from the case: a sentence that
is changed there is changed on screen and on paper. Items keep their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.rows import records_of
from lessons.paper.answers import answers_to
from lessons.paper.asked import asked
from lessons.paper.blocks import Block, Grid, Heading, PageBreak, Passage, Sheet, Strip, Text
from lessons.paper.guide import guide, letter
from lessons.paper.slide import slide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case
    from lessons.widgets.course import Lesson

_NAME_LINE = "Name or alias: ______________________________    Date: ______________"
_MONTHS = ("before 2017", "July 2017", "August", "September", "October", "November", "later")
AI = (
    "Readers A and B are AI readers. No human coder has checked them. Where they differ, the "
    "question is open: neither is an answer key."
)


def article(case: Case) -> Sheet:
    """Return the article twice: with numbers only, and with the names of its passages."""
    passages = records_of(case.passages)
    title = f"The article: {case.title}"
    blocks: list[Block] = [
        Heading(1, title),
        Text(case.content_note, quiet=True),
        Heading(2, "With numbers only: whose voice is it?"),
    ]
    for number, row in enumerate(passages.values(), 1):
        said = str(row["text"])
        label = str(row["label"])
        shown = said.removeprefix(f"{label}:").strip() if label else said
        blocks.append(Passage(str(number), shown))
    blocks += [
        PageBreak(),
        Heading(2, "With the names of the passages"),
        Text(_voices(case), quiet=True),
    ]
    blocks += [Passage(name, str(row["text"])) for name, row in passages.items()]
    blocks += [
        Heading(2, "A line of time"),
        Text("Write on it what happened in Hamburg, Amman and Danang, and what else you find."),
        Strip(_MONTHS),
    ]
    return Sheet("article", title, tuple(blocks))


def _voices(case: Case) -> str:
    """Say what the letters of the passages' names stand for."""
    passages = case.passages.reset_index()
    letters = passages["passage_id"].str.extract(r"^([A-Z]+)", expand=False)
    named = dict(zip(letters, passages["voice"], strict=True))
    words = case.voices["word"]
    return "; ".join(f"{letter}: {words[voice]}" for letter, voice in named.items()) + "."


def handout(case: Case, lesson: Lesson) -> Sheet:
    """Return what a learner gets for one lesson: what the notebook asks, with room to answer."""
    blocks: list[Block] = [
        Heading(1, lesson.title),
        Text(_NAME_LINE),
        Text(lesson.about),
        Text(
            f"{lesson.minutes} minutes. Have the sheet \u201cThe article\u201d beside you. "
            "Answer first, alone; then compare.",
            quiet=True,
        ),
    ]
    step = ""
    for thing in lesson.things:
        if thing.step != step:
            step = thing.step
            blocks.append(Heading(2, step))
        blocks += [Heading(3, thing.words), *asked(case, thing)]
    return Sheet(f"{_stem(lesson)}-handout", lesson.title, tuple(blocks))


def answer_sheet(case: Case, lesson: Lesson) -> Sheet:
    """Return what the teacher needs for one lesson: expected answers, each with its reason."""
    title = f"{lesson.title}: answers and reasons"
    blocks: list[Block] = [
        Heading(1, title),
        Text(
            "For the teacher. Where a question is one of judgement there is no right answer; what "
            "two readers said is something to compare with. Whoever can show from the text that "
            "an answer here is wrong is right to say so.",
        ),
        Text(AI, quiet=True),
    ]
    for thing in lesson.things:
        blocks += [Heading(2, thing.words), *answers_to(case, thing)]
    return Sheet(f"{_stem(lesson)}-answers", title, tuple(blocks))


def sheets(case: Case, lessons: Sequence[Lesson]) -> list[Sheet]:
    """Return all sheets of a course."""
    makers = (handout, answer_sheet, guide, slide)
    each = [make(case, lesson) for lesson in lessons for make in makers]
    return [article(case), glossary(case), letter(case), *each]


def glossary(case: Case) -> Sheet:
    """Return the words of the article that need explaining."""
    rows = tuple(
        (str(row["term"]), str(row["definition"]))
        for row in records_of(case.glossary.reset_index()).values()
    )
    blocks = (Heading(1, "Words of the article"), Grid(("Word", "What it means"), rows, (1, 3)))
    return Sheet("glossary", "Words of the article", blocks)


def _stem(lesson: Lesson) -> str:
    return lesson.name.removesuffix(".ipynb")
