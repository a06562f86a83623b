"""Spans, the paragraphs of a text, and how words are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A blank line holds nothing but white space (U+00A0 is white space too). The line breaks are in
# atomic groups, so that CR LF can never count as two of them.
_BLANK_LINES = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a text: offsets are Unicode code points, end-exclusive."""

    start: int
    end: int


def word_count(text: str) -> int:
    """Count the words of a text: what stands between white space (U+00A0 is white space)."""
    return len(text.split())


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without white space (U+00A0 too) at its ends; empty when it is all white."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece.rstrip())))


def whole_range(text: str, start: int, end: int | None) -> Span:
    """Return start and end as a span, an end of None being the end of the text.

    Raises ValueError when they are not offsets of this text in order.
    """
    end = len(text) if end is None else end
    if not 0 <= start <= end <= len(text):
        raise ValueError(
            f"Found start {start} and end {end}, expected 0 <= start <= end <= {len(text)}, "
            "the length of the text in code points."
        )
    return Span(start, end)


def find_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Find the paragraphs of a text: blocks between blank lines (LF, CR LF or CR), trimmed.

    Returns spans in code points, end-exclusive. Raises ValueError when start and end are not
    offsets of this text.
    """
    area = whole_range(text, start, end)
    cuts = [area.start]
    for blank in _BLANK_LINES.finditer(text, area.start, area.end):
        cuts += [blank.start(), blank.end()]
    cuts.append(area.end)
    blocks = (trimmed(text, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    return [block for block in blocks if block.start < block.end]
