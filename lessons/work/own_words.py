"""A learner's own words in answers, and how a hand-in leaves them out.

A teacher gets what was chosen, sorted, rated and marked. What somebody wrote goes along only when
the learner says so. So what counts as chosen is listed here, and everything else is own words: a
kind of answer that comes later is left out until somebody has thought about it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lessons.work.checks import LABELLED, MARKS

if TYPE_CHECKING:
    from lessons.work.checks import Answer

# Kinds of answer whose value is picked from what the course offers, or points into its text.
PICKED = frozenset(
    {
        "board",
        "check",
        "choose-many",
        "choose-one",
        "guess",
        "judgement",
        "level",
        "match",
        "number",
        "opened",
        "order",
        "pair",
        "slider-confidence",
        "sorted",
        "source",
        MARKS,
    }
)
# The parts of a picked value that a learner writes, by the kind of the answer.
_WRITTEN_PARTS = {"verdict": "question"} | dict.fromkeys(LABELLED, "reason")
LEFT_OUT = "left out"
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def without_own_words(answer: Answer) -> Answer:
    """Return an answer without what the learner wrote.

    A written part becomes "". Where the whole value is written, it becomes {"left out": "words",
    "count": 12}: that something was written, and how much, still shows.
    """
    if answer.kind in PICKED:
        return answer
    if answer.kind in _WRITTEN_PARTS:
        part = _WRITTEN_PARTS[answer.kind]
        if isinstance(answer.value, dict):
            return replace(answer, value=_emptied(answer.value, part))
        if isinstance(answer.value, list):
            return replace(answer, value=[_emptied(one, part) for one in answer.value])
    return replace(answer, value={LEFT_OUT: "words", "count": _words_in(answer.value)})


def is_left_out(value: object) -> bool:
    """Say whether a value stands for words that were not handed in."""
    return isinstance(value, dict) and set(value) == {LEFT_OUT, "count"}


def _emptied(value: Any, part: str) -> Any:  # noqa: ANN401  (whatever an answer holds)
    return value | {part: ""} if isinstance(value, dict) and part in value else value


def _words_in(value: object) -> int:
    text = value if isinstance(value, str) else json.dumps(value)
    return len(_WORD.findall(text))
