"""What is said when claims have been sorted: counts in plain sentences, and no praise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of
from lessons.analysis.sorting import FEWEST, label_effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

NOTHING = (
    "You have not sorted a card yet, so there is nothing to compare. "
    "One card is enough to begin: which one looks easy?"
)
ONLY_YOU = (
    "This says something about you and these cards only: another draw may turn out otherwise."
)
SEEN_BEFORE = (
    "You may have seen these labels before, in the reader: a hidden label is not an unknown one."
)
_SOME = 3  # cards, from which on a single bin is worth a word


def sorting_sentences(cards: pd.DataFrame, words: Mapping[str, str]) -> list[str]:
    """Say what came of sorting: your kinds beside those of the readings.

    `cards` is a table of `sorted_cards`, `words` the kinds as they stand on the screen.
    """
    if cards.empty:
        return [NOTHING]
    return [*_one_bin(cards, words), *_beside(cards)]


def _one_bin(cards: pd.DataFrame, words: Mapping[str, str]) -> list[str]:
    """Say that all cards lie in one bin, and what may help to look again."""
    kinds = set(cards["kind"])
    if len(cards) < _SOME or len(kinds) > 1:
        return []
    readers = [f"{name} used {counted(cards[name].nunique(), 'kind')}" for name in _readers(cards)]
    said = f"You put all {len(cards)} cards into one bin: {words[kinds.pop()]}."
    others = f" For the same cards {' and '.join(readers)}." if readers else ""
    return [f"{said}{others} Take two of the cards and look for what sets them apart."]


def _beside(cards: pd.DataFrame) -> list[str]:
    """Count where the readings agree with each other and with the learner."""
    names = _readers(cards)
    if len(names) < 2:  # noqa: PLR2004
        return []
    agree = (cards[names].eq(cards[names[0]], axis=0)).all(axis=1)
    same = agree & (cards["kind"] == cards[names[0]])
    said = f"You compared {counted(len(cards), 'card')}. The two readings agree on {agree.sum()}"
    said += f", and on {same.sum()} of these your kind is theirs."
    count = int((~agree).sum())
    if not count:
        return [said]
    return [said, f"On {count} the readings differ: there the question is open."]


def label_sentences(cards: pd.DataFrame, kind: str, word: str) -> list[str]:
    """Say what the labels did, for this learner and as an observation only.

    `cards` is a table of `sorted_cards`; `kind` is the one that is counted, `word` its word. The
    last sentences say how little it means. Empty when no card had a label in print.
    """
    counts = label_effect(cards, kind)
    if counts.empty:
        return []
    said = [_one_label(f'Label "{row.Index}:": where it', row, word) for row in rows_of(counts)]
    if len(counts) > 1:
        both = counts.sum().to_frame("All labels together: where one").T
        said += [_one_label(row.Index, row, word) for row in rows_of(both)]
    return [*said, ONLY_YOU, SEEN_BEFORE]


def _one_label(where: str, row: pd.Series[int], word: str) -> str:
    """Say two counts, and whether they are enough to say anything."""
    said = (
        f"{where} was shown you called {row.shown} of {counted(row.of_shown, 'card')} "
        f"{word}, where it was hidden {row.hidden} of {counted(row.of_hidden, 'card')}."
    )
    return said if min(row.of_shown, row.of_hidden) >= FEWEST else f"{said} Too few to say."


def _readers(cards: pd.DataFrame) -> list[str]:
    return [str(name) for name in cards.columns if str(name).startswith("Reader ")]
