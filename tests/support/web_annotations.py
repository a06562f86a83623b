"""The rules of the Web Annotation Data Model, as far as this course writes annotations.

Written by hand from https://www.w3.org/TR/annotation-model/ (Recommendation, 23 February 2017).
"""

import re

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
    bodies = note.get("body", [])
    for body in bodies if isinstance(bodies, list) else [bodies]:
        yield from body_fails(body)
    if "bodyValue" in note and "body" in note:
        yield "3.2.5: no body beside bodyValue"
    yield from target_fails(note.get("target"))


def body_fails(body):
    if not isinstance(body, dict):
        if not is_iri(body):
            yield "3.2.6: a body is an object or an IRI"
        return
    if body.get("type") != "TextualBody":
        yield "3.2.4: a body with a text should be a TextualBody"
    if not isinstance(body.get("value"), str):
        yield "3.2.4: exactly one value, a text"
    if "id" in body and not is_iri(body["id"]):
        yield "3.2.4: at most one id, an IRI"
    if body.get("purpose") not in MOTIVATIONS:
        yield "3.3.5: a purpose is a motivation of the model"
    if not isinstance(body.get("format", "text/plain"), str):
        yield "3.2.1: a format is a text"


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
            elif offsets[0] > offsets[1]:
                yield "4.2.5: the start is not behind the end"
        elif selector["type"] == "TextQuoteSelector":
            if not isinstance(selector.get("exact"), str):
                yield "4.2.4: exactly one exact"
            if not all(isinstance(selector.get(side, ""), str) for side in ("prefix", "suffix")):
                yield "4.2.4: at most one prefix and one suffix, texts"
        else:
            yield "4.2: a selector of the model"
