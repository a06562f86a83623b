"""The questions of a course as a teacher goes through them with a class, and what was answered.

A question is an exercise, or one thing that was judged (a sentence, a reply, a claim). Its list
tells what was asked, never how it was answered; the answers are asked for one by one, because a
class is to see them only when the teacher closes a question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.class_answers import counts
from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lessons.case import Case

_COLUMNS = ("group", "title", "prompt", "passage")
_EXERCISE = "Exercises"
# What a judged thing is called, and what was asked of it, by the name of the question.
_ASKED = {
    "strength of a speech act": "How firmly does the sentence commit anyone?",
    "how a reply engages": "How does the passage engage with the statement?",
    "what a difference changes": "What does the difference change?",
    "kind of claim": "What kind of claim is it?",
    "how well supported": "How well does the claim hold up?",
}
_SCALES = {
    "strength of a speech act": "strength",
    "how a reply engages": "engages",
    "what a difference changes": "difference",
    "kind of claim": "kind",
    "how well supported": "assessment",
}


def class_questions(said: pd.DataFrame, case: Case, written: Iterable[str] = ()) -> pd.DataFrame:
    """Return the questions that somebody answered, in the order of the course.

    `said` is a table of `class_answers`; `written` names the exercises that were answered in own
    words. Index: the id of the question ("EX1-02", or question and
    thing of a judgement). Columns: group (under which it stands in a list), title, prompt, passage
    (whose text belongs to it, "" for none).
    """
    asked = said.drop_duplicates(["question", "thing"])[["question", "thing"]]
    rows: dict[str, tuple[str, ...]] = {}
    answered = {*asked["question"], *written}
    for name, exercise in case.exercises.iterrows():
        if name in answered:
            rows[str(name)] = (_EXERCISE, str(name), str(exercise["prompt"]), "")
    for question, prompt in _ASKED.items():
        for thing in sorted(asked.loc[asked["question"] == question, "thing"], key=_in_order):
            passage, _ = about(case, thing)
            # The id alone: whoever has not rated a claim yet is not to read it on a list.
            title = f"{thing} in {passage}" if passage not in ("", thing) else thing
            group = question[0].upper() + question[1:]
            rows[f"{question} {thing}"] = (group, title, prompt, passage)
    table = pd.DataFrame(list(rows.values()), columns=list(_COLUMNS), dtype="str")
    table.index = pd.Index(list(rows), name="question", dtype="str")
    return table


def answers_to(said: pd.DataFrame, question: str, case: Case) -> pd.DataFrame:
    """Count the answers to one question of `class_questions`.

    Columns: thing ("" where the question is about one thing only), value, words (what the value is
    called on the page), count, n, share.
    """
    whole = said["question"] + " " + said["thing"]
    of_one = said["question"].isin(list(_ASKED)) & (whole == question)
    own = said[of_one | (said["question"] == question)]
    table = counts(own)
    scale = {name: _steps(case, name) for name in table["question"].unique()}
    table["words"] = [scale[row.question].get(row.value, row.value) for row in rows_of(table)]
    single = of_one.any() or len(set(table["thing"])) <= 1
    table["thing"] = (
        "" if single else [thing.removeprefix(question).strip() for thing in table["thing"]]
    )
    return table[["thing", "value", "words", "count", "n", "share"]]


def value_words(case: Case, question: str, value: str) -> str:
    """Return what a value of a question is called on the page: "clearly" for a strength of 4."""
    return _steps(case, question).get(value, value)


def _steps(case: Case, question: str) -> dict[str, str]:
    """Return the words of a judgement's values; none for an exercise."""
    steps = case.scales[case.scales["scale"] == _SCALES.get(question, "")]
    named = {str(row.value): str(row.word) for row in rows_of(steps)}
    if _SCALES.get(question) == "strength":
        return {value: f"{value} {word}" for value, word in named.items()}
    return named


def about(case: Case, thing: str) -> tuple[str, str]:
    """Return the passage of a judged thing and the words of the article that it is about."""
    for table in (case.speech_acts, case.claims):
        if thing in table.index:
            return str(table.loc[thing, "passage_id"]), str(table.loc[thing, "quote"])
    return (thing, case.quote(thing)) if thing in case.passages.index else ("", "")


def _in_order(thing: str) -> tuple[Any, ...]:
    """Sort F2 before F10, and F3.2 before F3.10."""
    parts: list[Any] = []
    for part in thing.replace(".", " ").split():
        letters = part.rstrip("0123456789")
        parts += [letters, int(part[len(letters) :] or 0)]
    return tuple(parts)
