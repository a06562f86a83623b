"""Loading a case folder: read every file, ask every question, keep every fault."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lessons.case.balance import check_balance
from lessons.case.cells import check_cells, check_ids
from lessons.case.exercises import check_exercises
from lessons.case.faults import Fault, shown
from lessons.case.links import check_links
from lessons.case.placement import check_passages, check_quotes
from lessons.case.schema import DATA, read_schemas
from lessons.case.settings import FILE, Settings, labels, named_passages, read_settings
from lessons.case.tables import Table, read_table, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCUMENT = "document.txt"


@dataclass
class Loaded:
    """What was read of a case folder, and everything that was found wrong with it."""

    text: str | None = None
    settings: Settings | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def load(folder: Path, shared: Path = DATA) -> Loaded:
    """Read and check a case folder; `shared` is where the tables of all cases lie."""
    loaded = Loaded()
    found = _not_a_case(folder)
    if found:
        loaded.faults.append(Fault(str(folder), None, None, found, _folders()))
        return loaded
    loaded.settings, faults = read_settings(folder)
    # A byte order mark in the document is kept: its offsets are those of the file as it is.
    loaded.text, more = read_text(folder / DOCUMENT, keep_bom=True)
    loaded.faults += faults + more
    for name, schema in read_schemas().items():
        path = (shared if schema.shared else folder) / schema.file
        loaded.tables[name], faults = read_table(path, schema)
        loaded.faults += faults
    loaded.faults += [*_check_tables(loaded), *_check_settings(loaded)]
    loaded.faults.sort(key=lambda fault: (fault.file, fault.row or 0))
    return loaded


def case_names() -> list[str]:
    """Return the names of the cases that come with the course."""
    return sorted(path.parent.name for path in DATA.glob(f"*/{FILE}"))


def _not_a_case(folder: Path) -> str:
    """Say why a folder cannot be meant as a case; "" when it can."""
    if not folder.is_dir():
        return "no such folder"
    if not any((folder / file).exists() for file in (FILE, DOCUMENT)):
        return f"neither {FILE} nor {DOCUMENT}"
    return ""


def _folders() -> str:
    """Say which folders would have been right."""
    return f"the folder of a case, such as the course's own: {', '.join(case_names())}"


def _check_tables(loaded: Loaded) -> Iterator[Fault]:
    """Yield what is wrong within and between the tables, and against the document."""
    for table in loaded.tables.values():
        yield from check_cells(table)
        yield from check_ids(table)
    yield from check_links(loaded.tables)
    yield from check_balance(loaded.tables["check_items"])
    if loaded.text is None:
        yield from check_exercises(loaded.tables, {})
        return
    passages = loaded.tables["passages"]
    faults, placed = check_passages(loaded.text, passages, labels(loaded.settings))
    yield from faults
    for table in loaded.tables.values():
        yield from check_quotes(loaded.text, table, placed)
    texts = {name: loaded.text[item.start : item.end] for name, item in placed.items()}
    yield from check_exercises(loaded.tables, texts)


def _check_settings(loaded: Loaded) -> Iterator[Fault]:
    """Yield where case.toml does not fit the other files."""
    known = loaded.tables["passages"].ids
    for key, passage in named_passages(loaded.settings):
        if known is not None and passage not in known:
            yield Fault(FILE, None, key, shown(passage), "a passage_id of passages.csv")
    provenance = (loaded.settings or {}).get("provenance")
    given = provenance.get("sha256") if isinstance(provenance, dict) else None
    if loaded.text is None or not isinstance(given, str) or not given.strip():
        return
    data = loaded.text.encode()
    actual = hashlib.sha256(data).hexdigest()
    if given == actual:
        return
    expected = f"{actual}, the SHA-256 of {DOCUMENT}"
    if given == hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest():
        expected += " (its line ends were changed to CR LF, as git or an editor may do)"
    yield Fault(FILE, None, "provenance.sha256", shown(given), expected)
