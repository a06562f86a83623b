"""Labelled marks (those of the marker) as W3C Web Annotations, and back.

The model (https://www.w3.org/TR/annotation-model/, Recommendation of 23 February 2017) has a body
for each thing that is said of the words: the label is a tag (3.2.4, purpose "tagging"; its id is
the body's IRI), the reason a comment ("commenting"), and how sure the learner is an assessment
("assessing": "to assess the target resource in some way, rather than simply make a comment about
it", 3.3.5), so that no term of our own is needed. What is "" has no body. Selectors: 4.2.4, 4.2.5.

Every answer holds all marks, so most marks are in many answers: each stands in the file once, and
the answers name it. What is no list of complete marks travels as it is, so that nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

from lessons.work.annotations import (
    CONTEXT,
    POSITION,
    QUOTE,
    SPACE,
    check_common,
    check_is,
    check_selectors,
    source_of,
)
from lessons.work.checks import (
    LABELLED,
    check_keys,
    check_offsets,
    check_quote,
    check_text,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lessons.work.checks import Answer

    Lookup = Callable[[str], "Background | None"]

KEYS = ("start", "end", "quote", "label", "reason", "sure")
SURE = ("", "high", "medium", "low")
LONGEST_REASON = 2000
_LONGEST_LABEL = 200
_AROUND = 32
_LABEL = "urn:two-voices:label:"
_SURE = "sure: "
_COMPARE = ":compare"
_MOTIVATION = "tagging"
_PURPOSES = ("commenting", "assessing")
_KEYS = ("@context", "id", "type", "motivation", "created", "body", "target")
_TAG_KEYS, _BODY_KEYS = ("id", "type", "purpose", "format", "value"), ("type", "purpose", "value")


class Background(NamedTuple):
    """What marks are made on: a case's text, and the names of the labels by their ids."""

    text: str
    labels: Mapping[str, str]

    @property
    def edition(self) -> str:
        """A short hash of both: where it is another one, offsets and labels may be others too."""
        whole = json.dumps([self.text, sorted(self.labels)])
        return hashlib.sha256(whole.encode("ascii")).hexdigest()[:16]


# --- out ---------------------------------------------------------------------------------------


class Notes:
    """The annotations of an export file, one for each mark that any of the answers holds.

    lookup: gives the background of a case, or None where it is not at hand; then there are no
    prefixes, suffixes and names of labels. `made` are the annotations, `editions` says by case
    on which text they were made.
    """

    def __init__(self, lookup: Lookup | None) -> None:
        """Begin with none."""
        self.made: list[dict[str, Any]] = []
        self.editions: dict[str, str] = {}
        self._lookup = lookup
        self._ids: dict[tuple[str, str, str], str] = {}

    def value_of(self, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
        """Return what stands for an answer's value: the ids of annotations, or the value itself.

        The first answer that holds a mark gives the annotation its time and its id.
        """
        if answer.kind not in LABELLED or not isinstance(answer.value, list) or not answer.value:
            return answer.value
        ground = self._lookup(answer.case) if self._lookup else None
        if not all(_is_complete(mark, ground) for mark in answer.value):
            return answer.value
        if ground and answer.case not in self.editions:
            self.editions[answer.case] = ground.edition
        return [self._id_of(answer, mark, ground) for mark in answer.value]

    def _id_of(self, answer: Answer, mark: dict[str, Any], ground: Background | None) -> str:
        written = json.dumps(mark)
        key = (answer.case, answer.item.removesuffix(_COMPARE), written)
        if key not in self._ids:
            self._ids[key] = uuid.uuid5(SPACE, f"{answer.id}/{written}").urn
            self.made.append(_annotation(self._ids[key], answer, mark, ground))
        return self._ids[key]


def _is_complete(mark: object, ground: Background | None) -> bool:
    """Say whether a mark comes back from an annotation exactly as it is."""
    if not isinstance(mark, dict) or tuple(mark) != KEYS:
        return False
    try:
        _check_mark(mark)
        if ground:
            _check_fits(mark, ground)
    except ValueError:
        return False
    return True


def _annotation(
    name: str, answer: Answer, mark: dict[str, Any], ground: Background | None
) -> dict[str, Any]:
    position = {"type": POSITION, "start": mark["start"], "end": mark["end"]}
    around = _around(mark, ground.text) if ground else {}
    exact = {"type": QUOTE, "exact": mark["quote"]} | around
    return {
        "@context": CONTEXT,
        "id": name,
        "type": "Annotation",
        "motivation": _MOTIVATION,
        "created": answer.answered_at,
        "body": _bodies(mark, ground.labels if ground else {}),
        "target": {"source": source_of(answer.case), "selector": [position, exact]},
    }


def _around(mark: dict[str, Any], text: str) -> dict[str, str]:
    """Return the text right before and right behind a mark, at most 32 code points each."""
    start, end = mark["start"], mark["end"]
    return {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}


def _bodies(mark: dict[str, Any], names: Mapping[str, str]) -> list[dict[str, str]]:
    label = mark["label"]
    tag = {"id": _LABEL + quote(label, safe=""), "type": "TextualBody", "purpose": "tagging"}
    bodies = [tag | {"format": "text/plain", "value": names.get(label, label)}]
    said = {"commenting": mark["reason"], "assessing": mark["sure"] and _SURE + mark["sure"]}
    return bodies + [
        {"type": "TextualBody", "purpose": purpose, "value": value}
        for purpose, value in said.items()
        if value
    ]


# --- in ----------------------------------------------------------------------------------------


def is_labelled(note: object) -> bool:
    """Say whether an annotation, still unchecked, is to be one of a labelled mark."""
    return isinstance(note, dict) and note.get("motivation") == _MOTIVATION


def check_labelled(found: object) -> dict[str, Any]:
    """Return one annotation as `Notes` makes it.

    Raises ValueError with half a sentence for anything else.
    """
    note = check_keys(found, _KEYS, "an annotation")
    check_common(note, _MOTIVATION)
    exact = check_selectors(note["target"], ("prefix", "suffix"))
    mark = _mark_of(note)
    _check_mark(mark)
    for side, room in (("prefix", mark["start"]), ("suffix", _AROUND)):
        beside = exact.get(side, "")
        if not isinstance(beside, str) or len(beside) > min(room, _AROUND):
            most = min(room, _AROUND)
            message = f"the {side} of a mark is {shown(beside)}, expected at most {most} characters"
            raise ValueError(message)
    return note


def _mark_of(note: dict[str, Any]) -> dict[str, Any]:
    position, exact = note["target"]["selector"]
    label, said = _checked_bodies(note["body"])
    sure = said.get("assessing", "")
    if sure and (not sure.startswith(_SURE) or sure == _SURE):
        message = f"a mark's certainty is {shown(sure)}, expected 'sure: high', medium or low"
        raise ValueError(message)
    reason, sure = said.get("commenting", ""), sure.removeprefix(_SURE)
    span = (position["start"], position["end"], exact["exact"])
    return dict(zip(KEYS, (*span, label, reason, sure), strict=True))


def _checked_bodies(found: object) -> tuple[str, dict[str, str]]:
    """Return the label, and what else is said of a mark by its purpose; raises ValueError."""
    if not isinstance(found, list) or not 1 <= len(found) <= len(("tag", "reason", "sure")):
        message = f"the body of an annotation is {shown(found)}, expected a list of 1 to 3"
        raise ValueError(message)
    label = _checked_tag(found[0])
    said: dict[str, str] = {}
    for one in found[1:]:
        purpose, value = _checked_body(one)
        if purpose in said:
            message = f"the purpose {shown(purpose)} is there twice in an annotation, expected once"
            raise ValueError(message)
        said[purpose] = value
    return label, said


def _checked_tag(found: object) -> str:
    """Return the label that a tag holds; raises ValueError."""
    tag = check_keys(found, _TAG_KEYS, "the tag of an annotation")
    check_is(tag["type"], "TextualBody", "tag's type")
    check_is(tag["purpose"], "tagging", "tag's purpose")
    check_is(tag["format"], "text/plain", "tag's format")
    check_text(tag["value"], "name of a label", _LONGEST_LABEL)
    name = tag["id"].removeprefix(_LABEL) if isinstance(tag["id"], str) else ""
    # A byte that is no UTF-8 comes as a sign of its own, which is not written in that way.
    label = unquote(name)
    if name == tag["id"] or not name or quote(label, safe="") != name:
        message = f"the id of a tag is {shown(tag['id'])}, expected '{_LABEL}' and a label"
        raise ValueError(message)
    return label


def _checked_body(found: object) -> tuple[str, str]:
    """Return the purpose and the text of another body; raises ValueError."""
    body = check_keys(found, _BODY_KEYS, "a body of an annotation")
    check_is(body["type"], "TextualBody", "body's type")
    purpose, value = body["purpose"], body["value"]
    if purpose not in _PURPOSES:
        message = f"a body has the purpose {shown(purpose)}, expected {' or '.join(_PURPOSES)}"
        raise ValueError(message)
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_REASON:
        message = f"a body is {shown(value)}, expected a text of 1 to {LONGEST_REASON} characters"
        raise ValueError(message)
    return purpose, value


def _check_mark(mark: dict[str, Any]) -> None:
    """Raise ValueError unless a mark with all keys is one that an annotation can hold."""
    start, end, words = mark["start"], mark["end"], mark["quote"]
    check_offsets(start, end)
    check_quote(words)
    if len(words) != end - start:
        message = (
            f"a mark goes from {start} to {end}, but its quote {shown(words)} has "
            f"{len(words)} characters, expected {end - start}"
        )
        raise ValueError(message)
    check_text(mark["label"], "label of a mark", _LONGEST_LABEL)
    if not isinstance(mark["reason"], str) or len(mark["reason"]) > LONGEST_REASON:
        message = (
            f"a reason is {shown(mark['reason'])}, expected at most {LONGEST_REASON} characters"
        )
        raise ValueError(message)
    if mark["sure"] not in SURE:
        message = f"a mark's certainty is {shown(mark['sure'])}, expected high, medium or low"
        raise ValueError(message)


def labelled_mark_of(note: dict[str, Any], case: str, ground: Background | None) -> dict[str, Any]:
    """Return the mark that a checked annotation holds.

    ground: the background that it was made on, None where that is not at hand.
    Raises ValueError with half a sentence when the annotation belongs to another case, or does
    not fit its background.
    """
    check_is(note["motivation"], _MOTIVATION, "motivation")
    check_is(note["target"]["source"], source_of(case), "source")
    mark = _mark_of(note)
    if ground:
        _check_fits(mark, ground)
        exact, around = note["target"]["selector"][1], _around(mark, ground.text)
        for side in ("prefix", "suffix"):
            if exact.get(side, around[side]) != around[side]:
                message = (
                    f"the {side} of a mark is {shown(exact[side])}, "
                    f"expected {shown(around[side])} as in the text"
                )
                raise ValueError(message)
    return mark


def _check_fits(mark: dict[str, Any], ground: Background) -> None:
    there = ground.text[mark["start"] : mark["end"]]
    if there != mark["quote"]:
        message = (
            f"a mark from {mark['start']} to {mark['end']} quotes {shown(mark['quote'])}, "
            f"expected {shown(there)} as in the text"
        )
        raise ValueError(message)
    if mark["label"] not in ground.labels:
        message = f"the label of a mark is {shown(mark['label'])}, expected one of this course"
        raise ValueError(message)
