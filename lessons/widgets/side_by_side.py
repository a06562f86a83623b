"""Side by side: the statement on the left, on the right the commentary that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.judgements import readings_of
from lessons.analysis.links import answers, leads_to
from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.voices import longest_run
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.judging import Judging, scale_of, steps_of
from lessons.widgets.page import columns_picture, page_text
from lessons.widgets.reader import LONGEST_SAVED, voices_of

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

ORDERS = ("answers", "printed")


class SideBySide(Judging):
    """The statement and the commentary, or two other voices, in two columns.

    `order` is "answers" (each reply stands beside the first passage that it answers) or "printed"
    (everything where the article has it); `selected` a passage id or ""; `marked` the passages
    that something picked in another widget belongs to; `at` the reply that is being judged.
    `answers`, `revealed` and `table` are those of Judging: how each reply answers, by the learner
    and by both readings. Offsets in `passages` are in Unicode code points.
    """

    _esm = front_end("sources.js", "keeping.js", "judging.js", "side_by_side.js")
    _css = style_sheet("keeping.css", "judging.css", "side_by_side.css")
    text = t.Unicode().tag(sync=True)
    voices = t.Dict().tag(sync=True)
    passages: t.List[Any] = t.List().tag(sync=True)
    left = t.Unicode().tag(sync=True)
    right = t.Unicode().tag(sync=True)
    order = t.Enum(ORDERS, ORDERS[0]).tag(sync=True)
    selected = t.Unicode().tag(sync=True)
    marked: t.List[Any] = t.List().tag(sync=True)
    at = t.Unicode().tag(sync=True)

    def __init__(self, case: Case, *, order: str, left: str, right: str) -> None:
        self._case, self._case_name = case, case.name
        self._scale = scale_of(case.scales, "engages")
        self._readings = readings_of(case.replies, "commentary_id", "engages")
        super().__init__(
            title=f"{case.voices['word'][left]} and {right}, side by side",
            scale="engages",
            thing="Reply",
            question="How does this paragraph answer the statement?",
            steps=steps_of(self._scale),
            items=_replies(case),
            text=case.text,
            voices=voices_of(case),
            passages=_columns(case, left, right),
            left=left,
            right=right,
            order=order,
            _place=place("side_by_side", case.name, order=order),
            _scope=scope(case.name),
        )
        self._restore()

    @property
    def sentence(self) -> str:
        """How many passages stand on each side, and which stretch cuts in for longest."""
        left, right = (len(self._case.voice(voice)) for voice in (self.left, self.right))
        run = longest_run(self._case.passages, self.right)
        cut = f" The longest interruption is {run[0]} to {run[-1]}, {len(run)} passages." * bool(
            run
        )
        return (
            f"{left} passages of the {self.left} on the left, {right} of the {self.right} on the "
            f"right; {len(self.items)} of these are replies to judge.{cut}"
        )

    def _picture(self) -> str:
        if len(self._case.text) > LONGEST_SAVED:
            return ""
        return columns_picture(self._case, self.left, self.right)

    def _details(self) -> dict[str, str]:
        if len(self._case.text) > LONGEST_SAVED:
            return {}
        return {"Read the text here": page_text(self._case, "interleaved")}


def side_by_side(
    case: Case, *, order: str = "answers", left: str = "statement", right: str = "commentary"
) -> SideBySide:
    """Show the statement and the replies to it side by side; each reply can be judged.

    `order`: "answers" puts each reply beside the first passage that it answers, "printed" leaves
    everything where the article has it. `left` and `right` are the voices of the columns: the
    right one answers the left one. Raises traitlets.TraitError for another order, ValueError for
    a voice that the case does not have.
    """
    return SideBySide(case, order=order, left=left, right=right)


def _replies(case: Case) -> list[dict[str, Any]]:
    """Return the commentary passages that answer the statement, in the order of the text."""
    order = list(case.passages.index)
    ids = sorted(set(case.replies["commentary_id"]), key=order.index)
    return [{"id": item, "name": item} for item in ids]


def _columns(case: Case, left: str, right: str) -> list[dict[str, Any]]:
    """Return the passages of both columns, each with what it answers or what answers it."""
    passages = case.passages
    ids = [*case.voice(left).index, *case.voice(right).index]
    both = passages[passages.index.isin(ids)].drop(columns="text")
    pairs, leads = answers(case.replies), leads_to(passages, case.events)
    order = list(passages.index)
    return [
        {
            **cells,
            "id": passage,
            "answers": _others(pairs, "commentary_id", "statement_id", passage, order),
            "answered_by": _others(pairs, "statement_id", "commentary_id", passage, order),
            "leads_to": leads.get(passage, []),
        }
        for passage, cells in records_of(both).items()
    ]


def _others(pairs: pd.DataFrame, own: str, other: str, passage: str, order: list[str]) -> list[str]:
    """Return the passages that a passage is paired with, in the order of the text."""
    found = {getattr(row, other) for row in rows_of(pairs[pairs[own] == passage])}
    return sorted(found, key=order.index)
