"""Bring shipped notebooks back and set the changed ones aside.

The changed ones go to set-aside/, not beside the lessons: all that looks for lessons (`open`,
`refresh`, the tests) looks in notebooks/, and paths such as ../data stay right. Nothing else in
the course folder is read or written. Standard library only.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from lessons.launch.folder import ROOT
from lessons.launch.notebooks import CHANGED, NoSuchNotebookError
from lessons.launch.shipped import shipped_notebooks

if TYPE_CHECKING:
    from pathlib import Path

SET_ASIDE = "set-aside"


class RestoreError(Exception):
    """The message is for the person at the keyboard: what is wrong, and what to do."""


def restore(wanted: list[str] | None, root: Path = ROOT) -> int:
    """Bring back the notebooks that `wanted` names (None: all); print a sentence for each.

    A name is the beginning of a notebook's name ("05") or its path; the notebook itself may be
    missing. Returns 1 when one could not be brought back. Raises, before anything is changed,
    NoSuchNotebookError for a name that is not of exactly one shipped notebook, and RestoreError
    where nobody has kept the shipped ones.
    """
    shipped = shipped_notebooks(root)
    if not shipped:
        raise RestoreError(
            "It is not known here how the notebooks were shipped (git has none of them, and the"
            " first start kept no copies): download the course again into a new folder, and keep"
            " this one, because your notebooks and your work are in it."
        )
    there = list(shipped)
    names = there if wanted is None else [_meant(name, there, root) for name in wanted]
    results = [_restored(root, name, shipped[name]) for name in dict.fromkeys(names)]
    return 0 if all(results) else 1


def _meant(wanted: str, there: list[str], root: Path) -> str:
    """Return the one shipped notebook that is meant by a path or the beginning of a name."""
    path = root / wanted
    name = f"notebooks/{path.name}"
    if name in there and path.parent.resolve() == (root / "notebooks").resolve():
        return name
    found = [name for name in there if wanted and name.startswith(f"notebooks/{wanted}")]
    if len(found) == 1:
        return found[0]
    raise NoSuchNotebookError(
        f"{wanted!r} names {'more than one' if found else 'no'} shipped notebook; there are:"
        f" {', '.join(there)}."
    )


def _restored(root: Path, name: str, shipped: bytes) -> bool:
    """Bring one notebook back, say what was done, and return whether that went well."""
    try:
        done = _bring_back(root, name, shipped)
    except OSError as problem:
        print(
            f"{name} was not brought back and nothing was changed"
            f" ({problem.strerror or problem}): close it in other programs and look whether you"
            " may write in this folder, then run the same line again.",
            file=sys.stderr,
        )
        return False
    print(f"{name} {done}")
    return True


def _bring_back(root: Path, name: str, shipped: bytes) -> str:
    """Make the notebook what was shipped; return the rest of the sentence that begins with it."""
    path = root / name
    if not path.exists():
        _replace(path, shipped)
        return "was missing and is back as it was shipped."
    changed = path.read_bytes()
    if changed == shipped:
        return "is as it was shipped: nothing was changed."
    aside = _free_name(root / SET_ASIDE, path.stem)
    try:
        _write_new(aside, changed)
        _replace(path, shipped)
    except FileExistsError:  # another restore took the name just now: that file is not ours
        raise
    except OSError:
        _remove(aside)
        raise
    return (
        f"is back as it was shipped; the changed one is now {aside.relative_to(root).as_posix()}."
        " If it is open in JupyterLab, choose File, Reload Notebook from Disk there."
    )


def _free_name(folder: Path, stem: str) -> Path:
    """Return where a changed notebook can be set aside; a second one in a minute gets a number."""
    begin = f"{stem}{CHANGED}{datetime.now():%Y-%m-%d %H.%M}"  # noqa: DTZ005  (the clock on the wall)
    numbered = (f", {number}" if number > 1 else "" for number in count(1))
    paths = (folder / f"{begin}{number}).ipynb" for number in numbered)
    return next(path for path in paths if not path.exists())


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet."""
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _replace(path: Path, shipped: bytes) -> None:
    """Put the shipped notebook in its place at once, so that no half of it can be seen."""
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{path.name}.new")
    try:
        unfinished.write_bytes(shipped)
        os.replace(unfinished, path)  # noqa: PTH105  (replaces also on Windows)
    except OSError:
        _remove(unfinished)
        raise


def _remove(path: Path) -> None:
    """Take away what we made, and the folder when it was made for it."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        if path.parent.name == SET_ASIDE:
            path.parent.rmdir()  # only an empty folder can be removed
