"""From a text and the marks of its voices to passages: who speaks where."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.document.paragraphs import Span, find_paragraphs, trimmed, word_count
from lessons.document.quotations import opens_quotation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lessons.document.marks import Marks

_SENTENCE_ENDS = ".:?!\u2026\u3002\uff01\uff1f"
_AFTER_SENTENCE_END = "\"'\u201d\u201c\u2019\u2018\u00bb\u00ab\u203a\u2039\u300d\u300f"


@dataclass(frozen=True)
class Passage:
    """A paragraph with its voice; offsets in code points, end-exclusive; words with its label."""

    passage_id: str
    order: int
    voice: str
    label: str
    start: int
    end: int
    words: int


def find_passages(text: str, marks: Marks) -> list[Passage]:
    """Find who speaks where: every paragraph of the text as a passage of one voice.

    The rules, in this order: what stands above the first paragraph that carries a label or ends
    like a sentence is masthead; the end matter begins with the first paragraph after the last
    labelled one that opens with one of its phrases; a label gives the voice; a paragraph that
    opens with a quotation mark goes on with the quoted voice before it; the rest is the default
    voice's. Ids are the voice's prefix and a running number.

    Returns the passages in order of the text, order counting from 1; [] for an empty text.
    """
    paragraphs = find_paragraphs(text)
    labels = _printed_labels(text, paragraphs, marks)
    speakers = _speakers(text, paragraphs, labels, marks)
    numbers: Counter[str] = Counter()
    passages = []
    for order, (span, label, (voice, prefix)) in enumerate(
        zip(paragraphs, labels, speakers, strict=True), 1
    ):
        numbers[prefix] += 1
        words = word_count(text[span.start : span.end])
        passage_id = f"{prefix}{numbers[prefix]}"
        passages.append(Passage(passage_id, order, voice, label, span.start, span.end, words))
    return passages


def between(text: str, passages: Sequence[Passage]) -> list[str]:
    """Return what lies before, between and after the passages: one piece more than passages.

    Pieces and passages by turns give the text back exactly. Raises ValueError when the passages
    are not in order, overlap, or reach beyond the text.
    """
    pieces: list[str] = []
    position = 0
    for passage in passages:
        if not position <= passage.start <= passage.end <= len(text):
            raise ValueError(
                f"Passage {passage.passage_id}: found {passage.start} to {passage.end}, expected "
                f"a place between {position} (end of the passage before) and {len(text)} (end of "
                "the text)."
            )
        pieces.append(text[position : passage.start])
        position = passage.end
    return [*pieces, text[position:]]


def without_label(text: str, passage: Passage) -> Span:
    """Return the span of a passage's own words, in code points: its label and colon left out."""
    if not passage.label:
        return Span(passage.start, passage.end)
    printed = _label_pattern([passage.label]).match(text, passage.start, passage.end)
    return trimmed(text, printed.end() if printed else passage.start, passage.end)


def _printed_labels(text: str, paragraphs: Sequence[Span], marks: Marks) -> list[str]:
    """Return the label that each paragraph carries, "" where there is none."""
    if not marks.labelled:
        return [""] * len(paragraphs)
    pattern = _label_pattern(list(marks.labelled))
    found = (pattern.match(text, span.start, span.end) for span in paragraphs)
    return [match.group(1) if match else "" for match in found]


def _label_pattern(labels: Sequence[str]) -> re.Pattern[str]:
    """Match a label and its colon, which French sets off by a no-break space."""
    words = "|".join(re.escape(label) for label in labels)
    return re.compile(rf"({words})[^\S\r\n]*[:\uff1a]")


def _speakers(
    text: str, paragraphs: Sequence[Span], labels: Sequence[str], marks: Marks
) -> Iterator[tuple[str, str]]:
    """Yield the voice of each paragraph and the prefix of its passage id."""
    first, after_last = _body(text, paragraphs, labels, marks)
    speaker = marks.default
    for place, (span, label) in enumerate(zip(paragraphs, labels, strict=True)):
        goes_on = speaker.quoted and opens_quotation(text, span.start, span.start, span.end)
        if place < first:
            speaker = marks.masthead or marks.default
        elif place >= after_last:
            speaker = marks.end_matter or marks.default
        elif label:
            speaker = marks.labelled[label]
        elif not goes_on:
            speaker = marks.default
        yield speaker.voice, speaker.prefix_for(label, goes_on=goes_on)


def _body(
    text: str, paragraphs: Sequence[Span], labels: Sequence[str], marks: Marks
) -> tuple[int, int]:
    """Return the places of the first body paragraph and of the first one after the body."""
    first = _after_masthead(text, paragraphs, labels) if marks.masthead else 0
    if marks.end_matter is None:
        return first, len(paragraphs)
    search_from = max((n + 1 for n, label in enumerate(labels) if label), default=first)
    ends = (
        place
        for place in range(search_from, len(paragraphs))
        if text.startswith(marks.end_matter.opens_with, paragraphs[place].start)
    )
    return first, next(ends, len(paragraphs))


def _after_masthead(text: str, paragraphs: Sequence[Span], labels: Sequence[str]) -> int:
    """Return the place of the first paragraph that carries a label or ends like a sentence.

    Where no paragraph does, nothing tells a masthead from a body, and all of it is body.
    """
    for place, (span, label) in enumerate(zip(paragraphs, labels, strict=True)):
        if label or _ends_like_a_sentence(text, span):
            return place
    return 0


def _ends_like_a_sentence(text: str, span: Span) -> bool:
    """Tell whether the span ends in sentence punctuation, closing quotation marks aside."""
    last = span.end - 1
    while last > span.start and text[last] in _AFTER_SENTENCE_END:
        last -= 1
    return text[last] in _SENTENCE_ENDS
