"""python -m lessons links: right links from every spelling of a repository's address."""

import os
import re
import subprocess
import sys
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from lessons.launch import links, notebooks
from lessons.launch.folder import ROOT

SPELLINGS = [
    "https://github.com/some-school/two-voices",
    "https://github.com/some-school/two-voices.git",
    "git@github.com:some-school/two-voices.git",
    "ssh://git@github.com/some-school/two-voices.git",
    "github.com/some-school/two-voices/",
    "https://teacher:secret@GitHub.com/some-school/two-voices.git",
    "ssh://git@github.com:22/some-school/two-voices",
]
LESSON = "notebooks/05-the-timeline.ipynb"


def parts(link):
    """An address in pieces: host and path, then what is asked."""
    split = urlsplit(link)
    return split.netloc, split.path, {name: one for name, [one] in parse_qs(split.query).items()}


@pytest.mark.parametrize("address", SPELLINGS)
def test_every_spelling_gives_the_same_links(address):
    told = links.told(address, "main", "https://hub.school.example/", LESSON).splitlines()
    binder = next(line for line in told if line.startswith(links.BINDER))
    host, path, asked = parts(binder)
    assert host == "mybinder.org"
    assert path == "/v2/gh/some-school/two-voices/main"
    assert asked == {"urlpath": f"lab/tree/{LESSON}"}
    host, path, asked = parts(next(line for line in told if "git-pull" in line))
    assert host == "hub.school.example"
    assert path == "/hub/user-redirect/git-pull"
    assert asked == {
        "repo": "https://github.com/some-school/two-voices",
        "branch": "main",
        "urlpath": f"lab/tree/two-voices/{LESSON}",
    }
    badge = re.fullmatch(r"\[!\[[^\]]+\]\((\S+)\)\]\((\S+)\)", told[-1])
    assert badge[1] == "https://mybinder.org/badge_logo.svg"
    assert badge[2] == binder
    assert "secret" not in "\n".join(told)


def test_a_branch_with_a_slash_stays_one_part():
    _, path, _ = parts(links.binder_link(links.repository(SPELLINGS[0]), "term/one", LESSON))
    assert path.split("/")[-1] == "term%2Fone"
    _, _, asked = parts(
        links.hub_link(links.repository(SPELLINGS[0]), "term/one", links.HUB, LESSON)
    )
    assert asked["branch"] == "term/one"


def test_other_hosts_are_named_as_binder_wants_them():
    of = links.repository("git@gitlab.com:schools/north/two-voices.git")
    assert of == ("gitlab.com", "schools/north", "two-voices")
    _, path, _ = parts(links.binder_link(of, "main", LESSON))
    assert path == "/v2/gl/schools%2Fnorth%2Ftwo-voices/main"
    of = links.repository("https://git.school.example/a/two-voices")
    _, path, _ = parts(links.binder_link(of, "main", LESSON))
    kind, place, branch = path.removeprefix("/v2/").split("/")
    assert (kind, unquote(place), branch) == ("git", of.address, "main")


@pytest.mark.parametrize("address", ["", "two-voices", "/home/me/two-voices", "C:\\two", "a b/c/d"])
def test_what_is_no_address_gets_one_sentence(address):
    with pytest.raises(links.LinkError, match="expected is one such as"):
        links.repository(address)


def command(*options, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "lessons", "links", *options],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_the_command_opens_what_there_is():
    done = command("05", "--repository", SPELLINGS[2], "--branch", "term-1")
    assert done.returncode == 0, done.stderr
    assert "/v2/gh/some-school/two-voices/term-1?" in done.stdout
    first = command("--repository", SPELLINGS[2])
    assert f"lab/tree/{notebooks.all_notebooks()[0]}\n" in first.stdout
    for notebook in set(re.findall(r"lab/tree/(notebooks/\S+?\.ipynb)", done.stdout)):
        assert (ROOT / notebook).is_file()
    done = command("17", "--repository", SPELLINGS[2])
    assert done.returncode == 1
    assert "There is no notebook '17'" in done.stderr


def test_of_this_folder_it_takes_the_branch_and_the_address(tmp_path, monkeypatch):
    monkeypatch.setattr(links, "ROOT", tmp_path)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q", "-b", "term-2"], check=True)
    with pytest.raises(links.LinkError, match="give its address"):
        links.own_address()
    subprocess.run([*git, "remote", "add", "origin", "/home/me/two-voices"], check=True)
    with pytest.raises(links.LinkError, match="it came from '/home/me/two-voices'"):
        links.own_address()
    subprocess.run([*git, "remote", "set-url", "origin", SPELLINGS[2]], check=True)
    assert links.own_address() == SPELLINGS[2]
    assert links.own_branch() == "term-2"


def test_what_the_links_open_with_is_there():
    """Binder installs what environment.yml lists, then the package by postBuild."""
    listed = (ROOT / "environment.yml").read_text(encoding="utf-8")
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in ("jupyterlab", "ipywidgets", "pandas", "altair"):
        version = re.search(rf"^{name}==(\S+)", pinned, re.MULTILINE)[1]
        assert f"{name}=={version}" in listed
