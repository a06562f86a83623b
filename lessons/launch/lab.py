"""Open JupyterLab on the course folder. Runs inside the folder's environment.

JupyterLab asks nobody for anything here: its news, its look for updates and its catalogue of
extensions are off.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import socket
import sys
from pathlib import Path
from urllib.parse import quote

from lessons.late import put_off_address_parsers
from lessons.launch.folder import ROOT

FIRST_PORT = 8888
# What JupyterLab itself needs; with conda and on Binder, installing the package brings it.
LAB_EXTENSIONS = Path(__file__).parent / "share/share/jupyter/labextensions"
# On one computer as on a JupyterHub: our extension is on, and nobody is asked for anything.
SHARED_OPTIONS = (
    "--ServerApp.jpserver_extensions={'lessons.launch.saved_outputs': True}",
    "--LabApp.log_level=WARN",
    f"--LabApp.extra_labextensions_path={LAB_EXTENSIONS}",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
PRESS_FIRST = "In JupyterLab press Run, then Run All Cells."

_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
}


def main(argv: list[str]) -> int:
    """Serve JupyterLab until Ctrl+C; return the exit code."""
    wanted = _parser().parse_args(argv)
    if wanted.port and not is_free(wanted.port):
        print(
            f"Port {wanted.port} is taken by another program: give another one with --port, or"
            " leave --port out and a free one is found.",
            file=sys.stderr,
        )
        return 1
    write_settings(Path(os.environ["JUPYTERLAB_SETTINGS_DIR"]))
    # By the environment, not as an option, which every user of the machine could read.
    token = os.environ.setdefault("JUPYTER_TOKEN", secrets.token_hex(24))
    _serve(wanted, token)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lessons open")
    parser.add_argument("--notebook", help="path from the course folder")
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--folder", type=Path, default=ROOT, help="default: the course folder")
    return parser


def _serve(wanted: argparse.Namespace, token: str) -> None:
    # JupyterLab takes a second to import, and the checks above should answer before that.
    put_off_address_parsers()
    from jupyterlab.labapp import LabApp  # noqa: PLC0415

    page = page_of(wanted.notebook)
    options = lab_options(wanted.folder, page, wanted.port, browser=not wanted.no_browser)
    server = LabApp.initialize_server(argv=options)
    # The server takes its port in its loop; what is told to the loop now comes after that.
    server.io_loop.add_callback(lambda: _tell(f"http://127.0.0.1:{server.port}{page}", token))
    server.start()


def _tell(address: str, token: str) -> None:
    print(PRESS_FIRST)
    print(f"The course is at {address}?token={token}")
    print("Ctrl+C here stops it.", flush=True)


def page_of(notebook: str | None) -> str:
    """Return the page of JupyterLab that shows this notebook (None: the folder)."""
    return f"/lab/tree/{quote(notebook)}" if notebook else "/lab"


def lab_options(folder: Path, page: str, port: int | None, *, browser: bool) -> list[str]:
    """Return JupyterLab's options: one folder, this machine only, nobody asked for news."""
    return [
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port or FIRST_PORT}",
        f"--ServerApp.port_retries={0 if port else 50}",
        f"--ServerApp.open_browser={browser}",
        f"--ServerApp.allow_root={is_root()}",
        "--ServerApp.answer_yes=True",  # Ctrl+C stops at once
        "--ServerApp.log_level=WARN",
        f"--LabApp.default_url={page}",
        *SHARED_OPTIONS,
    ]


def is_root() -> bool:
    """Say whether we are the system's administrator, as in most containers."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_free(port: int) -> bool:
    """Say whether a server could be started at this port of 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # a port that was left a moment ago is free (Windows: is free anyway)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def write_settings(folder: Path) -> None:
    """Write our settings of JupyterLab where there are none yet; a person's own choice stays."""
    for name, settings in _SETTINGS.items():
        file = folder / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(settings, indent=4), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
