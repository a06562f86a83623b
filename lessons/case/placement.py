"""Checks against the document: passages cover it without gap or overlap, quotes stand in it.

Offsets are Unicode code points, end-exclusive. A passage whose own place is in doubt is not asked
further questions, so that one wrong offset gives one line and not ten.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lessons.case.faults import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lessons.case.tables import Row, Table


@dataclass(frozen=True)
class Placed:
    """A passage whose start and end are offsets within the document."""

    row: Row
    start: int
    end: int

    @property
    def id(self) -> str:
        """The passage's id."""
        return self.row.get("passage_id")


def check_passages(
    text: str, table: Table, labels: Mapping[str, str] | None
) -> tuple[list[Fault], dict[str, Placed]]:
    """Check all passages; `labels` gives each voice's label (None when case.toml was not readable).

    Returns the faults, and by id the passages whose place is beyond doubt.
    """
    file = table.schema.file
    faults: list[Fault] = []
    if not {"passage_id", "start", "end"} <= set(table.columns):
        return faults, {}
    if not table.rows:
        return [Fault(file, 1, None, "no passages", "at least one")], {}
    placed: list[Placed | None] = []
    for row in table.rows:
        problem = _place_fault(file, text, row)
        faults += [problem] if problem else []
        placed.append(None if problem else _placed(row))
    layout, doubtful = _check_layout(file, text, placed)
    sure = [item for item in placed if item and item.row.number not in doubtful]
    for item in sure:
        faults += _check_passage(file, text, item, labels)
    counts = Counter(row.get("passage_id") for row in table.rows)
    return faults + layout, {item.id: item for item in sure if counts[item.id] == 1}


def _placed(row: Row) -> Placed | None:
    """Return a passage with its offsets; None when a cell of them is no number."""
    start, end = row.count("start"), row.count("end")
    return None if start is None or end is None else Placed(row, start, end)


def _place_fault(file: str, text: str, row: Row) -> Fault | None:
    """Return what is wrong with the start or end of one passage or quote, looked at alone."""
    item = _placed(row)
    if item is None:
        return None
    problem = _range_problem(text, item)
    if problem is None:
        if text[item.start].isspace():
            problem = "start", f"{item.start}, where white space stands", "the passage's first word"
        elif text[item.end - 1].isspace():
            problem = "end", f"{item.end}, after white space", "the end of the passage's last word"
    return Fault(file, row.number, *problem) if problem else None


def _range_problem(text: str, item: Placed) -> tuple[str, str, str] | None:
    """Return column, found and expected when start and end are no range within the text."""
    if item.end > len(text):
        return "end", str(item.end), f"at most {len(text)}, where the document ends"
    if item.start >= item.end:
        return "end", str(item.end), f"more than {item.start}, where it starts"
    return None


def _check_layout(
    file: str, text: str, placed: list[Placed | None]
) -> tuple[list[Fault], set[int]]:
    """Check neighbours: no overlap, only white space between, and the order counted 1, 2, 3.

    Returns the faults, and the numbers of the rows whose place is in doubt because of them.
    """
    faults: list[Fault] = []
    doubtful: set[int] = set()
    expected_order = 0
    for before, item in _neighbours(placed):
        expected_order += 1
        problem = _neighbour_fault(file, text, before, item)
        order = item.row.count("order") if item else None
        if problem:
            faults.append(problem)
            doubtful |= {near.row.number for near in (before, item) if near}
            # The order goes on from here: a passage left out gives one fault, not more.
            expected_order = order or expected_order
        elif item and order and order != expected_order:
            found, expected = str(order), f"{expected_order}, its place in the document"
            faults.append(Fault(file, item.row.number, "order", found, expected))
    return faults + _end_faults(file, text, placed, doubtful), doubtful


def _neighbours(
    placed: list[Placed | None],
) -> Iterator[tuple[Placed | None, Placed | None]]:
    """Yield every passage with the one before it; None for a passage whose place is not known."""
    first = placed[0]
    # Before the first passage stands the beginning of the document, a passage of no length.
    yield (Placed(first.row, 0, 0) if first else None), first
    yield from pairwise(placed)


def _neighbour_fault(
    file: str, text: str, before: Placed | None, item: Placed | None
) -> Fault | None:
    """Return the overlap or gap between two passages, reported at the later one's start."""
    if before is None or item is None:
        return None
    if item.start < before.end:
        expected = f"{before.end} or more, because {before.id} ends there"
        return Fault(file, item.row.number, "start", str(item.start), expected)
    return _gap_fault(file, text[before.end : item.start], item.row.number, "start")


def _end_faults(
    file: str, text: str, placed: list[Placed | None], doubtful: set[int]
) -> list[Fault]:
    """Return the gap between the last passage and the end of the document."""
    last = placed[-1]
    fault = _gap_fault(file, text[last.end :], last.row.number, "end") if last else None
    if fault and last:
        doubtful.add(last.row.number)
    return [fault] if fault else []


def _gap_fault(file: str, between: str, row: int, column: str) -> Fault | None:
    """Return a fault when text that belongs to no passage is more than white space."""
    if not between.strip():
        return None
    found = f"the text {shown(between.strip())} in no passage"
    return Fault(file, row, column, found, "only white space between passages")


def _check_passage(
    file: str, text: str, item: Placed, labels: Mapping[str, str] | None
) -> list[Fault]:
    """Check the words, voice and label of a passage that is in its place."""
    faults = []
    passage, row = text[item.start : item.end], item.row
    words = row.count("words")
    if words and words != len(passage.split()):
        expected = f"{len(passage.split())}, the words counted by white space"
        faults.append(Fault(file, row.number, "words", str(words), expected))
    voice = row.get("voice")
    if labels is None or not voice:
        return faults
    if voice not in labels:
        expected = "one of the voices of case.toml: " + ", ".join(labels)
        return [*faults, Fault(file, row.number, "voice", shown(voice), expected)]
    label = labels[voice] if _begins_with(passage, labels[voice]) else ""
    if "label" in row.cells and row.get("label") != label:
        found, expected = shown(row.get("label")), f"{shown(label)}, as the passage begins"
        faults.append(Fault(file, row.number, "label", found, expected))
    return faults


def _begins_with(passage: str, label: str) -> bool:
    """Tell whether a passage prints this label and a colon, as lessons.document reads them."""
    return bool(label) and bool(re.match(rf"{re.escape(label)}[^\S\r\n]*[:\uff1a]", passage))


def check_quotes(text: str, table: Table, passages: Mapping[str, Placed]) -> list[Fault]:
    """Return every quote that does not stand at its start and end, or not in its passage."""
    faults = []
    for column in table.schema.columns:
        if column.quotes is None or not {*column.quotes.values()} <= set(table.columns):
            continue
        for row in table.rows:
            problem = _quote_problem(text, row, column.name, column.quotes, passages)
            if problem:
                faults.append(Fault(table.schema.file, row.number, *problem))
    return faults


def _quote_problem(
    text: str, row: Row, column: str, where: Mapping[str, str], passages: Mapping[str, Placed]
) -> tuple[str, str, str] | None:
    """Return column, found and expected of one wrong quote; None when all is well."""
    start, end = row.count(where["start"]), row.count(where["end"])
    quote, passage = row.get(column), passages.get(row.get(where["passage"]))
    if start is None or end is None or not quote:
        return None
    problem = _range_problem(text, Placed(row, start, end))
    if problem is None and text[start:end] == quote:
        if passage and not passage.start <= start < end <= passage.end:
            return where["passage"], passage.id, f"the passage that holds {start} to {end}"
        return None
    altered = column, shown(quote), f"{shown(text[start:end])}, the text from {start} to {end}"
    return _nearest(text, quote, passage, start, end) or problem or altered


def _nearest(
    text: str, quote: str, passage: Placed | None, start: int, end: int
) -> tuple[str, str, str] | None:
    """Say which offset is wrong, if the quote stands elsewhere in its passage; else None."""
    first, last = (passage.start, passage.end) if passage else (0, len(text))
    places = [at for at in range(first, last - len(quote) + 1) if text.startswith(quote, at)]
    if not places:
        return None
    at = min(places, key=lambda place: abs(place - start))
    expected = f"as the quote stands at {at} to {at + len(quote)}"
    if at != start:
        return "start", str(start), f"{at}, {expected}"
    return "end", str(end), f"{at + len(quote)}, {expected}"
