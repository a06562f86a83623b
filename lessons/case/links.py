"""Checks between tables: every id that a cell names must exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.case.faults import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessons.case.schema import Column, Reference
    from lessons.case.tables import Table


def check_links(tables: Mapping[str, Table]) -> list[Fault]:
    """Return every id, alone in its cell or in a list, that no row of its table has."""
    faults = []
    for table in tables.values():
        for column in table.schema.columns:
            known = _known_ids(tables, column.references)
            if known is not None:
                faults += _dangling(table, column, known)
    return faults


def _known_ids(tables: Mapping[str, Table], references: Sequence[Reference]) -> set[str] | None:
    """Return all ids a column may name; None when it names none or they could not be read."""
    found = [tables[reference.table].ids for reference in references]
    known = [ids for ids in found if ids is not None]
    return set().union(*known) if known and len(known) == len(found) else None


def _dangling(table: Table, column: Column, known: set[str]) -> list[Fault]:
    """Return the values of one column that are not among the known ids."""
    expected = " or ".join(f"one {ref.column} of {ref.table}.csv" for ref in column.references)
    return [
        Fault(table.schema.file, row.number, column.name, shown(value), expected)
        for row in table.rows
        for value in column.values(row.get(column.name))
        # An empty value in a list was already reported.
        if value.strip() and value not in known
    ]
