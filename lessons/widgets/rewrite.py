"""The rewrite workspace: a passage, the learner's own version of it, and what words can tell of it.

What is found, calmer words and samples to compare with are sent when a version was checked, and
not before. A version may be changed and checked as often as one likes.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.exposure import first_asked
from lessons.analysis.feedback import feedback_on
from lessons.analysis.rewriting import (
    LEFT_OUT,
    LONGEST,
    NEW,
    Rewriting,
    claims_of,
    count_words,
    exercise_for,
    look_at,
    most_words,
    original_of,
)
from lessons.analysis.rewriting_words import (
    BY_WORDS,
    EMPTY,
    TOO_LONG,
    change_sentence,
    rewriting_sentences,
    spoken_sentence,
)
from lessons.analysis.rows import records_of
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.exercise import passage_cards
from lessons.widgets.page import question_picture
from lessons.widgets.waiting import Waiting

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case
    from lessons.work import Answer

LEVEL = ":level"
LEVELS = ("0", "1", "2")
_MINUTES = 8
_MOST_ROWS = 12  # of sentences and of new parts; of a rewritten paragraph there are fewer
_PROMPT = (
    "Rewrite {passage} in calm words, as a careful reporter would. Keep every claim and add none. "
    "Say whose claim it is, and mark what would need a source."
)


class Rewrite(Waiting):
    """One passage to rewrite.

    `item` is its name in the learner's work. `passage` is the original; `most` the words that its
    exercise allows (0 where nothing is said), `longest` the characters that can be checked, and
    `refusals` what is said of a version that cannot be (by "empty" and "long"). `attempts` holds
    the first and the newest version that was checked (id, value, answered_at), and `checks` how
    many there were. `revealed` is empty before; then it holds what was found in the newest.
    `level` is where the learner put their text beside the samples of the exercise. A passage of
    which another question shows a claim first waits until that one is answered.
    """

    _esm = front_end(
        "sources.js", "keeping.js", "waiting.js", "answering.js", "feedback.js", "rewrite.js"
    )
    _css = style_sheet("judging.css", "keeping.css", "exercise.css", "rewrite.css")
    item = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    how = t.Unicode().tag(sync=True)
    passage = t.Dict().tag(sync=True)
    most = t.Int().tag(sync=True)
    longest = t.Int(LONGEST).tag(sync=True)
    refusals = t.Dict({"empty": EMPTY, "long": TOO_LONG}).tag(sync=True)
    attempts: t.List[Any] = t.List().tag(sync=True)
    checks = t.Int().tag(sync=True)
    revealed = t.Dict().tag(sync=True)
    level = t.Unicode().tag(sync=True)

    def __init__(self, case: Case, passage_id: str) -> None:
        self._case, self._passage = case, passage_id
        self._case_name = case.name
        (card,) = passage_cards(case, [passage_id])
        original = original_of(case, passage_id)
        self._card = {name: card[name] for name in ("id", "word", "symbol")} | {"text": original}
        self._exercise = exercise_for(case.exercises, passage_id)
        row = records_of(case.exercises).get(self._exercise, {})
        # Read by Python only: what the page sets in a trait opens nothing.
        self._answers: dict[str, Answer] = {}
        super().__init__(
            item=f"rewrite:{passage_id}",
            title=f"Rewrite {passage_id}",
            how=f"write, about {row.get('minutes', _MINUTES)} minutes",
            most=most_words(case.exercises, passage_id) or 0,
            _place=place("rewrite", case.name, passage=passage_id),
            _scope=scope(case.name),
        )
        prompt = row.get("prompt", _PROMPT.format(passage=passage_id))
        question = {"passage": self._card, "prompt": prompt}
        self._hold(first_asked(case, self.shown_claims), question)
        self._restore()

    @property
    def shown_claims(self) -> list[str]:
        """The claims whose words this widget shows: those of its passage."""
        return [str(claim) for claim in claims_of(self._case.claims, self._passage).index]

    @property
    def sentence(self) -> str:
        """Which passage is rewritten, how long it is, and in how many words."""
        words = count_words(self._card["text"])
        most = f" in at most {self.most} words" if self.most else ""
        return f"{self.title}, {words} words of {self._card['word']}: your own version{most}."

    def _items(self) -> set[str]:
        return {self.item, f"{self.item}{LEVEL}"} if self._exercise else {self.item}

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [a for a in answers if a.kind == "disagree" or self._is_answer(a)]
        if len(good) < len(answers):
            long = any(isinstance(a.value, str) and len(a.value) > LONGEST for a in answers)
            refused = TOO_LONG if long else "The page sent something that is no version of a text."
        return good, refused

    def _is_answer(self, answer: Answer) -> bool:
        """Say whether an answer is one to its item: a version with a word in it, or a level."""
        value = answer.value
        if answer.item != self.item:
            return value in LEVELS
        return isinstance(value, str) and len(value) <= LONGEST and count_words(value) > 0

    def _take(self, answers: list[Answer]) -> None:
        """Take the first and the newest version that was checked, and the newest level."""
        self._answers |= {a.id: a for a in answers if self._is_answer(a)}
        every = sorted(self._answers.values(), key=lambda a: a.answered_at)
        levels = [a for a in every if a.item != self.item]
        versions = [a for a in every if a.item == self.item]
        if levels:
            self.level = str(levels[-1].value)
        if not versions:
            return
        first, newest = versions[0], versions[-1]
        if self.revealed.get("attempt") != newest.id:
            self.revealed = self._reveal(first, newest)
        self.checks = len(versions)
        self.attempts = [
            {"id": a.id, "value": a.value, "answered_at": a.answered_at}
            for a in ([first] if first is newest else [first, newest])
        ]

    def _look(self, answer: Answer) -> Rewriting:
        """Put a version beside the original."""
        return look_at(self._case, self._passage, str(answer.value))

    def _reveal(self, first: Answer, newest: Answer) -> dict[str, Any]:
        """Return what may be shown once a version was checked."""
        found = self._look(newest)
        change = "" if first.id == newest.id else change_sentence(self._look(first), found)
        said = [
            {"sentence": row["sentence"], "by": row["by"]}
            for row in found.attributed.head(_MOST_ROWS).to_dict("records")
        ]
        return {
            "attempt": newest.id,
            "sentences": rewriting_sentences(found),
            "spoken": spoken_sentence(found),
            "by_words": BY_WORDS,
            "change": change,
            "loaded": found.loaded_left.to_dict("records"),
            "claims": found.claims_found.to_dict("records"),
            "said": {"count": len(found.attributed), "rows": said},
            "parts": {
                "count": len(found.new_parts),
                "rows": [str(part) for part in found.new_parts["part"].head(_MOST_ROWS)],
            },
            "differences": _rows(found.differences),
            "rubric": self._rubric(str(newest.value)),
        }

    def _rubric(self, version: str) -> dict[str, Any]:
        """Return how the exercise is judged, with its samples; {} where there is no exercise."""
        return feedback_on(self._case, self._exercise, version) if self._exercise else {}

    def _picture(self) -> str:
        return question_picture(self.how, [])

    def _details(self) -> dict[str, str]:
        if self._first:  # a saved page cannot know what was answered
            return {}
        return {"Read the passage here": f"<p>{html.escape(self._card['text'])}</p>"}


def rewrite(case: Case, passage_id: str) -> Rewrite:
    """Rewrite one passage of a case in calm words, and see what is left, kept and new.

    Stands for the exercise that asks to rewrite the passage, where there is one. Raises ValueError
    for a passage that the case does not have.

    >>> from lessons import open_case, rewrite
    >>> rewrite(open_case("danang-2017"), "S6").sentence
    'Rewrite S6, 44 words of Statement: your own version.'
    """
    return Rewrite(case, passage_id)


def _rows(differences: pd.DataFrame) -> list[list[str]]:
    """Return differences as the page shows them: "same", "out" or "new", and the words."""
    names = {LEFT_OUT: "out", NEW: "new"}
    pairs = zip(differences["kind"], differences["words"], strict=True)
    return [[names.get(kind, "same"), str(words)] for kind, words in pairs]
