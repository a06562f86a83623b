"""Marked passages as W3C Web Annotations, and back (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lessons.work.checks import check_keys, check_offsets, check_quote, check_time, shown

if TYPE_CHECKING:
    from lessons.work.checks import Answer

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SOURCE = "urn:two-voices:case:"
# The ids of the annotations are made from the answer's id within this space, so that the same
# answer gives the same annotations whenever and wherever it is exported.
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:two-voices:annotation")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KEYS = ("@context", "id", "type", "motivation", "created", "target")
_POSITION, _QUOTE = "TextPositionSelector", "TextQuoteSelector"
_SELECTORS = 2


def annotation_id(answer_id: str, index: int) -> str:
    """Return the id of the annotation that holds one mark of an answer, counted from 0."""
    return uuid.uuid5(_SPACE, f"{answer_id}/{index}").urn


def annotations_of(answer: Answer) -> list[dict[str, Any]]:
    """Return one Web Annotation for each mark of an answer whose value is a list of marks."""
    return [_annotation(answer, index, mark) for index, mark in enumerate(answer.value)]


def _annotation(answer: Answer, index: int, mark: dict[str, Any]) -> dict[str, Any]:
    position = {"type": _POSITION, "start": mark["start"], "end": mark["end"]}
    exact = {"type": _QUOTE, "exact": mark["quote"]}
    return {
        "@context": CONTEXT,
        "id": annotation_id(answer.id, index),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": answer.answered_at,
        "target": {"source": _source(answer.case), "selector": [position, exact]},
    }


def _source(case: str) -> str:
    """Return the address of a case's text; a name with blanks would be no valid one."""
    return _SOURCE + quote(case, safe="")


def check_annotation(found: object) -> dict[str, Any]:
    """Return one annotation as `annotations_of` makes it.

    Raises ValueError with half a sentence for anything else.
    """
    note = check_keys(found, _KEYS, "an annotation")
    _check_is(note["@context"], CONTEXT, "@context")
    _check_is(note["type"], "Annotation", "type")
    _check_is(note["motivation"], "highlighting", "motivation")
    if not isinstance(note["id"], str) or not _URN.fullmatch(note["id"]):
        message = f"an annotation has the id {shown(note['id'])}, expected urn:uuid: and a UUID"
        raise ValueError(message)
    check_time(note["created"], "time of an annotation")
    _check_target(note["target"])
    return note


def _check_is(found: object, expected: str, name: str) -> None:
    if found != expected:
        message = f"the {name} of an annotation is {shown(found)}, expected '{expected}'"
        raise ValueError(message)


def _check_target(found: object) -> None:
    target = check_keys(found, ("source", "selector"), "the target of an annotation")
    selectors = target["selector"]
    if not isinstance(selectors, list) or len(selectors) != _SELECTORS:
        message = f"an annotation is selected by {shown(selectors)}, expected position and quote"
        raise ValueError(message)
    position = check_keys(selectors[0], ("type", "start", "end"), "the position of an annotation")
    exact = check_keys(selectors[1], ("type", "exact"), "the quote of an annotation")
    _check_is(position["type"], _POSITION, "first selector")
    _check_is(exact["type"], _QUOTE, "second selector")
    check_offsets(position["start"], position["end"])
    check_quote(exact["exact"])


def mark_of(annotation: dict[str, Any], case: str) -> dict[str, Any]:
    """Return the mark that a checked annotation holds.

    Raises ValueError with half a sentence when the annotation belongs to another case.
    """
    _check_is(annotation["target"]["source"], _source(case), "source")
    position, exact = annotation["target"]["selector"]
    return {"start": position["start"], "end": position["end"], "quote": exact["exact"]}
