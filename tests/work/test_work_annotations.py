"""Marks as W3C Web Annotations: valid by the model's own rules, the same each time, and back."""

import json
import uuid
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.web_annotations import fails_the_model

from lessons.work import Answer
from lessons.work.annotations import annotation_id, annotations_of, check_annotation, mark_of

MARKS = [
    {"start": 0, "end": 7, "quote": "Đà Nẵng"},
    {"start": 3, "end": 9, "quote": "<script>"},
    {"start": 3, "end": 9, "quote": ""},
]


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
