"""Marked passages as W3C Web Annotations, and back (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lessons.work.checks import check_keys, check_offsets, check_quote, check_time, is_urn, shown

if TYPE_CHECKING:
    from lessons.work.checks import Answer

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SOURCE = "urn:two-voices:case:"
# The ids of the annotations are made from the answer's id within this space, so that the same
# answer gives the same annotations whenever and wherever it is exported.
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:two-voices:annotation")
_KEYS = ("@context", "id", "type", "motivation", "created", "target")
POSITION, QUOTE = "TextPositionSelector", "TextQuoteSelector"
_SELECTORS = 2
_MOTIVATION = "highlighting"


def annotation_id(answer_id: str, index: int) -> str:
    """Return the id of the annotation that holds one mark of an answer, counted from 0."""
    return uuid.uuid5(SPACE, f"{answer_id}/{index}").urn


def annotations_of(answer: Answer) -> list[dict[str, Any]]:
    """Return one Web Annotation for each mark of an answer whose value is a list of marks."""
    return [_annotation(answer, index, mark) for index, mark in enumerate(answer.value)]


def _annotation(answer: Answer, index: int, mark: dict[str, Any]) -> dict[str, Any]:
    position = {"type": POSITION, "start": mark["start"], "end": mark["end"]}
    exact = {"type": QUOTE, "exact": mark["quote"]}
    return {
        "@context": CONTEXT,
        "id": annotation_id(answer.id, index),
        "type": "Annotation",
        "motivation": _MOTIVATION,
        "created": answer.answered_at,
        "target": {"source": source_of(answer.case), "selector": [position, exact]},
    }


def source_of(case: str) -> str:
    """Return the address of a case's text; a name with blanks would be no valid one."""
    return _SOURCE + quote(case, safe="")


def check_annotation(found: object) -> dict[str, Any]:
    """Return one annotation as `annotations_of` makes it.

    Raises ValueError with half a sentence for anything else.
    """
    note = check_keys(found, _KEYS, "an annotation")
    check_common(note, _MOTIVATION)
    check_selectors(note["target"])
    return note


def check_common(note: dict[str, Any], motivation: str) -> None:
    """Check what all annotations have: context, type, motivation, id and time.

    Raises ValueError with half a sentence; so do all checks here.
    """
    check_is(note["@context"], CONTEXT, "@context")
    check_is(note["type"], "Annotation", "type")
    check_is(note["motivation"], motivation, "motivation")
    if not is_urn(note["id"]):
        message = f"an annotation has the id {shown(note['id'])}, expected urn:uuid: and a UUID"
        raise ValueError(message)
    check_time(note["created"], "time of an annotation")


def check_is(found: object, expected: str, name: str) -> None:
    """Raise ValueError unless a cell of an annotation is what it must be."""
    if found != expected:
        message = f"the {name} of an annotation is {shown(found)}, expected '{expected}'"
        raise ValueError(message)


def check_selectors(found: object, more: tuple[str, ...] = ()) -> dict[str, Any]:
    """Check a target with a position and a quote, and return the quote.

    more: keys that the quote may have besides.
    """
    target = check_keys(found, ("source", "selector"), "the target of an annotation")
    selectors = target["selector"]
    if not isinstance(selectors, list) or len(selectors) != _SELECTORS:
        message = f"an annotation is selected by {shown(selectors)}, expected position and quote"
        raise ValueError(message)
    position = check_keys(selectors[0], ("type", "start", "end"), "the position of an annotation")
    keys = [key for key in more if isinstance(selectors[1], dict) and key in selectors[1]]
    exact = check_keys(selectors[1], ("type", "exact", *keys), "the quote of an annotation")
    check_is(position["type"], POSITION, "first selector")
    check_is(exact["type"], QUOTE, "second selector")
    check_offsets(position["start"], position["end"])
    check_quote(exact["exact"])
    return exact


def mark_of(annotation: dict[str, Any], case: str) -> dict[str, Any]:
    """Return the mark that a checked annotation holds.

    Raises ValueError with half a sentence when the annotation belongs to another case.
    """
    check_is(annotation["motivation"], _MOTIVATION, "motivation")
    check_is(annotation["target"]["source"], source_of(case), "source")
    position, exact = annotation["target"]["selector"]
    return {"start": position["start"], "end": position["end"], "quote": exact["exact"]}
