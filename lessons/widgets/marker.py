"""The marker: mark words in both voices, say why, then compare with two readings.

What readings A and B marked is sent to the page when the learner has asked to compare, and not
before. A comparison is always with the marks as they were when "Compare" was pressed.
"""

from __future__ import annotations

import hashlib
import html
import random
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from lessons.analysis.marks import (
    LOADED,
    MARK_COLUMNS,
    TECHNIQUES,
    apart,
    compare_marks,
    marks_of_readers,
    part_marked,
    plain_sentence,
    what_sentence,
    where_sentence,
)
from lessons.analysis.rows import records_of, rows_of
from lessons.case import CaseError, open_case
from lessons.case.loading import case_names
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.exercise import passage_cards
from lessons.widgets.judging import scale_of
from lessons.widgets.page import question_picture
from lessons.widgets.waiting import Waiting
from lessons.work import Background
from lessons.work.labelled import SURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case
    from lessons.work import Answer

GUIDED, HALF, ALONE = "guided", "half guided", "alone"
COMPARE = ":compare"
# The technique whose definition is that of a loaded word, and the scale of its labels.
_LOADED_CARD, _LOADED_SCALE = "loaded-language", "polarity"
_VOICES = ("statement", "commentary")
_DECOYS = 2
_LONGEST_NAME = 100
_QUESTIONS = {
    TECHNIQUES: "Where do the words persuade, and how? Mark the words, then choose a label.",
    LOADED: "Which words are loaded? Mark them, then say what they do.",
}


class Marker(Waiting):
    """Passages in which words are marked and labelled.

    `item` is the name in the learner's work. `labels` are those on offer, with their cards;
    `hints` says for each of them in how many
    passages a reading has one (guided only). `marks` holds the
    newest marks: start, end, quote, label, reason, sure; `marked_at` is when they were made.
    `revealed` is empty until the learner compares; then it holds the id of that answer and both
    readings beside the learner's marks. Passages that show claims which others ask about wait.
    """

    _esm = front_end(
        "keeping.js", "waiting.js", "marking.js", "labels.js", "compared.js", "marker.js"
    )
    _css = style_sheet("keeping.css", "marker.css")
    item = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    help = t.Unicode().tag(sync=True)
    passages: t.List[Any] = t.List().tag(sync=True)
    labels: t.List[Any] = t.List().tag(sync=True)
    hints: t.List[Any] = t.List().tag(sync=True)
    marks: t.List[Any] = t.List().tag(sync=True)
    marked_at = t.Unicode().tag(sync=True)
    revealed = t.Dict().tag(sync=True)

    def __init__(
        self,
        case: Case,
        what: str,
        passages: Sequence[str] | None,
        help: str,  # noqa: A002
        after: Sequence[str],
    ) -> None:
        self._case, self._what = case, what
        self._case_name = case.name
        ids = _both_voices(case) if passages is None else _in_order(case, passages)
        voices = case.passages["voice"]
        self._cards = [card | {"voice": voices[card["id"]]} for card in passage_cards(case, ids)]
        self._read = marks_of_readers(case, what, ids)
        self._names = {label["id"]: label["name"] for label in _labels(case, what)}
        item = f"marks:{what}:{'all' if passages is None else _short(ids)}"
        labels = _on_offer(_labels(case, what), set(self._read["label"]), help, item)
        self._offered = labels
        super().__init__(
            item=item,
            title=f"Mark {what}",
            help=help,
            _place=place("marker", case.name, item=item, help=help),
            _scope=scope(case.name),
        )
        hints = _hints(self._read, labels) if help == GUIDED else []
        question = {"passages": self._cards, "labels": labels, "hints": hints}
        self._hold(after, question | {"prompt": _QUESTIONS[what]})
        self._restore()

    @property
    def table(self) -> pd.DataFrame:
        """Your marks: start, end, quote, label, reason, sure; a row a mark."""
        return pd.DataFrame(
            self.marks, columns=["start", "end", "quote", "label", "reason", "sure"]
        )

    def _items(self) -> set[str]:
        return {self.item, f"{self.item}{COMPARE}"}

    def _take(self, answers: list[Answer]) -> None:
        newest = sorted(answers, key=lambda answer: answer.answered_at)
        for answer in newest:
            if answer.item == self.item and answer.answered_at >= self.marked_at:
                self.marks, self.marked_at = self._sound(answer.value), answer.answered_at
        compared = [answer for answer in newest if answer.item != self.item]
        if compared:
            self.revealed = self._reveal(compared[-1])

    def _sound(self, value: object) -> list[dict[str, Any]]:
        """Return those marks that fit the text and the labels; what else came is left out."""
        marks = value if isinstance(value, list) else []
        good = [mark for mark in marks if isinstance(mark, dict) and self._fits(mark)]
        if len(good) < len(marks):
            self.notice = "Some marks do not fit this text; they were left out."
        return good

    def _fits(self, mark: dict[str, Any]) -> bool:
        """Say whether a mark quotes the text where it says, within one of the passages."""
        start, end = mark.get("start"), mark.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            return False
        spans = [(card["start"], card["start"] + len(card["text"])) for card in self._cards]
        inside = any(first <= start and end <= last for first, last in spans)
        said = mark.get("label") in self._names and mark.get("sure", "") in SURE
        return inside and said and self._case.text[start:end] == mark.get("quote")

    def _reveal(self, answer: Answer) -> dict[str, Any]:
        """Return both readings beside the marks that were compared."""
        marks = self._sound(answer.value)
        mine = pd.DataFrame(marks, columns=MARK_COLUMNS)
        spans = [(card["start"], card["start"] + len(card["text"])) for card in self._cards]
        part = part_marked(self._case.text, mine, spans)
        counts = self._read["reader"].value_counts()
        readings = {f"reading {reader}": int(counts.get(reader, 0)) for reader in ("A", "B")}
        sides = [self._side(reader, mine) for reader in ("A", "B")]
        plain = plain_sentence(len(marks), part, readings)
        return {"answer": answer.id, "plain": plain, "marks": marks, "sides": sides}

    def _side(self, reader: str, mine: pd.DataFrame) -> dict[str, Any]:
        """Return one reading beside the learner's marks: in words, in numbers, mark by mark."""
        theirs = self._read[self._read["reader"] == reader].reset_index(drop=True)
        compared = compare_marks(self._case.text, mine, theirs)
        numbers = apart(compared)
        rows = [
            {"status": row.status, "what": row.what, "mine": row.mine, "touched": row.touched}
            | {"mark": self._shown(theirs.loc[row.theirs]) if row.theirs >= 0 else None}
            for row in rows_of(compared)
        ]
        where = where_sentence(f"reading {reader}", numbers)
        return {"who": reader, "where": where, "what": what_sentence(numbers), "rows": rows}

    def _shown(self, mark: pd.Series) -> dict[str, Any]:
        """Return a mark of a reading as the page shows it."""
        other = str(mark["alternative"])
        return {
            "start": int(mark["start"]),
            "end": int(mark["end"]),
            "quote": mark["quote"],
            "label": self._names[mark["label"]],
            "sure": str(mark["sure"]),
            "reason": str(mark["reason"]),
            "other": self._names.get(other, other),
        }

    @property
    def sentence(self) -> str:
        """What is to be marked, in how many passages of which voice, and with how many labels."""
        words = pd.Series([card["word"] for card in self._cards], dtype=object)
        voices = [f"{count} of {word}" for word, count in words.value_counts(sort=False).items()]
        count = len(self._offered)
        labels = f"{count} {'label' if count == 1 else 'labels'}"
        where = ", ".join(voices) or "0 passages"
        return f"{self.title} in passages, {where}; {labels} to choose from."

    def _picture(self) -> str:
        return question_picture("mark words", [label["name"] for label in self._offered])

    def _details(self) -> dict[str, str]:
        if self._first:
            return {}
        names = [f"{p['symbol']} {p['id']} {p['word']}" for p in self._cards]
        said = [
            f"<p><b>{html.escape(name)}</b> {html.escape(p['text'])}</p>"
            for name, p in zip(names, self._cards, strict=True)
        ]
        return {"Read the passages here": "".join(said)} if said else {}


def marker(
    case: Case,
    what: str,
    passages: Sequence[str] | None = None,
    help: str = GUIDED,  # noqa: A002
    after: Sequence[str] = (),
) -> Marker:
    """Mark words of both voices, with labels; afterwards compare with readings A and B.

    what: "techniques" or "loaded words". passages: ids; all of statement and commentary when not
    given. help: "guided" (one label at a time, its card open), "half guided" (the labels that
    occur, and two more) or "alone" (all labels). after: exercises and blocks to be answered first,
    because they ask about the same claims. Raises ValueError for anything else.

    >>> from lessons import marker, open_case
    >>> marker(open_case("danang-2017"), "loaded words", ["S1", "A2"]).sentence
    'Mark loaded words in passages, 1 of Statement, 1 of Commentary; 3 labels to choose from.'
    """
    if what not in _QUESTIONS:
        message = f"Found {what!r} to mark, expected {TECHNIQUES!r} or {LOADED!r}."
        raise ValueError(message)
    if help not in (GUIDED, HALF, ALONE):
        message = f"Found the help {help!r}, expected {GUIDED!r}, {HALF!r} or {ALONE!r}."
        raise ValueError(message)
    return Marker(case, what, passages, help, after)


def background_of(name: str) -> Background | None:
    """Return what marks are made on in a case of the course: its text, and all labels' names.

    None when the course has no such case, or it cannot be opened.
    """
    if name not in case_names():
        return None
    try:
        case = open_case(name)
        labels = [*_labels(case, TECHNIQUES), *_labels(case, LOADED)]
    except (CaseError, ValueError):
        return None
    return Background(case.text, {label["id"]: label["name"] for label in labels})


def _both_voices(case: Case) -> list[str]:
    """Return the passages of statement and commentary, in the order of the text."""
    passages = case.passages
    return list(passages.index[passages["voice"].isin(_VOICES)])


def _in_order(case: Case, passages: Sequence[str]) -> list[str]:
    """Return some passages in the order of the text; those that there are not come last."""
    order = {str(name): place for place, name in enumerate(case.passages.index)}
    return sorted(dict.fromkeys(passages), key=lambda name: order.get(name, len(order)))


def _short(ids: list[str]) -> str:
    """Name some passages: by their ids, or by a short hash where these would be too long."""
    name = ",".join(ids)
    if len(name) <= _LONGEST_NAME:
        return name
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _labels(case: Case, what: str) -> list[dict[str, str]]:
    """Return every label with its card: id, name, group, definition, how, not, example, near."""
    if what == LOADED:
        return _polarities(case)
    examples = records_of(case.technique_examples)
    return [
        {
            "id": technique,
            "name": _plain(row["name"]),
            "group": row["category"],
            "definition": row["definition"],
            "how": row["how_to_spot"],
            "not": row["looks_like_but_isnt"],
            "example": examples.get(technique, {}).get("example", ""),
            "near": examples.get(technique, {}).get("near_miss", ""),
        }
        for technique, row in records_of(case.techniques).items()
    ]


def _polarities(case: Case) -> list[dict[str, str]]:
    """Return what loaded words can do, with the card of loaded language."""
    card = records_of(case.techniques).get(_LOADED_CARD, {})
    example = records_of(case.technique_examples).get(_LOADED_CARD, {})
    return [
        {
            "id": row.value,
            "name": row.word,
            "group": "",
            "definition": row.hint,
            "how": card.get("how_to_spot", ""),
            "not": card.get("looks_like_but_isnt", ""),
            "example": example.get("example", ""),
            "near": example.get("near_miss", ""),
        }
        for row in rows_of(scale_of(case.scales, _LOADED_SCALE))
    ]


def _plain(name: str) -> str:
    """Return a technique's name without the note that it is an addition of this course."""
    return name.partition(" [")[0]


def _on_offer(
    labels: list[dict[str, str]], occurring: set[str], help_: str, seed: str
) -> list[dict[str, str]]:
    """Return the labels that a learner may choose from, by how much help there is."""
    if help_ == ALONE or not occurring:
        return labels
    chosen = set(occurring)
    if help_ == HALF:
        others = [label["id"] for label in labels if label["id"] not in occurring]
        chance = random.Random(seed)  # noqa: S311  (a puzzle, not a secret)
        chosen |= set(chance.sample(others, min(_DECOYS, len(others))))
    return [label for label in labels if label["id"] in chosen]


def _hints(read: pd.DataFrame, labels: list[dict[str, str]]) -> list[int]:
    """Return in how many passages a reading has each label, in the order of the labels."""
    counts = read.groupby("label")["passage_id"].nunique()
    return [int(counts.get(label["id"], 0)) for label in labels]
