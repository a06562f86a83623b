"""The lists of packages say the same thing, and name no place to fetch from."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lessons.launch import lock
from lessons.launch.folder import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTS = ["requirements.txt", "requirements-paper.txt", "requirements-hub.txt"]
LISTS += ["requirements-test.txt", "requirements-install.txt"]
TELLS_A_PLACE = re.compile(
    r"index-url|find-links|trusted-host|://|--index|(?<![\w.])/(root|home|work|opt|Users)/"
)


def pins(name):
    return [Requirement(line) for line in lock.pins((ROOT / name).read_text(encoding="utf-8"))]


def versions(name):
    return {
        (canonicalize_name(pin.name), str(pin.marker)): str(pin.specifier) for pin in pins(name)
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_is_exact_and_has_a_hash(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(pins(name))
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.+!]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_each_list_holds_the_one_before_it_in_the_same_versions():
    course, paper, hub, tests = (versions(name).items() for name in LISTS[:4])
    assert course <= paper <= tests
    assert course <= hub <= tests


def test_installer_list_is_uv_alone():
    assert [pin.name for pin in pins("requirements-install.txt")] == ["uv"]


def test_environment_yml_is_the_course_list():
    made = lock.conda_list((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == made
    assert made.count("==") >= len(pins("requirements.txt"))
    assert made.endswith("- -e .\n")
    assert "--hash" not in made


def requirements(*groups):
    return [Requirement(text) for group in groups for text in group]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "requirements.txt",
            requirements(PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"]),
        ),
        (
            "requirements-paper.txt",
            requirements(PROJECT["project"]["optional-dependencies"]["paper"]),
        ),
        (
            "requirements-hub.txt",
            requirements(PROJECT["project"]["optional-dependencies"]["hub"]),
        ),
        (
            "requirements-test.txt",
            requirements(
                PROJECT["project"]["optional-dependencies"]["test"],
                PROJECT["build-system"]["requires"],
            ),
        ),
        ("requirements-install.txt", requirements(PROJECT["dependency-groups"]["install"])),
    ],
)
def test_pins_are_what_pyproject_asks_for(name, wanted):
    there = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins(name)}
    for requirement in wanted:
        version = there[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_build_backend_is_pinned_for_the_version_that_builds():
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]


def test_axe_core_is_pinned_exactly_and_hashed():
    wanted = json.loads((ROOT / "tests/browser/package.json").read_text())["devDependencies"]
    locked = json.loads((ROOT / "tests/browser/package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["integrity"].startswith("sha512-")


@pytest.mark.parametrize(
    "name",
    [
        *LISTS,
        "environment.yml",
        "pyproject.toml",
        "postBuild",
        ".ci/run",
        "tests/browser/package.json",
        "tests/browser/package-lock.json",
    ],
)
def test_no_list_names_a_place_to_fetch_from(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if TELLS_A_PLACE.search(line)] == []


def test_version_is_said_once_in_two_places():
    import lessons  # noqa: PLC0415

    assert PROJECT["project"]["version"] == lessons.__version__
