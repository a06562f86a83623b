"""Offsets at the browser's border: Python counts code points, JavaScript UTF-16 code units."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# These characters (emoji, for one) take two UTF-16 code units, a surrogate pair.
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


def to_utf16(text: str, offset: int) -> int:
    """Turn an offset in code points into one in UTF-16 code units.

    Raises ValueError when the offset is not within the text. For many offsets of one text use
    to_utf16_many.
    """
    return to_utf16_many(text, [offset])[0]


def from_utf16(text: str, offset: int) -> int:
    """Turn an offset in UTF-16 code units into one in code points.

    Raises ValueError when the offset is not within the text or falls inside a character. For
    many offsets of one text use from_utf16_many.
    """
    return from_utf16_many(text, [offset])[0]


def to_utf16_many(text: str, offsets: Iterable[int]) -> list[int]:
    """Turn offsets in code points, in any order, into UTF-16 code units; reads the text once.

    Raises ValueError when an offset is not within the text.
    """
    pairs = _two_unit_positions(text)
    return [
        _within(offset, len(text), "code points") + bisect_left(pairs, offset) for offset in offsets
    ]


def from_utf16_many(text: str, offsets: Iterable[int]) -> list[int]:
    """Turn offsets in UTF-16 code units, in any order, into code points; reads the text once.

    Raises ValueError when an offset is not within the text or falls inside a character.
    """
    pairs = [position + before for before, position in enumerate(_two_unit_positions(text))]
    length = len(text) + len(pairs)
    return [_one_from_utf16(pairs, _within(o, length, "UTF-16 code units")) for o in offsets]


def _one_from_utf16(pairs: list[int], offset: int) -> int:
    """Take off one for each surrogate pair before the offset; `pairs` are where pairs begin."""
    before = bisect_left(pairs, offset)
    if before and pairs[before - 1] == offset - 1:
        raise ValueError(
            f"UTF-16 offset {offset} falls inside the character that takes the code units "
            f"{offset - 1} and {offset} (a surrogate pair); expected an offset between characters."
        )
    return offset - before


def _two_unit_positions(text: str) -> list[int]:
    """Return where the characters stand that take two code units, in code points."""
    return [match.start() for match in _TWO_UNITS.finditer(text)]


def _within(offset: int, length: int, unit: str) -> int:
    """Return the offset; raise ValueError when it is not from 0 to length."""
    if not 0 <= offset <= length:
        raise ValueError(f"Found offset {offset}, expected 0 to {length} {unit} of this text.")
    return offset
