"""Check of the check items: no habit, such as trusting officials, may earn more than another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lessons.case.faults import Fault

if TYPE_CHECKING:
    from lessons.case.tables import Row, Table

EACH = 4
_COLUMNS = ("form", "voice", "sound")
_SAID = {"yes": "sound", "no": "unsound"}


def check_balance(table: Table) -> list[Fault]:
    """Return where a form has not 4 sound and 4 unsound items in each voice.

    So each form has 8 sound and 8 unsound items. The fault stands at the form's first row.
    Nothing is counted while a row of the table cannot be placed.
    """
    if not set(table.columns) >= {*_COLUMNS, "blueprint"} or not _all_placed(table):
        return []
    counts = Counter(_place(row) for row in table.rows)
    voices, sounds = _words(table, "voice"), _words(table, "sound")
    first: dict[str, int] = {}
    for row in table.rows:
        first.setdefault(row.get("form"), row.number)
    return [
        Fault(
            table.schema.file,
            row,
            "sound",
            _found(counts[form, voice, sound], form, voice, sound),
            f"{EACH} in each form, voice and soundness",
        )
        for form, row in first.items()
        for voice in voices
        for sound in sounds
        if counts[form, voice, sound] != EACH
    ]


def _found(count: int, form: str, voice: str, sound: str) -> str:
    """Say how many items there are of one sort."""
    return f"{count} {_SAID.get(sound, sound)} items in the voice {voice} of the form {form}"


def _all_placed(table: Table) -> bool:
    """Tell whether every item has a form, a voice and a soundness, and its own blueprint."""
    plans = Counter((row.get("form"), row.get("blueprint")) for row in table.rows)
    known = {column: _words(table, column) for column in _COLUMNS}
    return max(plans.values(), default=1) == 1 and all(
        row.get(column) in words for row in table.rows for column, words in known.items()
    )


def _place(row: Row) -> tuple[str, ...]:
    """Return form, voice and soundness of an item."""
    return tuple(row.get(column) for column in _COLUMNS)


def _words(table: Table, column: str) -> tuple[str, ...]:
    """Return the words that a column of the table may hold."""
    return next(found.enum for found in table.schema.columns if found.name == column)
