"""The voices that are heard only in quotation marks, inside passages of other voices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.document.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.document.marks import Marks, VoiceMarks
    from lessons.document.paragraphs import Span
    from lessons.document.passages import Passage


@dataclass(frozen=True)
class VoiceSpan:
    """A voice heard inside a passage of another; offsets in code points, end-exclusive."""

    voice: str
    passage_id: str
    start: int
    end: int


def find_quoted_voices(text: str, passages: Sequence[Passage], marks: Marks) -> list[VoiceSpan]:
    """Find the voices that are heard only in quotation marks inside passages of others.

    Returns one row a quotation, in the order of the marks and their `quoted_in`. Raises
    ValueError when `quoted_in` names a passage that is not among the passages, or one that
    quotes nothing.
    """
    by_id = {passage.passage_id: passage for passage in passages}
    return [
        VoiceSpan(voice.voice, passage_id, span.start, span.end)
        for voice in marks.inner
        for passage_id in voice.quoted_in
        for span in _quoted_by(text, by_id.get(passage_id), voice, passage_id)
    ]


def _quoted_by(
    text: str, passage: Passage | None, voice: VoiceMarks, passage_id: str
) -> list[Span]:
    """Return the quotations of one passage; ValueError when there are none."""
    found = find_quotations(text, passage.start, passage.end) if passage else []
    if not found:
        what = "which quotes nothing" if passage else "which is no passage of this text"
        raise ValueError(
            f"Voice {voice.voice!r}: 'quoted_in' names {passage_id!r}, {what}; "
            "expected the id of a passage with quotation marks."
        )
    return found
