"""Checks of one table by itself: its cells, its ids, its dates.

Why not frictionless at run time? It cannot look inside a list cell or check offsets in code
points, and it takes a classroom kernel 0.2 seconds just to import. The tests validate the same
datapackage.json and the same tables with frictionless, so that the two can never drift apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lessons.case.edtf import bounds, precision
from lessons.case.faults import Fault, shown
from lessons.case.tables import Row, Table, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessons.case.schema import Column

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def check_cells(table: Table) -> list[Fault]:
    """Return every cell of a table that breaks its column's rules, one fault a cell."""
    file = table.schema.file
    faults = []
    for column in table.schema.columns:
        dated = bool(column.not_before or column.precision_of)  # few are: a case has many cells
        for row in table.rows:
            # A row too short to have the cell was already reported.
            if column.name not in row.cells:
                continue
            cell = row.cells[column.name]
            expected = expected_of_cell(column, cell)
            if dated and not expected:
                expected = _expected_of_dates(column, row)
            if expected:
                found = shown(cell) if cell else "an empty cell"
                faults.append(Fault(file, row.number, column.name, found, expected))
    return faults


def expected_of_cell(column: Column, cell: str) -> str:
    """Say what was expected of a cell; "" when the cell is fine."""
    if cell == "":
        return "a value" if column.required else ""
    check = _expected_text if column.type == "string" else _expected_number
    return check(column, cell)


def _expected_text(column: Column, cell: str) -> str:
    """Say what text was expected; "" when the cell is one."""
    if column.enum and cell not in column.enum:
        return "one of " + ", ".join(column.enum)
    if column.pattern and not re.fullmatch(column.pattern, cell):
        return f"a text that fits the pattern {column.pattern}"
    if column.is_list and not all(value.strip() for value in column.values(cell)):
        return f"values parted by one {column.separator!r} each, none of them empty"
    return _expected_date(cell) if column.edtf else ""


def _expected_number(column: Column, cell: str) -> str:
    """Say what number was expected; "" when the cell is one and within its limits."""
    if column.type == "integer" and whole_number(cell) is None:
        return "a whole number"
    if not _NUMBER.fullmatch(cell):
        return "a number such as 12 or 12.5"
    if column.minimum is not None and float(cell) < column.minimum:
        return f"{column.minimum:g} or more"
    if column.maximum is not None and float(cell) > column.maximum:
        return f"{column.maximum:g} or less"
    return ""


def _expected_date(cell: str) -> str:
    """Say what date was expected; "" when the cell is one."""
    try:
        bounds(cell)
    except ValueError as error:
        return str(error)
    return ""


def _expected_of_dates(column: Column, row: Row) -> str:
    """Check a cell against a date in another column of its row; "" when both fit."""
    cell, other = row.get(column.name), row.get(column.not_before or column.precision_of)
    if not cell or not other or _expected_date(other):
        return ""
    if column.not_before:
        first, last = bounds(other)[0], bounds(cell)[1]
        return f"{other} or later" if first and last and last < first else ""
    exact = precision(other) if "/" not in other else cell
    return "" if cell == exact else f"{exact}, as {column.precision_of} is {shown(other)}"


def check_ids(table: Table) -> list[Fault]:
    """Return every row whose id, or other key, an earlier row already has."""
    faults: list[Fault] = []
    refused: set[int] = set()
    for key in table.schema.keys:
        for row, first in _repeated(table, key):
            # A row that repeats an id would repeat the other key too: one fault says it.
            if row.number not in refused:
                found = " and ".join(shown(row.get(column)) for column in key) + " again"
                expected = f"it once, as in row {first}"
                name = " and ".join(key)
                faults.append(Fault(table.schema.file, row.number, name, found, expected))
            refused.add(row.number)
    return faults


def _repeated(table: Table, key: tuple[str, ...]) -> Iterator[tuple[Row, int]]:
    """Yield each row whose key an earlier row has, with that row's number; no empty keys."""
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        value = tuple(row.get(column) for column in key)
        if all(value):
            if value in seen:
                yield row, seen[value]
            seen.setdefault(value, row.number)
