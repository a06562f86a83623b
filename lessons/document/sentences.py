"""Finding sentences, as spans of the text itself."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

from lessons.document.paragraphs import Span, find_paragraphs, trimmed
from lessons.document.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pysbd import Segmenter

# pysbd takes four times as long for twice the text, so it sees a long paragraph by windows of
# this many code points.
_WINDOW = 2000


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Find the sentences between start and end (rules for English, by pysbd).

    A sentence does not reach over a blank line; a single line break does not end one; sentences
    inside quotation marks stay with the sentence that quotes them (see find_quoted_sentences).
    Whatever pysbd answers, every sentence is a stretch of this very text, they are in order, do
    not overlap, and leave only white space between them, at the start and at the end.

    Returns spans in code points, end-exclusive. Raises ValueError when start and end are not
    offsets of this text.
    """
    paragraphs = find_paragraphs(text, start, end)
    return [sentence for paragraph in paragraphs for sentence in _in_paragraph(text, paragraph)]


def find_quoted_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Find the sentences of what is quoted between start and end: label and marks left out.

    Returns spans in code points, end-exclusive. Raises ValueError as find_sentences does.
    """
    quotations = find_quotations(text, start, end)
    return [s for quoted in quotations for s in find_sentences(text, quoted.start, quoted.end)]


def _in_paragraph(text: str, paragraph: Span) -> list[Span]:
    """Cut one paragraph where its sentences begin."""
    starts = list(_sentence_starts(text, paragraph))
    pieces = zip(starts, [*starts[1:], paragraph.end], strict=True)
    sentences = (trimmed(text, start, end) for start, end in pieces)
    return [sentence for sentence in sentences if sentence.start < sentence.end]


def _sentence_starts(text: str, paragraph: Span) -> Iterator[int]:
    """Yield where the sentences of a paragraph begin, window by window."""
    yield paragraph.start
    position = paragraph.start
    while position < paragraph.end:
        window_end = min(position + _WINDOW, paragraph.end)
        later = [position + start for start in _later_starts(text[position:window_end])]
        yield from later
        # The window may have cut its last sentence short: look at that one again, from its start.
        cut_short = later and window_end < paragraph.end
        position = later[-1] if cut_short else window_end


def _later_starts(piece: str) -> list[int]:
    """Return where sentences begin in a piece of text, its first one left out.

    pysbd may change or drop characters. A sentence that is not found again word for word is
    passed over, and so stays with the sentence before it.
    """
    # For pysbd a line break ends a sentence, so it is shown spaces: as many, to keep the offsets.
    plain = re.sub(r"\s", " ", piece)
    starts, position = [], 0
    for sentence in _segmenter().segment(plain):
        words = sentence.strip()
        found = plain.find(words, position) if words else -1
        if found >= 0:
            starts.append(found)
            position = found + len(words)
    return [start for start in starts if start > 0]


@cache
def _segmenter() -> Segmenter:
    """Make pysbd's segmenter, once, and import pysbd only now."""
    with warnings.catch_warnings():
        # Python 3.12 and newer complain, in red, about how pysbd writes its patterns.
        warnings.simplefilter("ignore")
        from pysbd import Segmenter  # noqa: PLC0415 (only find_sentences needs it)

    return Segmenter(language="en", clean=False)
