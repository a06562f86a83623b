"""What is done with a damaged database: it is set aside, and what can be read is brought over."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from lessons.work.rows import COLUMNS, DamagedError, Kept, get_settings, kept_of, make_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAGE = 4096
_HEADER = 100
# A file this large was never ours; reading it would only take the computer's memory.
_LARGEST = 200_000_000
# SQLite quotes a broken name in its own error message, which then is no text; and a damaged
# length may ask for any amount of memory.
_UNREADABLE = (sqlite3.Error, DamagedError, UnicodeDecodeError, OverflowError, MemoryError)


class Salvage(NamedTuple):
    """What could be read of a damaged database: answers by id, and settings."""

    answers: dict[str, Kept]
    settings: dict[str, str]


def set_aside(path: Path) -> Path:
    """Rename a file, or a folder in its place, and return its new path; raises OSError."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    aside = free_name(path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}"))
    journal = path.with_name(path.name + "-journal")
    # First, because as soon as the database is gone another kernel may begin a new one, with a
    # new journal. There seldom is one; when it is held, the database alone is set aside.
    with contextlib.suppress(OSError):
        journal.rename(aside.with_name(aside.name + "-journal"))
    path.rename(aside)
    _detach(aside)
    return aside


def _detach(aside: Path) -> None:
    """Put a copy in the place of a file that was set aside, as far as there is room for one.

    A kernel that still has the file open would take the new file's journal for its own, and
    write it into the file set aside; now it writes into one that has no name any more.
    """
    copy = aside.with_name(aside.name + ".copy")
    with contextlib.suppress(OSError):
        if not aside.is_file() or aside.stat().st_size > _LARGEST:
            return
        try:
            with copy.open("xb") as file:
                file.write(aside.read_bytes())
                file.flush()
                os.fsync(file.fileno())
            copy.replace(aside)
        except OSError:
            copy.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """Return a path that nothing has: the given one, or with "-2", "-3" before the suffix."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def salvage(path: Path) -> Salvage:
    """Read what can be read of a damaged database, which stays as it is; raises nothing."""
    found = Salvage({}, {})
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return found
        data = path.read_bytes()
    except OSError:
        return found
    for image in _images(data):
        with contextlib.suppress(*_UNREADABLE):
            _read_image(image, found)
    return found


def _images(data: bytes) -> Iterator[bytes]:
    """Yield the database with a mended header, and with a wholly new first page."""
    pages = -(-len(data) // _PAGE)
    padded = data.ljust(pages * _PAGE, b"\0")
    fresh = _first_page(pages)
    yield fresh[:_HEADER] + padded[_HEADER:]
    yield fresh + padded[_PAGE:]


def _first_page(pages: int) -> bytes:
    """Return the first page of a new database, saying that so many pages follow."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        make_tables(connection)
        page = bytearray(connection.serialize()[:_PAGE])
    page[28:32] = pages.to_bytes(4, "big")
    return bytes(page)


def _read_image(image: bytes, found: Salvage) -> None:
    """Add to `found` what this image of a database still holds."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(image)
        # Bytes that are no text must not end the reading: their row fails its checksum.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        # From both ends, because reading stops at a page that is broken.
        for order in ("ASC", "DESC"):
            with contextlib.suppress(*_UNREADABLE):
                _read_rows(connection, order, found)
        with contextlib.suppress(*_UNREADABLE):
            found.settings.update(get_settings(connection))


def _read_rows(connection: sqlite3.Connection, order: str, found: Salvage) -> None:
    query = f"SELECT {COLUMNS} FROM answers ORDER BY id {order}"  # noqa: S608 - our own words
    for row in connection.execute(query):
        with contextlib.suppress(DamagedError):
            kept = kept_of(row)
            found.answers[kept.answer.id] = kept
