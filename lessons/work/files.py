"""The file that a learner's work is exported to, and the checks when one is taken in."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from lessons.work.annotations import annotation_id, annotations_of, check_annotation, mark_of
from lessons.work.checks import (
    LABELLED,
    MARKS,
    Answer,
    WorkError,
    check_alias,
    check_answer,
    check_keys,
    check_text,
    check_time,
    is_references,
    now,
    shown,
)
from lessons.work.labelled import Notes, check_labelled, is_labelled, labelled_mark_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from lessons.work.labelled import Background, Lookup

FORMAT = "two-voices-work"
# What a learner hands in: the same, but the learner's own words may be left out of it.
HAND_IN = "two-voices-hand-in"
# 1: labelled marks were written out in the answers. Both are taken in.
SCHEMA, OLDEST = 2, 1
LARGEST = 5_000_000
DEEPEST = 12
MOST_ANSWERS = 20_000
_OLD_KEYS = ("format", "schema", "exported_at", "learner", "alias", "answers", "annotations")
_KEYS = (*_OLD_KEYS, "editions")
_LONGEST_EDITION = 64
_ANSWER_KEYS = ("id", "case", "item", "kind", "value", "answered_at")
# A text as a whole, its end missing or not, or one bracket; so that brackets in texts do not count.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
_HALVES = re.compile("[\ud800-\udfff]")


class Document(NamedTuple):
    """What a checked file holds; the alias may be empty, `exported_at` is written as in answers."""

    alias: str
    answers: list[Answer]
    learner: str
    exported_at: str


# --- out ---------------------------------------------------------------------------------------


def written(
    learner: str,
    alias: str,
    answers: Iterable[Answer],
    lookup: Lookup | None = None,
    form: str = FORMAT,
) -> str:
    """Return the text of the export file.

    lookup: gives the text and the labels of a case, or None (see `labelled.Notes`). form: FORMAT,
    or HAND_IN for a file that is for a teacher.
    """
    answers, notes = list(answers), Notes(lookup)
    entries = [asdict(_referring(answer, notes)) for answer in answers]
    spans = [note for answer in answers if answer.kind == MARKS for note in annotations_of(answer)]
    document = {
        "format": form,
        "schema": SCHEMA,
        "exported_at": now(),
        "learner": learner,
        "alias": alias,
        "answers": entries,
        "annotations": [*spans, *notes.made],
        "editions": notes.editions,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # Half of a character cannot be written in UTF-8, but JSON has an escape for it.
    return _HALVES.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _referring(answer: Answer, notes: Notes) -> Answer:
    """Return an answer whose marks are replaced by the ids of their annotations."""
    if answer.kind != MARKS:
        return replace(answer, value=notes.value_of(answer))
    return replace(answer, value=[annotation_id(answer.id, n) for n in range(len(answer.value))])


def file_name(learner: str, alias: str, begins: str = "two-voices") -> str:
    """Return the name of today's export file: "two-voices_Anna_k7f3qd_2026-11-25.json"."""
    plain = unicodedata.normalize("NFKD", alias).encode("ascii", "ignore").decode("ascii")
    short = re.sub(r"[^A-Za-z0-9]+", "-", plain)[:20].strip("-") or "no-alias"
    return f"{begins}_{short}_{learner}_{datetime.now(UTC).date().isoformat()}.json"


# --- in ----------------------------------------------------------------------------------------


def read(
    data: bytes | str, cases: Collection[str] | None, lookup: Lookup | None = None
) -> Document:
    """Return what an export file holds, all of it checked.

    cases: the cases whose answers are welcome; None: all are. lookup: gives the text and the
    labels of a case, or None; labelled marks must fit them if they were made on this edition.
    Raises WorkError with one sentence that says what was found and expected.
    """
    try:
        return _checked(_parsed(_decoded(data)), (FORMAT,), cases, lookup)
    except ValueError as error:
        message = f"This file was not taken in: {error}."
        raise WorkError(message) from None


def read_hand_in(
    data: bytes, cases: Collection[str] | None = None, lookup: Lookup | None = None
) -> Document:
    """Return what a learner handed in, all of it checked: a hand-in, or the export of all work.

    As `read`, but raises ValueError with what was found and expected, for a list of many files.
    """
    return _checked(_parsed(_decoded(data)), (HAND_IN, FORMAT), cases, lookup)


def _decoded(data: bytes | str) -> str:
    # Half of a character, which only a program can hand in, counts as three bytes.
    size = len(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    if size > LARGEST:
        message = f"it has {size} bytes, expected at most {LARGEST}"
        raise ValueError(message)
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return bytes(data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is no UTF-8, expected a text in UTF-8"
        raise ValueError(message) from None


def _parsed(text: str) -> object:
    _check_depth(text)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = f"line {error.lineno} is no JSON, expected a file that this course exported"
        raise ValueError(message) from None
    except RecursionError:
        message = f"it is nested too deeply, expected at most {DEEPEST} levels"
        raise ValueError(message) from None


def _check_depth(text: str) -> None:
    """Raise ValueError for a text with too many brackets in each other, before it is parsed."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > DEEPEST:
            message = f"it is nested too deeply, expected at most {DEEPEST} levels"
            raise ValueError(message)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        message = f"the key {shown(twice)} stands twice in one object, expected once"
        raise ValueError(message)
    return found


def _refuse_constant(name: str) -> None:
    message = f"it holds {name}, expected numbers only"
    raise ValueError(message)


def _checked(
    found: object,
    forms: tuple[str, ...],
    cases: Collection[str] | None,
    lookup: Lookup | None,
) -> Document:
    document = _of_ours(found, forms)
    exported_at = check_time(document["exported_at"], "exported_at")
    learner = check_text(document["learner"], "learner", 40)
    try:
        alias = check_alias(document["alias"])
    except ValueError as error:
        # Its own sentence, here as a part of a longer one.
        message = str(error).removesuffix(".").replace("The alias", "the alias")
        raise ValueError(message) from None
    editions = _editions(document.get("editions", {}))
    notes = _Shelf(_notes_by_id(document["annotations"]), editions, lookup)
    answers = _answers(document["answers"], notes, cases)
    notes.check_all_used()
    return Document(alias, answers, learner, exported_at)


def _editions(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        message = f"editions is {shown(found)}, expected an object"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    for edition in found.values():
        check_text(edition, "edition of a case", _LONGEST_EDITION)
    return found


def _of_ours(found: object, forms: tuple[str, ...]) -> dict[str, Any]:
    """Return the file's outermost object; raises ValueError when it is not of this schema."""
    if not isinstance(found, dict) or found.get("format") not in forms:
        kind = found.get("format") if isinstance(found, dict) else found
        expected = " or ".join(f"'{form}'" for form in forms)
        message = f"its format is {shown(kind)}, expected {expected}"
        raise ValueError(message)
    schema = found.get("schema", 0)
    if type(schema) is not int:
        message = f"its schema is {shown(schema)}, expected the number {SCHEMA}"
        raise ValueError(message)
    if not OLDEST <= schema <= SCHEMA:
        age = "a newer" if schema > SCHEMA else "an older"
        message = f"it was made by {age} version of the course, expected schema {SCHEMA}"
        raise ValueError(message)
    return check_keys(found, _KEYS if schema == SCHEMA else _OLD_KEYS, "it")


def _listed(found: object, name: str) -> list[Any]:
    if not isinstance(found, list):
        message = f"{name} is {shown(found)}, expected a list"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is malformed
    return found


def _notes_by_id(found: object) -> dict[str, dict[str, Any]]:
    notes: dict[str, dict[str, Any]] = {}
    for raw in _listed(found, "annotations"):
        note = check_labelled(raw) if is_labelled(raw) else check_annotation(raw)
        if notes.setdefault(note["id"], note) is not note:
            message = f"the annotation {shown(note['id'])} is there twice, expected once"
            raise ValueError(message)
    return notes


class _Shelf:
    """The checked annotations of a file, which answers name by their ids."""

    def __init__(
        self, notes: dict[str, dict[str, Any]], editions: dict[str, str], lookup: Lookup | None
    ) -> None:
        self._notes, self._editions, self._lookup = notes, editions, lookup
        self._used: set[str] = set()
        self._grounds: dict[str, Background | None] = {}

    def spans(self, answer: Answer) -> list[dict[str, Any]]:
        """Return the marks that an answer names; no other answer may name them."""
        case = check_text(answer.case, "case", 200)
        marks = []
        for key in _listed(answer.value, "the value"):
            note = self._named(key, once=True)
            marks.append(mark_of(note, case))
        return marks

    def labelled(self, answer: Answer) -> list[dict[str, Any]]:
        """Return the labelled marks that an answer names; others may name them as well."""
        case = check_text(answer.case, "case", 200)
        ground = self._ground(case)
        return [labelled_mark_of(self._named(key), case, ground) for key in answer.value]

    def _named(self, key: object, *, once: bool = False) -> dict[str, Any]:
        note = self._notes.get(key) if isinstance(key, str) else None
        if note is None or (once and key in self._used):
            message = f"the value names {shown(key)}, expected an annotation of its own"
            raise ValueError(message)
        self._used.add(note["id"])
        return note

    def _ground(self, case: str) -> Background | None:
        """Return the text and the labels here, if they are those that the marks were made on."""
        if case not in self._grounds:
            found = self._lookup(case) if self._lookup else None
            same = found is not None and found.edition == self._editions.get(case)
            self._grounds[case] = found if same else None
        return self._grounds[case]

    def check_all_used(self) -> None:
        """Raise ValueError when there is an annotation that no answer has named."""
        for key in self._notes:
            if key not in self._used:
                message = f"no answer holds the annotation {shown(key)}, expected one"
                raise ValueError(message)


def _answers(found: object, notes: _Shelf, cases: Collection[str] | None) -> list[Answer]:
    """Return the answers of a file, and take the annotations they hold from the shelf."""
    entries = _listed(found, "answers")
    if len(entries) > MOST_ANSWERS:
        message = f"it has {len(entries)} answers, expected at most {MOST_ANSWERS}"
        raise ValueError(message)
    answers: dict[str, Answer] = {}
    for number, entry in enumerate(entries, 1):
        try:
            answer = _answer(entry, notes)
            _check_welcome(answer, answers, cases)
        except ValueError as error:
            message = f"in answer {number} {error}"
            raise ValueError(message) from None
        answers[answer.id] = answer
    return list(answers.values())


def _answer(entry: object, notes: _Shelf) -> Answer:
    answer = Answer(**check_keys(entry, _ANSWER_KEYS, "the object"))
    if answer.kind == MARKS:
        answer = replace(answer, value=notes.spans(answer))
    elif answer.kind in LABELLED and is_references(answer.value):
        answer = replace(answer, value=notes.labelled(answer))
    check_answer(answer)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    if datetime.fromisoformat(answer.answered_at) > tomorrow:
        message = f"the answered_at is {shown(answer.answered_at)}, expected no time in the future"
        raise ValueError(message)
    return answer


def _check_welcome(
    answer: Answer, before: dict[str, Answer], cases: Collection[str] | None
) -> None:
    if answer.id in before:
        message = f"the id {shown(answer.id)} is there a second time, expected once"
        raise ValueError(message)
    if cases is not None and answer.case not in cases:
        expected = ", ".join(sorted(cases)) or "none"
        message = f"the case is {shown(answer.case)}, expected one of {shown(expected)}"
        raise ValueError(message)
