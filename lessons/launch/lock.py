"""For authors: make the pinned lists again from pyproject.toml.

Versions that stand in the lists stay, unless --upgrade is given. No list names the place that
packages come from: that is each machine's own setting.
"""

from __future__ import annotations

import re
import subprocess
import sys

from lessons.launch.folder import ROOT, environment
from lessons.launch.index import uv_settings

PYTHON = "3.11"  # the oldest that the lists must fit
_COMPILE = [
    "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header",
    "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--python-version", PYTHON,
]  # fmt: skip
_LISTS = {
    "requirements-install.txt": ["--group", "install"],
    "requirements.txt": ["pyproject.toml", "--group", "build"],
    "requirements-paper.txt": [
        "pyproject.toml", "--extra", "paper", "--group", "build", "-c", "requirements.txt",
    ],
    "requirements-hub.txt": [
        "pyproject.toml", "--extra", "hub", "--group", "build", "-c", "requirements.txt",
    ],
    "requirements-test.txt": [
        "pyproject.toml", "--extra", "paper", "--extra", "hub", "--extra", "test",
        "--group", "build",
        "-c", "requirements.txt", "-c", "requirements-paper.txt", "-c", "requirements-hub.txt",
    ],
}  # fmt: skip
_CONDA_HEAD = """\
# For conda and Binder: the versions of requirements.txt, without the hashes, because pip accepts
# no '-e .' beside hashes. Made by: python -m lessons lock
name: two-voices
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
"""


def main(options: list[str]) -> int:
    """Write requirements*.txt and environment.yml; return 0. A failure of uv ends it."""
    for name, sources in _LISTS.items():
        # -o names the list itself: what is pinned there is kept.
        command = [sys.executable, *_COMPILE, *options, *sources, "-o", name]
        subprocess.run(command, cwd=ROOT, env=_environment(), check=True)
        (ROOT / name).write_bytes((ROOT / name).read_bytes().replace(b"\r\n", b"\n"))
    conda = conda_list((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_bytes(conda.encode())
    return 0


def _environment() -> dict[str, str]:
    env = environment(ROOT / ".course")
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return env | uv_settings(told.stdout, env)


def pins(requirements: str) -> list[str]:
    """Return the lines `name==version ; marker` of a list, without the hashes."""
    found = re.findall(
        r"^([\w.-]+==[^\s\\]+)(?: ; ([^\\\n]+?))?(?: \\)?$", requirements, re.MULTILINE
    )
    return [f"{pin} ; {marker}" if marker else pin for pin, marker in found]


def conda_list(requirements: str) -> str:
    """Return environment.yml for the pins of requirements.txt."""
    lines = [f'    - "{pin}"' if " " in pin else f"    - {pin}" for pin in pins(requirements)]
    return _CONDA_HEAD.format(python=PYTHON) + "\n".join([*lines, "    - -e ."]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
