"""Install the course into its own folder, once, and hand over to the Python that has it.

Standard library only. The steps: an environment in .venv; pip brings uv (one pinned, hashed
file); uv brings the pinned, hashed list; the course itself is added without its dependencies.
A stamp, written last, says what is in .venv: where it is missing, the last installation did not
end, and .venv is made anew (what was fetched is still in the cache). Its absence is never
overlooked, so a half-made environment is never used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal

from lessons.launch import shipped
from lessons.launch.folder import ROOT, environment, venv_python
from lessons.launch.index import uv_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind = Literal["course", "paper", "hub", "test"]

INSTALLER = "requirements-install.txt"
# What each kind needs in place: each list holds all of those before it in the same versions, so the
# last one is what is installed.
LISTS: dict[Kind, list[str]] = {
    "course": ["requirements.txt"],
    "paper": ["requirements.txt", "requirements-paper.txt"],
    "hub": ["requirements.txt", "requirements-hub.txt"],
    "test": [
        "requirements.txt",
        "requirements-paper.txt",
        "requirements-hub.txt",
        "requirements-test.txt",
    ],
}
_DOWNLOAD = re.compile(r"Downloading (\S+) \(([\d.]+) ?([kKMG]i?)B\)")
_BYTES = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
_NOT_REACHED = re.compile(
    r"failed to establish a new connection|from versions: none|dns error|name resolution"
    r"|error sending request|failed to fetch|connection (refused|reset)|timed out|network",
    re.IGNORECASE,
)


class InstallError(Exception):
    """The message is for the person at the keyboard: what is wrong, and what to do."""


def ensure(kind: Kind, root: Path = ROOT) -> Path:
    """Make sure that the folder's environment is complete and current; return its Python.

    `kind` is "course" (to open it), "paper" (to print it as well), "hub" (to serve a class) or
    "test" (to test all of it).
    Does nothing when all is there. A second start at the same time waits for the first. Raises
    InstallError.
    """
    python = venv_python(root / ".venv")
    _keep_shipped(root)
    if is_current(kind, root):
        return python
    with only_one(root / ".course" / "install.lock"):
        if not is_current(kind, root):  # the one that we waited for may have done it
            _install(kind, root)
    return python


def is_current(kind: Kind, root: Path = ROOT) -> bool:
    """Say whether .venv holds what `kind` needs, as the lists are now, and its Python runs."""
    there = _read_stamp(root) or {}
    wanted = _wanted(kind, root)
    return wanted.items() <= there.items() and _runs(venv_python(root / ".venv"))


def hand_over(arguments: list[str], folder: Path, root: Path = ROOT) -> int:
    """Go on in the folder's environment: run its Python with `arguments` in `folder`.

    Where the system can, this process becomes that one; else its exit code is returned.
    """
    python = venv_python(root / ".venv")
    env = environment(root / ".course")
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.chdir(folder)
        os.execve(python, [str(python), *arguments], env)  # noqa: S606  (no shell is wanted)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that we start
    return subprocess.run([python, *arguments], env=env, cwd=folder, check=False).returncode


def _keep_shipped(root: Path) -> None:
    """Copy the notebooks at the first start of each version, while they are as shipped.

    Where the course is installed but no version was ever kept (somebody deleted .course), it is
    too late: a notebook may have been changed since.
    """
    if _read_stamp(root) is None or shipped.kept_folder(root).exists():
        shipped.keep(root)


# What is in .venv -------------------------------------------------------------------------------


def _wanted(kind: Kind, root: Path) -> dict[str, str]:
    """Return a fingerprint of each list; it changes with the lists and with the folder's place."""
    place = str(root).encode() + (root / INSTALLER).read_bytes()
    return {
        name: hashlib.sha256(place + (root / name).read_bytes()).hexdigest() for name in LISTS[kind]
    }


def _stamp(root: Path) -> Path:
    return root / ".venv" / "two-voices.json"


def _read_stamp(root: Path) -> dict[str, str] | None:
    try:
        stamp = json.loads(_stamp(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def _write_stamp(root: Path, lists: dict[str, str]) -> None:
    unfinished = _stamp(root).with_suffix(".new")
    unfinished.write_text(json.dumps(lists, indent=1), encoding="utf-8")
    unfinished.replace(_stamp(root))


def _runs(python: Path) -> bool:
    """Say whether this Python starts (the one it was made from may have been removed)."""
    try:
        return subprocess.run([python, "-S", "-c", ""], check=False).returncode == 0
    except OSError:
        return False


# Installing -------------------------------------------------------------------------------------


def _install(kind: Kind, root: Path) -> None:
    begun = time.monotonic()
    env = environment(root / ".course")
    python = venv_python(root / ".venv")
    print(f"Installing Two Voices into {root} (only there; this is done once).", flush=True)
    before = _read_stamp(root)
    if before is None or not _runs(python):
        before = {}
        _make_venv(root, env)
    _stamp(root).unlink(missing_ok=True)

    told = _run([python, "-m", "pip", "config", "list"], env, root)
    env |= uv_settings("\n".join(told), env)
    lines = _run([python, *_pip_command()], env, root)
    for command in _uv_commands(python, LISTS[kind][-1]):
        lines += _run([python, *command], env, root)

    now = _wanted(kind, root)
    # What another kind brought is still there, unless a list of both has changed.
    same = now.items() & before.items() == {one for one in before.items() if one[0] in now}
    _write_stamp(root, (before if same else {}) | now)
    print(_summary(lines, time.monotonic() - begun), flush=True)


def _make_venv(root: Path, env: dict[str, str]) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        message = (
            "This Python cannot make an environment: its parts 'venv' and 'ensurepip' are missing;"
            " on Debian or Ubuntu run 'sudo apt-get install python3-venv', elsewhere install"
            " Python from python.org, then run the same line again."
        )
        raise InstallError(message)
    print("  making the environment .venv", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(root / ".venv")], env, root)


def _pip_command() -> list[str]:
    options = ["--progress-bar=off", "--retries=2", "--require-hashes"]
    return ["-m", "pip", "install", *options, "-r", INSTALLER]


def _uv_commands(python: Path, name: str) -> list[list[str]]:
    uv = ["-m", "uv", "pip", "install", "--python", str(python)]
    return [
        [*uv, "--require-hashes", "--compile-bytecode", "-r", name],
        [*uv, "--no-deps", "--no-build-isolation", "-e", "."],
    ]


def _run(command: list[str | Path], env: dict[str, str], root: Path) -> list[str]:
    """Run one step in the course folder; print its downloads; return all lines it printed."""
    lines = []
    with subprocess.Popen(
        command,
        env=env,
        cwd=root,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        close_fds=False,  # hands on the lock, see only_one
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if found := _DOWNLOAD.search(line):
                print(f"  downloading {found[1]} ({found[2]} {found[3]}B)", flush=True)
    if process.returncode:
        raise InstallError(_explain(lines))
    return lines


def _explain(lines: list[str]) -> str:
    """Turn what pip or uv said when it failed into a sentence that says what to do."""
    said = "\n".join(lines)
    if "No space left" in said:
        return "The disk is full: make about 1 GB free, then run the same line again."
    if _NOT_REACHED.search(said):
        return (
            "The packages could not be fetched, because this machine did not reach its package"
            " index: connect it to the internet (or tell pip of your network's proxy or index),"
            " then run the same line again."
        )
    last = "\n".join(f"  {line}" for line in lines[-12:])
    return f"The installation failed; nothing half-made will be used. The last words were:\n{last}"


def _summary(lines: list[str], seconds: float) -> str:
    """Say what the installation fetched and how long it took."""
    found = [_DOWNLOAD.search(line) for line in lines]
    megabytes = sum(float(f[2]) * _BYTES[f[3]] for f in found if f) / 1e6
    return (
        f"Installed in {seconds:.0f} s; downloaded {megabytes:.0f} MB in packages of over 1 MB each"
        " (as pip and uv report them; they do not report the small ones)."
    )


# One at a time ----------------------------------------------------------------------------------


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time in; the system opens the lock when its holder ends or dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+b") as file:
        told = False
        while not _locked(file):
            if not told:
                print("Another start is installing just now; waiting for it.", flush=True)
            told = True
            time.sleep(0.3)
        # pip and uv hold the lock too: should this process be killed, they may go on for a while.
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003  (the function takes it so)
        yield  # closing the file gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder without locks: better unlocked than not at all
            return True
        return True
