"""Keys of exercises: the one place where the text of a key becomes a value.

The check, the scoring and the exercise widget all read keys here. How each kind writes its key is
explained in data/README.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OTHER = "something else"
RIGHT, TOO_LOW, TOO_HIGH = "right", "too low", "too high"
INSIDE, BELOW, ABOVE = "inside", "below", "above"
MOST_SURE = 100

_RANGE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:-(-?[0-9]+(?:\.[0-9]+)?))?")
_SURE = re.compile(r"([0-9]{1,3})-([0-9]{1,3})(?:: (.+))?", re.DOTALL)
_RUBRIC = re.compile(r"Rubric 0-([0-9]+)\b.*", re.DOTALL)


@dataclass(frozen=True)
class Choice:
    """The right options; one for choose-one."""

    right: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """The options in their order, in groups; what stands in one group is tied."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def items(self) -> tuple[str, ...]:
        """All options, one after the other."""
        return tuple(item for group in self.groups for item in group)


@dataclass(frozen=True)
class Pairs:
    """For each left side what may stand on its right; the first is the answer to show."""

    rights: Mapping[str, tuple[str, ...]]

    @property
    def choices(self) -> tuple[str, ...]:
        """Every right side once, sorted: their order must not tell what belongs together."""
        return tuple(sorted({right for rights in self.rights.values() for right in rights}))


@dataclass(frozen=True)
class Spans:
    """Quotes to be marked, each with the id of its passage."""

    spans: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; the same twice where one number alone is right."""

    low: float
    high: float

    def name(self, number: float) -> str:
        """Say where a number lies: right, too low or too high."""
        return _place(number, self.low, self.high, (TOO_LOW, RIGHT, TOO_HIGH))


@dataclass(frozen=True)
class Confidence:
    """A range of confidence from 0 to 100, the whole of it where no answer is fixed; a note."""

    low: int
    high: int
    note: str

    def name(self, number: float) -> str:
        """Say where a confidence lies: inside the range, below or above it."""
        return _place(number, self.low, self.high, (BELOW, INSIDE, ABOVE))


@dataclass(frozen=True)
class Rubric:
    """How a text of the learner's own is judged, and the most points that it can have."""

    text: str
    points: int


Key = Choice | Order | Pairs | Spans | Number | Confidence | Rubric


def parse_key(kind: str, key: str) -> Key:
    """Return the key of an exercise of one kind as a value.

    Raises ValueError, which says what was expected, when the key is not written as its kind
    needs it. Whether it fits the options is another question: see lessons/case/exercises.py.
    """
    if kind not in _PARSERS:
        raise ValueError("a kind of exercise: " + ", ".join(_PARSERS))
    return _PARSERS[kind](key)


def answers_to_explain(key: Key, options: Sequence[str]) -> list[str]:
    """Return what exercise_options.csv has to explain, in order; data/README.md says why."""
    if isinstance(key, Spans):
        return [*dict.fromkeys(quote for _, quote in key.spans), OTHER]
    if isinstance(key, Number):
        # Nothing that is counted can be fewer than none.
        return [RIGHT, *[TOO_LOW] * (key.low != 0), TOO_HIGH]
    if isinstance(key, Confidence):
        return [INSIDE, *[BELOW] * (key.low > 0), *[ABOVE] * (key.high < MOST_SURE)]
    return [] if isinstance(key, Rubric) else list(options)


def explains(key: Key, options: Sequence[str], option: str) -> bool:
    """Tell whether exercise_options.csv may explain this: what it has to, or a miscount."""
    if option in answers_to_explain(key, options):
        return True
    number = as_number(option)
    return isinstance(key, Number) and number is not None and key.name(number) != RIGHT


def as_number(text: str) -> float | None:
    """Return a text as a number, None when it is none (only the digits 0-9 and one point)."""
    found = _RANGE.fullmatch(text.strip())
    return float(found[1]) if found and found[2] is None else None


def _place(number: float, low: float, high: float, names: tuple[str, str, str]) -> str:
    """Return the first name below the range, the second inside it, the third above it."""
    return names[0] if number < low else names[1 + (number > high)]


def _choose_one(key: str) -> Choice:
    """Read the key of choose-one: the option itself."""
    return Choice((_filled(key, "the right option"),))


def _choose_many(key: str) -> Choice:
    """Read the key of choose-many: options parted by ;."""
    return Choice(_parts(key, ";", "right options parted by ';'"))


def _order(key: str) -> Order:
    """Read the key of order: options parted by >, or by = where they are tied."""
    expected = "options parted by ' > ', or by ' = ' where they are tied"
    groups = _parts(key, " > ", expected)
    return Order(tuple(_parts(group, " = ", expected) for group in groups))


def _match(key: str) -> Pairs:
    """Read the key of match: left=right, parted by ;, with | between rights that are as good."""
    expected = "pairs 'left=right' parted by ';', each left side once"
    pairs = [pair.partition("=") for pair in _parts(key, ";", expected)]
    rights = {left: _parts(right, "|", expected) for left, _, right in pairs}
    if len(rights) < len(pairs) or not all(left.strip() for left in rights):
        raise ValueError(expected)
    return Pairs(rights)


def _mark_span(key: str) -> Spans:
    """Read the key of mark-span: passage:quote, parted by |."""
    expected = "quotes such as 'S9:quoted words' parted by ' | '"
    spans = [span.partition(":") for span in _parts(key, " | ", expected)]
    return Spans(
        tuple((_filled(passage, expected), _filled(quote, expected)) for passage, _, quote in spans)
    )


def _number(key: str) -> Number:
    """Read the key of number: one number, or a range."""
    found = _RANGE.fullmatch(key)
    if not found or float(found[1]) > float(found[2] or found[1]):
        raise ValueError("a number such as 124, or a range such as 120-130")
    return Number(float(found[1]), float(found[2] or found[1]))


def _confidence(key: str) -> Confidence:
    """Read the key of slider-confidence: a range, a range with a note, or a note alone."""
    found = _SURE.fullmatch(key)
    if not found:
        expected = "a range such as 0-25, with a note such as '0-25: at first', or a sentence"
        if not re.match(r"[^\W0-9]", key):
            raise ValueError(expected)
        return Confidence(0, MOST_SURE, key)
    low, high = int(found[1]), int(found[2])
    if not low <= high <= MOST_SURE:
        raise ValueError("a range between 0 and 100, the smaller number first")
    return Confidence(low, high, found[3] or "")


def _short_text(key: str) -> Rubric:
    """Read the key of short-text: a rubric that says how many points there are."""
    found = _RUBRIC.fullmatch(key)
    if not found:
        raise ValueError("a rubric that begins as 'Rubric 0-2' does")
    return Rubric(key, int(found[1]))


def _parts(text: str, separator: str, expected: str) -> tuple[str, ...]:
    """Take a text apart; raises ValueError when a part is empty."""
    return tuple(_filled(part, expected) for part in text.split(separator))


def _filled(text: str, expected: str) -> str:
    """Return a text that says something; raises ValueError when it does not."""
    if not text.strip():
        raise ValueError(expected)
    return text


_PARSERS: dict[str, Callable[[str], Key]] = {
    "choose-one": _choose_one,
    "choose-many": _choose_many,
    "mark-span": _mark_span,
    "order": _order,
    "number": _number,
    "short-text": _short_text,
    "slider-confidence": _confidence,
    "match": _match,
}
