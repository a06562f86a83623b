"""What the learner answered: kept, asked for, exported and taken in."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.work import files, places, rows
from lessons.work.checks import WorkError, check_alias, now
from lessons.work.damage import free_name, salvage
from lessons.work.own_words import without_own_words
from lessons.work.store import FILE, RefusedError, Store

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    import pandas as pd

    from lessons.work.checks import Answer
    from lessons.work.labelled import Lookup


@dataclass(frozen=True)
class Taken:
    """What taking a file in has changed.

    new: answers that were not here; known: those that were; replaced: those of which the file
    had a newer version; older: those of which the file had an older one, which was left out.
    """

    new: int
    known: int
    replaced: int
    older: int

    @property
    def sentence(self) -> str:
        """Say it to the learner, leaving out what did not happen."""
        said = [f"{_many(self.new)} taken in."]
        if self.known:
            said.append(f"{self.known} {'was' if self.known == 1 else 'were'} here already.")
        if self.replaced:
            said.append(f"{self.replaced} replaced an older one here.")
        if self.older:
            said.append(f"{self.older} left out, because the one here is newer.")
        return " ".join(said)


def _many(count: int) -> str:
    return "1 answer" if count == 1 else f"{count or 'No'} answers"


def open_work(folder: Path | str | None = None) -> Work:
    """Open the learner's answers, which are made if there are none; raises nothing.

    folder: where they lie; None: the folder TWO_VOICES_WORK, else `work` in the course folder.
        Where that cannot be written, another one is taken, and the work's notice says so.
    """
    refused: list[Path] = []
    for place in places.candidates(folder):
        store = _opened(place)
        if store is not None:
            said = _bring_along(refused, store) if refused else []
            return Work(store, said)
        refused.append(place)
    return Work(Store(None), [places.NOWHERE])


def _opened(folder: Path) -> Store | None:
    if not places.can_write(folder):
        return None
    store = Store(folder / FILE)
    try:
        store.open()
    except RefusedError:
        return None
    return store


def _bring_along(refused: list[Path], store: Store) -> list[str]:
    """Copy what lies in folders that cannot be written, and say where the answers are now."""
    for folder in refused:
        with contextlib.suppress(WorkError):
            store.restore(salvage(folder / FILE))
    here = store.path.parent if store.path else ""
    there = "".join(char if char.isprintable() else "?" for char in str(refused[0]))
    return [f"The folder {there} cannot be written, so your answers are kept in {here}."]


class Work:
    """The learner's answers; made by `open_work`.

    Every call opens the file anew, so several kernels and threads may use it at once.
    """

    def __init__(self, store: Store, said: list[str]) -> None:
        """Keep the store, and what is to be said of its place."""
        self._store = store
        self._said = said
        self.forgetful = places.is_forgetful()

    @property
    def path(self) -> Path | None:
        """The database file; None: the answers are held in memory only."""
        return self._store.path

    @property
    def notice(self) -> str:
        """What the learner should know of the place and the file, "" when all is well."""
        said = [*self._said, *self._store.notices]
        return " ".join([*said, places.FORGETS] if self.forgetful else said)

    def keep(self, *answers: Answer) -> None:
        """Save answers, all or none; one whose id is there already is left as it is.

        Raises WorkError with one sentence when they could not be saved, ValueError with one for
        an answer that is malformed.
        """
        saved_at = now()
        try:
            new = [rows.row_of(answer, saved_at) for answer in answers]
        except ValueError as error:
            message = f"An answer cannot be kept: {error}."
            raise ValueError(message) from None

        def add(connection: sqlite3.Connection) -> None:
            for row in new:
                rows.add_row(connection, row)

        if new:
            self._store.write(add)

    @property
    def answers(self) -> pd.DataFrame:
        """All answers by time, a row for each id; `attempt` counts within case and item.

        Raises WorkError when they could not be read.
        """
        import pandas as pd  # noqa: PLC0415 - slow, and only a question needs it

        kept = self._read()
        table = pd.DataFrame(
            {
                "case": [one.answer.case for one in kept],
                "item": [one.answer.item for one in kept],
                "kind": [one.answer.kind for one in kept],
                "value": pd.Series([one.answer.value for one in kept], dtype="object"),
                "answered_at": [one.answer.answered_at for one in kept],
                "attempt": list(_attempts(kept)),
                "saved_at": [one.saved_at for one in kept],
            }
        )
        table.index = pd.Index([one.answer.id for one in kept], name="id", dtype="str")
        # An empty column would be one of numbers.
        texts = dict.fromkeys(("case", "item", "kind", "answered_at", "saved_at"), "str")
        return table.astype(texts | {"attempt": "int64"})

    def of(self, case: str, item: str) -> list[Answer]:
        """Return the attempts at one item, the first one first; raises WorkError."""
        return self.many(case, [item])[item]

    def many(self, case: str, items: Iterable[str]) -> dict[str, list[Answer]]:
        """Return the attempts at several items, a list for each of them; raises WorkError."""
        found: dict[str, list[Answer]] = {item: [] for item in items}
        for kept in self._read("WHERE case_name = ?", [case]):
            if kept.answer.item in found:
                found[kept.answer.item].append(kept.answer)
        return found

    def _read(self, where: str = "", values: Iterable[str] = ()) -> list[rows.Kept]:
        wanted = list(values)
        return self._store.read(lambda connection: list(rows.read_rows(connection, where, wanted)))

    @property
    def alias(self) -> str:
        """The name that the learner chose, "" when there is none; raises WorkError."""
        return self._store.read(rows.get_settings).get("alias", "")

    def rename(self, alias: str) -> None:
        """Set the alias; raises ValueError when it is too long, WorkError when it is not saved."""
        name = check_alias(alias)
        self._store.write(lambda connection: rows.set_setting(connection, "alias", name))

    @property
    def learner(self) -> str:
        """The short random id of this database, such as "k7f3qd"; raises WorkError."""
        return self._store.read(rows.get_settings)["learner"]

    def delete_all(self) -> int:
        """Delete the answers and the alias for good, and return how many answers there were.

        Files that were set aside or exported stay. Raises WorkError.
        """

        def delete(connection: sqlite3.Connection) -> int:
            count = connection.execute("DELETE FROM answers").rowcount
            connection.execute("DELETE FROM settings")
            rows.set_setting(connection, "learner", rows.new_learner())
            return count

        count = self._store.write(delete)
        self._store.compact()
        return count

    def export_text(self, lookup: Lookup | None = None) -> str:
        """Return everything as the text of an export file; raises WorkError.

        lookup: gives the text and the labels of a case by its name, or None; with them, other
        programs can find labelled marks in the text and show what their labels are called.
        """
        learner, alias, answers = self._everything()
        return files.written(learner, alias, answers, lookup)

    def _everything(self) -> tuple[str, str, list[Answer]]:
        """Return the learner's id, the alias and the answers by time, as they are together."""

        def everything(connection: sqlite3.Connection) -> tuple[str, str, list[Answer]]:
            settings = rows.get_settings(connection)
            answers = [kept.answer for kept in rows.read_rows(connection)]
            return settings["learner"], settings.get("alias", ""), answers

        return self._store.read(everything)

    def export_name(self) -> str:
        """Return the name for today's export file; raises WorkError."""
        settings = self._store.read(rows.get_settings)
        return files.file_name(settings["learner"], settings.get("alias", ""))

    def export(self, folder: Path | str) -> Path:
        """Write the export file into a folder and return its path; nothing is overwritten.

        Raises WorkError with one sentence when it could not be written.
        """
        return _put_into(folder, self.export_name(), self.export_text(), "exported")

    def hand_in_text(self, *, own_words: bool, lookup: Lookup | None = None) -> str:
        """Return the text of the file for the teacher; raises WorkError.

        own_words: whether what the learner wrote goes along (see `own_words`). lookup: as in
        `export_text`.
        """
        learner, alias, answers = self._everything()
        given = answers if own_words else [without_own_words(answer) for answer in answers]
        return files.written(learner, alias, given, lookup, files.HAND_IN)

    def hand_in_name(self) -> str:
        """Return the name for today's hand-in: "hand-in_Anna_k7f3qd_2026-11-25.json"."""
        settings = self._store.read(rows.get_settings)
        return files.file_name(settings["learner"], settings.get("alias", ""), "hand-in")

    def hand_in(self, folder: Path | str, text: str) -> Path:
        """Write a hand-in into the teacher's folder; nothing is overwritten. Raises WorkError."""
        return _put_into(folder, self.hand_in_name(), text, "handed in")

    def take_in(
        self,
        data: bytes | str,
        cases: Collection[str] | None = None,
        lookup: Lookup | None = None,
    ) -> Taken:
        """Add the answers of an export file to those here.

        cases: the cases whose answers are welcome; None: all are. lookup: as in `export_text`;
        labelled marks that were made on the same edition of a case must fit it.
        Raises WorkError with one sentence when anything in the file is wrong; then nothing is
        changed.
        """
        document = files.read(data, cases, lookup)
        return self._store.write(lambda connection: _merge(connection, document))


def _attempts(kept: Iterable[rows.Kept]) -> Iterator[int]:
    """Yield the number of each attempt within its case and item."""
    counts: dict[tuple[str, str], int] = {}
    for one in kept:
        key = (one.answer.case, one.answer.item)
        counts[key] = counts.get(key, 0) + 1
        yield counts[key]


def _put_into(folder: Path | str, name: str, text: str, done: str) -> Path:
    """Write a new file into a folder, made if need be; raises WorkError with one sentence."""
    wanted = Path(folder) / name
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        return _written_anew(wanted, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is none"
        message = f"Your work could not be {done} to {wanted.parent}: {reason}."
        raise WorkError(" ".join(message.split())) from None


def _written_anew(wanted: Path, text: str) -> Path:
    """Write a text to a new file, which gets another name as long as the name is taken."""
    while True:
        path = free_name(wanted)
        try:
            file = path.open("x", encoding="utf-8", newline="")
        except FileExistsError:
            # Another kernel was quicker.
            continue
        try:
            with file:
                file.write(text)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path


def _merge(connection: sqlite3.Connection, document: files.Document) -> Taken:
    here = {kept.answer.id: kept.answer for kept in rows.read_rows(connection)}
    counts = {"new": 0, "known": 0, "replaced": 0, "older": 0}
    saved_at = now()
    for answer in document.answers:
        found = _comparison(here.get(answer.id), answer)
        counts[found] += 1
        if found in {"new", "replaced"}:
            rows.put_row(connection, rows.row_of(answer, saved_at))
    if document.alias and not rows.get_settings(connection).get("alias"):
        rows.set_setting(connection, "alias", document.alias)
    return Taken(**counts)


def _comparison(here: Answer | None, there: Answer) -> str:
    if here is None:
        return "new"
    # As rows, because to Python 1, 1.0 and True are the same.
    if rows.row_of(here, "") == rows.row_of(there, ""):
        return "known"
    return "replaced" if there.answered_at > here.answered_at else "older"
