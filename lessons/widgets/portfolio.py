"""A page of the learner's own work: what they did, wrote and judged, and what they take along."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.widgets.base import front_end, place, style_sheet
from lessons.widgets.keeping import Keeping, work
from lessons.widgets.page import checklist_picture
from lessons.widgets.portfolio_parts import portfolio_parts
from lessons.work import WorkError

if TYPE_CHECKING:
    from lessons.case import Case
    from lessons.work import Answer

NOTE = "portfolio:note"
KIND = "note"
LONGEST = 4000
_PARTS = ["what I did", "what I wrote", "how I judged", "what I take with me"]


class Portfolio(Keeping):
    """The learner's own work as one page, to print or to save.

    `note` is what the learner takes with them, the newest version. The rest comes in messages, so
    that no answer is part of what a notebook may save: {do: "look", n} from the page, and back
    {n, title, alias, about, made, parts} (see portfolio_parts) or {n, said, failed}.
    """

    _esm = front_end("keeping.js", "checklist.js", "portfolio.js")
    _css = style_sheet("keeping.css", "portfolio.css")
    longest = t.Int(LONGEST).tag(sync=True)
    note = t.Unicode().tag(sync=True)

    def __init__(self, case: Case) -> None:
        self._case, self._case_name = case, case.name
        super().__init__(_place=place("portfolio", case.name))
        self.on_msg(self._on_message)
        self._restore()

    @property
    def sentence(self) -> str:
        """What is here; the same for everybody, whatever they have done."""
        return (
            f"Your portfolio in {len(_PARTS)} parts: what you did, what you wrote, how you judged, "
            "and what you take with you."
        )

    def _picture(self) -> str:
        return checklist_picture(_PARTS)

    def _items(self) -> set[str]:
        return {NOTE}

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [answer for answer in answers if answer.kind == "disagree" or _is_note(answer)]
        if len(good) < len(answers):
            refused = f"What you take with you may have 1 to {LONGEST} characters."
        return good, refused

    def _take(self, answers: list[Answer]) -> None:
        notes = sorted(filter(_is_note, answers), key=lambda answer: answer.answered_at)
        if notes:
            self.note = str(notes[-1].value)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: list[Any]) -> None:
        """Look at the work; each message gets its answer."""
        if content.get("do") != "look":
            return
        try:
            found = self._page()
        except WorkError as problem:
            found = {"said": str(problem), "failed": True}
        self.send({"n": content.get("n"), **found})

    def _page(self) -> dict[str, Any]:
        """Return what stands on the page, without the note, which the page has already."""
        today = datetime.now(UTC).astimezone()
        parts = portfolio_parts(self._case)
        about = f"Work on the article \u201c{self._case.title}\u201d in the course Two Voices"
        made = f"{today.day} {today:%B %Y}"
        return {"alias": work().alias, "about": about, "made": made, "parts": parts}


def portfolio(case: Case) -> Portfolio:
    """Show your own work as one page: what you did, wrote and judged, and what you take with you.

    How you judged comes when the check before the lessons and the one after them are both done.

    >>> from lessons import open_case, portfolio
    >>> portfolio(open_case("danang-2017")).note
    ''
    """
    return Portfolio(case)


def _is_note(answer: Answer) -> bool:
    """Say whether an answer is a note: a text that is neither empty nor too long."""
    text = answer.value
    return answer.kind == KIND and isinstance(text, str) and 0 < len(text.strip()) <= LONGEST
