"""The database of the learner's answers: opened anew for each thing done, mended when damaged."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from typing import TYPE_CHECKING, TypeVar

from lessons.work import rows
from lessons.work.checks import WorkError
from lessons.work.damage import salvage, set_aside
from lessons.work.rows import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lessons.work.damage import Salvage

T = TypeVar("T")

FILE = "answers.sqlite"
BUSY_SECONDS = 5.0
LOCKED = (
    "Your answers could not be saved just now, because another program holds the file. "
    "They are kept here and tried again."
)
LOCKED_READING = "Your answers could not be read just now, because another program holds the file."
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
# What the computer refuses says nothing about the file.
_REFUSED = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be written or read",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_READONLY: "the file cannot be written",
    sqlite3.SQLITE_PERM: "the file cannot be written",
    sqlite3.SQLITE_AUTH: "the file cannot be opened",
    sqlite3.SQLITE_NOMEM: "the computer has no memory left",
    sqlite3.SQLITE_INTERRUPT: "it was interrupted",
    sqlite3.SQLITE_NOLFS: "the file is too large for the disk",
}
_TRIES = 20
_MOST_NOTICES = 20
# Byte 18 of a database: 1 or 2; larger ones make SQLite treat it as read-only.
_WRITE_VERSION = 18
# One thread at a time sets aside, or a second one would set the new file aside as well.
_SETTING_ASIDE = threading.Lock()


class NewerError(Exception):
    """The database was made by a newer version of the course."""


class MovedError(Exception):
    """The file was deleted or replaced while it was open."""


class RefusedError(WorkError):
    """The computer does not let the file be read or written."""


class Store:
    """One database file, or one held in memory when `path` is None.

    notices: what the learner should know of what was done with the file, one sentence each.
    """

    def __init__(self, path: Path | None) -> None:
        """Keep the path; nothing is opened yet."""
        self.path = path
        self.notices: list[str] = []
        self._memory: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    def open(self) -> None:
        """Make the file if there is none, and read all of it once.

        Raises RefusedError when there can be no file here. A locked file is taken as it is.
        """
        try:
            self.write(rows.check_all)
        except RefusedError:
            raise
        except WorkError:
            self.notices.append("Another program holds the file of your answers just now.")

    def read(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `action` makes of a connection; raises WorkError."""
        return self._run(action, LOCKED_READING)

    def write(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do `action` in one transaction of its own, all of it or nothing; raises WorkError.

        An action may be done again, on another file, when the first one turns out damaged.
        """

        def in_one(connection: sqlite3.Connection) -> T:
            with transaction(connection):
                return action(connection)

        return self._run(in_one, LOCKED)

    def compact(self) -> None:
        """Give the space of deleted rows back, so that nothing of them stays in the file."""
        self._run(lambda connection: connection.execute("VACUUM"), LOCKED)

    def _run(self, action: Callable[[sqlite3.Connection], T], locked: str) -> T:
        for attempt in range(_TRIES):
            identity, look = self._identity(), attempt < _TRIES // 2
            try:
                with self._session() as connection:
                    self._check_same(identity)
                    done = action(connection)
                if identity == self._identity():
                    return done
                # Deleted or set aside meanwhile: what was written went away with the old file.
            except MovedError:
                pass
            except NewerError:
                self._leave_newer()
            except (DamagedError, UnicodeDecodeError):
                # The second: SQLite quotes a broken name in its own error message.
                self._mend(identity, look=look)
            except sqlite3.Error as error:
                self._sort(error, identity, locked, look=look)
        message = "Your answers could not be saved, because their file is replaced again and again."
        raise RefusedError(message)

    def _sort(
        self, error: sqlite3.Error, identity: tuple[int, int] | None, locked: str, *, look: bool
    ) -> None:
        """Mend what can be mended; raise WorkError for the rest."""
        code = getattr(error, "sqlite_errorcode", None)
        primary = None if code is None else code & 0xFF
        if primary in _BUSY:
            raise WorkError(locked) from None
        # A kernel that still had the file set aside open has taken our journal for its own and
        # deleted it: what we wrote is written once more.
        lost_journal = code == sqlite3.SQLITE_IOERR_DELETE_NOENT
        if identity == self._identity() and not lost_journal:
            self._refuse(primary)
            # Our statements are right, so everything else is the file's fault.
            self._mend(identity, look=look)

    def _refuse(self, primary: int | None) -> None:
        """Raise RefusedError when the computer is at fault, not the file."""
        # The file is looked into only where it cannot be written anyway: closing it would drop
        # the locks of another thread that is writing.
        unclear = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
        if primary in _REFUSED and not (primary in unclear and self._is_broken()):
            message = f"Your answers could not be saved or read, because {_REFUSED[primary]}."
            raise RefusedError(message) from None

    def _identity(self) -> tuple[int, int] | None:
        """Return what tells this file from another one at the same path."""
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino)

    def _check_same(self, identity: tuple[int, int] | None) -> None:
        """Raise MovedError unless the file that was just opened is the one that was there before.

        A file that was just made is opened a second time: so we know which one we write to.
        """
        if self.path is not None and (identity is None or identity != self._identity()):
            raise MovedError

    def _is_broken(self) -> bool:
        """Say whether SQLite refuses to write because of what stands at the file's place."""
        if self.path is None:
            return False
        if self.path.is_dir():
            return True
        try:
            with self.path.open("rb") as file:
                head = file.read(_WRITE_VERSION + 1)
        except OSError:
            return False
        return len(head) > _WRITE_VERSION and head[_WRITE_VERSION] > 2  # noqa: PLR2004

    @contextlib.contextmanager
    def _session(self) -> Iterator[sqlite3.Connection]:
        """Open the database, made if need be and checked; close it in the end."""
        if self.path is None:
            with self._lock:
                yield self._in_memory()
            return
        connection = _connect(self.path)
        try:
            _prepare(connection, self.path)
            yield connection
        finally:
            connection.close()

    def _in_memory(self) -> sqlite3.Connection:
        if self._memory is None:
            self._memory = sqlite3.connect(
                ":memory:", isolation_level=None, check_same_thread=False
            )
            rows.make_tables(self._memory)
        return self._memory

    def _mend(self, identity: tuple[int, int] | None, *, look: bool) -> None:
        """Set the damaged file aside and bring over what can be read; raises WorkError.

        With `look`, a file that a second look finds sound stays: it may be a new one that was
        given the number (inode) of the damaged one, which is free as soon as that is gone.
        """
        if self.path is None or len(self.notices) > _MOST_NOTICES:
            message = "Your answers could not be saved, because their file is damaged each time."
            raise RefusedError(message)
        old = self.path
        with _SETTING_ASIDE, _alone(old) as connection:
            # Another thread or kernel has set it aside already, or is about to make a new one.
            if identity is None or identity != self._identity():
                return
            if look and _is_sound(connection, old):
                return
            try:
                aside = set_aside(old)
            except FileNotFoundError:
                return
            except OSError:
                # It cannot be renamed, so it stays, and the answers go beside it.
                aside, self.path = old, _beside(old)
        found = salvage(aside)
        # Answers that went beside it while it could not be renamed.
        found.answers.update(salvage(_beside(old)).answers)
        self._bring_over(found, aside.name)

    def _bring_over(self, found: Salvage, name: str) -> None:
        count = len(found.answers)
        try:
            self.restore(found)
        except WorkError:
            brought = "its answers could not be brought over"
        else:
            many = "1 answer" if count == 1 else f"{count or 'no'} answers"
            brought = f"{many} could be read and brought over"
        self.notices.append(
            "The file of your answers was damaged or belongs to another program: "
            f"it is kept as {name}, and {brought}."
        )

    def restore(self, found: Salvage) -> None:
        """Write what was read elsewhere, as far as it is not here; raises WorkError."""

        def bring(connection: sqlite3.Connection) -> None:
            # The name and the learner of a file that is in use already are its own.
            is_new = connection.execute("SELECT id FROM answers LIMIT 1").fetchone() is None
            for kept in found.answers.values():
                # An answer that was written by an older rule is kept in the file set aside.
                with contextlib.suppress(ValueError):
                    rows.add_row(connection, rows.row_of(*kept))
            for name, value in found.settings.items() if is_new else ():
                rows.set_setting(connection, name, value)

        if found.answers or found.settings:
            self.write(bring)

    def _leave_newer(self) -> None:
        """Go on with another file beside one that is from the future."""
        if self.path is not None:
            old, self.path = self.path, _beside(self.path)
            self.notices.append(
                f"The file {old.name} was made by a newer version of the course and stays as it "
                f"is: your answers are kept in {self.path.name}."
            )


def _beside(path: Path) -> Path:
    """Return the path of the next file: answers-1.sqlite, answers-2.sqlite."""
    stem, _, number = path.stem.partition("-")
    return path.with_name(f"{stem}-{int(number or 0) + 1}{path.suffix}")


def _is_sound(connection: sqlite3.Connection | None, path: Path) -> bool:
    """Say whether all of a database that we hold alone can be read; one not opened cannot.

    An empty one can: another thread is about to make its tables. Its size tells, for SQLite counts
    the first page as soon as a file is held.
    """
    if connection is None:
        return False
    try:
        if not _is_empty(path):
            rows.check_all(connection)
    except (sqlite3.Error, DamagedError, UnicodeDecodeError, MovedError):
        return False
    return True


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold a damaged file, so that it is not renamed in the middle of another kernel's write.

    SQLite would take that kernel's journal for the new file's. Raises WorkError when another
    program does not let go of the file.
    """
    with contextlib.ExitStack() as stack:
        connection = None
        try:
            if path.is_file() and os.name != "nt":
                connection = stack.enter_context(contextlib.closing(_connect(path)))
                connection.execute("BEGIN EXCLUSIVE")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY:
                raise WorkError(LOCKED) from None
            # No database at all: nobody can be writing to it. (Windows renames no open file.)
        yield connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Begin to write at once, so that no other kernel can come between; all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have rolled back by itself, on a full disk for instance.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that may not be there yet; raises sqlite3.Error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set what holds for each connection, make the tables in a new file, check an old one.

    Raises DamagedError, NewerError or sqlite3.Error.
    """
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA page_size = 4096")
    # No write-ahead log: it does not work in network folders, and synced ones tear it apart.
    connection.execute("PRAGMA journal_mode = DELETE")
    # Reading rolls back what a killed kernel left half done; only then does the size count.
    connection.execute("PRAGMA schema_version").fetchone()
    if _is_empty(path):
        with transaction(connection):
            # Another kernel may have been quicker: then it is not empty any more.
            if _is_empty(path):
                rows.make_tables(connection)
    _check_made(connection)


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        raise MovedError from None


def _check_made(connection: sqlite3.Connection) -> None:
    """Raise DamagedError or NewerError unless this is a database of ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if application != rows.APPLICATION:
        message = "the database belongs to another program"
        raise DamagedError(message)
    if schema > rows.SCHEMA:
        raise NewerError
    if schema < rows.SCHEMA:
        message = "the schema's number is not ours"
        raise DamagedError(message)
    rows.check_tables(connection)
