"""What is wrong with a case, said so that a teacher can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a case folder.

    file: the file's name, without its folder.
    row: for a table the row as a spreadsheet counts it (row 1 is the header); for other files the
        line; None when the whole file is meant.
    column: for a table the column, for case.toml the key; None when the whole row is meant.
    found, expected: what stands there, and what should.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line."""
        is_table = self.file.endswith(".csv")
        place = [self.file]
        if self.row is not None:
            place.append(f"{'row' if is_table else 'line'} {self.row}")
        if self.column is not None:
            place.append(f"{'column' if is_table else 'key'} {self.column}")
        sentence = f"{', '.join(place)}: found {self.found}, expected {self.expected}."
        return " ".join(sentence.splitlines())


class CaseError(ValueError):
    """A case that cannot be used; `faults` holds every reason, and str() is one line for each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults; the error's text is all of them, one a line."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def shown(text: str) -> str:
    """Put a found text in quotes on one line, shortened in the middle when it is long."""
    if len(text) > _LONGEST:
        half = _LONGEST // 2
        text = f"{text[:half]} ... {text[-half:]}"
    return repr(text)
