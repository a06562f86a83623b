"""A question that waits for the answers to others: nothing of it is sent before they are there."""

from __future__ import annotations

import os
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.widgets.course import lessons_here, progress, words_of
from lessons.widgets.keeping import Keeping, work
from lessons.work import WorkError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Waiting(Keeping):
    """A question that may have to wait.

    `waits_for` names what is still to be answered; until it is empty, neither `prompt` nor
    `options` nor anything else of the question is sent. The page counts up `asked` to look again.
    A subclass calls `_hold` when it is made.
    """

    prompt = t.Unicode().tag(sync=True)
    options: t.List[Any] = t.List().tag(sync=True)
    waits_for: t.List[Any] = t.List().tag(sync=True)
    asked = t.Int().tag(sync=True)

    _first: Sequence[str] = ()

    def _hold(self, first: Sequence[str], question: dict[str, Any]) -> None:
        """Keep a question (values by trait) back until exercises and blocks are answered."""
        self._first, self._question = first, question
        self._ask()

    @t.observe("asked")
    def _on_asked(self, _change: object) -> None:
        self._ask()

    def _ask(self) -> None:
        """Send the question, unless something is to be answered before.

        All of it goes in one message: the page shows it as soon as a part of it has come.
        """
        with self.hold_sync():
            self.waits_for = answered_none(self._case_name, self._first)
            if not self.waits_for:
                for name, value in self._question.items():
                    self.set_trait(name, value)


def answered_none(case_name: str, names: Sequence[str]) -> list[str]:
    """Return in words which of some exercises, items and blocks are not answered yet.

    A block ("marks:techniques") is answered when it is done in the sense of the learner's
    checklist; see `progress`. Where the work cannot be read, none is.
    """
    try:
        kept = work().answers if names else None
    except WorkError:
        kept = None
    items = set() if kept is None else set(kept.loc[kept["case"] == case_name, "item"])
    left = [name for name in names if name not in items and not progress(name, items)[0]]
    return list(dict.fromkeys(called(name) for name in left))


def called(name: str) -> str:
    """Return an exercise's id as it is, and what a block is called in quotation marks.

    The lesson in which it is asked stands behind it, unless it is this one.
    """
    words = words_of(name)
    said = words if words == name else f"\u201c{words}\u201d"
    return said + _where(name)


@cache
def _where(name: str) -> str:
    """Say in which lesson something is asked, "" when it is this one or none."""
    here = PurePath(os.environ.get("JPY_SESSION_NAME", "")).name
    for lesson in lessons_here()[1]:
        things = {thing.item for thing in lesson.things}
        if things & {name, name.partition(":")[0]}:
            return "" if lesson.name == here else f" (lesson {lesson.title})"
    return ""
