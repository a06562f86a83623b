"""The checker: one claim, its sources closed until opened, a verdict, then what two readers say.

What a source shows is sent when the learner has opened it; on which side it was put, the readings
and their reasons are sent when the learner has given a verdict, and not before.
"""

from __future__ import annotations

import html
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.evidence import (
    KINDS_OF_PUBLISHERS,
    said_to_be_right,
    shuffled_sources,
    sides_of,
    told_of_checking,
)
from lessons.analysis.rows import records_of
from lessons.document.sentences import find_quoted_sentences, find_sentences
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.judging import scale_of, steps_of
from lessons.widgets.keeping import Keeping
from lessons.widgets.page import question_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessons.case import Case
    from lessons.work import Answer

SAYS = {
    "supports": "supports the claim",
    "against": "speaks against it",
    "open": "does not settle it",
}
WEIGHTS = {"little": "little", "some": "some", "much": "much"}
LEVELS = {
    50: "50 % could be wrong as well",
    60: "60 %",
    70: "70 %",
    80: "80 %",
    90: "90 %",
    100: "100 % certain",
}
LONGEST = 1000


class Checker(Keeping):
    """One claim to check.

    `opened` holds the sources that were opened, in that order: source, at. `told` holds what each
    of them shows; `ratings` by source what the learner makes of it: {says, weight}. `verdict` is
    {} or the first one that was given: {value, sure, question}; only then `revealed` is filled.
    `item` is the verdict's name in the learner's work.
    """

    _esm = front_end("sources.js", "keeping.js", "judging.js", "checker.js")
    _css = style_sheet("keeping.css", "judging.css", "checker.css")
    item = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    claim = t.Dict().tag(sync=True)
    cards: t.List[Any] = t.List().tag(sync=True)
    steps: t.List[Any] = t.List().tag(sync=True)
    says: t.List[Any] = t.List([list(pair) for pair in SAYS.items()]).tag(sync=True)
    weights: t.List[Any] = t.List([list(pair) for pair in WEIGHTS.items()]).tag(sync=True)
    levels: t.List[Any] = t.List([list(pair) for pair in LEVELS.items()]).tag(sync=True)
    opened: t.List[Any] = t.List().tag(sync=True)
    told = t.Dict().tag(sync=True)
    ratings = t.Dict().tag(sync=True)
    verdict = t.Dict().tag(sync=True)
    revealed = t.Dict().tag(sync=True)

    def __init__(self, case: Case, claim_id: str, *, sentence: bool) -> None:
        self._case, self._id = case, claim_id
        self._case_name = case.name
        self._row = _claim(case, claim_id)
        self._sources = shuffled_sources(claim_id, self._row)
        self._scale = scale_of(case.scales, "assessment")
        # Read by Python only: what the page sets in a trait opens nothing.
        self._answers: dict[str, Answer] = {}
        super().__init__(
            item=f"check:{claim_id}:verdict",
            title=f"Check claim {claim_id}",
            claim=_shown(case, claim_id, self._row, whole=sentence),
            cards=[_card(case, source) for source in self._sources],
            steps=steps_of(self._scale),
            _place=place("checker", case.name, claim=claim_id, sentence=sentence),
            _scope=scope(case.name),
        )
        self._restore()

    @property
    def sentence(self) -> str:
        """Which claim is checked, with how many sources, and what is to be done."""
        count = len(self._sources)
        listed = f"{count} {'source' if count == 1 else 'sources'}" if count else "No source"
        return (
            f"Claim {self._id} to check: {listed} to open, then a verdict from "
            f"{len(self.steps)}, and how sure you are."
        )

    @property
    def shown_claims(self) -> list[str]:
        """The claims whose words this widget shows: its own, and those in the same sentence."""
        start = self.claim["start"]
        end = start + len("".join(self.claim["parts"]))
        claims = self._case.claims
        inside = claims[(claims["start"] < end) & (claims["end"] > start)]
        return [str(claim) for claim in inside.index]

    def _name(self, part: str, source: str) -> str:
        return f"check:{self._id}:{part}:{source}"

    def _items(self) -> set[str]:
        parts = {self._name(part, s) for part in ("opened", "source") for s in self._sources}
        return {self.item, *parts}

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [a for a in answers if a.kind == "disagree" or self._is_answer(a)]
        if len(good) < len(answers):
            refused = "The page sent something that is no answer here; it was left out."
        return good, refused

    def _is_answer(self, answer: Answer) -> bool:
        """Say whether an answer is one to its item: opened, a rating or a verdict."""
        if answer.item == self.item:
            return _is_verdict(answer.value, set(self._scale["value"]))
        if answer.item.startswith(f"check:{self._id}:opened:"):
            return answer.value is True
        return _is_rating(answer.value)

    def _take(self, answers: list[Answer]) -> None:
        """Take what was opened and the first verdict; of ratings the newest before the verdict."""
        self._answers |= {a.id: a for a in answers if self._is_answer(a)}
        every = sorted(self._answers.values(), key=lambda a: a.answered_at)
        opened: dict[str, str] = {}
        ratings: dict[str, Any] = {}
        verdict: dict[str, Any] = {}
        for answer in every:
            _, _, part, *source = answer.item.split(":", 3)
            if part == "opened":
                opened.setdefault(source[0], answer.answered_at)
            elif part == "source" and not verdict:
                ratings[source[0]] = dict(answer.value)
            elif part == "verdict" and not verdict:
                verdict = {**answer.value, "at": answer.answered_at}
        self.opened = [{"source": source, "at": at} for source, at in opened.items()]
        self.told = {source: _account(self._case, source) for source in opened}
        # What was not opened cannot have been weighed.
        self.ratings = {source: r for source, r in ratings.items() if source in opened}
        self.verdict = verdict
        self.revealed = self._reveal() if verdict else {}

    def _reveal(self) -> dict[str, Any]:
        """Return what may be shown after the verdict: readings, sides, and what was done."""
        readings = self._case.claim_readings
        own = readings[readings["claim_id"] == self._id]
        return {
            "readings": [_reading(row) for row in records_of(own).values()],
            "agree": own["assessment"].nunique() <= 1,
            "right": said_to_be_right(own),
            "sides": sides_of(self._row),
            "first": self._row["first_question"],
            "plain": self._row["neutral"],
            "done": told_of_checking(
                len(self._sources), [o["at"] for o in self.opened], self.verdict["at"]
            ),
        }

    def _picture(self) -> str:
        return question_picture("open, weigh, judge", [step["word"] for step in self.steps])

    def _details(self) -> dict[str, str]:
        said = f"<p>{html.escape(''.join(self.claim['parts']))}</p>"
        listed = "".join(f"<li>{_card_html(card)}</li>" for card in self.cards)
        parts = {"Read the sentence here": said}
        return parts | ({"Which sources there are": f"<ul>{listed}</ul>"} if listed else {})


def checker(case: Case, claim_id: str, *, sentence: bool = True) -> Checker:
    """Check one claim of a case: open sources, weigh them, give a verdict, then compare.

    With `sentence`, the claim stands in its sentence, which may hold other claims, too (see
    `shown_claims`); without it, only the words of the claim are shown. Raises ValueError for a
    claim that the case does not have.

    >>> from lessons import checker, open_case
    >>> len(checker(open_case("danang-2017"), "F3.2").cards)
    6
    """
    return Checker(case, claim_id, sentence=sentence)


def _claim(case: Case, claim_id: str) -> dict[str, Any]:
    """Return the row of a claim; raises ValueError when there is none."""
    rows = records_of(case.claims)
    if claim_id not in rows:
        some = ", ".join(list(rows)[:3]) or "none"
        raise ValueError(f"{case.name} has no claim {claim_id!r}; it has {some} ...")
    return rows[claim_id]


def _shown(case: Case, claim_id: str, row: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """Return a claim as its card shows it: voice, and its sentence before, in and after it."""
    passage = records_of(case.passages)[row["passage_id"]]
    voice = records_of(case.voices)[passage["voice"]]
    own = int(row["start"]), int(row["end"])
    start, end = _around(case.text, row, passage) if whole else own
    cuts = [start, *own, end]
    return {
        "id": claim_id,
        "passage": row["passage_id"],
        "word": voice["word"],
        "symbol": voice["symbol"],
        "start": start,
        "parts": [case.text[a:b] for a, b in pairwise(cuts)],
    }


def _around(text: str, row: Mapping[str, Any], passage: dict[str, Any]) -> tuple[int, int]:
    """Return where the sentence (or the sentences) of a claim begins and ends.

    A label such as "Fact:" is left out: it is no part of what is to be checked.
    """
    label = f"{passage['label']}:" if passage["label"] else ""
    begin = int(passage["start"])
    if text.startswith(label, begin):
        begin += len(label)
    within = text, begin, int(passage["end"])
    found = find_quoted_sentences(*within) or find_sentences(*within)
    own = [s for s in found if s.start < row["end"] and row["start"] < s.end]
    starts = [int(row["start"]), *(s.start for s in own)]
    return min(starts), max([int(row["end"]), *(s.end for s in own)])


def _card(case: Case, source: str) -> dict[str, str]:
    """Return what a closed card says: who published when, and what is at stake for them."""
    row = records_of(case.sources)[source]
    names = ["publisher", "stake", "date", "url", "found"]
    kind = KINDS_OF_PUBLISHERS[row["publisher_kind"]]
    return {"id": source, "kind": kind} | {name: str(row[name]) for name in names}


def _account(case: Case, source: str) -> dict[str, str]:
    """Return what an opened card says: the title, and our account of what it shows."""
    row = records_of(case.sources)[source]
    return {"title": str(row["title"]), "account": str(row["shows"])}


def _reading(row: Mapping[str, Any]) -> dict[str, str]:
    """Return one reading of the claim as the page shows it."""
    return {
        "who": f"Reader {row['reader']}",
        "value": row["assessment"],
        "sure": row["confidence"],
        "why": row["why"],
        "change": row["what_would_change"],
    }


def _is_rating(value: object) -> bool:
    """Say whether a value rates a source: what it does to the claim, and its weight."""
    return (
        isinstance(value, dict)
        and set(value) == {"says", "weight"}
        and value["says"] in tuple(SAYS)
        and value["weight"] in tuple(WEIGHTS)
    )


def _is_verdict(value: object, words: set[str]) -> bool:
    """Say whether a value is a verdict: one of the words, how sure, the question to ask first."""
    return (
        isinstance(value, dict)
        and set(value) == {"value", "sure", "question"}
        and isinstance(value["value"], str)
        and value["value"] in words
        # True is 1 for Python; a step is a whole number.
        and type(value["sure"]) is int
        and value["sure"] in LEVELS
        and isinstance(value["question"], str)
        and 0 < len(value["question"].strip()) <= LONGEST
    )


def _card_html(card: dict[str, str]) -> str:
    """Write a closed card for a page where nothing runs."""
    said = f"{card['publisher']} ({card['kind']}), {card['date'] or 'no date'}."
    return f"{html.escape(said)} Stake: {html.escape(card['stake'])}."
