"""For all tests, the notebooks' too: no test reads or writes what a learner answered here."""

import itertools
import os
import sys
import tempfile
from pathlib import Path

import pytest

_HERE = tempfile.TemporaryDirectory(prefix="two-voices-work-")
os.environ["TWO_VOICES_WORK"] = str(Path(_HERE.name) / "work")

# Files are dealt out to the workers in this order: what takes longest begins first, so that the
# end is filled with small files and no worker waits for another one's long file.
_LONGEST_FIRST = (
    "tests/widgets/test_widgets_kills.py",
    "tests/browser/test_browser_notebooks.py",
    "tests/browser/test_browser_course.py",
    "tests/browser/test_browser_walks.py",
    "tests/browser/test_browser_my_work.py",
    "tests/browser/test_browser_every_widget.py",
    "tests/browser/test_browser_kills.py",
    "tests/browser/",
    "tests/test_house.py",
    "tests/launch/",
    "notebooks/",
)

_NUMBERS = itertools.count()


def pytest_collection_modifyitems(config, items):
    """Put long files first; within a file everything stays in its order."""
    places = [config.rootpath / place for place in _LONGEST_FIRST]

    def rank(item):
        at = {item.path, *item.path.parents}
        return next((rank for rank, place in enumerate(places) if place in at), len(places))

    items.sort(key=rank)  # stable, and the same in every worker


@pytest.fixture(autouse=True)
def own_work(tmp_path_factory, monkeypatch):
    """Give each test a work of its own, and open it only when it is asked for."""
    # Not mktemp: it looks through all folders that are there, for each of five thousand tests.
    folder = tmp_path_factory.getbasetemp() / f"work-{next(_NUMBERS)}"
    monkeypatch.setenv("TWO_VOICES_WORK", str(folder))
    if keeping := sys.modules.get("lessons.widgets.keeping"):
        keeping.work.cache_clear()
