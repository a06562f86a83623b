"""The words of a text, and which of them some spans cover for more than half.

What is marked by hand begins or ends a letter too early or too late. Counted in whole words, such
a slip makes no difference. Offsets are Unicode code points, end-exclusive. The browser has the same
rules: both are tested against tests/shared_cases/scoring.json.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What parts words, and what may stand at their edges; written out, because Python and JavaScript
# do not agree on \s.
_WORD = re.compile("[^ \t\r\n\u00a0]+")
_EDGES = ".,;:!?\"'()[]-\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_HALF = 0.5

Span = tuple[int, int]


def words_of(text: str) -> list[Span]:
    """Return where the words of a text stand, without the punctuation at their edges."""
    found = []
    for match in _WORD.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(_EDGES))
        end = start + len(match[0].strip(_EDGES))
        if start < end:
            found.append((start, end))
    return found


def words_within(words: Iterable[Span], spans: Iterable[Span]) -> set[Span]:
    """Return the words that lie for more than half within some spans; spans may overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return {word for word in words if sum(_overlap(word, s) for s in merged) > _half(word)}


def length_of(words: Iterable[Span]) -> int:
    """Return how many characters some words have together."""
    return sum(end - start for start, end in words)


def _overlap(word: Span, span: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(word[1], span[1]) - max(word[0], span[0]))


def _half(word: Span) -> float:
    """Return half the length of a word."""
    return (word[1] - word[0]) * _HALF
