"""How far readers agree on what they marked in a text, and under which label.

All functions take a table of marks, one row a mark: reader, start, end (code points,
end-exclusive) and label. The same for both voices, for the two readings and for a class.

F1       Of two readers: 2 x what both marked under the same label / (what the one marked + what
         the other marked), counted in characters; 1 when both marked the same, 0 when nothing.
         Who is compared with whom makes no difference.
forgiving  The same, counted in the characters of whole words: a word is marked when more than
         half of it is, so that a slip at the edge of a word costs nothing.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from lessons.analysis.rows import rows_of
from lessons.analysis.words import words_of, words_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lessons.analysis.words import Span

Marked = set[tuple[str, int]]


def span_agreement(marks: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return how far each two readers agree on their marks, those furthest apart first.

    Columns: first, second (names, in the order of the alphabet), characters_first,
    characters_second, characters_both (under the same label), f1, forgiving. NaN where neither
    marked anything (in whole words).
    """
    exact = _by_reader(marks)
    wide = _by_reader(to_whole_words(marks, text))
    rows = []
    for first, second in combinations(sorted(exact), 2):
        one, other = exact[first], exact[second]
        forgiving = _f1(wide.get(first, set()), wide.get(second, set()))
        sizes = (len(one), len(other), len(one & other))
        rows.append((first, second, *sizes, _f1(one, other), forgiving))
    characters = ["characters_first", "characters_second", "characters_both"]
    columns = ["first", "second", *characters, "f1", "forgiving"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["f1", "first", "second"]).reset_index(drop=True)


def to_whole_words(marks: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return the marks widened, or narrowed, to the words that they cover for more than half.

    Marks of one reader under one label are taken together; the result has a row for each word.
    """
    words = words_of(text)
    rows = [
        (reader, label, *word)
        for (reader, label), group in marks.groupby(["reader", "label"])
        for word in sorted(words_within(words, _spans(group)))
    ]
    return pd.DataFrame(rows, columns=["reader", "label", "start", "end"])


def label_presence(
    marks: pd.DataFrame, passages: Iterable[str], labels: Iterable[str], readers: Iterable[str]
) -> pd.DataFrame:
    """Return whether each reader marked each label in each passage, as answers to compare.

    `marks` has the columns reader, passage_id, label. Columns: unit ("passage label"), reader,
    value ("yes" or "no"), block (the passage): a table for lessons.analysis.agreement.
    """
    marked = set(zip(marks["reader"], marks["passage_id"], marks["label"], strict=True))
    names, kinds = list(labels), list(readers)
    rows = [
        (f"{passage} {label}", reader, _yes((reader, passage, label) in marked), passage)
        for passage in passages
        for label in names
        for reader in kinds
    ]
    return pd.DataFrame(rows, columns=["unit", "reader", "value", "block"])


def _yes(present: bool) -> str:  # noqa: FBT001  (a word for a truth value)
    return "yes" if present else "no"


def _by_reader(marks: pd.DataFrame) -> dict[str, Marked]:
    """Return for each reader the characters that were marked, each with its label."""
    return {str(reader): _characters(group) for reader, group in marks.groupby("reader")}


def _characters(marks: pd.DataFrame) -> Marked:
    return {(row.label, at) for row in rows_of(marks) for at in range(row.start, row.end)}


def _spans(marks: pd.DataFrame) -> list[Span]:
    return [(int(row.start), int(row.end)) for row in rows_of(marks)]


def _f1(one: Marked, other: Marked) -> float:
    """Return twice what is common, of both together; NaN where both are empty."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else float("nan")
