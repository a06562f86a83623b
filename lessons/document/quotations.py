"""Finding what stands inside quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lessons.document.paragraphs import Span, find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

# What can close a quotation, by what opened it. Some marks open in one language and close in
# another: German writes low-high, Danish guillemets pointing inwards, Swedish two equal marks.
_CLOSERS = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab\u00bb",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "'": "'",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "\u2039": "\u203a",
    "\u203a": "\u2039\u203a",
}
_OPENERS = re.compile("[" + "".join(_CLOSERS) + "]")
# These look the same at both ends of some quotations, so their place decides what they are.
_OPENS_ONLY_BEFORE_A_WORD = "\u201d\u00bb\u203a'"
# A single mark can be an apostrophe: one that never closes opened nothing.
_SINGLE = "'\u2018\u201a"
_APOSTROPHES = "'\u2018\u2019"
_ELISION = re.compile(
    r"['\u2018\u2019](?:\d0s|(?:tis|twas|em|til|cause|bout|round|n)\b)", re.IGNORECASE
)


def find_quotations(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Find what stands inside quotation marks between start and end, the marks excluded.

    Straight, curly, low-high and corner marks and guillemets, double and single, are known; an
    apostrophe is no quotation mark. A quotation inside a quotation is not listed by itself: ask
    again with the span of the outer one. A double mark that never closes reaches to the end of
    its paragraph, as where a quotation runs over several paragraphs.

    Returns spans in code points, end-exclusive, in order. Raises ValueError when start and end
    are not offsets of this text.
    """
    paragraphs = find_paragraphs(text, start, end)
    return [quotation for paragraph in paragraphs for quotation in _in_paragraph(text, paragraph)]


def opens_quotation(text: str, at: int, start: int, end: int) -> bool:
    """Tell whether the character at this offset opens a quotation in the stretch start to end."""
    return text[at] in _CLOSERS and _opens(text, at, Span(start, end))


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the quotations of one paragraph, outermost only."""
    position = paragraph.start
    never_closes: set[str] = set()
    while opener := _OPENERS.search(text, position, paragraph.end):
        position, mark = opener.end(), opener.group()
        if mark in never_closes or not _opens(text, opener.start(), paragraph):
            continue
        closer = _closing_mark(text, opener.start(), paragraph.end)
        if closer is None and mark in _SINGLE:
            # Looking on from each of them would read the paragraph again and again.
            never_closes.add(mark)
            continue
        last = paragraph.end if closer is None else closer
        yield Span(opener.end(), last)
        position = min(last + 1, paragraph.end)


def _opens(text: str, at: int, paragraph: Span) -> bool:
    """Tell whether the quotation mark at this offset opens a quotation rather than closes one."""
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    mark = text[at]
    if mark == '"':
        return not before.isdigit()  # 5'10": the inch sign
    if mark in _APOSTROPHES and (before.isalnum() or _ELISION.match(text, at)):
        return False
    if mark in _OPENS_ONLY_BEFORE_A_WORD:
        return not after.isspace() and (before.isspace() or before in '([{\u2013\u2014-"\u201c')
    return True


def _closing_mark(text: str, opened_at: int, end: int) -> int | None:
    """Return the offset of the mark that closes the quotation opened here, or None."""
    opener = text[opened_at]
    closers = _CLOSERS[opener]
    depth = 0
    for match in re.compile(f"[{opener}{closers}]").finditer(text, opened_at + 1, end):
        mark, at = match.group(), match.start()
        if mark in _APOSTROPHES and not _can_close(text, at, end):
            continue
        if mark not in closers:
            depth += 1  # the same kind of quotation inside this one
        elif depth == 0:
            return at
        else:
            depth -= 1
    return None


def _can_close(text: str, at: int, end: int) -> bool:
    """Tell whether a single mark can close: after something, and not inside a word."""
    return not text[at - 1].isspace() and not (at + 1 < end and text[at + 1].isalnum())
