"""What must hold for every text: generated ones, with all that makes offsets go wrong."""

import re
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.document import (
    between,
    find_paragraphs,
    find_passages,
    find_quotations,
    find_quoted_sentences,
    find_sentences,
    from_utf16,
    from_utf16_many,
    sentences,
    to_utf16,
    to_utf16_many,
    word_count,
)

ATOMS = [
    *("JS:", "Fact:", "JS :", "VISIT MY NEW WEB SITE", "They met.", "Mr. Lee", "who'll", "U.S."),
    *('"', "'", "\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u201a", "\u00ab", "\u00bb"),
    *("\u2039", "\u203a", "\u300c", "\u300d", ".", "?", "!", ":", "...", "(", ")", "\\1", "1. "),
    *(" ", "  ", "\u00a0", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\u00a0\n", "\u2028"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469", "\U0001f1fb\U0001f1f3", "e\u0301", "\u200b"),
    *("\u222f", "\u0238", "\x00", "\ufeff", "\u0441\u043b\u043e\u0432\u043e", "\u597d"),
]
TEXTS = st.one_of(st.lists(st.sampled_from(ATOMS), max_size=40).map("".join), st.text(max_size=60))
OPENING = "\"'\u201c\u201d\u201e\u2018\u201a\u00ab\u00bb\u2039\u203a\u300c\u300e"
MODERATE = settings(max_examples=150, deadline=None)


def interleaved(text, spans):
    ends = [0, *(s.end for s in spans)]
    starts = [*(s.start for s in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def check_spans(text, spans, start, end):
    """Check that spans are in order, apart, not empty, trimmed, and miss only white space."""
    position = start
    for span in spans:
        assert position <= span.start < span.end <= end
        assert text[position : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end
    assert text[position:end].strip() == ""


@MODERATE
@given(text=TEXTS)
def test_passages_give_the_text_back_byte_for_byte(text, marks):
    passages = find_passages(text, marks)
    check_spans(text, passages, 0, len(text))
    pieces = between(text, passages)
    assert pieces == interleaved(text, passages)
    texts = [text[p.start : p.end] for p in passages]
    together = "".join(a + b for a, b in zip(pieces, [*texts, ""], strict=True))
    assert together.encode("utf-8") == text.encode("utf-8")


@MODERATE
@given(text=TEXTS)
def test_passages_have_unique_ids_in_order_and_all_the_words(text, marks):
    passages = find_passages(text, marks)
    assert [p.order for p in passages] == list(range(1, len(passages) + 1))
    assert len({p.passage_id for p in passages}) == len(passages)
    for prefix in "MSFAE":
        ids = [p.passage_id for p in passages if p.passage_id.startswith(prefix)]
        assert ids == [f"{prefix}{n}" for n in range(1, len(ids) + 1)]
    assert sum(p.words for p in passages) == word_count(text)
    assert all(text.startswith(p.label, p.start) for p in passages)


BLANK_LINES = st.sampled_from(
    ["\n\n", "\r\n\r\n", "\r\r", "\n\u00a0\n", "\r\n \t\r\n\r\n", "\n\n\n"]
)
WORDS = st.sampled_from(["They met", "e\u0301 \U0001f600", "who'll\u00a0lead", "one\r\ntwo", "5 %"])
QUOTES = st.sampled_from(
    ['""', "\u201c\u201d", "\u201e\u201c", "\u00ab\u00bb", "\u2018\u2019", "''"]
)


@st.composite
def articles(draw):
    """Make an article whose passages are known: (passages as (voice, label, text), text)."""

    def quote():
        return draw(WORDS).join(draw(QUOTES))

    rows = [("masthead", "", draw(WORDS)) for _ in range(draw(st.integers(0, 3)))]
    rows.append(("commentary", "", draw(WORDS) + ":"))
    for kind in draw(st.lists(st.sampled_from(["JS", "Fact", "none"]), max_size=6)):
        if kind == "JS":
            rows.append(("statement", "JS", f"JS: {quote()}"))
            rows += [("statement", "", quote()) for _ in range(draw(st.integers(0, 2)))]
        elif kind == "Fact":
            rows.append(("commentary", "Fact", f"Fact: {draw(WORDS)} {quote()}"))
        else:
            rows.append(("commentary", "", draw(WORDS)))
    if draw(st.booleans()):
        rows.append(("end matter", "", "VISIT MY NEW WEB SITE"))
        rows += [("end matter", "", quote()) for _ in range(draw(st.integers(0, 2)))]
    gaps = [draw(st.sampled_from(["", "\n", "\u00a0\r\n"]))]
    gaps += [draw(BLANK_LINES) for _ in rows]
    text = "".join(gap + row[2] for gap, row in zip(gaps, rows, strict=False)) + gaps[-1]
    return rows, text


@MODERATE
@given(article=articles())
def test_voices_of_generated_articles_are_found(article, marks):
    rows, text = article
    found = find_passages(text, marks)
    assert [(p.voice, p.label, text[p.start : p.end]) for p in found] == rows


@MODERATE
@given(text=TEXTS)
def test_paragraphs_are_what_stands_between_blank_lines(text):
    # The slow and obvious way, to compare with: line by line.
    blocks, block = [], ""
    for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text):
        if line.strip():
            block += line
        else:
            blocks.append(block)
            block = ""
    expected = [b.strip() for b in [*blocks, block] if b.strip()]
    assert [text[p.start : p.end] for p in find_paragraphs(text)] == expected


@MODERATE
@given(text=TEXTS, data=st.data())
def test_sentences_cover_the_range_and_leave_only_white_space(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    check_spans(text, find_sentences(text, start, end), start, end)


@MODERATE
@given(text=TEXTS, pieces=st.lists(st.sampled_from(ATOMS), max_size=8), window=st.integers(1, 20))
def test_sentences_hold_whatever_pysbd_answers(text, pieces, window):
    class Segmenter:
        def segment(self, shown):
            return [shown[:3], *pieces, shown[-2:]]

    with (
        patch.object(sentences, "_segmenter", Segmenter),
        patch.object(sentences, "_WINDOW", window),
    ):
        check_spans(text, find_sentences(text), 0, len(text))


@MODERATE
@given(text=TEXTS)
def test_quotations_are_in_order_and_begin_after_a_mark(text):
    position = 0
    for span in find_quotations(text):
        assert position < span.start <= span.end <= len(text)
        assert text[span.start - 1] in OPENING
        assert not re.search(r"\n\s*\n", text[span.start : span.end])
        position = span.end
    sentence_ends = [s.end for s in find_quoted_sentences(text)]
    assert sentence_ends == sorted(set(sentence_ends))


@MODERATE
@given(text=TEXTS)
def test_utf16_there_and_back(text):
    places = list(range(len(text) + 1))
    units = to_utf16_many(text, places)
    assert units == [len(text[:n].encode("utf-16-le")) // 2 for n in places]
    assert from_utf16_many(text, units) == places
    assert [from_utf16(text, to_utf16(text, n)) for n in places] == places
