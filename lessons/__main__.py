"""The command line: `python -m lessons open`, `test`, `paper`, `restore`, `check` ...

Needs nothing but Python: what else a command needs is installed into the course folder first.
"""

# This file must be readable by an old Python too, so that its user gets a sentence, not a
# SyntaxError: no newer syntax here, and the imports only after the question.
from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an old Python may well run this line)
    sys.exit(
        "Two Voices needs Python 3.11 or newer, and this is Python "
        + sys.version.split()[0]
        + ": install a newer one from your system or from python.org, then run the line with it."
    )

import argparse
import importlib.util
from pathlib import Path

from lessons.launch import install, links, notebooks, restore
from lessons.launch.folder import ROOT, VENV

# What goes wrong is told in the problem's own sentence.
_SAID = (
    install.InstallError,
    links.LinkError,
    notebooks.NoSuchNotebookError,
    restore.RestoreError,
)


def main(argv: list[str]) -> int:
    """Carry out one command and return its exit code (0 = fine)."""
    # pytest's arguments are handed on untouched, so they are not shown to argparse at all.
    if argv[:1] == ["test"] and argv[1:2] not in (["-h"], ["--help"]):
        return _test(argv[1:])
    wanted = _parser().parse_args(argv)
    try:
        return int(wanted.run(wanted))
    except _SAID as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. An installation that was under way begins again at the next start.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lessons", description="Two Voices")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    add = commands.add_parser("open", help="install what is needed and open JupyterLab")
    add.add_argument("notebook", nargs="?", help="a number such as 05, or a path; default: first")
    add.add_argument("--no-browser", action="store_true", help="only print the address")
    add.add_argument("--port", type=_port, help="default: the first free one from 8888 up")
    add.set_defaults(run=_open)

    add = commands.add_parser("test", help="install what is needed and run the tests (pytest)")
    add.set_defaults(run=lambda _: _test([]))

    add = commands.add_parser("links", help="links that open the course on Binder or a JupyterHub")
    add.add_argument("notebook", nargs="?", help="a number such as 05, or a path; default: first")
    add.add_argument("--repository", help="its address; default: that of this folder")
    add.add_argument("--branch", help="default: the one that this folder is on")
    add.add_argument("--hub", default=links.HUB, help="the address of your JupyterHub")
    add.set_defaults(run=_links)

    add = commands.add_parser("restore", help="bring shipped notebooks back, set yours aside")
    which = add.add_mutually_exclusive_group(required=True)
    which.add_argument("notebook", nargs="*", default=[], help="numbers such as 05, or paths")
    which.add_argument("--all", action="store_true", help="every shipped notebook")
    add.set_defaults(run=_restore)

    add = commands.add_parser("check", help="check a case folder: a line a fault, exit 0 or 1")
    add.add_argument("folder", type=Path)
    add.set_defaults(run=_check)

    add = commands.add_parser("paper", help="handouts and answer sheets as HTML and PDF")
    add.add_argument("folder", nargs="?", default="handouts", help="default: handouts")
    add.add_argument("--letter", action="store_true", help="US Letter in place of A4")
    add.set_defaults(run=_paper)

    add = commands.add_parser("hub", help="try how the course is on a JupyterHub, on this machine")
    add.add_argument("--port", type=_port, default=8000, help="default: 8000; the next two, too")
    add.set_defaults(run=_hub)

    add = commands.add_parser("refresh", help="for authors: run notebooks and save them clean")
    add.add_argument("notebook", nargs="*", help="default: all of notebooks/")
    add.set_defaults(run=_refresh)

    add = commands.add_parser("lock", help="for authors: make the pinned lists again")
    add.add_argument("--upgrade", action="store_true", help="take newer versions where allowed")
    add.set_defaults(run=_lock)
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:  # noqa: PLR2004  (what a port can be)
        message = f"a port is a number from 1 to 65535, not {number}"
        raise argparse.ArgumentTypeError(message)
    return number


def _open(wanted: argparse.Namespace) -> int:
    notebook = notebooks.find(wanted.notebook)
    options = ["--no-browser"] if wanted.no_browser else []
    options += ["--port", str(wanted.port)] if wanted.port else []
    options += ["--notebook", notebook] if notebook else []
    install.ensure("course")
    return install.hand_over(["-m", "lessons.launch.lab", *options], folder=ROOT)


def _test(arguments: list[str]) -> int:
    try:
        install.ensure("test")
    except install.InstallError as problem:
        print(problem, file=sys.stderr)
        return 1
    return install.hand_over(["-m", "pytest", *arguments], folder=ROOT)


def _links(wanted: argparse.Namespace) -> int:
    notebook = notebooks.find(wanted.notebook)
    if not notebook:
        raise links.LinkError("There is no notebook in the folder notebooks/ to open.")
    address = wanted.repository or links.own_address()
    # The branch of this folder says nothing of another repository.
    branch = wanted.branch or ("main" if wanted.repository else links.own_branch())
    print(links.told(address, branch, wanted.hub, notebook))
    return 0


def _restore(wanted: argparse.Namespace) -> int:
    return restore.restore(None if wanted.all else wanted.notebook)


def _check(wanted: argparse.Namespace) -> int:
    if importlib.util.find_spec("pandas") is None and Path(sys.prefix).resolve() != VENV:
        print("This Python has no pandas, so the check runs in the course's own environment.")
        install.ensure("course")
        return install.hand_over(["-m", "lessons", "check", str(wanted.folder)], folder=Path.cwd())
    return _faults(wanted.folder)


def _paper(wanted: argparse.Namespace) -> int:
    install.ensure("paper")
    kind = "us-letter" if wanted.letter else "a4"
    return install.hand_over(["-m", "lessons.paper.build", wanted.folder, kind], folder=Path.cwd())


def _hub(wanted: argparse.Namespace) -> int:
    install.ensure("hub")
    options = ["--port", str(wanted.port)]
    return install.hand_over(["-m", "lessons.launch.hub", *options], folder=ROOT)


def _faults(folder: Path) -> int:
    from lessons.case import check  # noqa: PLC0415  (needs pandas, which may have to come first)

    faults = check(folder)
    for fault in faults:
        print(fault)
    number = len(faults)
    print("no faults" if not number else f"{number} fault{'s' if number > 1 else ''}")
    return 1 if faults else 0


def _refresh(wanted: argparse.Namespace) -> int:
    paths = [notebooks.find(name) for name in wanted.notebook]
    install.ensure("course")
    return install.hand_over(["-m", "lessons.launch.refresh", *filter(None, paths)], folder=ROOT)


def _lock(wanted: argparse.Namespace) -> int:
    install.ensure("course")
    options = ["--upgrade"] if wanted.upgrade else []
    return install.hand_over(["-m", "lessons.launch.lock", *options], folder=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
