"""Voice marks: what case.toml may say, and the one clear sentence for what it may not."""

import tomllib

import pytest

from lessons.document import Marks, MarksError, VoiceMarks

GOOD = """
[[voices]]
voice = "statement"
name = "The joint statement"
word = "Statement"
symbol = "S"
prefix = "S"
label = "JS"
quoted = true

[[voices]]
voice = "commentary"
prefix = "F"
label = "Fact"
prefix_unlabelled = "A"

[[voices]]
voice = "end matter"
role = "end-matter"
prefix = "E"
opens_with = ["VISIT", "Share this"]
"""


def entries():
    return tomllib.loads(GOOD)["voices"]


def test_toml_becomes_marks():
    marks = Marks.from_dicts(entries())
    assert marks.voices == (
        VoiceMarks("statement", prefix="S", label="JS", quoted=True),
        VoiceMarks("commentary", prefix="F", label="Fact", prefix_unlabelled="A"),
        VoiceMarks("end matter", "E", role="end-matter", opens_with=("VISIT", "Share this")),
    )
    assert marks.default.voice == "commentary"
    assert marks.end_matter is not None
    assert marks.end_matter.voice == "end matter"
    assert marks.masthead is None
    assert list(marks.labelled) == ["JS", "Fact"]


def test_a_single_voice_without_any_mark_is_enough():
    assert Marks((VoiceMarks("text", prefix="P"),)).default.voice == "text"


@pytest.mark.parametrize(
    ("entry", "key", "value", "parts"),
    [
        (0, "quoted", "yes", ["entry 1", "'quoted'", "'yes'", "true or false"]),
        (1, "prefix", 3, ["entry 2", "'prefix'", "3", "a text"]),
        (2, "opens_with", "VISIT", ["entry 3", "'opens_with'", "'VISIT'", "a list of texts"]),
        (2, "opens_with", [""], ["entry 3", "none of them empty"]),
        (0, "colour", "red", ["entry 1", "'colour'", "no such key"]),
        (0, "role", "hero", ["'statement'", "'hero'", "end-matter"]),
        (0, "prefix", "S1", ["'statement'", "'S1'", "letters"]),
        (0, "prefix", "", ["'statement'", "''", "letters"]),
        (1, "prefix_unlabelled", "A 1", ["'commentary'", "'A 1'", "letters"]),
        (1, "prefix", "S", ["prefix 'S'", "2 times"]),
        (1, "prefix_unlabelled", "S", ["prefix 'S'", "2 times"]),
        (1, "label", "JS", ["label 'JS'", "2 times"]),
        (1, "label", "Fact:", ["'commentary'", "colon"]),
        (1, "label", " Fact", ["'commentary'", "white space"]),
        (1, "voice", "statement", ["voice 'statement'", "2 times"]),
        (1, "voice", " ", ["'voice' is empty"]),
        (0, "prefix_unlabelled", "T", ["found statement, commentary", "exactly one"]),
        (1, "prefix_unlabelled", "", ["found none", "exactly one"]),
        (2, "opens_with", [], ["'end matter'", "needs 'opens_with'"]),
        (0, "opens_with", ["x"], ["'statement'", "only an end-matter voice"]),
        (0, "quoted_in", ["F7"], ["'statement'", "only an inner voice"]),
        (2, "label", "End", ["'end matter'", "role 'body'"]),
        (2, "quoted", True, ["'end matter'", "needs a label"]),
    ],
)
def test_a_fault_is_told_in_one_sentence(entry, key, value, parts):
    voices = entries()
    voices[entry][key] = value
    with pytest.raises(MarksError) as caught:
        Marks.from_dicts(voices)
    told = [f for f in caught.value.faults if all(part in f for part in parts)]
    assert len(told) == 1
    assert told[0].endswith(".")
    assert "\n" not in told[0]


def test_all_faults_are_told_at_once():
    voices = entries()
    del voices[0]["voice"]
    voices[1]["prefix"] = 3
    with pytest.raises(MarksError) as caught:
        Marks.from_dicts(voices)
    assert len(caught.value.faults) == 2
    assert "'voice' is missing" in str(caught.value).splitlines()[0]


def test_an_inner_voice_says_where_it_is_quoted():
    with pytest.raises(MarksError, match="needs 'quoted_in'"):
        Marks.from_dicts([*entries(), {"voice": "resolution", "role": "inner"}])


def test_two_mastheads_are_one_too_many():
    heads = [{"voice": v, "role": "masthead", "prefix": p} for v, p in (("a", "X"), ("b", "Y"))]
    with pytest.raises(MarksError, match="found 2 with role 'masthead'"):
        Marks.from_dicts([*entries(), *heads])
