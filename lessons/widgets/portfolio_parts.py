"""What stands in a portfolio: the learner's own work as plain blocks, ready for a page.

A part is {title, blocks}; a block is {kind, ...} with texts only:

- "text", "soft": a paragraph (`text`), the second one in a quieter tone; "head": a small heading;
- "list": `items`;
- "own": what the learner wrote (`text`), under what it answers (`label`);
- "original": a passage (`text`) under its mark (`label`: symbol, id and voice);
- "picture": a chart: `src` (a data address), `sentence`, `columns` and `rows`.

Nothing here is shown before its time: what the learner wrote was asked before, a passage stands
only where its claims were rated, and what the checks tell waits until both are done.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from lessons.analysis.calibration import calibration, calibration_levels
from lessons.analysis.calibration_words import calibration_figures, calibration_sentence
from lessons.analysis.change import right_answers
from lessons.analysis.change_words import change_sentences
from lessons.analysis.check_answers import check_answers
from lessons.analysis.discernment import discernment
from lessons.analysis.discernment_words import discernment_figures, discernment_sentences
from lessons.analysis.exposure import first_asked
from lessons.analysis.rewriting import claims_of, original_of
from lessons.analysis.rows import records_of, rows_of
from lessons.widgets.check_form import answers_to, is_done, table_of_answers
from lessons.widgets.checklist import checklist, checklist_table
from lessons.widgets.course import words_of
from lessons.widgets.exercise import passage_cards
from lessons.widgets.keeping import DISAGREE, work
from lessons.widgets.waiting import answered_none, called

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from lessons.case import Case

Block = dict[str, Any]
NOTHING_WRITTEN = "Nothing yet. What you write in the lessons comes here, beside what it answers."
TWO_THINGS = (
    "Telling apart and leaning are two things. Who doubts more does not tell more apart. "
    "Nothing here is a mark."
)
# Pixels around a picture. At the sides there is room for letters that are wider than those that it
# was measured with: a picture in a document of its own cannot ask for the fonts of a reader.
_ROOM = {"left": 36, "right": 36, "top": 10, "bottom": 10}
_QUESTION = re.compile(r"[^.?!]+\?")
_COMPARED = re.compile(r"compare with (\w+-\w+)")


def portfolio_parts(case: Case) -> list[dict[str, Any]]:
    """Return the parts of a portfolio as they are now; raises WorkError."""
    kept = work().answers
    own = kept[kept["case"] == case.name]
    return [
        {"title": "What I did", "blocks": _did()},
        {"title": "What I wrote", "blocks": _wrote(case, own)},
        {"title": "How I judged", "blocks": [*_sliders(case, own), *_judged(case)]},
    ]


# --- what was done, what was written -----------------------------------------------------------


def _did() -> list[Block]:
    from lessons.charts import course_chart  # noqa: PLC0415  (Altair takes a second to import)

    table = checklist_table(checklist())
    if table.empty:
        return [_text("No lessons were found in this folder.")]
    return [_picture(course_chart(table))]


def _wrote(case: Case, own: pd.DataFrame) -> list[Block]:
    """Return the learner's texts, the newest version of each, and where they disagree."""
    blocks = [*_rewritten(case, own), *_answered(case, own), *_disagreed(own)]
    return blocks or [_text(NOTHING_WRITTEN)]


def _newest(own: pd.DataFrame, kind: str) -> list[tuple[str, Any]]:
    """Return item and newest value of a kind of answer, in the order in which they were begun."""
    rows = own[own["kind"] == kind].sort_values("answered_at", kind="stable")
    return list(dict(zip(rows["item"], rows["value"], strict=True)).items())


def _rewritten(case: Case, own: pd.DataFrame) -> list[Block]:
    passages, blocks = set(case.passages.index), list[Block]()
    for item, text in _newest(own, "rewrite"):
        passage = item.partition(":")[2]
        if passage not in passages:
            continue
        claims = claims_of(case.claims, passage).index
        if not answered_none(case.name, first_asked(case, [str(claim) for claim in claims])):
            blocks.append(_original(case, passage))
        blocks.append(_own(f"My version of {passage}", text))
    return blocks


def _original(case: Case, passage: str) -> Block:
    (card,) = passage_cards(case, [passage])
    label = f"{card['symbol']} {passage} {card['word']}, the original"
    return {"kind": "original", "label": label, "text": original_of(case, passage)}


def _answered(case: Case, own: pd.DataFrame) -> list[Block]:
    exercises, blocks = records_of(case.exercises), list[Block]()
    for item, text in _newest(own, "short-text"):
        row = exercises.get(item.partition(":")[0])
        if row:
            blocks.append(_own(f"{item.partition(':')[0]}. {row['prompt']}", text))
    return blocks


def _disagreed(own: pd.DataFrame) -> list[Block]:
    found = _newest(own, "disagree")
    return [_own(f"I disagree, because ({_name(item)})", text) for item, text in found]


def _name(item: str) -> str:
    """Name what somebody disagrees on: "EX2-01", "Judge the sentences SA01"."""
    thing = item.removesuffix(DISAGREE)
    kind, _, part = thing.partition(":")
    words = words_of(kind)
    return thing if words == kind else f"{words} {part}".strip()


# --- how somebody judged -------------------------------------------------------------------------


def _sliders(case: Case, own: pd.DataFrame) -> list[Block]:
    """Return pairs of numbers: where a key says with which later exercise to compare the first."""
    given = dict(reversed(_first(own, "slider-confidence")))
    blocks = []
    for row in rows_of(case.exercises):
        found = _COMPARED.search(str(row.key))
        later = found[1] if found else ""
        if row.Index in given and later in given:
            numbers = f"{given[row.Index]} at first, {given[later]} at the end."
            question = _QUESTION.search(str(row.prompt))
            asked = question[0].strip() if question else str(row.prompt)
            blocks.append(_own(f"{row.Index} and {later}. {asked}", numbers))
    return blocks


def _first(own: pd.DataFrame, kind: str) -> list[tuple[str, Any]]:
    """Return item and value of a kind of answer, the first answers first."""
    rows = own[own["kind"] == kind].sort_values("answered_at", kind="stable")
    return list(zip(rows["item"], rows["value"], strict=True))


def _judged(case: Case) -> list[Block]:
    """Return what the checks tell, when the one before and the one after are both done."""
    left = [form for form in ("before", "after") if not is_done(case, form)]
    if left:
        names = " and ".join(called(form) for form in left)
        return [_text(f"How you judge comes here when both checks are done. Still open: {names}.")]
    times = ["before", "after", *(["later"] if is_done(case, "later") else [])]
    kept = [answer for time in times for answer in answers_to(case, time)]
    answers = check_answers(table_of_answers(kept), case.check_items)
    return [
        *_changed(answers, "before", "after"),
        *(_changed(answers, "after", "later") if "later" in times else []),
        *_told_apart(answers, times),
        *_sure(answers, times),
    ]


def _changed(answers: pd.DataFrame, start: str, end: str) -> list[Block]:
    from lessons.charts import before_after_chart  # noqa: PLC0415

    table = right_answers(answers, start, end)
    return [
        {"kind": "head", "text": {"after": "What changed", "later": "What stayed"}[end]},
        {"kind": "list", "items": change_sentences(answers, start, end)},
        _picture(before_after_chart(table, start, end)),
    ]


def _told_apart(answers: pd.DataFrame, times: list[str]) -> list[Block]:
    from lessons.charts import discernment_chart  # noqa: PLC0415

    table = discernment(answers)
    said = [" ".join(discernment_sentences(table, time)) for time in times]
    return [
        {"kind": "head", "text": "Telling apart, and leaning"},
        _text(TWO_THINGS),
        {"kind": "list", "items": said},
        _picture(discernment_chart(table)),
        *_figures(times, [discernment_figures(table, time) for time in times]),
    ]


def _sure(answers: pd.DataFrame, times: list[str]) -> list[Block]:
    from lessons.charts import calibration_chart  # noqa: PLC0415

    table, levels = calibration(answers), calibration_levels(answers)
    return [
        {"kind": "head", "text": "As sure as right?"},
        {"kind": "list", "items": [calibration_sentence(table, time) for time in times]},
        _picture(calibration_chart(levels)),
        *_figures(times, [calibration_figures(table, time) for time in times]),
    ]


def _figures(times: list[str], figures: list[str]) -> list[Block]:
    pairs = zip(times, figures, strict=True)
    return [
        {"kind": "soft", "text": f"{time.capitalize()}: {said}"} for time, said in pairs if said
    ]


# --- blocks --------------------------------------------------------------------------------------


def _text(text: str) -> Block:
    return {"kind": "text", "text": text}


def _own(label: str, text: object) -> Block:
    return {"kind": "own", "label": label, "text": str(text)}


def _picture(chart: alt.TopLevelMixin) -> Block:
    """Return a chart as a still picture with its sentence and its rows."""
    from lessons.charts.drawing import still_picture  # noqa: PLC0415
    from lessons.widgets.chart import sentence_of, spec_and_rows, table_of, with_rows  # noqa: PLC0415

    svg = still_picture(with_rows(*spec_and_rows(chart)) | {"padding": _ROOM})
    table = table_of(chart)
    cells = table.astype("object").where(table.notna(), "").astype("str")
    return {
        "kind": "picture",
        "src": f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}",
        "sentence": sentence_of(chart),
        "columns": [str(name) for name in table.columns],
        "rows": cells.to_numpy().tolist(),
    }
