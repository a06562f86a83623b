"""Serve a class from this machine: a JupyterHub with simulated accounts, for trying it out.

Each learner gets a folder with the notebooks, a JupyterLab of their own, and the course that is
installed here. What is handed in goes to one folder, which the teacher's class view reads. It
listens on this machine only, and all learners are one user of the system: a wall between them is
the business of a school's own hub (deploy/README.md).
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.launch.folder import ROOT, STATE, own_variables
from lessons.launch.install import InstallError
from lessons.launch.lab import SHARED_OPTIONS, is_free, is_root, page_of, write_settings
from lessons.launch.notebooks import all_notebooks, find

if TYPE_CHECKING:
    from collections.abc import Mapping

DEPLOY = ROOT / "deploy"
PROXY = DEPLOY / "node_modules/.bin/configurable-http-proxy"
PORTS = ("to learners", "of the hub", "of the proxy")  # the one that was asked for, and the next
TEACHER = "teacher"
_TEACHERS = ["notebooks/teacher/class-view.ipynb"]
_STATE = ".two-voices"  # in a learner's folder: caches and settings
ON_LOGIN = (  # on the page of logging in
    "Learners: any name (Kim and kim are the same), and the password of the class. "
    "Your lesson opens in about half a minute."
)
NO_NODE = (
    "A JupyterHub needs Node.js (18 or newer) for its proxy, and there is none here: install it"
    " from your system or from nodejs.org, then run the same line again."
)


def main(argv: list[str]) -> int:
    """Serve a JupyterHub until Ctrl+C; return the exit code."""
    wanted = _parser().parse_args(argv)
    taken = [port for port in _ports(wanted.port) if not is_free(port)]
    if taken:
        print(f"Port {taken[0]} is taken by another program: try --port.", file=sys.stderr)
        return 1
    try:
        install_proxy()
    except InstallError as problem:
        print(problem, file=sys.stderr)
        return 1
    env = hub_environment(wanted.port, wanted.folder, wanted.hand_ins, os.environ)
    address = f"http://127.0.0.1:{wanted.port}"
    print(f"The class is at {address}")
    print(
        f"A link that opens a lesson at once: {address}/hub/user-redirect{page_of(_first_lesson())}"
    )
    print(f"Learners: any name, and the password {env['TWO_VOICES_HUB_LEARNERS']}")
    print(f"You: the name {TEACHER}, and the password {env['TWO_VOICES_HUB_TEACHER']}")
    print(f"Hand-ins go to {env['TWO_VOICES_HAND_IN']}. Ctrl+C here stops it.", flush=True)
    return serve(wanted.folder, env)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lessons hub")
    parser.add_argument("--port", type=int, default=8000, help="this one and the next two")
    parser.add_argument("--folder", type=Path, default=STATE / "hub", help="the learners' folders")
    parser.add_argument("--hand-ins", type=Path, default=ROOT / "hand-ins")
    return parser


def _ports(port: int) -> list[int]:
    return [port + place for place in range(len(PORTS))]


def install_proxy() -> None:
    """Bring the proxy of deploy/package.json, in the versions of its lock; raises InstallError."""
    stamp = DEPLOY / "node_modules/.package-lock.json"
    lock = DEPLOY / "package-lock.json"
    if PROXY.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise InstallError(NO_NODE)
    command = [npm, "ci", "--no-audit", "--no-fund", "--omit=dev"]
    done = subprocess.run(command, cwd=DEPLOY, check=False, capture_output=True, text=True)
    if done.returncode:
        raise InstallError(f"npm could not bring the proxy:\n{done.stderr.strip()[-600:]}")


def hub_environment(
    port: int, folder: Path, hand_ins: Path, given: Mapping[str, str]
) -> dict[str, str]:
    """Return the variables that deploy/jupyterhub_config.py reads.

    Passwords that stand in `given` stay; else they are drawn.
    """
    return {
        **given,
        # JupyterHub's own event schema is older than what reads it; nothing can be done about it.
        "PYTHONWARNINGS": "ignore:::jupyter_events.schema",
        "TWO_VOICES_HUB_PORT": str(port),
        "TWO_VOICES_HUB_FOLDER": str(folder.absolute()),
        "TWO_VOICES_HAND_IN": str(hand_ins.absolute()),
        "TWO_VOICES_HUB_LEARNERS": given.get("TWO_VOICES_HUB_LEARNERS") or secrets.token_hex(4),
        "TWO_VOICES_HUB_TEACHER": given.get("TWO_VOICES_HUB_TEACHER") or secrets.token_hex(16),
    }


def serve(folder: Path, env: Mapping[str, str]) -> int:
    """Run the hub in a folder until Ctrl+C; return its exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "jupyterhub", "-f", str(DEPLOY / "jupyterhub_config.py")]
    sys.stdout.flush()
    if os.name != "nt":
        os.chdir(folder)
        os.execve(command[0], command, dict(env))  # noqa: S606  (no shell is wanted)
    return subprocess.run(command, cwd=folder, env=dict(env), check=False).returncode


# --- for deploy/jupyterhub_config.py -------------------------------------------------------------


def furnish(home: Path, *, teacher: bool) -> None:
    """Put the notebooks into a learner's folder, those that are not there; nothing is replaced.

    The class view is put into the teacher's folder only.
    """
    for path in [*all_notebooks(), *(_TEACHERS if teacher else [])]:
        if not (home / path).exists():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, home / path)
    write_settings(Path(own_variables(home / _STATE)["JUPYTERLAB_SETTINGS_DIR"]))


def learner_environment(home: Path) -> dict[str, str]:
    """Return a learner's own variables: answers, caches and settings stay in their folder."""
    return {**own_variables(home / _STATE), "TWO_VOICES_WORK": str(home / "work")}


def learner_options() -> list[str]:
    """Return the options of a learner's JupyterLab."""
    quiet = ["--ServerApp.log_level=ERROR", "--JupyterHubSingleUser.log_level=ERROR"]
    return [*SHARED_OPTIONS, *quiet, *(["--allow-root"] if is_root() else [])]


def _first_lesson() -> str | None:
    """Return the first lesson after the one in which a learner tries everything out."""
    return next(iter(all_notebooks()[1:]), find(None))


def page_for(*, teacher: bool) -> str:
    """Return the page that somebody sees first."""
    return page_of(_TEACHERS[0] if teacher else find(None))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
