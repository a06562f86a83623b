"""What is said of a change from one check to another: in words, with counts, and how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessons.analysis.change import CHANCE, change, right_answers
from lessons.analysis.check_answers import FEWEST, TOO_FEW
from lessons.analysis.checks import within_words
from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd

MORE_DOUBT = (
    "More doubt is not more insight: you called more things unsound, "
    "and it does not show that you told more of them apart."
)
BY_CHANCE = "With so few cards, chance alone may do this."
BEYOND_CHANCE = "That is more than chance alone would do."
_SAME = 0.005
_ENDS = ("start", "end")
_HOLD = {True: "hold up", False: "do not"}


def change_sentences(answers: pd.DataFrame, start: str = "before", end: str = "after") -> list[str]:
    """Say what changed from one check to another: telling apart, leaning, sureness.

    `answers` is a table of `check_answers`. Each sentence has the counts of both times, and says
    whether chance alone would make such a change. With too few answers it is one sentence.
    """
    rows = {row.measure: row for row in rows_of(change(answers, start, end))}
    telling = rows["discernment"]
    if telling.note == TOO_FEW:
        return [_too_few(telling, start, end)]
    leaning = rows["suspicion"]
    said = [_telling(telling, answers, start, end), _leaning(leaning, answers, start, end)]
    if leaning.change > 0 and not leaning.note and (telling.note or telling.change <= 0):
        said.append(MORE_DOUBT)
    return said if rows["gap"].note == TOO_FEW else [*said, _sureness(rows["gap"])]


def _too_few(row: Any, start: str, end: str) -> str:  # noqa: ANN401  (a row of a table)
    counts = [f"{row.n_start} cards {within_words(start)}", f"{row.n_end} {within_words(end)}"]
    needed = f"It takes at least {FEWEST} each time, half of them sound."
    return f"You judged {' and '.join(counts)}: too few to say what changed. {needed}"


def _telling(row: Any, answers: pd.DataFrame, start: str, end: str) -> str:  # noqa: ANN401
    """Say whether more was told apart."""
    table = right_answers(answers, start, end)
    parts = []
    for sound, what in ((True, "You believed"), (False, "You doubted")):
        own = table[table["sound"] == sound]
        counts = [f"{own[f'right_{part}'].sum()} of {own[f'of_{part}'].sum()}" for part in _ENDS]
        parts.append(f"{what} {counts[0]}, then {counts[1]} of those that {_HOLD[sound]}")
    did = _word(row.change, "You told more of them apart", "You told fewer of them apart", "")
    head = f"{did} than" if did else "You told as many apart as"
    return f"{head} {within_words(start)}. {'. '.join(parts)}.{_sure(row)}"


def _leaning(row: Any, answers: pd.DataFrame, start: str, end: str) -> str:  # noqa: ANN401
    """Say whether the learner leans more to doubt or to belief."""
    counts = []
    for when in (start, end):
        own = answers[answers["when"] == when]
        doubted = f"{(~own['believed']).sum()} of {len(own)}"
        counts.append(f"{doubted} called unsound {within_words(when)}")
    doubt, belief = "You leaned more towards doubt", "You leaned more towards belief"
    did = _word(row.change, doubt, belief, "You leaned to no side more than before")
    return f"{did}: {', '.join(counts)}.{_sure(row)}"


def _sureness(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    """Say how the gap between sureness and being right moved."""
    parts = [_gap(100 * float(gap)) for gap in (row.start, row.end)]
    return f"Your sureness: {parts[0]} the first time, {parts[1]} the second.{_sure(row)}"


def _gap(points: float) -> str:
    size = round(abs(points))
    if not size:
        return "as sure as right"
    return f"{counted(size, 'point')} {'surer' if points > 0 else 'less sure'} than right"


def _word(change: float, more: str, less: str, same: str) -> str:
    return same if abs(change) < _SAME else more if change > 0 else less


def _sure(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    """Say whether chance would do it; nothing where nothing changed."""
    if abs(row.change) < _SAME:
        return ""
    return f" {BY_CHANCE if row.note == CHANCE else BEYOND_CHANCE}"
