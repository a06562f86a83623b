"""Tables as CSV that a spreadsheet opens without carrying anything out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# With one of these a cell is a formula to some spreadsheet (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a header and rows as CSV: commas, quotes where needed, one line end.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay
    as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_harmless(name) for name in columns])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> object:
    """Return a cell that is no formula; leading blanks do not hide one."""
    if not isinstance(cell, str):
        return cell
    formula = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    # The writer quotes a cell for a line feed, but not for the other line end.
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if formula else text
