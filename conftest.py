"""For all tests, the notebooks' too: no test reads or writes what a learner answered here."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

_HERE = tempfile.TemporaryDirectory(prefix="two-voices-work-")
os.environ["TWO_VOICES_WORK"] = str(Path(_HERE.name) / "work")


@pytest.fixture(autouse=True)
def own_work(tmp_path_factory, monkeypatch):
    """Give each test a work of its own, and open it only when it is asked for."""
    monkeypatch.setenv("TWO_VOICES_WORK", str(tmp_path_factory.mktemp("work")))
    if keeping := sys.modules.get("lessons.widgets.keeping"):
        keeping.work.cache_clear()
