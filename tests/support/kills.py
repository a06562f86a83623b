"""Kernels that are killed while answers come in, and what is left of the answers.

How many: 50 in CI. `TWO_VOICES_KILLS=200 python3 -m lessons test -n 0 -s tests/widgets/test_widgets_kills.py
tests/browser/test_browser_kills.py` kills 200 and prints the figures.
"""

import os
import sqlite3
from contextlib import closing

KILLS = int(os.environ.get("TWO_VOICES_KILLS", "50"))
BY_PAGE = max(5, KILLS // 10)
BY_MESSAGE = KILLS - BY_PAGE


def in_database(folder):
    """The values of all answers by their ids, after the database has passed its own check."""
    with closing(sqlite3.connect(folder / "answers.sqlite", timeout=10)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return dict(connection.execute("SELECT id, value FROM answers").fetchall())
