"""What an answer is, and what it must look like to be kept."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MARKS = "mark-span"
# The kinds of answer whose value is a list of labelled marks (see labelled.py).
LABELLED = ("marks", "compare")
LONGEST_VALUE = 100_000
DEEPEST_VALUE = 8
LONGEST_ALIAS = 40
LARGEST_OFFSET = 1_000_000_000

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MARK_KEYS = ("start", "end", "quote")
_SHOWN = 60


class WorkError(Exception):
    """Something could not be done with the learner's answers; str() says it to the learner."""


@dataclass(frozen=True)
class Answer:
    """One answer of a learner.

    id: made where the answer is given, so that writing it twice is writing it once; 1 to 64
        letters, digits and hyphens.
    case: the id of the case, such as "danang-2017".
    item: what was answered, such as "EX2-01" or "EX2-01:again"; 1 to 200 characters.
    kind: how it was answered, such as "choose-one" or "mark-span"; 1 to 40 characters.
    value: a JSON value; for "marks" and "compare" labelled marks (see labelled.py); for
        "mark-span" a list of {"start": 3, "end": 9, "quote": "Dạ Nẵng"},
        counted in code points, end-exclusive, overlapping as they like.
    answered_at: UTC with milliseconds, "2026-11-25T08:14:10.123Z".
    """

    id: str
    case: str
    item: str
    kind: str
    value: Any
    answered_at: str


def now() -> str:
    """Return this moment as answers write it: "2026-11-25T08:14:10.123Z"."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown(found: object) -> str:
    """Put what was found in quotes on one line: at most 60 characters, control ones escaped."""
    text = found if isinstance(found, str) else _as_json(found)
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
    return "'" + "".join(_escaped(char) for char in cut) + "'"


def _as_json(found: object) -> str:
    try:
        return json.dumps(found, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return type(found).__name__


def _escaped(char: str) -> str:
    # Z without the plain space: line and paragraph separators would break the line.
    is_plain = char == " " or unicodedata.category(char)[0] not in "CZ"
    return char if is_plain else char.encode("unicode_escape").decode("ascii")


def check_text(found: object, name: str, longest: int) -> str:
    """Return a text of 1 to `longest` characters without control characters.

    Raises ValueError with half a sentence ("the item is ..., expected ...") for anything else;
    so do all checks here.
    """
    if not isinstance(found, str) or not 1 <= len(found) <= longest:
        message = f"the {name} is {shown(found)}, expected a text of 1 to {longest} characters"
        raise ValueError(message)
    if has_controls(found):
        message = f"the {name} is {shown(found)}, expected a text without control characters"
        raise ValueError(message)
    return found


def has_controls(text: str) -> bool:
    """Say whether a text holds control characters, line ends or halves of characters."""
    return any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)


def check_id(found: object) -> str:
    """Return an answer's id, or raise ValueError."""
    if not isinstance(found, str) or not _ID.fullmatch(found):
        message = f"the id is {shown(found)}, expected 1 to 64 letters, digits and hyphens"
        raise ValueError(message)
    return found


def check_time(found: object, name: str) -> str:
    """Return a time in UTC with milliseconds, as it is written, or raise ValueError."""
    message = f"the {name} is {shown(found)}, expected a time such as 2026-11-25T08:14:10.123Z"
    if not isinstance(found, str) or not _TIME.fullmatch(found):
        raise ValueError(message)
    try:
        datetime.fromisoformat(found)
    except ValueError:
        raise ValueError(message) from None
    return found


def check_keys(found: object, keys: tuple[str, ...], name: str) -> dict[str, Any]:
    """Return a JSON object that has exactly these keys, or raise ValueError."""
    if not isinstance(found, dict):
        message = f"{name} is {shown(found)}, expected an object with {', '.join(keys)}"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    for key in found:
        if key not in keys:
            message = f"{name} has the key {shown(key)}, expected only {', '.join(keys)}"
            raise ValueError(message)
    for key in keys:
        if key not in found:
            message = f"{name} has no key '{key}', expected {', '.join(keys)}"
            raise ValueError(message)
    return found


def check_alias(found: object) -> str:
    """Return an alias without the blanks around it, possibly empty, or raise ValueError."""
    if not isinstance(found, str) or len(found.strip()) > LONGEST_ALIAS:
        message = f"The alias is {shown(found)}, expected at most {LONGEST_ALIAS} characters."
        raise ValueError(message)
    if has_controls(found.strip()):
        message = f"The alias is {shown(found)}, expected a text without control characters."
        raise ValueError(message)
    return found.strip()


def check_value(kind: str, found: object) -> str:
    """Return an answer's value as JSON text, or raise ValueError when it cannot be kept."""
    _check_json(found, DEEPEST_VALUE)
    if kind == MARKS:
        check_marks(found)
    if kind in LABELLED and is_references(found):
        # In an export file this would stand for marks.
        message = f"the value names {shown(found[0])}, expected a mark written out"  # type: ignore[index]
        raise ValueError(message)
    try:
        # ASCII: a half of a surrogate pair, which a browser may send, survives as an escape.
        text = json.dumps(found, allow_nan=False)
    except ValueError:
        message = "the value holds a number without end, expected JSON"
        raise ValueError(message) from None
    if len(text) > LONGEST_VALUE:
        message = f"the value has {len(text)} characters, expected at most {LONGEST_VALUE}"
        raise ValueError(message)
    return text


def _check_json(found: object, levels: int) -> None:
    """Raise ValueError unless the value is JSON and at most `levels` lists and objects deep."""
    if found is None or isinstance(found, bool | int | float | str):
        return
    if not isinstance(found, dict | list):
        message = f"the value holds a {type(found).__name__}, expected JSON"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    if levels == 0:
        message = f"the value is nested too deeply, expected at most {DEEPEST_VALUE} levels"
        raise ValueError(message)
    if isinstance(found, dict) and not all(isinstance(key, str) for key in found):
        message = "the value holds a key that is no text, expected JSON"
        raise ValueError(message)
    for inner in found.values() if isinstance(found, dict) else found:
        _check_json(inner, levels - 1)


def check_marks(found: object) -> None:
    """Raise ValueError unless this is a list of marks."""
    if not isinstance(found, list):
        message = f"the value is {shown(found)}, expected a list of marks"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    for mark in found:
        check_keys(mark, _MARK_KEYS, "a mark")
        check_offsets(mark["start"], mark["end"])
        check_quote(mark["quote"])


def is_urn(found: object) -> bool:
    """Say whether this is the id of an annotation, "urn:uuid:" and a UUID."""
    return isinstance(found, str) and _URN.fullmatch(found) is not None


def is_references(found: object) -> bool:
    """Say whether this is a list of ids of annotations, and not an empty one."""
    return isinstance(found, list) and bool(found) and all(map(is_urn, found))


def check_offsets(start: object, end: object) -> None:
    """Raise ValueError unless 0 <= start < end, both whole numbers."""
    # A bool is an int for Python, but not for JSON.
    numbers = type(start) is int and type(end) is int
    if not numbers or not 0 <= start < end <= LARGEST_OFFSET:  # type: ignore[operator]
        message = (
            f"a mark goes from {shown(start)} to {shown(end)}, "
            f"expected whole numbers from 0, the end behind the start"
        )
        raise ValueError(message)


def check_quote(found: object) -> None:
    """Raise ValueError unless this is a text."""
    if not isinstance(found, str):
        message = f"the quote of a mark is {shown(found)}, expected a text"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed


def check_answer(answer: object) -> str:
    """Return the value of a well-formed answer as JSON text, or raise ValueError."""
    if not isinstance(answer, Answer):
        message = f"found a {type(answer).__name__}, expected an Answer"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    check_id(answer.id)
    check_text(answer.case, "case", 200)
    check_text(answer.item, "item", 200)
    check_text(answer.kind, "kind", 40)
    check_time(answer.answered_at, "answered_at")
    return check_value(answer.kind, answer.value)
