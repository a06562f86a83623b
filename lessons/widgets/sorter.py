"""The sorter: claims into kinds, some with their printed label and some without.

The readings of a claim are sent to the page when the learner has sorted that claim and compared it,
and not before; the label of a card on which it is hidden is not sent before that either.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.sorting import (
    FACT,
    claims_to_sort,
    in_sentence,
    labels_shown,
    mixed,
    sorted_cards,
)
from lessons.analysis.sorting_words import NOTHING, label_sentences, sorting_sentences
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.judging import scale_of, steps_of
from lessons.widgets.keeping import SURE, Keeping, work
from lessons.widgets.page import grid_picture
from lessons.work import WorkError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lessons.case import Case
    from lessons.work import Answer

KIND = "sorted"
NAME = "kind:"


class Sorter(Keeping):
    """Claims to sort into kinds; the first answer to a card counts.

    `given` holds the answers by claim: {kind, sure, label_shown}; label_shown is None for a claim
    at which no label is printed. `compared` holds the claims that the learner wants to compare:
    for those of them that are sorted, `revealed` holds what is shown then, and `summary` and
    `labels` say in sentences what came of it. `table` puts the answers beside the readings.
    """

    _esm = front_end("sources.js", "keeping.js", "judging.js", "sorter.js")
    _css = style_sheet("keeping.css", "judging.css", "deck.css", "sorter.css")
    _opened = t.Bool(default_value=False).tag(sync=True)
    title = t.Unicode("What kind of claim is it?").tag(sync=True)
    nothing = t.Unicode(NOTHING).tag(sync=True)
    steps: t.List[Any] = t.List().tag(sync=True)
    levels: t.List[Any] = t.List().tag(sync=True)
    items: t.List[Any] = t.List().tag(sync=True)
    at = t.Unicode().tag(sync=True)
    layout_of = t.Enum(["one", "all"], default_value="one").tag(sync=True)
    given = t.Dict().tag(sync=True)
    compared: t.List[Any] = t.List().tag(sync=True)
    revealed = t.Dict().tag(sync=True)
    summary: t.List[Any] = t.List().tag(sync=True)
    labels: t.List[Any] = t.List().tag(sync=True)

    def __init__(self, case: Case, claims: Sequence[str], *, hide: bool, name: str) -> None:
        self._case, self._case_name, self._claims = case, case.name, list(claims)
        self._scale = scale_of(case.scales, "kind")
        # Read by Python only: what the page sets in `given` opens nothing.
        self._answers: dict[str, Answer] = {}
        items = _cards(case, self._claims, hide=hide)
        super().__init__(
            steps=steps_of(self._scale),
            levels=[list(pair) for pair in SURE.items()],
            items=items,
            at=items[0]["id"] if items else "",
            _place=place("sorter", case.name, claims=name, hide_labels=hide),
            _scope=scope(case.name),
        )
        self._restore()

    @property
    def sentence(self) -> str:
        """How many claims there are to sort, of whom, and what happens to their labels."""
        passages, voices = self._case.passages, self._case.voices
        own = passages.loc[self._case.claims.loc[self._claims, "passage_id"], "voice"]
        counts = own.value_counts(sort=False)
        parts = [f"{voices.loc[v, 'word']} {n}" for v, n in sorted(counts.items())]
        of_whom = f" ({', '.join(parts)})" if parts else ""
        return (
            f"{len(self.items)} claims{of_whom} to sort into {len(self.steps)} kinds; "
            "two readings are shown after the answers."
        )

    @property
    def table(self) -> pd.DataFrame:
        """Your answers beside the readings of the same claims: see `sorted_cards`."""
        return sorted_cards(self._case, self._values())

    def _values(self) -> dict[str, Any]:
        """Return what was answered, by claim, in the order of the cards."""
        ids = [item["id"] for item in self.items]
        return {one: dict(self._answers[one].value) for one in ids if one in self._answers}

    def _picture(self) -> str:
        names = [f"Card {number}" for number in range(1, len(self.items) + 1)]
        return grid_picture(names, [step["word"].split()[-1] for step in self.steps])

    def _details(self) -> dict[str, str]:
        said = [_card_html(number, item) for number, item in enumerate(self.items, 1)]
        kinds = [f"<li>{html.escape(s['word'])}: {html.escape(s['hint'])}</li>" for s in self.steps]
        parts = {"Read the claims here": "\n".join(said)} if said else {}
        return parts | {"The kinds": f"<ul>{''.join(kinds)}</ul>"}

    def _items(self) -> set[str]:
        return {f"{NAME}{claim}" for claim in self._claims}

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [a for a in answers if a.kind == "disagree" or self._is_sorted(a)]
        if len(good) < len(answers):
            refused = "The page sent something that is no answer to a card; it was left out."
        return good, refused

    def _is_sorted(self, answer: Answer) -> bool:
        """Say whether an answer is one to a card: a kind, how sure, and if the label was shown."""
        value = answer.value
        return (
            answer.kind == KIND
            and isinstance(value, dict)
            and set(value) == {"kind", "sure", "label_shown"}
            and value["kind"] in list(self._scale["value"])
            # True is 1 for Python; how sure is a whole number.
            and type(value["sure"]) is int
            and value["sure"] in SURE
            and (value["label_shown"] is None or isinstance(value["label_shown"], bool))
        )

    def _take(self, answers: list[Answer]) -> None:
        for answer in answers:
            claim = answer.item.removeprefix(NAME)
            first = self._answers.get(claim, answer)
            if self._is_sorted(answer) and answer.answered_at <= first.answered_at:
                self._answers[claim] = answer
        self.given = self._values()
        self._compare()

    @t.validate("compared")
    def _check_compared(self, proposal: dict[str, Any]) -> list[str]:
        known = set(self._claims)
        return [claim for claim in proposal["value"] if claim in known]

    @t.observe("compared")
    def _on_compared(self, _change: object) -> None:
        self._compare()

    def _compare(self) -> None:
        """Send what may be shown now: of the claims that are sorted and compared, and no others."""
        values = {one: v for one, v in self._values().items() if one in self.compared}
        if not values:
            self.revealed, self.summary, self.labels = {}, [], []
            return
        cards = sorted_cards(self._case, values)
        words = {step["value"]: step["word"] for step in self.steps}
        self.summary = sorting_sentences(cards, words)
        self.labels = label_sentences(cards, FACT, words[FACT])
        self.revealed = {one: self._reveal(one) for one in values}

    def _reveal(self, claim: str) -> dict[str, Any]:
        """Return what is shown of a claim that was sorted: where it stands, and both readings."""
        row = records_of(self._case.claims.loc[[claim]])[claim]
        passage = self._case.passages.loc[row["passage_id"]]
        voice = self._case.voices.loc[passage["voice"]]
        own = self._case.claim_readings
        own = own[own["claim_id"] == claim].sort_values("reader")
        return {
            "passage": row["passage_id"],
            "voice": f"{voice['symbol']} {voice['word']}",
            "printed": str(passage["label"]),
            "said": row["neutral"],
            "two": [[f"Reader {r.reader}", r.kind, r.why] for r in rows_of(own)],
        }

    @t.validate("at")
    def _check_at(self, proposal: dict[str, Any]) -> str:
        at = str(proposal["value"])
        if at and at not in self._claims:
            raise t.TraitError(f"There is no claim {at!r} to sort here.")
        return at


def sorter(case: Case, claims: Sequence[str] | None = None, *, hide_labels: bool = True) -> Sorter:
    """Sort claims into kinds, and say how sure you are; both readings are shown afterwards.

    `claims`: their ids; None: a balanced set (see lessons.analysis.sorting.claims_to_sort). For a
    half of the cards with a printed label, which the learner's id decides, the label is hidden;
    `hide_labels=False` shows all. Raises ValueError for a claim that the case does not have.

    >>> from lessons import open_case, sorter
    >>> len(sorter(open_case("danang-2017")).items)
    12
    """
    chosen = claims_to_sort(case) if claims is None else list(dict.fromkeys(claims))
    unknown = [claim for claim in chosen if claim not in case.claims.index]
    if unknown:
        raise ValueError(f"{case.name} has no claim {unknown[0]!r} to sort.")
    return Sorter(case, chosen, hide=hide_labels, name=".".join(claims or []))


def _learner() -> str:
    """Return what decides which labels are hidden; the same for all whose work has no id."""
    try:
        return work().learner
    except WorkError:
        return "nobody"


def _cards(case: Case, claims: Sequence[str], *, hide: bool) -> list[dict[str, Any]]:
    """Return the cards as the page may have them: no voice, and no label that is hidden."""
    found = {claim: in_sentence(case, claim) for claim in mixed(claims, case.name)}
    labels = {claim: card["label"] for claim, card in found.items()}
    shown = labels_shown(labels, _learner(), hide=hide)
    return [
        {
            "id": claim,
            "parts": [card["before"], card["claim"], card["after"]],
            "label": card["label"] if shown.get(claim) else "",
            "shown": shown.get(claim),
            "opens": card["opens"],
        }
        for claim, card in found.items()
    ]


def _card_html(number: int, item: dict[str, Any]) -> str:
    """Write a card for a page where nothing runs: no labels, for these differ by learner."""
    before, claim, after = (html.escape(part) for part in item["parts"])
    return f"<p>Card {number}. {before}<b>{claim}</b>{after}</p>"
