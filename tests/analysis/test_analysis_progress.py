"""Where a learner goes on: with what is begun, then after what was done last."""

import pandas as pd
import pytest

from lessons.analysis.progress import go_on_at, states


def things(*states_of):
    """Things by their states: "x" is done, "4" and "0" are counts of 16, "." is left."""
    rows = [(s == "x", f"{s} of 16" if s.isdigit() else "") for s in states_of]
    return pd.DataFrame(rows, columns=["done", "count"])


def test_only_a_count_above_nothing_is_begun():
    assert states(things("x", "4", "0", ".")) == ["done", "begun", "left", "left"]


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("", None),
        ("xx", None),
        ("..", 0),
        ("x..", 1),
        (".x.", 2),  # what was left out before waits
        (".xx", 0),  # until nothing is left after it
        (".4.x.", 1),
        ("x0.", 1),
    ],
)
def test_where_to_go_on(given, at):
    assert go_on_at(things(*given)) == at
