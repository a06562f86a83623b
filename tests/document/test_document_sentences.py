"""Sentences: where they end, and that pysbd can do no harm to offsets."""

import time
from unittest.mock import patch

import pytest

from lessons.document import find_quoted_sentences, find_sentences, sentences


def cut(text, *area):
    return [text[s.start : s.end] for s in find_sentences(text, *area)]


class Segmenter:
    """Stands in for pysbd and answers with what it was given."""

    def __init__(self, *pieces):
        self.pieces = pieces

    def segment(self, _text):
        return list(self.pieces)


def cut_by(text, *pieces):
    with patch.object(sentences, "_segmenter", lambda: Segmenter(*pieces)):
        return cut(text)


def test_abbreviations_do_not_end_a_sentence():
    assert cut("Mr. Putin met U.S. officials. They agreed.") == [
        "Mr. Putin met U.S. officials.",
        "They agreed.",
    ]


def test_a_line_break_does_not_end_a_sentence_but_a_blank_line_does():
    text = "They met\r\nin Danang\n\nThey agreed.\u00a0 They left."
    assert cut(text) == ["They met\r\nin Danang", "They agreed.", "They left."]


def test_a_quotation_stays_with_its_sentence_and_can_be_asked_for_alone():
    text = 'JS: "They met. They agreed."'
    assert cut(text) == [text]
    found = [text[s.start : s.end] for s in find_quoted_sentences(text)]
    assert found == ["They met.", "They agreed."]


@pytest.mark.parametrize("text", ["", " \n\n\u00a0"])
def test_nothing_has_no_sentences(text):
    assert find_sentences(text) == []
    assert find_quoted_sentences(text) == []


def test_only_the_part_that_was_asked_for():
    assert cut("One here. Two here. Three here.", 4, 19) == ["here.", "Two here."]
    with pytest.raises(ValueError, match="expected 0 <= start"):
        find_sentences("One.", -1)


@pytest.mark.parametrize("part", ["\u222f", "\u0238", "&\u14f4&", "\U0001f600 e\u0301", "\\1"])
def test_characters_that_pysbd_uses_for_itself_survive(part):
    text = f"{part} They met. They agreed. {part}"
    assert " ".join(cut(text)) == text


def test_a_sentence_that_pysbd_changed_stays_with_the_one_before():
    text = "One is. Two is. Three is."
    assert cut_by(text, "One is. ", "Two xx. ", "Three is.") == ["One is. Two is.", "Three is."]


def test_a_sentence_that_pysbd_dropped_stays_with_the_one_before():
    assert cut_by("One. Two. Three.", "One. ", "Three.") == ["One. Two.", "Three."]
    assert cut_by("One. Two. Three.", "Two. ") == ["One.", "Two. Three."]


def test_pysbd_may_answer_nothing_or_nonsense():
    assert cut_by("One. Two.") == ["One. Two."]
    assert cut_by("One. Two.", "", " ", "Nine.", "Two.", "One.") == ["One.", "Two."]


def test_a_long_paragraph_is_cut_as_a_short_one():
    text = "Mr. Smith of the U.S. spoke. " * 500
    assert cut(text) == ["Mr. Smith of the U.S. spoke."] * 500


def test_a_sentence_that_begins_where_a_window_ends():
    text = "They met today. They left now. " * 9
    for window in range(30, 34):
        with patch.object(sentences, "_WINDOW", window):
            assert cut(text) == ["They met today.", "They left now."] * 9


def test_a_sentence_longer_than_a_window():
    long = "and " * 2000 + "so on."
    assert cut(f"They met. {long} They left.") == ["They met.", long, "They left."]


def test_a_long_paragraph_takes_time_in_proportion():
    text = "Mr. Smith of the U.S. spoke. " * 4000
    start = time.perf_counter()
    find_sentences(text)
    assert time.perf_counter() - start < 5  # measured: 0.4 s; pysbd alone on all of it: 7 s
