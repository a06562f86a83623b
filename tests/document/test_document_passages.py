"""Passages: the rules one by one, and texts at the edge."""

import subprocess
import sys
import time

import pytest

from lessons.document import (
    Marks,
    Passage,
    VoiceMarks,
    between,
    find_paragraphs,
    find_passages,
    find_quoted_voices,
    without_label,
    word_count,
)


def voices(text, marks):
    return [(p.passage_id, p.voice) for p in find_passages(text, marks)]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u00a0\r\n \t\r\n", "\r\r"])
def test_a_text_with_nothing_in_it_has_no_passages(text, marks):
    assert find_passages(text, marks) == []
    assert between(text, []) == [text]


def test_a_label_alone_is_a_passage(marks):
    assert find_passages("JS:", marks) == [Passage("S1", 1, "statement", "JS", 0, 3, 1)]


def test_a_label_alone_is_followed_by_its_quotation(marks):
    assert voices('JS:\n\n"They met."', marks) == [("S1", "statement"), ("S2", "statement")]


def test_no_label_at_all(marks):
    found = voices("A title\n\nThey met.\n\nNothing new\n\nVISIT MY NEW WEB SITE", marks)
    assert [v for _, v in found] == ["masthead", "commentary", "commentary", "end matter"]


def test_where_nothing_ends_like_a_sentence_there_is_no_masthead(marks):
    assert voices("one\n\ntwo", marks) == [("A1", "commentary"), ("A2", "commentary")]


@pytest.mark.parametrize("end", [".", ":", "?", "!", '."', ".\u201d", "?'", "\u2026", "!\u00bb"])
def test_the_masthead_ends_where_a_paragraph_ends_like_a_sentence(end, marks):
    assert voices(f"A title\n\nThey met{end}", marks)[1] == ("A1", "commentary")


def test_the_masthead_ends_at_a_label(marks):
    assert voices("A title\n\nby someone\n\nFact: no", marks)[2] == ("F1", "commentary")


def test_a_title_in_quotation_marks_is_still_masthead(marks):
    assert voices('"No deal"\n\nThey met.', marks)[0] == ("M1", "masthead")


def test_a_quotation_goes_on_only_after_a_quoted_voice(marks):
    text = 'JS: "One."\n\n"Two."\n\n\u201cThree.\u201d\n\nFact: no.\n\n"Four."\n\nFive.\n\n"Six."'
    assert [v for v, _ in voices(text, marks)] == ["S1", "S2", "S3", "F1", "A1", "A2", "A3"]


def test_an_unlabelled_paragraph_without_marks_ends_the_quotation(marks):
    text = 'JS: "One."\n\nThey left.\n\n"Two."'
    assert [v for v, _ in voices(text, marks)] == ["S1", "A1", "A2"]


def test_an_apostrophe_does_not_go_on_with_a_quotation(marks):
    text = "JS: 'One.'\n\n'Tis over.\n\nJS: 'Two.'\n\n'Three.'"
    assert [v for v, _ in voices(text, marks)] == ["S1", "A1", "S2", "S3"]


def test_end_matter_begins_only_after_the_last_label(marks):
    text = "They met.\n\nVISIT MY NEW WEB SITE\n\nFact: no.\n\nOver.\n\nVISIT MY NEW WEB SITE\n\nx."
    assert [v for v, _ in voices(text, marks)] == ["A1", "A2", "F1", "A3", "E1", "E2"]


def test_a_label_counts_only_at_the_start_and_with_its_colon(marks):
    text = "They met.\n\nThe JS: no.\n\nFactual: no.\n\nFact no.\n\nfact: no.\n\nFact\u00a0: yes."
    assert [p.label for p in find_passages(text, marks)] == ["", "", "", "", "", "Fact"]


def test_a_label_that_begins_like_another():
    marks = Marks(
        (VoiceMarks("a", prefix="A"), VoiceMarks("b", "B", "Q"), VoiceMarks("c", "C", "Q 2"))
    )
    assert voices("Q: one\n\nQ 2: two", marks) == [("B1", "b"), ("C1", "c")]


def test_a_label_is_taken_literally():
    marks = Marks((VoiceMarks("a", prefix="A"), VoiceMarks("b", "B", "Q. (x)*")))
    assert voices("Q. (x)*: one\n\nQq (x): two", marks) == [("B1", "b"), ("A1", "a")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\t\u00a0 "])
def test_paragraphs_stand_between_blank_lines(line_end, blank):
    text = line_end.join(["\u00a0one", "still one ", blank, blank, "  two\u00a0", ""])
    found = [text[p.start : p.end] for p in find_paragraphs(text)]
    assert found == [f"one{line_end}still one", "two"]


def test_carriage_return_and_line_feed_are_one_line_end():
    assert len(find_paragraphs("one\r\nstill one")) == 1
    assert len(find_paragraphs("one\n\rtwo")) == 2


def test_paragraphs_of_a_part_of_the_text():
    text = "one\n\ntwo\n\nthree"
    assert [text[p.start : p.end] for p in find_paragraphs(text, 2, 12)] == ["e", "two", "th"]
    with pytest.raises(ValueError, match="expected 0 <= start <= end <= 15"):
        find_paragraphs(text, 5, 16)


def test_words_are_counted_with_the_label_and_across_no_break_spaces(marks):
    (passage,) = find_passages("JS: \u201cthey\u00a0met \u2013 twice\u201d", marks)
    assert passage.words == 5
    assert word_count(" one\u00a0two\r\nthree ") == 3
    assert word_count("\u00a0") == 0


def test_between_refuses_passages_that_overlap_or_reach_too_far():
    first, second = (Passage("P1", 1, "a", "", 0, 5, 1), Passage("P2", 2, "a", "", 4, 7, 1))
    with pytest.raises(ValueError, match=r"P2: found 4 to 7, expected a place between 5 .* and 9"):
        between("123456789", [first, second])
    with pytest.raises(ValueError, match="P2: found 4 to 7"):
        between("12345", [second])


def test_without_label(marks):
    text = 'JS:\u00a0 "They met."\n\nNo label: here.\n\nFact:'
    own = [without_label(text, p) for p in find_passages(text, marks)]
    assert [text[s.start : s.end] for s in own] == ['"They met."', "No label: here.", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They met.", "which is no passage"),
        ("They met.\n\n" + "Fact: x.\n\n" * 7, "quotes nothing"),
    ],
)
def test_an_inner_voice_that_is_not_there(text, told, marks):
    with pytest.raises(ValueError, match=f"'resolution'.*'F7', .*{told}"):
        find_quoted_voices(text, find_passages(text, marks), marks)


def test_a_megabyte_takes_well_under_a_second(article, marks):
    text = (article + "\n\n") * (1_000_000 // len(article))
    start = time.perf_counter()
    found = find_passages(text, marks)
    assert time.perf_counter() - start < 0.8  # measured: 0.04 s
    assert len(found) == 40 * (1_000_000 // len(article))


@pytest.mark.parametrize("part", ["\n", "\n" + " " * 99 + "x", "\u2018a ", "\u00ab", "'b c "])
def test_no_text_makes_it_slow(part, marks):
    text = part * (300_000 // len(part))
    start = time.perf_counter()
    find_passages(text, marks)
    assert time.perf_counter() - start < 0.8  # measured: under 0.02 s


def test_importing_the_document_layer_is_cheap():
    code = (
        "import sys, lessons.document; "
        "print([m for m in ('pysbd', 'pandas', 'altair') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
