"""What a notebook asks, as blocks of paper: the question, and room for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessons.analysis.checks import cards_of
from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.scoring import exercise_of
from lessons.analysis.sorting import claims_to_sort
from lessons.case.keys import Pairs
from lessons.paper.blocks import Block, Grid, Lines, Options, Passage, Text
from lessons.widgets.course import EXERCISE, FORM
from lessons.widgets.exercise import in_order_of_screen, to_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from lessons.case import Case
    from lessons.widgets.course import Thing

_RING = "\u25cb"
_SURE = "How sure are you?  " + "   ".join(
    f"{_RING} {percent}" for percent in ("50 %", "60", "70", "80", "90", "100 % (certain)")
)
_SCALE = "0 %  " + "  ".join(f"{_RING}  {percent}" for percent in range(10, 101, 10)) + " %"
_WRITE = 5
_AGAIN = "You answered this before. Answer it once more without looking, then compare both answers."
SCREEN = "This one is on the screen only: it shows pictures and sources. Leave it out on paper."


def asked(case: Case, thing: Thing) -> list[Block]:
    """Return what one thing of a lesson asks, with room to answer."""
    if thing.kind == EXERCISE:
        item, _, again = thing.item.partition(":")
        first: list[Block] = [Text(_AGAIN, quiet=True)] if again else []
        return [*first, *_exercise(case, item)]
    if thing.kind == FORM:
        return _form(case, thing.item)
    block, _, name = thing.item.partition(":")
    make = _JUDGED.get(block)
    return make(case, name) if make else [Text(SCREEN, quiet=True)]


# --- exercises ----------------------------------------------------------------------------------


def _exercise(case: Case, item: str) -> list[Block]:
    """Return an exercise: its prompt, and a control for its kind."""
    row = records_of(case.exercises)[item]
    return [Text(str(row["prompt"])), *_CONTROLS[row["kind"]](case, item)]


def _options(case: Case, item: str, *, many: bool = False) -> list[Block]:
    exercise = exercise_of(case, item)
    return [Options(tuple(in_order_of_screen(exercise, item)), many)]


def _order(case: Case, item: str) -> list[Block]:
    options = in_order_of_screen(exercise_of(case, item), item)
    rows = tuple(("", option) for option in options)
    return [Grid(("Place 1, 2, 3 ...", "What is put in order"), rows, (1, 5))]


def _match(case: Case, item: str) -> list[Block]:
    exercise = exercise_of(case, item)
    rights = list(exercise.key.choices) if isinstance(exercise.key, Pairs) else []
    letters = [f"{chr(ord('a') + place)}) {right}" for place, right in enumerate(rights)]
    rows = tuple((left, "") for left in in_order_of_screen(exercise, item))
    return [Text("Write the letter: " + "; ".join(letters)), Grid(("What", "Letter"), rows, (5, 1))]


def _marking(case: Case, item: str) -> list[Block]:
    row = records_of(case.exercises)[item]
    ids = to_mark(case, exercise_of(case, item), str(row["prompt"]))
    if len(ids) == len(case.passages):
        return [
            Text("Underline the words on the sheet \u201cThe article\u201d.", quiet=True),
            Lines(2),
        ]
    hint = Text("Underline the words here.", quiet=True)
    return [hint, *(Passage(one, case.quote(one)) for one in ids)]


def _sure(_case: Case, _item: str) -> list[Block]:
    return [Text(_SCALE), Text("Because:"), Lines(1)]


_CONTROLS: dict[str, Callable[[Case, str], list[Block]]] = {
    "choose-one": _options,
    "choose-many": lambda case, item: _options(case, item, many=True),
    "match": _match,
    "order": _order,
    "number": lambda _case, _item: [Text("Your number: ____________")],
    "short-text": lambda _case, _item: [Lines(_WRITE)],
    "slider-confidence": _sure,
    "mark-span": _marking,
}


# --- judgements ---------------------------------------------------------------------------------


def _steps(case: Case, scale: str) -> str:
    steps = rows_of(case.scales[case.scales["scale"] == scale])
    return "; ".join(f"{chr(ord('a') + place)}) {step.word}" for place, step in enumerate(steps))


def _strength(case: Case, _name: str) -> list[Block]:
    steps = rows_of(case.scales[case.scales["scale"] == "strength"])
    words = "; ".join(f"{step.value} {step.word}" for step in steps)
    rows = tuple((f"{row.Index} {row.quote}", "") for row in rows_of(case.speech_acts))
    lead = Text(f"How firmly does each sentence commit anyone? Write 1 to 5: {words}.")
    return [lead, Grid(("Sentence", "1 to 5"), rows, (7, 1))]


def _difference(case: Case, _name: str) -> list[Block]:
    rows = tuple(
        (row.Index, str(row.in_article), str(row.in_publication), "")
        for row in rows_of(case.variants)
    )
    lead = Text(
        f"What does each difference change? Write the letter: {_steps(case, 'difference')}."
    )
    columns = ("", "In the article", "In the published text", "Letter")
    return [lead, Grid(columns, rows, (1, 4, 4, 1))]


def _engages(case: Case, _name: str) -> list[Block]:
    replies = case.replies.drop_duplicates("commentary_id")
    rows = tuple(
        (str(row.commentary_id), ", ".join(row.statement_ids), "") for row in rows_of(replies)
    )
    lead = Text(
        "How does each passage of the commentary engage with the statement? Read both on the sheet "
        f"\u201cThe article\u201d. Write the letter: {_steps(case, 'engages')}."
    )
    return [lead, Grid(("Commentary", "Statement", "Letter"), rows, (1, 2, 1))]


def _kinds(case: Case, _name: str) -> list[Block]:
    claims = records_of(case.claims)
    rows = tuple((f"{one} {claims[one]['quote']}", "", "") for one in claims_to_sort(case))
    lead = Text(f"What kind of claim is each? Write the letter: {_steps(case, 'kind')}.")
    return [lead, Grid(("Claim", "Letter", "How sure, 50 to 100 %"), rows, (6, 1, 2))]


def _marks(case: Case, name: str) -> list[Block]:
    if name == "techniques":
        rows = tuple((str(row.name), str(row.how_to_spot)) for row in _named(case))
        lead = Text(
            "On the sheet \u201cThe article\u201d, underline words in both voices and write the "
            "technique beside them. Not every strong word is a technique."
        )
        return [lead, Grid(("Technique", "How to spot it"), rows, (1, 3))]
    return [
        Text(
            "On the sheet \u201cThe article\u201d, underline words that praise (+), that blame "
            "(-), and strong words that do neither (0). Do it in both voices."
        )
    ]


def _named(case: Case) -> list[Any]:
    used = set(case.spans["technique_id"])
    return [row for row in _renamed(case) if row.technique in used]


def _renamed(case: Case) -> list[Any]:
    # 'name' and 'count' are names of a row itself.
    return list(rows_of(case.techniques.rename_axis("technique").reset_index()))


def _check(case: Case, claim: str) -> list[Block]:
    """Ask for a check of a claim: which sources first, how well it holds up, how sure."""
    row = records_of(case.claims)[claim]
    return [
        Passage(claim, str(row["quote"])),
        Text("What would you ask first, and whom? Who of them has no stake in the answer?"),
        Lines(3),
        Text(f"How well does it hold up? Write the letter ____: {_steps(case, 'assessment')}."),
        Text(_SURE),
    ]


def _guess(case: Case, name: str) -> list[Block]:
    row = records_of(case.guesses)[name]
    return [Text(str(row["prompt"])), Options(tuple(row["options"]))]


def _rewrite(case: Case, passage: str) -> list[Block]:
    lead = Text("Write it in calm words. Keep every claim, and say whose claim it is.")
    return [Passage(passage, case.quote(passage)), lead, Lines(8)]


def _note(_case: Case, _name: str) -> list[Block]:
    return [Text("What do you take with you? Write down one thing that you will do."), Lines(4)]


_JUDGED: dict[str, Callable[[Case, str], list[Block]]] = {
    "strength": _strength,
    "difference": _difference,
    "engages": _engages,
    "kind": _kinds,
    "marks": _marks,
    "check": _check,
    "guess": _guess,
    "rewrite": _rewrite,
    "portfolio": _note,
}


# --- checks -------------------------------------------------------------------------------------


def _form(case: Case, when: str) -> list[Block]:
    """Return the cards of one form of the check: all that is needed stands on the card."""
    cards = cards_of(case.check_items, when)
    blocks: list[Block] = [
        Text("Each card is invented. Judge only the sentence in [square brackets].", quiet=True)
    ]
    for card in rows_of(cards):
        said = str(card.text).replace("[judge: ", "[")
        blocks += [Passage(str(card.Index), said), Text(str(card.question))]
        blocks += [Text(f"\u25cb Yes   \u25cb No      {_SURE}")]
    return blocks
