"""Links that open the course elsewhere: on Binder, or on any JupyterHub that has nbgitpuller.

How Binder's links are made: https://mybinder.readthedocs.io (a repository is named by who keeps
it: `gh`, `gl`, or `git` with its whole address); nbgitpuller's: https://nbgitpuller.readthedocs.io.
Standard library only.
"""

from __future__ import annotations

import re
import subprocess
from typing import NamedTuple
from urllib.parse import quote, urlencode

from lessons.launch.folder import ROOT

BINDER = "https://mybinder.org"
HUB = "https://hub.example.org"  # where nobody lives: RFC 2606
_SPELLINGS = (
    r"(?:https?|git)://(?:[^/@]+@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+)",
    r"ssh://(?:[^/@]+@)?(?P<host>[^/:]+)(?::\d+)?/(?P<path>.+)",
    r"(?:[^/@:]+@)(?P<host>[^/:]+):(?P<path>.+)",
    r"(?P<host>[\w-]+(?:\.[\w-]+)+)/(?P<path>.+)",
)
_PART = re.compile(r"[\w.-]+")
_FEWEST = 2  # an owner and a name


class LinkError(Exception):
    """No link can be made; the message says why and what to do."""


class Repository(NamedTuple):
    """A repository on a host: `owner` may have several parts (groups of GitLab)."""

    host: str
    owner: str
    name: str

    @property
    def address(self) -> str:
        """Return the address that anybody can read it from."""
        return f"https://{self.host}/{self.owner}/{self.name}"


def repository(address: str) -> Repository:
    """Return the repository of an address, in any of its usual spellings.

    https://host/owner/name, ssh://git@host/owner/name, git@host:owner/name, host/owner/name; each
    with or without ".git" and a last "/". A name and a password in it are left out. Raises
    LinkError.
    """
    for spelling in _SPELLINGS:
        found = re.fullmatch(spelling, address.strip())
        if found:
            parts = found["path"].rstrip("/").removesuffix(".git").split("/")
            if len(parts) >= _FEWEST and all(map(_PART.fullmatch, parts)):
                return Repository(found["host"].lower(), "/".join(parts[:-1]), parts[-1])
    raise LinkError(
        f"{address!r} is not the address of a repository; expected is one such as "
        "https://github.com/owner/name or git@github.com:owner/name.git."
    )


def binder_link(of: Repository, branch: str, notebook: str) -> str:
    """Return the link that opens a notebook of a repository in JupyterLab on Binder."""
    kept_at = {
        "github.com": f"gh/{of.owner}/{of.name}",
        "gitlab.com": f"gl/{quote(f'{of.owner}/{of.name}', safe='')}",
    }
    place = kept_at.get(of.host, f"git/{quote(of.address, safe='')}")
    path = urlencode({"urlpath": f"lab/tree/{notebook}"}, safe="/")
    return f"{BINDER}/v2/{place}/{quote(branch, safe='')}?{path}"


def hub_link(of: Repository, branch: str, hub: str, notebook: str) -> str:
    """Return the link that copies the repository to a learner's place on a hub and opens it.

    nbgitpuller must be installed there. What a learner changed is kept when the course is newer.
    """
    asked = {
        "repo": of.address,
        "branch": branch,
        "urlpath": f"lab/tree/{of.name}/{notebook}",
    }
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"


def badge(link: str) -> str:
    """Return a button for a README, in Markdown."""
    return f"[![Open on Binder]({BINDER}/badge_logo.svg)]({link})"


def own_address() -> str:
    """Return the address of this folder's own repository; raises LinkError."""
    name = _git("config", f"branch.{own_branch()}.remote") or "origin"
    address = _git("config", "--get", f"remote.{name}.url")
    try:
        repository(address)
    except LinkError:
        came = f" (it came from {address!r})" if address else ""
        raise LinkError(
            f"This folder has no repository that others can reach{came}. Put your copy where it is "
            "public, on GitHub or GitLab, and give its address: "
            "python -m lessons links --repository https://github.com/owner/name"
        ) from None
    return address


def own_branch() -> str:
    """Return the branch that this folder is on; "main" where it is on none."""
    return _git("branch", "--show-current") or "main"


def _git(*words: str) -> str:
    """Return what git says, "" where it does not know or is not there."""
    try:
        done = subprocess.run(
            ["git", *words],  # noqa: S607  (the person's own git)
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError:
        return ""
    return done.stdout.strip()


def told(address: str, branch: str, hub: str, notebook: str) -> str:
    """Return what the command prints: each link under what it is for; raises LinkError."""
    of = repository(address)
    binder = binder_link(of, branch, notebook)
    return "\n".join(
        [
            f"For {of.address}, branch {branch}, {notebook}:",
            "",
            "Binder (the repository must be public; everything is forgotten when it closes):",
            binder,
            "",
            "A JupyterHub with nbgitpuller (put your hub's address first):",
            hub_link(of, branch, hub, notebook),
            "",
            "The button for a README:",
            badge(binder),
        ]
    )
