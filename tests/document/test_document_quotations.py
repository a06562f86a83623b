"""Quotations: what stands inside quotation marks of many styles, and what is no such mark."""

import time

import pytest

from lessons.document import find_quotations


def quoted(text):
    return [text[s.start : s.end] for s in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we agreed" twice.', ["we agreed"]),
        ("He said \u201cwe agreed\u201d twice.", ["we agreed"]),
        ("Er sagte \u201ewir einigten uns\u201c dort.", ["wir einigten uns"]),
        ("Powiedzia\u0142 \u201ezgoda\u201d tam.", ["zgoda"]),
        ("Han sade \u201dvi \u00e4r \u00f6verens\u201d d\u00e4r.", ["vi \u00e4r \u00f6verens"]),
        ("Il dit \u00ab\u00a0oui\u00a0\u00bb alors.", ["\u00a0oui\u00a0"]),
        ("Er sagte \u00bbja\u00ab dort.", ["ja"]),
        ("Han sade \u00bbja\u00bb d\u00e4r.", ["ja"]),
        ("He said 'we agreed' twice.", ["we agreed"]),
        ("He said \u2018we agreed\u2019 twice.", ["we agreed"]),
        ("Er sagte \u201aja\u2018 dort.", ["ja"]),
        ("Il dit \u2039oui\u203a alors.", ["oui"]),
        ("\u4ed6\u8bf4\u300c\u597d\u300d\u3002", ["\u597d"]),
        ('"one" and "two"', ["one", "two"]),
        ('("one", "two")', ["one", "two"]),
        ('""', [""]),
    ],
)
def test_styles(text, inside):
    assert quoted(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "ISIS's losses, who'll lead, the Presidents' aims",
        "ISIS\u2019s losses, who\u2019ll lead, the Presidents\u2019 aims",
        "'Tis the '90s, and the dogs' day.",
        "\u2019Tis the \u201890s rock 'n' roll",
        "an unclosed 'mark is nothing",
        "a door 5'10\" high",
        "no marks, \u00a0 no quotation",
        "",
    ],
)
def test_apostrophes_and_inch_signs_are_no_quotation_marks(text):
    assert quoted(text) == []


def test_an_apostrophe_inside_single_marks_does_not_close_them():
    assert quoted("He said 'ISIS's losses don't count' twice.") == ["ISIS's losses don't count"]
    assert quoted("\u2018Syria\u2019s parties\u2019 met") == ["Syria\u2019s parties"]


def test_only_the_outermost_quotation_is_listed_and_the_inner_one_on_request():
    text = "He said \u201cthey call it \u2018peace\u2019 there\u201d and left."
    (outer,) = find_quotations(text)
    assert text[outer.start : outer.end] == "they call it \u2018peace\u2019 there"
    (inner,) = find_quotations(text, outer.start, outer.end)
    assert text[inner.start : inner.end] == "peace"


def test_the_same_kind_inside():
    assert quoted("\u00abone \u00abtwo\u00bb three\u00bb four") == ["one \u00abtwo\u00bb three"]


def test_a_quotation_over_paragraphs_opens_anew_in_each():
    text = "\u201cFirst part.\n\n\u201cSecond part,\u201d he said."
    assert quoted(text) == ["First part.", "Second part,"]


def test_a_stray_closing_mark_opens_nothing():
    assert quoted("end of it\u201d and \u201cnew\u201d") == ["new"]


def test_only_the_part_that_was_asked_for():
    text = 'a "b" c "d" e'
    assert [(s.start, s.end) for s in find_quotations(text, 6)] == [(9, 10)]
    with pytest.raises(ValueError, match="expected 0 <= start <= end <= 13"):
        find_quotations(text, 9, 4)


@pytest.mark.parametrize("part", ["\u2018a ", "\u201a", "a 'b ", "\u00ab", "\u201c(", "'em "])
def test_marks_that_never_close_do_not_make_it_slow(part):
    text = part * (100_000 // len(part))
    start = time.perf_counter()
    find_quotations(text)
    assert time.perf_counter() - start < 1  # measured: under 0.05 s
