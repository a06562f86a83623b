"""Finding Chromium, and starting it so that it can reach nothing but this machine."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    # "Works here" must mean "works offline": every name but this machine's own cannot be found.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--js-flags=--expose-gc",
]


def chromium() -> str:
    """The program to drive. Without one: a failure in CI, elsewhere a skip that says what to do."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    message = (
        "No Chromium or Chrome found. Install it (Debian, Ubuntu: apt-get install chromium) or "
        "set the environment variable CHROMIUM to its program."
    )
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
