"""The board of accounts: what each account of one moment says, and where they contradict.

The board waits until exercises that show a claim of its passages first are answered. Then the
learner finds the contradiction inside the document; then what the outside records say is sent.
What fits in each cell, and why, is sent when every cell is filled, and not before.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.exposure import first_asked
from lessons.analysis.rows import records_of
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.page import grid_picture
from lessons.widgets.sources import source_lines
from lessons.widgets.waiting import Waiting

if TYPE_CHECKING:
    from lessons.case import Case
    from lessons.work import Answer

OUTSIDE = "outside"
CHOICES = {"says": "says so", "does-not-say": "does not say", "contradicts": "contradicts it"}
PAIR, BOARD = "accounts:pair", "accounts:board"
TWO = 2
PROMPT = "Mark the two passages that contradict each other"


class Accounts(Waiting):
    """Questions as rows, accounts as columns.

    `pair` holds the two passages that the learner marked first; then `outside` holds what the
    records outside show, and `found` which passages do contradict each other. `board` holds the
    first answer to all cells at once, by cell; then `revealed` says of each cell what fits and
    why.
    """

    _esm = front_end("sources.js", "keeping.js", "waiting.js", "accounts.js")
    _css = style_sheet("keeping.css", "judging.css", "accounts.css")
    title = t.Unicode("Accounts of one moment").tag(sync=True)
    choices: t.List[Any] = t.List([list(pair) for pair in CHOICES.items()]).tag(sync=True)
    quotes: t.List[Any] = t.List().tag(sync=True)
    columns: t.List[Any] = t.List().tag(sync=True)
    rows: t.List[Any] = t.List().tag(sync=True)
    pair: t.List[Any] = t.List().tag(sync=True)
    found: t.List[Any] = t.List().tag(sync=True)
    outside: t.List[Any] = t.List().tag(sync=True)
    board = t.Dict().tag(sync=True)
    revealed = t.Dict().tag(sync=True)

    def __init__(self, case: Case) -> None:
        self._case, self._case_name = case, case.name
        self._cells = records_of(case.accounts)
        # Read by Python only: what the page sets in a trait opens nothing.
        self._answers: dict[str, Answer] = {}
        super().__init__(
            columns=_columns(case, self._cells),
            rows=_rows(self._cells),
            _place=place("accounts", case.name),
            _scope=scope(case.name),
        )
        self._hold(
            first_asked(case, self.shown_claims),
            {"quotes": _quotes(case, self._cells), "prompt": PROMPT},
        )
        self._restore()

    @property
    def sentence(self) -> str:
        """How many questions are put to how many accounts, and what comes first."""
        return (
            f"{len(self.rows)} questions to {len(self.columns)} accounts of one moment: first find "
            "the two passages that contradict each other, then fill every cell."
        )

    @property
    def shown_claims(self) -> list[str]:
        """The claims whose words this widget shows: those of the quoted passages."""
        claims = self._case.claims
        return [str(c) for c in claims.index[claims["passage_id"].isin(_passages(self._cells))]]

    def _items(self) -> set[str]:
        return {PAIR, BOARD}

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [a for a in answers if a.kind == "disagree" or self._is_answer(a)]
        if len(good) < len(answers):
            refused = "The page sent something that is no answer here; it was left out."
        return good, refused

    def _is_answer(self, answer: Answer) -> bool:
        """Say whether an answer is one to its item: two passages, or a word for every cell."""
        value = answer.value
        if answer.item == PAIR:
            good = isinstance(value, list) and len(value) == TWO and value[0] != value[1]
            return good and all(passage in _passages(self._cells) for passage in value)
        return (
            isinstance(value, dict)
            and set(value) == set(self._cells)
            and all(word in tuple(CHOICES) for word in value.values())
        )

    def _take(self, answers: list[Answer]) -> None:
        """Take the first pair and the first board; a board counts once there is a pair."""
        self._answers |= {a.id: a for a in answers if self._is_answer(a)}
        first: dict[str, Any] = {}
        for answer in sorted(self._answers.values(), key=lambda a: a.answered_at):
            first.setdefault(answer.item, answer.value)
        if PAIR not in first:
            return
        self.outside = self._outside()
        self.found = _contradictions(self._cells)
        self.pair = first[PAIR]
        if BOARD in first:
            self.revealed = {cell: self._reveal(cell) for cell in self._cells}
            self.board = first[BOARD]

    def _outside(self) -> list[dict[str, str]]:
        """Return what may be shown after the pair: the outside records, in the order of dates."""
        cells = [cell for cell in self._cells.values() if cell["account"] == OUTSIDE]
        named = list(dict.fromkeys(source for cell in cells for source in cell["sources"]))
        sources = records_of(self._case.sources)
        ids = sorted(named, key=lambda s: (sources[s]["date"], sources[s]["publisher"]))
        lines = source_lines(ids, self._case.sources)
        return [
            line | {"account": str(sources[s]["shows"])} for s, line in zip(ids, lines, strict=True)
        ]

    def _reveal(self, cell: str) -> dict[str, Any]:
        """Return what is said of a cell after the board: what fits, why, and where it stands."""
        row = self._cells[cell]
        sources = records_of(self._case.sources)
        return {
            "fits": list(row["fits"]),
            "reason": row["reason"],
            "where": [*row["passages"], *(sources[s]["publisher"] for s in row["sources"])],
        }

    def _picture(self) -> str:
        names = [row["question"] for row in self.rows]
        return grid_picture(["" for _ in names], [column["word"] for column in self.columns])

    def _details(self) -> dict[str, str]:
        asked = "".join(f"<li>{html.escape(row['question'])}</li>" for row in self.rows)
        parts = {"What is asked": f"<ol>{asked}</ol>"}
        if self._first:  # a saved page cannot know what was answered
            return parts
        quotes = "".join(
            f"<p><b>{html.escape(quote['id'])}</b> {html.escape(quote['text'])}</p>"
            for quote in self.quotes
        )
        return {"Read the passages here": quotes} | parts


def accounts(case: Case) -> Accounts:
    """Compare accounts of one moment: find the contradiction, then fill every cell of the board.

    It quotes the passages in which the accounts stand: see `shown_claims`.

    >>> from lessons import accounts, open_case
    >>> [column["word"] for column in accounts(open_case("danang-2017")).columns]
    ['Statement', 'Commentary', 'Outside records']
    """
    return Accounts(case)


def _passages(cells: dict[str, dict[str, Any]]) -> list[str]:
    """Return the passages in which accounts stand."""
    return list(dict.fromkeys(p for cell in cells.values() for p in cell["passages"]))


def _quotes(case: Case, cells: dict[str, dict[str, Any]]) -> list[dict[str, str]]:
    """Return the passages in which accounts stand, in the order of the text."""
    named = _passages(cells)
    voices, passages = records_of(case.voices), records_of(case.passages)
    return [
        {
            "id": passage,
            "word": voices[row["voice"]]["word"],
            "symbol": voices[row["voice"]]["symbol"],
            "text": row["text"],
        }
        for passage, row in passages.items()
        if passage in named
    ]


def _columns(case: Case, cells: dict[str, dict[str, Any]]) -> list[dict[str, str]]:
    """Return the accounts as columns: those of the document's voices, then the outside."""
    voices = records_of(case.voices)
    named = dict.fromkeys(cell["account"] for cell in cells.values())
    words = {name: f"{voices[name]['word']}" for name in named if name in voices}
    return [{"id": name, "word": words.get(name, "Outside records")} for name in named]


def _rows(cells: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the questions as rows, each with the names of its cells by account."""
    rows: dict[str, dict[str, str]] = {}
    for name, cell in cells.items():
        rows.setdefault(cell["question"], {})[cell["account"]] = name
    return [{"question": question, "cells": by_account} for question, by_account in rows.items()]


def _contradictions(cells: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Return the pairs of passages of which one says what the other contradicts, and nothing else.

    Where several answers fit a cell, it is open whether there is a contradiction.
    """
    pairs = []
    for row in _rows(cells):
        inside = [cells[name] for account, name in row["cells"].items() if account != OUTSIDE]
        says = [p for cell in inside if cell["fits"] == ["says"] for p in cell["passages"]]
        denies = [p for cell in inside if cell["fits"] == ["contradicts"] for p in cell["passages"]]
        pairs += [[a, b] for a in says for b in denies]
    return pairs
