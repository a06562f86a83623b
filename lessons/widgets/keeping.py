"""What all widgets share that keep a learner's answers: from the page into the learner's work.

The page makes a record of each answer, with an id of its own, and sends it in `outbox` until it
finds the id in `saved`: so an answer is first "kept here" (in the page), then "saved" (in the
database of lessons.work), and a kernel that dies between the two loses nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.widgets.base import LessonWidget
from lessons.work import Answer, Work, WorkError, open_work

if TYPE_CHECKING:
    from collections.abc import Iterable


DISAGREE = ":disagree"
# How sure, of two answers: 50 % is a guess.
SURE = {50: "50 % a guess", 60: "60 %", 70: "70 %", 80: "80 %", 90: "90 %", 100: "100 % certain"}


@cache
def work() -> Work:
    """Return the learner's work, opened once for each kernel."""
    return open_work()


class Keeping(LessonWidget):
    """A widget whose answers are kept.

    outbox: what the page has to save: {count, records}; a record has id, item, kind, value and
    answered_at (see lessons.work.Answer). `saved` holds the ids that are in the database.
    `notice` is what the learner should know of the place where it lies, "" when all is well.
    `disagreed` holds, by item, the reason that the learner kept against what the course says. A
    subclass sets `_case_name` and overrides `_items` and `_take`.
    """

    outbox = t.Dict().tag(sync=True)
    saved: t.List[Any] = t.List().tag(sync=True)
    notice = t.Unicode().tag(sync=True)
    disagreed = t.Dict().tag(sync=True)

    _case_name = ""

    def _items(self) -> set[str]:
        """Return the items that may be answered here."""
        raise NotImplementedError

    def _take(self, answers: list[Answer]) -> None:
        """Take answers from the page or the database into the state that is shown."""
        raise NotImplementedError

    def _restore(self) -> None:
        """Take what was answered before from the database; a subclass calls it when it is made."""
        try:
            found = work().many(self._case_name, sorted(self._all_items()))
        except WorkError as problem:
            self.notice = str(problem)
            return
        self.notice = work().notice
        answers = [answer for attempts in found.values() for answer in attempts]
        self.saved = [answer.id for answer in answers]
        self._take_all(answers)

    def _all_items(self) -> set[str]:
        """Return the items that may be answered here, and those that hold a disagreement."""
        items = self._items()
        return items | {f"{item}{DISAGREE}" for item in items}

    def _take_all(self, answers: list[Answer]) -> None:
        """Take the reasons against the reference, and leave the rest to the subclass.

        What comes of it reaches the page in one message: it never shows a state half taken.
        """
        reasons = [answer for answer in answers if answer.kind == "disagree"]
        if reasons:
            newest = {a.item.removesuffix(DISAGREE): str(a.value) for a in reasons}
            self.disagreed = self.disagreed | newest
        others = [answer for answer in answers if answer.kind != "disagree"]
        if others:
            with self.hold_sync():
                self._take(others)

    @t.observe("outbox")
    def _on_outbox(self, _change: object) -> None:
        answers, refused = self._read_outbox()
        if refused:
            self.notice = refused
        if not answers:
            return
        try:
            work().keep(*answers)
        except (WorkError, ValueError) as problem:
            self.notice = str(problem)
        else:
            self.notice = refused or work().notice
            self.saved = [*dict.fromkeys([*self.saved, *(answer.id for answer in answers)])]
        # What could not be saved is kept in the page, and the lesson goes on.
        self._take_all(answers)

    def _read_outbox(self) -> tuple[list[Answer], str]:
        """Return the answers that the page has sent, and a sentence about what is none."""
        answers, refused = [], ""
        for record in self.outbox.get("records", []):
            try:
                answer = Answer(case=self._case_name, **record)
            except TypeError:
                refused = "The page sent something that is no answer; it was left out."
                continue
            if answer.item in self._all_items():
                answers.append(answer)
            else:
                refused = f"There is nothing called {answer.item!r} to answer here."
        return answers, refused


def values_of(answers: Iterable[Answer]) -> dict[str, Any]:
    """Return the first value that was given to each item: the first answer counts."""
    first: dict[str, Any] = {}
    for answer in answers:
        first.setdefault(answer.item, answer.value)
    return first
