"""Where the learner's answers lie: in the course folder, else where a person's data belongs."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator

FORGETS = (
    "This place forgets: when it closes, your answers are gone. Export your work before you leave."
)
NOWHERE = (
    "Nothing can be saved on this computer: your answers stay in this page only. "
    "Export them before you close it."
)
_PACKAGE = Path(__file__).resolve().parents[1]
_FORGETFUL = ("BINDER_LAUNCH_HOST", "BINDER_SERVICE_HOST", "TWO_VOICES_FORGETFUL")


def is_forgetful() -> bool:
    """Say whether this computer throws everything away at the end, as Binder does."""
    return any(os.environ.get(name) for name in _FORGETFUL)


def hand_in_folder() -> Path | None:
    """Return the folder to which learners here hand in, None when they hand in a file.

    Whoever sets the computers up names it in TWO_VOICES_HAND_IN, as a JupyterHub for a class does.
    """
    named = os.environ.get("TWO_VOICES_HAND_IN", "")
    return Path(named).absolute() if named else None


def work_folder() -> Path | None:
    """Return the folder for the learner's answers, made if need be; None: nothing is writable."""
    return next((folder for folder in candidates() if can_write(folder)), None)


def candidates(folder: Path | str | None = None) -> Iterator[Path]:
    """Yield the folders that may hold the answers, the best one first; none is made here."""
    wanted = folder or os.environ.get("TWO_VOICES_WORK")
    if wanted:
        yield Path(wanted).absolute()
    else:
        course = course_folder()
        if course is not None:
            yield course / "work"
    yield platformdirs.user_data_path("two-voices", appauthor=False)


def course_folder() -> Path | None:
    """Return the folder that holds both `lessons/` and `notebooks/`, None when there is none."""
    places = [_PACKAGE.parent]
    try:
        here = Path.cwd()
        places += [here, *here.parents]
    except OSError:
        # The folder that the kernel was started in is gone.
        pass
    return next((place for place in places if _is_course(place)), None)


def _is_course(folder: Path) -> bool:
    return (folder / "notebooks").is_dir() and (folder / "lessons").is_dir()


def can_write(folder: Path) -> bool:
    """Try whether a file can be written in a folder, which is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"two voices")
            probe.flush()
    except OSError as error:
        # On a full disk the answers that are there can still be read, and space can be made.
        return error.errno in {errno.ENOSPC, errno.EDQUOT} and folder.is_dir()
    except ValueError:
        # No path at all, such as one with a NUL in it.
        return False
    return True
