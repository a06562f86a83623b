"""Reading case.toml: what a case says about itself, and the voices of its document."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from lessons.case.edtf import precision
from lessons.case.faults import Fault, shown
from lessons.case.tables import read_text
from lessons.document import Marks
from lessons.document.marks import MarksError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FILE = "case.toml"
_TEXTS = ("title", "language", "content_note")
_PROVENANCE_TEXTS = ("origin", "sha256")
_KEYS = (*_TEXTS, "provenance", "timeline", "map", "voices")
_EDGES = ("west", "south", "east", "north")
_VOICE_TEXTS = ("voice", "name", "word", "symbol")
Settings = dict[str, Any]


def read_settings(folder: Path) -> tuple[Settings | None, list[Fault]]:
    """Read and check case.toml; the settings are None when it is no readable TOML."""
    text, faults = read_text(folder / FILE)
    if text is None:
        return None, faults
    try:
        settings = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = re.search(r"line (\d+)", message)
        row = int(line[1]) if line else text.count("\n") + 1
        return None, [Fault(FILE, row, None, f"no TOML ({message})", "key = value lines of TOML")]
    return settings, list(_check(settings))


def labels(settings: Settings | None) -> dict[str, str] | None:
    """Return the label of every voice that has passages; None when they cannot be told."""
    entries = settings.get("voices") if settings else None
    if not isinstance(entries, list) or any(_check_voices(entries)):
        return None
    return {
        entry["voice"]: entry.get("label", "") for entry in entries if entry.get("role") != "inner"
    }


def not_compared(settings: Settings | None) -> list[str]:
    """Return the passages that were not compared with a published text, if a list is given."""
    try:
        found = (settings or {})["provenance"]["compared"]["not_compared"]
    except (KeyError, TypeError):
        return []
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def named_passages(settings: Settings | None) -> Iterator[tuple[str, str]]:
    """Yield key and passage id of every passage that case.toml names."""
    for passage in not_compared(settings):
        yield "provenance.compared.not_compared", passage
    if settings is None or labels(settings) is None:
        return
    for number, entry in enumerate(settings["voices"], 1):
        for passage in entry.get("quoted_in", []):
            yield f"voices[{number}].quoted_in", passage


def _check(settings: Settings) -> Iterator[Fault]:
    """Yield everything that is wrong with the settings."""
    for key in settings:
        if key not in _KEYS:
            yield Fault(FILE, None, key, "an unknown key", "only " + ", ".join(_KEYS))
    yield from _check_texts(settings, _TEXTS, "")
    provenance = settings.get("provenance")
    if isinstance(provenance, dict):
        yield from _check_texts(provenance, _PROVENANCE_TEXTS, "provenance.")
        yield from _check_compared(provenance.get("compared"))
    else:
        yield Fault(FILE, None, "provenance", _found(provenance), "a table [provenance]")
    yield from _check_timeline(settings.get("timeline"))
    yield from _check_map(settings.get("map", []))
    voices = settings.get("voices")
    if isinstance(voices, list) and voices:
        yield from _check_voices(voices)
    else:
        yield Fault(FILE, None, "voices", _found(voices), "one [[voices]] entry for each voice")


def _check_compared(compared: object) -> Iterator[Fault]:
    """Yield what is wrong with [provenance.compared], which need not be there."""
    if compared is None:
        return
    where = "provenance.compared"
    if not isinstance(compared, dict):
        yield Fault(FILE, None, where, _found(compared), "a table [provenance.compared]")
        return
    for key in ("words", "changed"):
        value = compared.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield Fault(FILE, None, f"{where}.{key}", _found(value), "a whole number, 0 or more")
    left_out = compared.get("not_compared")
    if not isinstance(left_out, list) or not all(isinstance(item, str) for item in left_out):
        yield Fault(FILE, None, f"{where}.not_compared", _found(left_out), "a list of passage ids")


def _check_timeline(timeline: object) -> Iterator[Fault]:
    """Yield what is wrong with [timeline]: the article's last day and the named windows."""
    if not isinstance(timeline, dict):
        yield Fault(FILE, None, "timeline", _found(timeline), "a table [timeline]")
        return
    yield from _check_day(timeline, "ends", "timeline.")
    windows = timeline.get("windows", [])
    for number, window in enumerate(windows if isinstance(windows, list) else [None], 1):
        where = f"timeline.windows[{number}]"
        if not isinstance(window, dict):
            yield Fault(FILE, None, where, _found(window), "a [[timeline.windows]] entry")
            continue
        yield from _check_texts(window, ("name",), f"{where}.")
        for key in ("first", "last"):
            yield from _check_day(window, key, f"{where}.")


def _check_map(insets: object) -> Iterator[Fault]:
    """Yield what is wrong with the [[map]] entries, which need not be there."""
    for number, inset in enumerate(insets if isinstance(insets, list) else [None], 1):
        where = f"map[{number}]"
        if not isinstance(inset, dict):
            yield Fault(FILE, None, where, _found(inset), "a [[map]] entry")
            continue
        yield from _check_texts(inset, ("name",), f"{where}.")
        edges: list[Any] = [inset.get(key) for key in _EDGES]
        known = [isinstance(edge, (int, float)) for edge in edges]
        for key, edge, fine in zip(_EDGES, edges, known, strict=True):
            if not fine:
                yield Fault(FILE, None, f"{where}.{key}", _found(edge), "a number of degrees")
        if all(known) and not (edges[0] < edges[2] and edges[1] < edges[3]):
            yield Fault(
                FILE, None, where, "edges the wrong way round", "west < east, south < north"
            )


def _check_day(table: Mapping[str, Any], key: str, where: str) -> Iterator[Fault]:
    """Yield a fault when the value is not one day of the calendar, as a text."""
    value = table.get(key)
    try:
        is_day = isinstance(value, str) and precision(value) == "day"
    except ValueError:
        is_day = False
    if not is_day:
        yield Fault(FILE, None, where + key, _found(value), 'a day such as "2017-11-12"')


def _check_texts(table: Mapping[str, Any], keys: Sequence[str], where: str) -> Iterator[Fault]:
    """Yield every key that must hold a text and does not."""
    for key in keys:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            yield Fault(FILE, None, where + key, _found(value), "a text in quotation marks")


def _check_voices(entries: Sequence[Any]) -> Iterator[Fault]:
    """Yield what is wrong with the [[voices]], counted from 1."""
    fine = True
    for number, entry in enumerate(entries, 1):
        where = f"voices[{number}]"
        if not isinstance(entry, dict):
            yield Fault(FILE, None, where, _found(entry), "a [[voices]] entry")
            fine = False
            continue
        for fault in _check_texts(entry, _VOICE_TEXTS, f"{where}."):
            yield fault
            fine = False
    if fine:
        yield from _check_marks(entries)


def _check_marks(entries: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield what lessons.document has against the marks, each of its sentences as one fault."""
    try:
        Marks.from_dicts(entries)
    except MarksError as error:
        for sentence in error.faults:
            yield Fault(
                FILE, None, "voices", sentence.rstrip("."), "marks that tell the voices apart"
            )


def _found(value: object) -> str:
    """Say what stands in a setting."""
    if value is None:
        return "nothing"
    return "an empty text" if isinstance(value, str) and not value.strip() else shown(str(value))
