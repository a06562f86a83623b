"""Finding Chromium, and starting it so that it can reach nothing but this machine."""

import os
import shutil

import pytest

# First the one without a window: the same program, and a quarter less work for each page.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
NAMES += ("google-chrome", "google-chrome-stable", "chrome")
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


VIEW = {"width": 1280, "height": 900}
# What a page can be told when it is there; all else needs a browser context of its own.
TOLD_LATER = {"viewport", "color_scheme", "reduced_motion", "forced_colors"}
# All that a person leaves in a browser, but not the code that it has compiled.
LEFT = "cookies,local_storage,indexeddb,cache_storage,service_workers"


class Chromium:
    """The browser of one file's tests; use as a context manager.

    JupyterLab's code is compiled once for each `profile` (a folder) and address: a page that finds
    it there is loaded in half the time. What a person leaves is cleared for each new page.
    """

    def __init__(self, playwright, profile):
        self._kind, self._profile = playwright.chromium, profile
        self._home = self._apart = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for started in (self._home, self._apart):
            if started:
                started.close()

    def new_context(self, **options):
        """Give a context that knows of no other one: another browser, as a page sees it."""
        if not self._apart:
            self._apart = self._kind.launch(executable_path=chromium(), args=ARGUMENTS)
        return self._apart.new_context(**{"viewport": VIEW, **options})

    def new_page(self, url="", **options):
        """Open a page for somebody new at this address. Close it with `leave`."""
        if set(options) <= TOLD_LATER and not self._is_open(url):
            return self._page_at_home(url, **options)
        return self.new_context(**options).new_page()

    def _is_open(self, url):
        """Say whether another page is at this address: the two are not to share what is kept."""
        return bool(url and self._home and any(p.address == url for p in self._home.pages[1:]))

    def _page_at_home(self, url, viewport=VIEW, **media):
        if not self._home:
            self._home = self._kind.launch_persistent_context(
                self._profile, executable_path=chromium(), args=ARGUMENTS, viewport=VIEW
            )
        page = self._home.new_page()
        page.address = url
        page.set_viewport_size(viewport)
        page.emulate_media(**media)
        if url:
            devtools = self._home.new_cdp_session(page)
            wanted = {"origin": url, "storageTypes": LEFT}
            devtools.send("Storage.clearDataForOrigin", wanted)
            devtools.detach()
        return page

    def leave(self, page):
        """Close a page, and its context where that is its own."""
        if self._home and page.context == self._home:
            page.close()
        else:
            page.context.close()
