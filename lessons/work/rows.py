"""What stands in the database, row by row: the tables, and a checksum for each row."""

from __future__ import annotations

import json
import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from lessons.work.checks import Answer, check_answer, now

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

SCHEMA = 1
# "2voi", so that no other program's database is taken for ours.
APPLICATION = int.from_bytes(b"2voi", "big")
# No rowid: the rows lie in one tree, and no second one (an index) can disagree with it.
TABLES = {
    "answers": (
        "CREATE TABLE answers (id TEXT NOT NULL PRIMARY KEY, case_name TEXT NOT NULL, "
        "item TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, answered_at TEXT NOT NULL, "
        "saved_at TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID"
    ),
    "settings": (
        "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, "
        "changed_at TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID"
    ),
}
COLUMNS = "id, case_name, item, kind, value, answered_at, saved_at, checksum"
# No letter that is taken for another one when it is read aloud or copied by hand.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class DamagedError(Exception):
    """The database is not as this course wrote it."""


class Kept(NamedTuple):
    """An answer, and when it was saved."""

    answer: Answer
    saved_at: str


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables and a new learner, within the caller's transaction."""
    for statement in TABLES.values():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    set_setting(connection, "learner", new_learner())


def new_learner() -> str:
    """Return a short random id for a learner, such as "k7f3qd"."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


def checksum(*cells: str) -> str:
    """Return the checksum of a row's cells: a flipped bit inside a text is noticed by it."""
    # As JSON, so that text cannot move from one cell to the next unnoticed.
    return blake2b(json.dumps(cells).encode("ascii"), digest_size=8).hexdigest()


def row_of(answer: Answer, saved_at: str) -> tuple[str, ...]:
    """Return the row for an answer; raises ValueError when the answer is malformed."""
    value = check_answer(answer)
    cells = (answer.id, answer.case, answer.item, answer.kind, value, answer.answered_at, saved_at)
    return (*cells, checksum(*cells))


def kept_of(row: tuple[Any, ...]) -> Kept:
    """Return what a row holds; raises DamagedError when it is not as it was written."""
    *cells, mark = row
    if not all(isinstance(cell, str) for cell in row) or checksum(*cells) != mark:
        message = "a row is not as it was written"
        raise DamagedError(message)
    number, case, item, kind, value, answered_at, saved_at = cells
    try:
        return Kept(Answer(number, case, item, kind, json.loads(value), answered_at), saved_at)
    except (ValueError, RecursionError):
        message = "a value is no JSON"
        raise DamagedError(message) from None


def read_rows(
    connection: sqlite3.Connection, where: str = "", values: Iterable[str] = ()
) -> Iterator[Kept]:
    """Yield answers by time, each one checked; raises DamagedError."""
    # The text put into the statement is written in this package, never a learner's.
    query = f"SELECT {COLUMNS} FROM answers {where} ORDER BY answered_at, id"  # noqa: S608
    yield from map(kept_of, connection.execute(query, tuple(values)))


def add_row(connection: sqlite3.Connection, row: tuple[str, ...]) -> bool:
    """Write a new row; False when its id is there already, and then nothing changes."""
    query = "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
    return connection.execute(query, row).rowcount == 1


def put_row(connection: sqlite3.Connection, row: tuple[str, ...]) -> None:
    """Write a row in place of the one with the same id."""
    connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def get_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every setting by its name; raises DamagedError."""
    found = {}
    for row in connection.execute("SELECT name, value, changed_at, checksum FROM settings"):
        *cells, mark = row
        if not all(isinstance(cell, str) for cell in row) or checksum(*cells) != mark:
            message = "a setting is not as it was written"
            raise DamagedError(message)
        found[row[0]] = row[1]
    return found


def set_setting(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Write a setting in place of what it was."""
    cells = (name, value, now())
    row = (*cells, checksum(*cells))
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?)", row)


def check_tables(connection: sqlite3.Connection) -> None:
    """Raise DamagedError unless both tables are exactly as `make_tables` makes them."""
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    if any(found.get(name) != statement for name, statement in TABLES.items()):
        message = "a table is missing or another one"
        raise DamagedError(message)


def check_all(connection: sqlite3.Connection) -> None:
    """Read everything once; raises DamagedError when any of it is not as it was written.

    Raises sqlite3.OperationalError for a file that cannot be written.
    """
    # Deletes nothing, but SQLite says now, and not at the first answer, that the file is read-only
    # (BEGIN IMMEDIATE does not).
    connection.execute("DELETE FROM settings WHERE name IS NULL")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        message = "the pages of the file do not fit together"
        raise DamagedError(message)
    for _ in read_rows(connection):
        pass
    if "learner" not in get_settings(connection):
        message = "the learner's id is missing"
        raise DamagedError(message)
