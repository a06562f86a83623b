"""The two readings of a case as tables of answers and of marks, and how far they agree.

Who agrees with whom says nothing of single answers, so these tables may be shown at any time; the
answers themselves may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lessons.analysis.agreement import agreement
from lessons.analysis.judgements import READERS
from lessons.analysis.span_agreement import label_presence, span_agreement

if TYPE_CHECKING:
    from lessons.case import Case


class _Question(NamedTuple):
    """Where the answers to a question stand.

    table, value: the table and its column with the answers; item: the column that names what is
    judged; home: the table that says in which passage that stands ("": it is a passage itself).
    """

    name: str
    table: str
    item: str
    value: str
    home: str


_STRENGTH = "strength of a speech act"
_QUESTIONS = (
    _Question("kind of claim", "claim_readings", "claim_id", "kind", "claims"),
    _Question("can it be checked", "claim_readings", "claim_id", "checkable", "claims"),
    _Question("how well supported", "claim_readings", "claim_id", "assessment", "claims"),
    _Question(_STRENGTH, "speech_act_readings", "row_id", "strength", "speech_acts"),
    _Question("part an actor plays", "actor_readings", "row_id", "polarity", "actors"),
    _Question("how a doer is named or hidden", "actor_readings", "row_id", "agency", "actors"),
    _Question("how a reply engages", "replies", "commentary_id", "engages", ""),
)
TECHNIQUE = "technique in a passage"
GROUP = "group of techniques in a passage"
COLUMNS = ["question", "unit", "reader", "value", "block", "voice"]


def answers_of(case: Case) -> pd.DataFrame:
    """Return all judgements of both readers, a row for each answer.

    Columns: question, unit (what was judged), reader, value (as text), block (the passage in which
    it stands), voice (of that passage). Questions come in a fixed order; one that the case has no
    readings of is left out.
    """
    tables = [_answers(case, question) for question in _QUESTIONS]
    tables += [_presence(case, TECHNIQUE), _presence(case, GROUP)]
    answers = pd.concat(tables, ignore_index=True)
    return answers.assign(voice=answers["block"].map(case.passages["voice"]))[COLUMNS]


def orders_of(case: Case) -> dict[str, list[str]]:
    """Return the steps, from low to high, of each question that is asked on a scale with an order.

    For the argument `orders` of lessons.analysis.agreement.agreement.
    """
    steps = case.scales[case.scales["scale"] == "strength"]
    return {_STRENGTH: [str(value) for value in steps["value"]]}


def readings_agreement(case: Case, voice: str = "", *, ordinal: bool = False) -> pd.DataFrame:
    """Return how far the two readers agree on each question: a table of agreement.agreement.

    `voice` keeps to the passages of one voice; a question that does not arise there is left out.
    Alpha is nominal throughout, unless `ordinal` is asked for where a scale has an order.
    """
    answers = answers_of(case)
    if voice:
        answers = answers[answers["voice"] == voice]
    return agreement(answers, orders_of(case) if ordinal else None)


def marks_agreement(case: Case, voice: str = "") -> pd.DataFrame:
    """Return how far the two readers agree on the characters they marked.

    `voice` keeps to the marks in the passages of one voice. Columns: what ("techniques" or "loaded
    words"), then those of lessons.analysis.span_agreement.span_agreement.
    """
    layers = {
        "techniques": case.spans.assign(label=case.spans["technique_id"]),
        "loaded words": case.loaded_words.assign(label="loaded"),
    }
    tables = []
    for what, marks in layers.items():
        kept = _in_voice(case, marks, voice)
        table = span_agreement(kept, case.text)
        table.insert(0, "what", what)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _answers(case: Case, question: _Question) -> pd.DataFrame:
    """Return the answers to one question as they stand in their table."""
    rows: pd.DataFrame = getattr(case, question.table)
    unit = rows[question.item].astype(str)
    home = question.home
    answers = {
        "question": question.name,
        "unit": unit,
        "reader": rows["reader"],
        "value": rows[question.value].astype(str),
        "block": unit.map(getattr(case, home)["passage_id"]) if home else unit,
    }
    return pd.DataFrame(answers)


def _presence(case: Case, question: str) -> pd.DataFrame:
    """Return which techniques, or groups of them, each reader saw in each passage of the text."""
    spans, techniques = case.spans, case.techniques
    labels = techniques["category"] if question == GROUP else pd.Series(techniques.index)
    named = spans["technique_id"]
    marks = spans.assign(label=named.map(techniques["category"]) if question == GROUP else named)
    readers = READERS if len(spans) else ()
    body = [voice.voice for voice in case.marks.voices if voice.role == "body"]
    passages = case.passages.index[case.passages["voice"].isin(body)]
    table = label_presence(marks, passages, labels.unique(), readers)
    return table.assign(question=question)


def _in_voice(case: Case, marks: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Return the marks in the passages of a voice; all of them for no voice."""
    voices = marks["passage_id"].map(case.passages["voice"])
    return marks[voices == voice] if voice else marks
