"""Reading the files of a case: bytes to text, text to rows, with the row numbers kept."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from lessons.case.faults import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lessons.case.schema import TableSchema

_BOM = b"\xef\xbb\xbf"
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}
# More digits are no offset, and Python refuses to convert thousands of them.
_MOST_DIGITS = 15
Place = tuple[int, str | None]


@dataclass(frozen=True)
class Row:
    """One record of a table: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return the cell, "" where the row or the table is too short to have one."""
        return self.cells.get(column, "")

    def count(self, column: str) -> int | None:
        """Return the cell as a whole number of 0 or more, None when it is none."""
        number = whole_number(self.get(column))
        return number if number is not None and number >= 0 else None


@dataclass(frozen=True)
class Table:
    """The rows of one file. `columns` are those it has; none when it could not be read."""

    schema: TableSchema
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def ids(self) -> set[str] | None:
        """All ids of the table; None when they could not be read, so that none can be missed."""
        if self.schema.id not in self.columns:
            return None
        return {row.get(self.schema.id) for row in self.rows} - {""}


def whole_number(cell: str) -> int | None:
    """Return a cell as a whole number, None when it is none (only the digits 0-9 count)."""
    digits = cell.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        return int(cell)
    return None


def read_text(
    path: Path, place: Callable[[str], Place] | None = None, *, keep_bom: bool = False
) -> tuple[str | None, list[Fault]]:
    """Read a file as UTF-8 text, line ends untouched; the text is None when that fails.

    `place` gets the text before the first bad byte and says in which row and column the byte is.
    A byte order mark, as Excel writes it, is dropped unless `keep_bom`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [Fault(path.name, None, None, "no such file", f"a file at {path}")]
    except OSError as error:
        reason = f"a file that cannot be read ({error.strerror})"
        return None, [Fault(path.name, None, None, reason, "a readable file")]
    skip = 0 if keep_bom else len(_BOM) * data.startswith(_BOM)
    try:
        return data[skip:].decode("utf-8"), []
    except UnicodeDecodeError as error:
        good = data[skip : skip + error.start].decode("utf-8")
        row, column = place(good) if place else (good.count("\n") + 1, None)
        number = skip + error.start
        found = f"the byte 0x{data[number]:02X}, number {number + 1} of the file"
        return None, [Fault(path.name, row, column, found, "UTF-8 text")]


def read_table(path: Path, schema: TableSchema) -> tuple[Table, list[Fault]]:
    """Read a CSV file as the schema's table; returns what could be read and what was wrong."""
    text, faults = read_text(path, _csv_place)
    if text is None:
        return Table(schema), faults
    try:
        records = list(_records(text))
    except CsvError as error:
        expected = "cells as CSV writes them, a text with commas or quotation marks in quotes"
        return Table(schema), [Fault(path.name, error.row, None, error.found, expected)]
    if not records:
        return Table(schema), [Fault(path.name, 1, None, "an empty file", "a row of column names")]
    (_, header), *records = records
    faults = _separator_faults(path.name, header)
    if faults:
        return Table(schema), faults
    faults = _header_faults(path.name, header, schema)
    faults += [
        Fault(path.name, number, None, f"{len(cells)} cells", f"{len(header)} cells, one a column")
        for number, cells in records
        if len(cells) != len(header)
    ]
    # A row of the wrong length keeps the cells it has, so that its id is still known.
    rows = [Row(number, dict(zip(header, cells, strict=False))) for number, cells in records]
    return Table(schema, tuple(rows), tuple(header)), faults


class CsvError(ValueError):
    """CSV that cannot be taken apart: in which row, and what was found there."""

    def __init__(self, row: int, found: str) -> None:
        """Keep the row and what was found."""
        super().__init__(found)
        self.row, self.found = row, found


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of every record that is not an empty line; raises CsvError."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = "a quotation mark that is never closed"
            if "unexpected end" not in str(error):
                found = f"cells that cannot be told apart ({error})"
            raise CsvError(number, found) from None
        if cells:
            yield number, cells


def _csv_place(before: str) -> Place:
    """Return the row and column in which a CSV text breaks off."""
    # The X stands for the broken byte, so that a text ending in a comma or line end has a cell.
    try:
        records = list(csv.reader(StringIO(before + "X", newline="")))
    except csv.Error:
        return before.count("\n") + 1, None
    index = len(records[-1]) - 1
    known = len(records) > 1 and index < len(records[0])
    return len(records), records[0][index] if known else None


def _separator_faults(file: str, header: Sequence[str]) -> list[Fault]:
    """Notice a table that a spreadsheet saved with semicolons or tabs."""
    return [
        Fault(file, 1, None, f"columns parted by {name}", "columns parted by commas")
        for separator, name in _OTHER_SEPARATORS.items()
        if len(header) == 1 and separator in header[0]
    ]


def _header_faults(file: str, header: Sequence[str], schema: TableSchema) -> list[Fault]:
    """Compare the first row with the columns that the schema knows."""
    known = ", ".join(schema.names)
    faults = [
        Fault(file, 1, name, f"the column {count} times", "it once")
        for name, count in Counter(header).items()
        if count > 1
    ]
    faults += [
        Fault(file, 1, name, f"an unknown column {shown(name)}", f"only the columns {known}")
        for name in dict.fromkeys(header)
        if name not in schema.names
    ]
    return faults + [
        Fault(file, 1, name, "no such column", f"a column named {name}")
        for name in schema.names
        if name not in header
    ]
