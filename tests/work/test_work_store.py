"""What is kept is there: once, in order, from many writers, and after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from lessons.work import WorkError, open_work
from lessons.work import store as stores

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from lessons.work import Answer, open_work
folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    work = open_work(folder) if number % 50 == 0 else work
    work.keep(Answer(f"{name}-{number}", "c", "i", "check", number, "2026-11-20T08:00:00.000Z"))
    print(number, flush=True)
"""


def writer(folder, name, count):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_is_kept_is_there_when_it_is_opened_again(work, make_some, held):
    kept = make_some()
    work.keep(*kept)
    again = open_work(work.path.parent)
    assert held(again) == {one.id: one for one in kept}
    assert again.notice == work.notice == ""
    assert again.path == work.path
    assert work.path.name == "answers.sqlite"
    assert [path.name for path in work.path.parent.iterdir()] == ["answers.sqlite"]


def test_the_same_id_twice_is_once(work, make):
    work.keep(make(1), make(1))
    work.keep(make(1), replace(make(1), value="other"), make(2))
    assert len(work.answers) == 2
    assert work.of("danang-2017", "EX2-01")[0].value == make(1).value


def test_the_table_has_its_columns_and_counts_attempts(work, make):
    work.keep(make(8), make(1), make(15), make(2), make(22, case="other"))
    table = work.answers
    columns = ["case", "item", "kind", "value", "answered_at", "attempt", "saved_at"]
    assert list(table.columns) == columns
    assert table.index.name == "id"
    first = table[(table["item"] == "EX2-01") & (table["case"] == "danang-2017")]
    assert list(first["attempt"]) == [1, 2, 3]
    assert list(first.index) == [make(1).id, make(8).id, make(15).id]
    assert list(table.loc[table["case"] == "other", "attempt"]) == [1]


def test_an_empty_table_has_the_same_columns(work, make):
    empty = work.answers
    work.keep(make(1))
    assert list(empty.columns) == list(work.answers.columns)
    assert list(empty.dtypes) == list(work.answers.dtypes)
    assert len(empty) == 0


def test_attempts_at_the_same_moment_are_ordered_by_id(work, make):
    at = "2026-11-20T08:00:00.000Z"
    work.keep(*(make(n, item="EX", answered_at=at) for n in (3, 1, 2)))
    assert [one.id for one in work.of("danang-2017", "EX")] == [make(n).id for n in (1, 2, 3)]


def test_several_items_are_asked_for_at_once(work, make):
    work.keep(make(1), make(8), make(2), make(3, case="other"))
    found = work.many("danang-2017", ["EX2-01", "EX2-02", "EX2-03"])
    assert {item: len(answers) for item, answers in found.items()} == {
        "EX2-01": 2,
        "EX2-02": 1,
        "EX2-03": 0,
    }
    assert work.of("nowhere", "EX2-01") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"id": "x" * 65},
        {"id": "a b"},
        {"id": "é"},
        {"id": 7},
        {"case": ""},
        {"case": None},
        {"item": "x" * 201},
        {"item": "a\nb"},
        {"kind": "k" * 41},
        {"kind": ""},
        {"answered_at": "2026-11-25"},
        {"answered_at": "2026-13-25T08:14:10.123Z"},
        {"answered_at": "2026-11-25T08:14:10.123+01:00"},
        {"answered_at": None},
        {"value": float("nan")},
        {"value": [float("inf")]},
        {"value": {1: 2}},
        {"value": (1, 2)},
        {"value": b"x"},
        {"value": "x" * 100_001},
        {"value": [[[[[[[[[1]]]]]]]]]},
        {"kind": "mark-span", "value": "x"},
        {"kind": "mark-span", "value": [{"start": 3, "end": 3, "quote": ""}]},
        {"kind": "mark-span", "value": [{"start": -1, "end": 3, "quote": ""}]},
        {"kind": "mark-span", "value": [{"start": True, "end": 3, "quote": ""}]},
        {"kind": "mark-span", "value": [{"start": 0, "end": 3}]},
        {"kind": "mark-span", "value": [{"start": 0, "end": 3, "quote": 5}]},
        {"kind": "mark-span", "value": [{"start": 0, "end": 3, "quote": "x", "more": 1}]},
    ],
    ids=repr,
)
def test_a_malformed_answer_is_refused_and_nothing_is_saved(work, make, wrong):
    with pytest.raises(ValueError, match=r"^An answer cannot be kept: [^\n]+\.$"):
        work.keep(make(1), make(2, **wrong))
    assert len(work.answers) == 0


def test_the_alias_is_kept_and_bounded(work):
    assert work.alias == ""
    work.rename("  Anna Müller  ")
    assert open_work(work.path.parent).alias == "Anna Müller"
    for wrong in ("x" * 41, "a\tb", "a\nb", "\x00", None, 5):
        with pytest.raises(ValueError, match=r"^The alias is [^\n]+\.$"):
            work.rename(wrong)
    assert work.alias == "Anna Müller"
    work.rename("")
    assert work.alias == ""


def test_a_learner_is_made_once_for_each_database(work, tmp_path):
    assert len(work.learner) == 6
    assert work.learner == open_work(work.path.parent).learner
    assert work.learner != open_work(tmp_path / "there").learner


def test_deleting_all_leaves_nothing_in_the_file(work, make):
    for number in range(200):
        work.keep(make(number, value=f"SECRET-{number}" * 20))
    work.rename("Rumpelstiltskin")
    before = work.learner
    assert work.delete_all() == 200
    assert len(work.answers) == 0
    assert work.alias == ""
    assert work.learner != before
    data = work.path.read_bytes()
    assert b"SECRET" not in data
    assert b"Rumpelstiltskin" not in data
    assert work.delete_all() == 0
    assert work.notice == ""


def test_the_settings_of_the_database(work, make):
    work.keep(make(1))
    with sqlite3.connect(work.path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA application_id").fetchone()[0] != 0
    connection.close()


def test_deleting_the_file_while_a_kernel_runs(work, make):
    work.keep(make(1))
    work.path.unlink()
    work.keep(make(2))
    assert [one.id for one in work.of("danang-2017", "EX2-02")] == [make(2).id]
    work.path.unlink()
    work.path.parent.rmdir()
    assert len(work.answers) == 0
    work.keep(make(3))
    assert len(open_work(work.path.parent).answers) == 1
    assert work.notice == ""


def test_the_file_is_replaced_in_the_middle_of_a_write(work, make, monkeypatch):
    real = stores.rows.add_row
    moved = []

    def add_row(connection, row):
        done = real(connection, row)
        if not moved:
            moved.append(work.path.rename(work.path.with_name("elsewhere.sqlite")))
        return done

    monkeypatch.setattr(stores.rows, "add_row", add_row)
    work.keep(make(1))
    assert moved
    assert len(work.answers) == 1


def test_two_processes_at_once_lose_nothing(tmp_path):
    # The folder is new: both make the tables at the same moment.
    processes = [writer(tmp_path / "w", name, 200) for name in "ab"]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    work = open_work(tmp_path / "w")
    wanted = {f"{name}-{number}" for name in "ab" for number in range(200)}
    assert set(work.answers.index) == wanted
    assert work.notice == ""


def test_two_threads_at_once_lose_nothing(tmp_path, make):
    barrier = threading.Barrier(2)
    errors = []

    def write(first):
        try:
            barrier.wait()
            work = open_work(tmp_path / "w")
            for number in range(first, first + 200):
                work.keep(make(number))
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(open_work(tmp_path / "w").answers) == 400


@pytest.mark.parametrize("when", [3, 11, 27, 60])
def test_a_killed_process_loses_nothing_that_was_kept(tmp_path, when):
    process = writer(tmp_path, "k", 10_000)
    said = -1
    for line in process.stdout:
        said = int(line)
        if said >= when:
            process.send_signal(signal.SIGKILL)
            break
    rest = process.stdout.read().split()
    process.wait()
    said = int(rest[-1]) if rest else said
    work = open_work(tmp_path)
    assert {f"k-{number}" for number in range(said + 1)} <= set(work.answers.index)
    assert work.notice == ""


CODES = {
    "full": (sqlite3.SQLITE_FULL, "the disk is full"),
    "error": (sqlite3.SQLITE_IOERR, "the disk cannot be written"),
    "read-only": (sqlite3.SQLITE_READONLY, "the file cannot be written"),
}


@pytest.mark.parametrize("code", CODES)
def test_what_the_computer_refuses_is_said_in_one_sentence(work, make, monkeypatch, code):
    work.keep(make(1))
    number, reason = CODES[code]

    def refuse(*_):
        error = sqlite3.OperationalError("refused")
        error.sqlite_errorcode = number
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(stores.rows, "add_row", refuse)
        with pytest.raises(WorkError, match=rf"^Your answers could not [^\n]*{reason}[^\n]*\.$"):
            work.keep(make(2))
    work.keep(make(3))
    assert list(work.answers.index) == [make(1).id, make(3).id]
    assert work.notice == ""


def test_a_full_disk_as_sqlite_says_it(work, make, monkeypatch):
    work.keep(make(1))
    real = stores._connect

    def small(path):
        connection = real(path)
        connection.execute("PRAGMA max_page_count = 4")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(stores, "_connect", small)
        with pytest.raises(WorkError, match="because the disk is full"):
            work.keep(*(make(number, value="x" * 900) for number in range(100, 200)))
    assert len(work.answers) == 1
    assert work.notice == ""
