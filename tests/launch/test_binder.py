"""What Binder would build: repo2docker's own Dockerfile for this folder, read and not built."""

import re
import subprocess
import sys

import pytest

from lessons.launch.folder import ROOT


@pytest.fixture(scope="module")
def dockerfile():
    """The lines of the Dockerfile, without comments, as repo2docker prints it."""
    run = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    text = run.stdout + run.stderr
    return [
        line for line in text[text.index("\nFROM ") :].splitlines() if line[:1] not in ("#", "")
    ]


def place(lines, pattern):
    """Where the one line that matches stands."""
    (found,) = [number for number, line in enumerate(lines) if re.search(pattern, line)]
    return found


def test_the_repository_is_copied_before_it_is_installed(dockerfile):
    """`-e .` in environment.yml needs the package to be there already."""
    assert "    - -e ." in (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    copied = place(dockerfile, r"^COPY .*\bsrc/ \$\{REPO_DIR\}/$")
    installed = place(dockerfile, r'env update .*--file "environment\.yml"')
    assert copied < installed < place(dockerfile, r"^RUN \./postBuild$")


def test_the_pinned_versions_are_those_that_the_tests_ran_on():
    """environment.yml names the versions of requirements.txt, and none is left open."""
    pins = re.compile(r"""^\s*(?:- )?"?([a-z0-9-]+)==([^\s;\\"]+)""", re.MULTILINE)
    named = pins.findall((ROOT / "environment.yml").read_text(encoding="utf-8"))
    tested = pins.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert len(named) > 90
    assert set(named) == set(tested)


def test_the_python_is_the_one_of_the_environment_file(dockerfile):
    assert "python=3.11" in (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert any("py-3.11" in line or "py-2d3-2e11" in line for line in dockerfile)
