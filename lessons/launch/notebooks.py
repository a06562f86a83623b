"""Which notebook is meant: a number such as "05", a path, or the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.launch.folder import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = " (changed "  # in the name of a notebook that was set aside


class NoSuchNotebookError(ValueError):
    """The message says what was asked for and which notebooks there are."""


def all_notebooks(root: Path = ROOT) -> list[str]:
    """Return the notebooks of notebooks/ in the order of their names, as paths from `root`.

    A changed one that `restore` set aside is no lesson, wherever somebody moved it.
    """
    paths = sorted(root.glob("notebooks/*.ipynb"))
    return [path.relative_to(root).as_posix() for path in paths if CHANGED not in path.name]


def find(wanted: str | None, root: Path = ROOT) -> str | None:
    """Return the notebook that `wanted` names, as a path from the course folder.

    `wanted` is the beginning of a notebook's name ("05"), a path inside the
    course folder, or None for the first notebook (None comes back when there is none at all).
    Raises NoSuchNotebookError when it names no notebook.
    """
    there = all_notebooks(root)
    if wanted is None:
        return there[0] if there else None
    path = (root / wanted).resolve()
    if path.suffix == ".ipynb" and path.is_file() and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    for notebook in there:
        if wanted and notebook.removeprefix("notebooks/").startswith(wanted):
            return notebook
    message = f"There is no notebook {wanted!r}; there are: {', '.join(there) or 'none at all'}."
    raise NoSuchNotebookError(message)
