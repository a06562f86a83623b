"""Marks as W3C Web Annotations: valid by the model's own rules, the same each time, and back."""

import json
import re
import uuid
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.work import Answer
from lessons.work.annotations import annotation_id, annotations_of, check_annotation, mark_of

MARKS = [
    {"start": 0, "end": 7, "quote": "Đà Nẵng"},
    {"start": 3, "end": 9, "quote": "<script>"},
    {"start": 3, "end": 9, "quote": ""},
]
# Motivations that the model names: https://www.w3.org/TR/annotation-model/#motivation-and-purpose
MOTIVATIONS = {
    *["assessing", "bookmarking", "classifying", "commenting", "describing", "editing"],
    *["highlighting", "identifying", "linking", "moderating", "questioning", "replying"],
    "tagging",
}


def is_iri(text):
    return isinstance(text, str) and re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", text)


def fails_the_model(note):
    """Yield every rule of the Web Annotation Data Model that an annotation does not keep."""
    context = note.get("@context")
    contexts = context if isinstance(context, list) else [context]
    if "http://www.w3.org/ns/anno.jsonld" not in contexts:
        yield "3.1: @context must hold http://www.w3.org/ns/anno.jsonld"
    if not is_iri(note.get("id")):
        yield "3.1: exactly one id, an IRI"
    types = note.get("type")
    if "Annotation" not in (types if isinstance(types, list) else [types]):
        yield "3.1: a type that is Annotation"
    if "target" not in note:
        yield "3.1: one or more targets"
    if note.get("motivation") not in MOTIVATIONS:
        yield "3.3.5: a motivation of the model"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", note.get("created", "")):
        yield "3.3.1: created is xsd:dateTime with the time zone UTC, written as Z"
    yield from target_fails(note.get("target"))


def target_fails(target):
    if not isinstance(target, dict) or not is_iri(target.get("source")):
        yield "4: a specific resource has exactly one source, an IRI"
        return
    selectors = target.get("selector")
    for selector in selectors if isinstance(selectors, list) else [selectors]:
        if selector["type"] == "TextPositionSelector":
            offsets = [selector.get("start"), selector.get("end")]
            if not all(type(number) is int and number >= 0 for number in offsets):
                yield "4.2.5: exactly one start and one end, non-negative integers"
        elif selector["type"] == "TextQuoteSelector":
            if not isinstance(selector.get("exact"), str):
                yield "4.2.4: exactly one exact"
        else:
            yield "4.2: a selector of the model"


def marked(marks=MARKS, **more):
    made = Answer("a-1", "danang-2017", "EX4", "mark-span", marks, "2026-11-25T08:14:10.123Z")
    return replace(made, **more)


def test_an_annotation_in_full():
    (first, *_) = annotations_of(marked())
    assert first == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": annotation_id("a-1", 0),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": "2026-11-25T08:14:10.123Z",
        "target": {
            "source": "urn:two-voices:case:danang-2017",
            "selector": [
                {"type": "TextPositionSelector", "start": 0, "end": 7},
                {"type": "TextQuoteSelector", "exact": "Đà Nẵng"},
            ],
        },
    }


@pytest.mark.parametrize("case", ["danang-2017", "a case", "Đà Nẵng", '"<>{}|', "a/b#c?d%20"])
def test_every_annotation_keeps_the_rules_of_the_model(case):
    for note in annotations_of(marked(case=case)):
        assert list(fails_the_model(json.loads(json.dumps(note)))) == []
        assert datetime.fromisoformat(note["created"])


def test_the_rules_are_known_when_they_are_broken():
    (note, *_) = annotations_of(marked())
    for key in note:
        assert list(fails_the_model({name: note[name] for name in note if name != key})), key
    assert list(fails_the_model(note | {"id": "no IRI"}))
    assert list(fails_the_model(note | {"target": {"source": "x y"}}))


def test_ids_are_uuids_the_same_each_time_and_never_twice():
    ids = [annotation_id(answer, index) for answer in ("a", "a-1", "b") for index in range(12)]
    assert ids == [annotation_id(answer, n) for answer in ("a", "a-1", "b") for n in range(12)]
    assert len(set(ids)) == len(ids)
    assert all(uuid.UUID(one).version == 5 and one.startswith("urn:uuid:") for one in ids)


texts = st.text(max_size=20)
marks = st.builds(
    lambda start, length, quote: {"start": start, "end": start + length, "quote": quote},
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    texts,
)


@given(st.lists(marks, max_size=12))
def test_marks_come_back_as_they_were(found):
    notes = annotations_of(marked(found))
    assert [mark_of(check_annotation(note), "danang-2017") for note in notes] == found
    assert all(list(fails_the_model(note)) == [] for note in notes)


def test_a_mark_of_another_case_is_refused():
    (note, *_) = annotations_of(marked())
    with pytest.raises(ValueError, match="source of an annotation"):
        mark_of(note, "another")
