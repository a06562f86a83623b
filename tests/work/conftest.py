"""What the tests of the room of work share."""

import random
from pathlib import Path

import pytest

from lessons.work import Answer, open_work, store

TESTS = Path(__file__).parents[1]

VARIABLES = (
    "TWO_VOICES_WORK",
    "TWO_VOICES_FORGETFUL",
    "BINDER_LAUNCH_HOST",
    "BINDER_SERVICE_HOST",
)


@pytest.fixture(autouse=True)
def _own_places(monkeypatch, tmp_path):
    """Keep every test away from the real folders, and from long waiting."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(store, "BUSY_SECONDS", 5.0)


def answer(number=1, **more):
    """Make an answer; everything but its number may be set."""
    cells = {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "case": "danang-2017",
        "item": f"EX2-{number % 7:02d}",
        "kind": "choose-one",
        "value": f"answer {number} ạ",
        "answered_at": f"2026-11-20T08:{number // 60 % 60:02d}:{number % 60:02d}.123Z",
    }
    return Answer(**(cells | more))


def some(count=40):
    """Make answers of several kinds, enough to fill several pages of a database."""
    rng = random.Random(7)  # noqa: S311
    made = [answer(n, value=[rng.random(), "x" * rng.randrange(300)]) for n in range(count)]
    marks = [{"start": 3, "end": 9, "quote": "Đà Nẵng"}] * 12
    return [*made, answer(count, kind="mark-span", value=marks)]


@pytest.fixture
def make():
    return answer


@pytest.fixture
def make_some():
    return some


@pytest.fixture
def work(tmp_path):
    return open_work(tmp_path / "here")


def answers_in(work):
    """Return everything that a work holds, as answers by id."""
    return {
        row.Index: Answer(row.Index, row.case, row.item, row.kind, row.value, row.answered_at)
        for row in work.answers.itertuples()
    }


@pytest.fixture
def held():
    return answers_in
