"""An exercise: answer first, then see why each option holds or does not.

The key, the explanations and the samples are sent when the learner has answered, and not before.
"""

from __future__ import annotations

import html
import random
import re
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.exposure import asked_before
from lessons.analysis.feedback import feedback_on
from lessons.analysis.rows import records_of
from lessons.analysis.scoring import exercise_of
from lessons.case.keys import Order, Pairs, Spans
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.page import question_picture
from lessons.widgets.sources import source_lines
from lessons.widgets.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.analysis.scoring import Exercise
    from lessons.case import Case
    from lessons.work import Answer

# How an exercise is answered, in the words of the screen.
KINDS = {
    "choose-one": "choose one",
    "choose-many": "choose all that fit",
    "mark-span": "mark words",
    "order": "put in order",
    "number": "type a number",
    "short-text": "write",
    "slider-confidence": "move the slider",
    "match": "match",
}
AGAIN, LEVEL = ":again", ":level"


class ExerciseView(Waiting):
    """One exercise.

    `item` is its name in the learner's work. `attempts` holds what was answered (id, value and
    answered_at), the first one first: that one counts. `revealed` is empty before the first
    attempt; then it holds what feedback_on says of the last one, and in `first` the verdict of
    the first one. `level` is where the learner put a text of their own. An exercise that shows a
    claim which another one asks about first waits until that one is answered.
    """

    _esm = front_end(
        "sources.js",
        "keeping.js",
        "waiting.js",
        "answering.js",
        "marking.js",
        "feedback.js",
        "exercise.js",
    )
    _css = style_sheet("judging.css", "keeping.css", "exercise.css")
    item = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    kind = t.Unicode().tag(sync=True)
    how = t.Unicode().tag(sync=True)
    rights: t.List[Any] = t.List().tag(sync=True)
    passages: t.List[Any] = t.List().tag(sync=True)
    attempts: t.List[Any] = t.List().tag(sync=True)
    revealed = t.Dict().tag(sync=True)
    level = t.Unicode().tag(sync=True)

    def __init__(self, case: Case, exercise_id: str, *, again: bool, shown: Sequence[str]) -> None:
        self._case, self._id = case, exercise_id
        self._case_name = case.name
        row = _row(case, exercise_id)
        exercise = exercise_of(case, exercise_id)
        item = f"{exercise_id}{AGAIN}" if again else exercise_id
        question = {
            "prompt": row["prompt"],
            "options": in_order_of_screen(exercise, exercise_id),
            "rights": list(exercise.key.choices) if isinstance(exercise.key, Pairs) else [],
            "passages": passage_cards(case, [*shown, *to_mark(case, exercise, row["prompt"])]),
        }
        super().__init__(
            item=item,
            title=f"Do you still know? {exercise_id}" if again else f"Exercise {exercise_id}",
            kind=row["kind"],
            how=f"{KINDS[row['kind']]}, about {row['minutes']} minutes",
            _place=place("exercise", case.name, item=item),
            _scope=scope(case.name),
        )
        self._hold(asked_before(case, exercise_id), question)
        self._restore()

    def _items(self) -> set[str]:
        return {self.item, f"{self.item}{LEVEL}"}

    def _take(self, answers: list[Answer]) -> None:
        known = {attempt["id"] for attempt in self.attempts}
        fresh = [answer for answer in answers if answer.id not in known]
        attempts = [
            {"id": a.id, "value": a.value, "answered_at": a.answered_at}
            for a in fresh
            if a.item == self.item
        ]
        for answer in fresh:
            if answer.item == f"{self.item}{LEVEL}":
                self.level = str(answer.value)
        if attempts:
            every = [*self.attempts, *attempts]
            self.attempts = sorted(every, key=lambda attempt: str(attempt["answered_at"]))
            self._reveal()

    def _reveal(self) -> None:
        """Send what may be shown now: what is said of the last attempt."""
        last = feedback_on(self._case, self._id, _plain(self.kind, self.attempts[-1]["value"]))
        first = feedback_on(self._case, self._id, _plain(self.kind, self.attempts[0]["value"]))
        for row in last["rows"]:
            row["sources"] = source_lines(row["sources"], self._case.sources)
        self.revealed = last | {"first": first["verdict"], "attempt": self.attempts[-1]["id"]}

    @property
    def sentence(self) -> str:
        """Which exercise this is, how it is answered, and what it asks."""
        said = f"{self.title}: {self.how}"
        if self._first:
            return f"{said}. It is asked when {' and '.join(self._first)} is answered."
        return f"{self._question['prompt']} {said}."

    def _picture(self) -> str:
        return question_picture(self.how, [] if self._first else self.options)

    def _details(self) -> dict[str, str]:
        if self._first:
            return {}
        said = [f"<p>{html.escape(p['text'])}</p>" for p in self.passages]
        listed = "".join(f"<li>{html.escape(option)}</li>" for option in self.options)
        parts = {"Read the passages here": "".join(said)} if said else {}
        return parts | ({"What to choose from": f"<ul>{listed}</ul>"} if listed else {})


def exercise(
    case: Case, exercise_id: str, *, again: bool = False, shown: Sequence[str] = ()
) -> ExerciseView:
    """Ask one exercise of a case; the explanations appear after the answer.

    `again=True` asks it once more, in a later lesson, with a first answer of its own. `shown`
    names passages that stand above the question; words to mark bring their passage along. Raises
    ValueError for an exercise or a passage that the case does not have.

    >>> from lessons import exercise, open_case
    >>> exercise(open_case("danang-2017"), "EX2-01").kind
    'match'
    """
    return ExerciseView(case, exercise_id, again=again, shown=shown)


def _row(case: Case, exercise_id: str) -> dict[str, Any]:
    """Return the row of an exercise; raises ValueError when there is none."""
    rows = records_of(case.exercises)
    if exercise_id not in rows:
        some = ", ".join(list(rows)[:3]) or "none"
        raise ValueError(f"{case.name} has no exercise {exercise_id!r}; it has {some} ...")
    return rows[exercise_id]


def in_order_of_screen(exercise: Exercise, exercise_id: str) -> list[str]:
    """Return the options as they are offered: what is to be put in order is shuffled.

    The seed is the exercise's id, so everybody gets the same; never the order of the key.
    """
    options = list(exercise.options)
    if not isinstance(exercise.key, Order):
        return options
    chance = random.Random(exercise_id)  # noqa: S311  (a puzzle, not a secret)
    for _ in range(20):
        chance.shuffle(options)
        if options != list(exercise.key.items):
            break
    return options


def to_mark(case: Case, exercise: Exercise, prompt: str) -> list[str]:
    """Return the passages in which words are to be marked: those that the prompt names.

    A prompt that names none asks for the whole text: which passages matter is its question.
    """
    if not isinstance(exercise.key, Spans):
        return []
    ids = list(case.passages.index)
    return [passage for passage in re.findall(r"\w+", prompt) if passage in ids] or ids


def passage_cards(case: Case, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return passages as a page shows them: id, voice (word), symbol, start in code points, text.

    Raises ValueError for a passage that the case does not have.
    """
    voices, passages = records_of(case.voices), records_of(case.passages)
    unknown = [passage for passage in ids if passage not in passages]
    if unknown:
        raise ValueError(f"{case.name} has no passage {unknown[0]!r}: try 'S1'.")
    return [
        {
            "id": passage,
            "word": voices[passages[passage]["voice"]]["word"],
            "symbol": voices[passages[passage]["voice"]]["symbol"],
            "start": passages[passage]["start"],
            "text": passages[passage]["text"],
        }
        for passage in dict.fromkeys(ids)
    ]


def _plain(kind: str, value: object) -> object:
    """Return an answer as the scoring wants it: marks as pairs of offsets."""
    if kind != "mark-span" or not isinstance(value, list):
        return value
    return [
        (mark["start"], mark["end"])
        for mark in value
        if isinstance(mark, dict) and {"start", "end"} <= set(mark)
    ]
