"""From a text and the marks of its voices to passages, sentences, quotations and offsets.

This layer knows text only. All offsets are Unicode code points, end-exclusive.
"""

from lessons.document.marks import Marks, MarksError, VoiceMarks
from lessons.document.offsets import from_utf16, from_utf16_many, to_utf16, to_utf16_many
from lessons.document.paragraphs import Span, find_paragraphs, trimmed, word_count
from lessons.document.passages import Passage, between, find_passages, without_label
from lessons.document.quotations import find_quotations
from lessons.document.sentences import find_quoted_sentences, find_sentences
from lessons.document.voices import VoiceSpan, find_quoted_voices

__all__ = [
    "Marks",
    "MarksError",
    "Passage",
    "Span",
    "VoiceMarks",
    "VoiceSpan",
    "between",
    "find_paragraphs",
    "find_passages",
    "find_quotations",
    "find_quoted_sentences",
    "find_quoted_voices",
    "find_sentences",
    "from_utf16",
    "from_utf16_many",
    "to_utf16",
    "to_utf16_many",
    "trimmed",
    "without_label",
    "word_count",
]
