"""The notebooks as they were shipped: from git, or from copies that the first start keeps.

A checkout has them in git. A ZIP has them nowhere but in notebooks/, where they are changed as
soon as somebody works with them; so the first start copies them, before it installs anything.
Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from lessons import __version__
from lessons.launch.folder import ROOT
from lessons.launch.notebooks import all_notebooks


def shipped_notebooks(root: Path = ROOT) -> dict[str, bytes]:
    """Return each shipped notebook's path from `root` and its bytes, in the order of names.

    From git where it is there and the folder is a checkout, else from the kept copies; empty
    where there is neither.
    """
    return _committed(root) or _kept(root)


def keep(root: Path = ROOT) -> None:
    """Copy the notebooks to .course/shipped/VERSION; copies of this version that are there stay.

    To be called before anybody can have changed a notebook. Does nothing where git has them.
    """
    copies = kept_folder(root) / __version__
    there = all_notebooks(root)
    if copies.exists() or not there or _committed_names(root):
        return
    # Without copies the course works, too, and `restore` says that there are none. Where another
    # start was quicker, a folder with its copies cannot be replaced, and so they stay.
    with suppress(OSError):
        copies.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=copies.parent) as unfinished:
            whole = Path(unfinished) / "whole"
            whole.mkdir()
            for name in there:
                shutil.copyfile(root / name, whole / Path(name).name)
            whole.rename(copies)


def kept_folder(root: Path) -> Path:
    """Return the folder that holds one folder of copies for each version of the course."""
    return root / ".course" / "shipped"


def _kept(root: Path) -> dict[str, bytes]:
    copies = sorted((kept_folder(root) / __version__).glob("*.ipynb"))
    return {f"notebooks/{path.name}": path.read_bytes() for path in copies}


def _committed(root: Path) -> dict[str, bytes]:
    """Return the notebooks of the last commit; empty where git does not give every one."""
    found = {name: _git(root, "show", f"HEAD:{name}") for name in _committed_names(root)}
    return found if all(found.values()) else {}


def _committed_names(root: Path) -> list[str]:
    listed = _git(root, "ls-tree", "-z", "--name-only", "HEAD", "notebooks/").split(b"\0")
    return sorted(os.fsdecode(name) for name in listed if name.endswith(b".ipynb"))


def _git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; nothing where it is not there or fails."""
    program = shutil.which("git")
    # A ZIP that was unpacked inside another checkout is none itself: that git has other files.
    if program is None or not (root / ".git").exists():
        return b""
    # Variables such as GIT_DIR would have git look into another folder.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [program, *arguments],
            cwd=root, env=env, check=False, stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip
    except OSError:
        return b""
    return b"" if done.returncode else done.stdout
