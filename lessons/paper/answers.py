"""What is expected, and why, as blocks of paper: for the teacher, and in no notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lessons.analysis.checks import cards_of
from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.sorting import claims_to_sort
from lessons.case.keys import Choice, Number, Order, Pairs, Spans, parse_key
from lessons.paper.blocks import Block, Grid, Text
from lessons.widgets.course import EXERCISE, FORM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from lessons.case import Case
    from lessons.case.keys import Key
    from lessons.widgets.course import Thing

_OPEN = "A question of judgement: no answer is right."
_NONE = "Nothing is expected here: it is for the learner."


def answers_to(case: Case, thing: Thing) -> list[Block]:
    """Return what is expected of one thing of a lesson, with reasons."""
    if thing.kind == EXERCISE:
        return _exercise(case, thing.item.partition(":")[0])
    if thing.kind == FORM:
        return _form(case, thing.item)
    block, _, name = thing.item.partition(":")
    make = _JUDGED.get(block)
    return make(case, name) if make else [Text(_NONE, quiet=True)]


def _exercise(case: Case, item: str) -> list[Block]:
    row = records_of(case.exercises)[item]
    key = parse_key(row["kind"], row["key"])
    judged = row["judgement"] == "yes"
    expected = _OPEN if judged else f"Expected: {_key_words(key, str(row['key']))}"
    blocks: list[Block] = [Text(str(row["prompt"])), Text(expected)]
    own = rows_of(case.exercise_options[case.exercise_options["exercise_id"] == item])
    rows = tuple((str(row.option), str(row.explanation)) for row in own)
    if rows:
        blocks.append(Grid(("Answer", "Why"), rows, (1, 3)))
    samples = rows_of(case.exercise_samples[case.exercise_samples["exercise_id"] == item])
    texts = tuple((str(row.level), str(row.sample), str(row.why)) for row in samples)
    if texts:
        blocks.append(Grid(("Level", "A sample", "Why"), texts, (1, 4, 4)))
    said = [str(row[name]) for name in ("feedback_right", "feedback_wrong") if row[name]]
    labels = ("If it went well: ", "If not, a likely misreading: ")
    blocks += [Text(label + words) for label, words in zip(labels, said, strict=False)]
    return blocks


def _key_words(key: Key, written: str) -> str:
    """Return a key in words."""
    if isinstance(key, Choice):
        return "; ".join(key.right) + "."
    if isinstance(key, Order):
        return ", then ".join(" or ".join(group) for group in key.groups) + "."
    if isinstance(key, Pairs):
        return "; ".join(f"{left}: {' or '.join(r)}" for left, r in key.rights.items()) + "."
    if isinstance(key, Spans):
        return "; ".join(f"{passage} \u201c{quote}\u201d" for passage, quote in key.spans) + "."
    return f"{written}." if isinstance(key, Number) else written


class _Asked(NamedTuple):
    """Where the readings of a judgement stand: its columns, and the scale of its values."""

    item: str
    value: str
    why: str
    scale: str


def _readings(case: Case, items: Iterable[str], table: pd.DataFrame, asked: _Asked) -> list[Block]:
    """Return what both readers said of some items: a row each, what A and B said, and why."""
    steps = case.scales[case.scales["scale"] == asked.scale]
    words = dict(zip(steps["value"].astype(str), steps["word"].astype(str), strict=True))
    rows = []
    for one in items:
        own = table[table[asked.item].astype(str) == one].sort_values("reader")
        values = [words.get(str(value), str(value)) for value in own[asked.value]]
        reasons = " / ".join(text for text in own[asked.why].astype(str) if text)
        rows.append((one, " / ".join(values), reasons))
    return [Text(_OPEN), Grid(("What", "A / B", "Why (A / B)"), tuple(rows), (1, 2, 5))]


def _strength(case: Case, _name: str) -> list[Block]:
    ids = [str(one) for one in case.speech_acts.index]
    asked = _Asked("row_id", "strength", "note", "strength")
    return _readings(case, ids, case.speech_act_readings, asked)


def _engages(case: Case, _name: str) -> list[Block]:
    ids = list(dict.fromkeys(case.replies["commentary_id"].astype(str)))
    asked = _Asked("commentary_id", "engages", "note", "engages")
    return _readings(case, ids, case.replies, asked)


def _kinds(case: Case, _name: str) -> list[Block]:
    asked = _Asked("claim_id", "kind", "why", "kind")
    return _readings(case, claims_to_sort(case), case.claim_readings, asked)


def _check(case: Case, claim: str) -> list[Block]:
    asked = _Asked("claim_id", "assessment", "why", "assessment")
    return _readings(case, [claim], case.claim_readings, asked)


def _difference(case: Case, _name: str) -> list[Block]:
    rows = tuple((str(row.Index), str(row.matters)) for row in rows_of(case.variants))
    return [Text(_OPEN), Grid(("Where", "What it changes"), rows, (1, 6))]


def _guess(case: Case, name: str) -> list[Block]:
    row = records_of(case.guesses)[name]
    return [Text("A guess: the picture on the screen shows what is so."), Text(str(row["reflect"]))]


def _marks(case: Case, name: str) -> list[Block]:
    loaded = name != "techniques"
    table = case.loaded_words if loaded else case.spans
    label = "polarity" if loaded else "technique_id"
    rows = tuple(
        (str(row["passage_id"]), str(row["quote"]), str(row[label]), str(row["reader"]))
        for row in table.to_dict("records")
    )
    columns = ("Where", "Words", "Label", "Reader")
    return [Text(_OPEN), Grid(columns, rows, (1, 4, 3, 1))]


_JUDGED: dict[str, Callable[[Case, str], list[Block]]] = {
    "strength": _strength,
    "difference": _difference,
    "engages": _engages,
    "kind": _kinds,
    "check": _check,
    "guess": _guess,
    "marks": _marks,
}


def _form(case: Case, when: str) -> list[Block]:
    cards = cards_of(case.check_items, when)
    rows = tuple(
        (
            str(card.Index),
            "yes" if card.sound == "yes" else "no",
            str(card.explain_sound_choice if card.sound == "yes" else card.explain_unsound_choice),
            str(card.hard_because),
        )
        for card in rows_of(cards)
    )
    columns = ("Card", "Holds up", "Why", "What makes it hard")
    return [Grid(columns, rows, (1, 1, 4, 3))]
