"""Points for an answer to an exercise, and what in it was right.

The browser scores the same way, so that feedback needs no kernel: both are tested against
tests/shared_cases/scoring.json. Offsets are Unicode code points, end-exclusive.

The rules, by kind; points go from 0 to 1:

choose-one         1 for the right option, else 0.
choose-many        Right picks minus wrong picks, of all right options; never below 0.
order              Of all pairs of neighbours in the key, the share that the answer has in order.
                   Where options are tied, each of them is a neighbour of what comes before and
                   after the tie; which of the tied ones comes first makes no difference.
match              The share of left sides with a right side that the key accepts.
number             1 for the number, or for one within the range, else 0.
mark-span          Whole words count: a word is marked when more than half of it is, so that a
                   slip at the edge of a word costs nothing. The points are
                   2 x share x purity / (share + purity). Share: how much of each quote was marked,
                   in characters, averaged over the quotes. Purity: how much of what was marked
                   stands in the quotes.
slider-confidence, short-text, and every question of judgement have no points: None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TYPE_CHECKING

from lessons.analysis.rows import records_of
from lessons.case.keys import (
    INSIDE,
    OTHER,
    RIGHT,
    Choice,
    Confidence,
    Key,
    Number,
    Order,
    Pairs,
    Spans,
    as_number,
    parse_key,
)

if TYPE_CHECKING:
    from lessons.case import Case

# What parts words, and what may stand at their edges; written out, because Python and JavaScript
# do not agree on \s.
_WORD = re.compile("[^ \t\r\n\u00a0]+")
_EDGES = ".,;:!?\"'()[]-\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_HALF = 0.5

Span = tuple[int, int]


@dataclass(frozen=True)
class Exercise:
    """What is needed to score an answer.

    spans: where the quotes of a mark-span key stand in `text`, in the order of the key.
    """

    kind: str
    options: tuple[str, ...]
    key: Key
    judgement: bool = False
    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Score:
    """How good an answer is: points from 0 to 1, None where there is no right answer.

    right: by name, as in the column `option` of exercise_options.csv. For choose-one and
    choose-many every option, and whether it belongs to the key; for order every option, and whether
    it stands where it may; for match every left side; for mark-span every quote, and whether half
    of it was marked, and `something else: False` when other words were marked; for number and
    slider-confidence the one name that says where the answer lies. Empty for a judgement.
    """

    points: float | None
    right: dict[str, bool] = field(default_factory=dict)


def exercise_of(case: Case, exercise_id: str) -> Exercise:
    """Return what is needed to score answers to an exercise of a case."""
    row = records_of(case.exercises)[exercise_id]
    key = parse_key(row["kind"], row["key"])
    spans = _places(case, key) if isinstance(key, Spans) else ()
    judgement = row["judgement"] == "yes"
    return Exercise(row["kind"], tuple(row["options"]), key, judgement, case.text, spans)


def score(exercise: Exercise, answer: object) -> Score:
    """Score an answer by the rules above.

    answer: the option (choose-one), a list of options (choose-many, order), a dict from left to
    right (match), a number or the text of one (number, slider-confidence), or a list of [start,
    end] in the exercise's text (mark-span). What is missing or unknown in it counts as not right.
    """
    key = exercise.key
    if exercise.judgement:
        return Score(None)
    if isinstance(key, Choice):
        return _score_choice(exercise, key, set(_texts(answer)))
    if isinstance(key, Order):
        return _score_order(key, _texts(answer))
    if isinstance(key, Pairs):
        return _score_pairs(key, answer)
    if isinstance(key, Number | Confidence):
        return _score_number(key, name_of_number(exercise, answer))
    return _score_spans(exercise, key, _spans(answer)) if isinstance(key, Spans) else Score(None)


def name_of_number(exercise: Exercise, answer: object) -> str:
    """Return the name under which exercise_options.csv explains a number.

    `right`, `too low` or `too high`; for a slider `inside`, `below` or `above`, also where the
    question is one of judgement; "" when the answer is no number or the kind has none.
    """
    number, key = as_number(str(answer)), exercise.key
    return key.name(number) if isinstance(key, Number | Confidence) and number is not None else ""


def _score_choice(exercise: Exercise, key: Choice, picked: set[str]) -> Score:
    """Score one or many picked options."""
    right = set(key.right)
    hits, wrong = len(picked & right), len(picked - right)
    points = max(0.0, (hits - wrong) / len(right))
    return Score(points, {option: option in right for option in exercise.options})


def _score_order(key: Order, answer: list[str]) -> Score:
    """Score an order by the pairs of neighbours that stand in it as in the key."""
    places = {item: place for place, item in enumerate(answer)}
    pairs = [pair for groups in pairwise(key.groups) for pair in product(*groups)]
    # An option that was left out stands nowhere, so it is in order with nothing.
    kept = sum(a in places and b in places and places[a] < places[b] for a, b in pairs)
    right: dict[str, bool] = {}
    first = 0
    for group in key.groups:
        may_stand = range(first, first + len(group))
        right |= {item: places.get(item, -1) in may_stand for item in group}
        first += len(group)
    return Score(kept / len(pairs) if pairs else 1.0, right)


def _score_pairs(key: Pairs, answer: object) -> Score:
    """Score which right sides were put to the left ones."""
    given = answer if isinstance(answer, Mapping) else {}
    right = {left: given.get(left) in rights for left, rights in key.rights.items()}
    return Score(sum(right.values()) / len(right), right)


def _score_number(key: Number | Confidence, name: str) -> Score:
    """Score a number by the name of its place; a confidence has no points."""
    right = {name: name in (RIGHT, INSIDE)} if name else {}
    return Score(None if isinstance(key, Confidence) else float(name == RIGHT), right)


def _score_spans(exercise: Exercise, key: Spans, marks: list[Span]) -> Score:
    """Score marks by the words that they share with the quotes of the key."""
    words = word_spans(exercise.text)
    marked = words_within(words, marks)
    quotes = [words_within(words, [span]) for span in exercise.spans]
    shares = [length_of(quote & marked) / (length_of(quote) or 1) for quote in quotes]
    share = sum(shares) / len(shares)
    purity = length_of(marked.intersection(set().union(*quotes))) / (length_of(marked) or 1)
    named = zip((quote for _, quote in key.spans), shares, strict=True)
    right = {quote: part >= _HALF for quote, part in named}
    if marked and purity < 1:
        right[OTHER] = False
    return Score(2 * share * purity / (share + purity) if share else 0.0, right)


def word_spans(text: str) -> list[Span]:
    """Return where the words of a text stand, without the punctuation at their edges."""
    found = []
    for match in _WORD.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(_EDGES))
        end = start + len(match[0].strip(_EDGES))
        if start < end:
            found.append((start, end))
    return found


def words_within(words: list[Span], spans: list[Span]) -> set[Span]:
    """Return the words that lie for more than half within some spans; spans may overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return {word for word in words if sum(_overlap(word, s) for s in merged) > _half(word)}


def _overlap(word: Span, span: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(word[1], span[1]) - max(word[0], span[0]))


def _half(word: Span) -> float:
    """Return half the length of a word."""
    return (word[1] - word[0]) * _HALF


def length_of(words: set[Span]) -> int:
    """Return how many characters some words have together."""
    return sum(end - start for start, end in words)


def _places(case: Case, key: Spans) -> tuple[Span, ...]:
    """Return where the quotes of a key stand in the document."""
    starts = case.passages["start"]
    found = [(case.quote(passage).index(quote), passage, quote) for passage, quote in key.spans]
    return tuple(
        (int(starts[passage]) + at, int(starts[passage]) + at + len(quote))
        for at, passage, quote in found
    )


def _texts(answer: object) -> list[str]:
    """Return the options of an answer, one alone or several."""
    if isinstance(answer, str):
        return [answer]
    several = answer if isinstance(answer, Sequence) else []
    return [item for item in several if isinstance(item, str)]


def _spans(answer: object) -> list[Span]:
    """Return the marks of an answer as spans."""
    several = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else []
    return [(int(start), int(end)) for start, end in several]
