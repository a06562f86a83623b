"""Damaged files: set aside, never deleted, told of, and what can be read is brought over."""

import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest

from lessons.work import WorkError, damage, open_work, rows
from lessons.work import store as stores

ASIDE = re.compile(r"answers(-\d+)?-damaged-\d{4}-\d\d-\d\d-\d{6}(-\d+)?\.sqlite")


@pytest.fixture
def made(work, make_some):
    """Make a database of several pages; yield its path, its answers and its bytes."""
    kept = make_some()
    work.keep(*kept)
    work.rename("Anna")
    return work.path, {one.id: one for one in kept}, work.path.read_bytes()


def is_plain(notice):
    """Say whether a notice is one or two sentences on one line."""
    ends = re.findall(r"\.(?= [A-Z]|$)", notice)
    return bool(re.fullmatch(r"[A-Z][^\n]*\.", notice)) and len(ends) <= 2


def check(path, answers, damaged, held, make):
    """Open, read and keep; whatever cannot be read any more is in the file set aside."""
    work = open_work(path.parent)
    found = held(work)
    extra = make(999, item="after")
    work.keep(extra)
    assert work.of(extra.case, "after") == [extra]
    assert len(work.learner) == 6
    if work.notice:
        assert is_plain(work.notice)
        (name,) = set(ASIDE.findall(work.notice) and [ASIDE.search(work.notice)[0]])
        assert (path.parent / name).read_bytes() == damaged
        # Nothing is made up: what is there is as it was.
        assert all(answers[key] == one for key, one in found.items())
    else:
        assert found == answers
    assert open_work(path.parent).notice == ""
    return work, found


@pytest.mark.parametrize("part", [1, 15, 16, 40, 99, 100, 101, 600, 4095, 4096, 4097])
def test_truncated_near_the_start(made, held, make, part):
    path, answers, data = made
    path.write_bytes(data[:part])
    work, _ = check(path, answers, data[:part], held, make)
    assert work.notice


@pytest.mark.parametrize("part", range(5, 100, 7))
def test_truncated_anywhere(made, held, make, part):
    path, answers, data = made
    cut = data[: len(data) * part // 100]
    path.write_bytes(cut)
    work, _ = check(path, answers, cut, held, make)
    assert work.notice


@pytest.mark.parametrize("seed", range(120))
def test_one_flipped_byte(made, held, make, seed):
    path, answers, data = made
    rng = random.Random(seed)  # noqa: S311
    # Every other one in the header and the tables' own page, where a byte says the most.
    place = rng.randrange(110 if seed % 4 == 0 else 4096 if seed % 2 else len(data))
    flipped = bytearray(data)
    flipped[place] ^= rng.randrange(1, 256)
    path.write_bytes(flipped)
    work = open_work(path.parent)
    if "newer version" in work.notice:
        assert is_plain(work.notice)
        assert path.read_bytes() == flipped
        return
    path.write_bytes(flipped)
    for aside in path.parent.glob("*damaged*"):
        aside.unlink()
    check(path, answers, bytes(flipped), held, make)


@pytest.mark.parametrize("seed", range(20))
def test_many_flipped_bytes(made, held, make, seed):
    path, answers, data = made
    rng = random.Random(seed)  # noqa: S311
    flipped = bytearray(data)
    for _ in range(30):
        flipped[rng.randrange(4096, len(data))] ^= rng.randrange(1, 256)
    path.write_bytes(flipped)
    work, _ = check(path, answers, bytes(flipped), held, make)
    assert work.notice


@pytest.mark.parametrize("seed", range(10))
def test_a_zeroed_sector(made, held, make, seed):
    path, answers, data = made
    start = random.Random(seed).randrange(len(data) // 512) * 512  # noqa: S311
    zeroed = data[:start] + bytes(512) + data[start + 512 :]
    path.write_bytes(zeroed)
    check(path, answers, zeroed, held, make)


def test_a_flipped_byte_inside_a_value_is_noticed_and_the_rest_comes_over(made, held, make):
    path, answers, data = made
    flipped = data.replace(b"answer 40", b"answer 41").replace(b'xxxx"]', b'xxxy"]', 1)
    assert flipped != data
    path.write_bytes(flipped)
    work, found = check(path, answers, flipped, held, make)
    assert len(found) == len(answers) - 1
    assert f"{len(answers) - 1} answers could be read and brought over" in work.notice
    assert work.alias == "Anna"


@pytest.mark.parametrize(
    "start", [0, 16, 18, 19, 20, 24, 28, 32, 40, 44, 52, 56, 68, 92, 100, 103, 105, 108]
)
def test_a_broken_first_page_loses_no_answer(made, held, make, start):
    path, answers, data = made
    broken = data[:start] + b"\x7f\x7f" + data[start + 2 :]
    path.write_bytes(broken)
    _, found = check(path, answers, broken, held, make)
    assert found == answers


def test_a_file_that_is_read_only_is_left_for_another_place(made, held, monkeypatch):
    path, answers, data = made
    real = stores._connect

    def connect(place):
        if place != path:
            return real(place)
        uri = f"{place.as_uri()}?mode=ro"
        return sqlite3.connect(uri, uri=True, isolation_level=None)

    monkeypatch.setattr(stores, "_connect", connect)
    work = open_work(path.parent)
    assert work.path.parent != path.parent
    assert is_plain(work.notice)
    assert held(work) == answers
    assert work.alias == "Anna"
    assert path.read_bytes() == data


def test_an_empty_file_is_a_new_one(made):
    path, *_ = made
    path.write_bytes(b"")
    work = open_work(path.parent)
    assert work.notice == ""
    assert len(work.answers) == 0


@pytest.mark.parametrize(
    "data",
    [
        bytes(1),
        bytes(4096),
        bytes(40_000),
        b"x",
        b"SQLite format 3\0",
        b"\xff" * 5000,
        b"PK\3\4" * 99,
    ],
    ids=["zero", "zero-page", "zeroed", "x", "magic-only", "ones", "zip"],
)
def test_what_is_no_database(made, held, make, data):
    path, answers, _ = made
    path.write_bytes(data)
    work, found = check(path, answers, data, held, make)
    assert work.notice
    assert found == {}


STATEMENTS = {
    "no answers": "DROP TABLE answers",
    "no settings": "DROP TABLE settings",
    "another name": "ALTER TABLE answers RENAME TO answer",
    "no column": "ALTER TABLE answers DROP COLUMN kind",
    "another column": "ALTER TABLE answers RENAME COLUMN kind TO sort",
    "no learner": "DELETE FROM settings WHERE name = 'learner'",
    "changed setting": "UPDATE settings SET value = 'x' WHERE name = 'alias'",
    "no JSON": "UPDATE answers SET value = '{' WHERE id LIKE '%3'",
    "a number": "UPDATE answers SET value = x'00ff' WHERE id LIKE '%3'",
    "another program's": "PRAGMA application_id = 7",
    "no program's": "PRAGMA application_id = 0",
    "no schema": "PRAGMA user_version = 0",
    "negative schema": "PRAGMA user_version = -3",
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_database_that_was_changed(made, held, make, name):
    path, answers, _ = made
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(STATEMENTS[name])
    changed = path.read_bytes()
    work, _ = check(path, answers, changed, held, make)
    assert work.notice


def test_another_programs_database(made, held, make):
    path, answers, _ = made
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE places (url)")
        connection.execute("INSERT INTO places VALUES ('https://example.org')")
    data = path.read_bytes()
    work, found = check(path, answers, data, held, make)
    assert found == {}
    assert "belongs to another program" in work.notice


def test_a_file_of_a_newer_version_is_left_alone(made, held, make):
    path, _, _ = made
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 2")
        connection.execute("ALTER TABLE answers ADD COLUMN more")
    data = path.read_bytes()
    work = open_work(path.parent)
    assert work.path == path.with_name("answers-1.sqlite")
    assert is_plain(work.notice)
    assert "answers.sqlite was made by a newer version of the course" in work.notice
    work.keep(make(1))
    assert list(held(open_work(path.parent))) == [make(1).id]
    assert path.read_bytes() == data


def test_a_newer_file_comes_while_a_kernel_runs(made, work, make):
    path, *_ = made
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 2")
    data = path.read_bytes()
    work.keep(make(500))
    assert work.path.name == "answers-1.sqlite"
    assert path.read_bytes() == data


def test_a_directory_in_the_files_place(tmp_path, make):
    (tmp_path / "w" / "answers.sqlite").mkdir(parents=True)
    (tmp_path / "w" / "answers.sqlite" / "inside").write_text("x", encoding="utf-8")
    work = open_work(tmp_path / "w")
    work.keep(make(1))
    assert is_plain(work.notice)
    assert (tmp_path / "w" / ASIDE.search(work.notice)[0] / "inside").exists()
    assert len(open_work(tmp_path / "w").answers) == 1


@pytest.mark.parametrize("kind", ["file", "directory"])
def test_what_cannot_be_renamed_stays_and_the_next_file_is_taken(
    made, held, make, monkeypatch, kind
):
    path, answers, data = made
    if kind == "file":
        path.write_bytes(data[:-3000])
    else:
        path.unlink()
        path.mkdir()

    def refuse(_):
        raise PermissionError

    monkeypatch.setattr(stores, "set_aside", refuse)
    work = open_work(path.parent)
    work.keep(make(700))
    assert work.path == path.with_name("answers-1.sqlite")
    assert is_plain(work.notice)
    assert path.exists()
    found = held(work)
    assert found.pop(make(700).id) == make(700)
    assert all(answers[key] == one for key, one in found.items())


def test_answers_kept_beside_come_back_when_it_can_be_renamed(made, held, make, monkeypatch):
    path, _, data = made
    path.write_bytes(data[:-3000])

    def refuse(_):
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(stores, "set_aside", refuse)
        open_work(path.parent).keep(make(700))
    work = open_work(path.parent)
    assert work.path == path
    assert make(700).id in held(work)


def test_a_journal_goes_along(made, tmp_path):
    path, *_ = made
    journal = path.with_name("answers.sqlite-journal")
    journal.write_bytes(b"journal")
    aside = damage.set_aside(path)
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"journal"
    assert not journal.exists()


def test_nothing_is_overwritten_when_it_happens_twice_in_a_second(made, make):
    path, *_ = made
    for number in range(4):
        path.write_bytes(bytes([65 + number]) * 5000)
        open_work(path.parent).keep(make(number))
    found = sorted(aside.read_bytes()[:1] for aside in path.parent.glob("*damaged*"))
    assert found == [b"A", b"B", b"C", b"D"]


@pytest.fixture
def _locked(made, monkeypatch):
    path, *_ = made
    monkeypatch.setattr(stores, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.usefixtures("_locked")
def test_a_locked_file(made, work, make):
    path, _, _ = made
    for opened in (work, open_work(path.parent)):
        assert opened.path == path
        with pytest.raises(WorkError) as found:
            opened.keep(make(800))
        assert str(found.value) == stores.LOCKED
        with pytest.raises(WorkError) as found:
            _ = opened.answers
        assert str(found.value) == stores.LOCKED_READING
        assert opened.notice == "" or is_plain(opened.notice)
    assert [one.name for one in path.parent.glob("*.sqlite")] == ["answers.sqlite"]


def test_after_the_lock_it_can_be_saved(made, make, monkeypatch):
    path, answers, _ = made
    monkeypatch.setattr(stores, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        work = open_work(path.parent)
    work.keep(make(800))
    assert len(work.answers) == len(answers) + 1


@pytest.mark.parametrize("part", [0.1, 0.4, 0.9])
@pytest.mark.parametrize("first", ["keep", "read"])
def test_damage_after_the_opening(made, held, make, part, first):
    path, answers, data = made
    path.write_bytes(data)
    work = open_work(path.parent)
    cut = data[: int(len(data) * part)]
    path.write_bytes(cut)
    if first == "keep":
        work.keep(make(900))
    found = held(work)
    work.keep(make(901))
    if work.notice:
        # A write may have come before the damage was found.
        aside = path.parent / ASIDE.search(work.notice)[0]
        assert aside.stat().st_size >= len(cut) // 4096 * 4096
    else:
        assert answers.keys() <= found.keys()
    assert make(901).id in held(open_work(path.parent))


def test_rubbish_after_the_opening(made, work, held, make):
    path, *_ = made
    path.write_bytes(b"rubbish" * 999)
    work.keep(make(900))
    assert list(held(work)) == [make(900).id]
    assert is_plain(work.notice)
    assert (path.parent / ASIDE.search(work.notice)[0]).read_bytes() == b"rubbish" * 999
    path.unlink()
    path.mkdir()
    work.keep(make(901))
    assert list(held(work)) == [make(901).id]


def test_two_kernels_find_the_same_damage(made, held, make):
    path, answers, data = made
    flipped = data.replace(b'xxxx"]', b'xxxy"]', 1)
    path.write_bytes(flipped)
    script = (
        "import sys; from lessons.work import open_work; print(len(open_work(sys.argv[1]).answers))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path.parent)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert all(answers[key] == one for key, one in held(open_work(path.parent)).items())
    assert len(open_work(path.parent).answers) == len(answers) - 1
    assert flipped in [aside.read_bytes() for aside in path.parent.glob("*damaged*")]


@pytest.mark.parametrize("reused", [False, True], ids=["new number", "same number"])
def test_threads_find_the_same_damage(made, make, monkeypatch, reused):
    """Only the damaged file is set aside, even when the new one is given its inode's number."""
    path, answers, data = made
    if reused:
        mend = stores.Store._mend

        def late(store, _, **more):
            time.sleep(0.3)  # all have found the damage before the first one mends it
            mend(store, store._identity(), **more)

        monkeypatch.setattr(stores.Store, "_mend", late)
    path.write_bytes(data.replace(b'xxxx"]', b'xxxy"]', 1))
    errors = []

    def keep(number):
        try:
            open_work(path.parent).keep(make(number))
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=keep, args=(n,)) for n in range(500, 508)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(list(path.parent.glob("*damaged*.sqlite"))) == 1
    assert len(open_work(path.parent).answers) == len(answers) - 1 + 8


def test_a_file_that_was_made_meanwhile_is_not_set_aside(made, held, monkeypatch):
    """There was none a moment ago: what is there now, another thread has just made."""
    path, answers, data = made
    store, aside = stores.Store(path), stores.set_aside
    path.unlink()

    def made_meanwhile(old):
        path.write_bytes(data)
        return aside(old)

    monkeypatch.setattr(stores, "set_aside", made_meanwhile)
    store._mend(store._identity(), look=True)
    path.write_bytes(data)
    assert list(path.parent.glob("*damaged*")) == []
    assert held(open_work(path.parent)) == answers


def test_an_empty_file_that_another_thread_fills_in_a_moment_is_not_set_aside(made):
    path, _, _ = made
    path.write_bytes(b"")
    store = stores.Store(path)
    store._mend(store._identity(), look=True)
    assert list(path.parent.glob("*damaged*")) == []
    assert path.stat().st_size == 0


def test_damage_each_time_ends_in_one_sentence(work, make, monkeypatch):
    def damaged(*_):
        raise rows.DamagedError

    with monkeypatch.context() as patch:
        patch.setattr(stores.rows, "add_row", damaged)
        with pytest.raises(WorkError, match=r"^Your answers could not be saved, [^\n.]+\.$"):
            work.keep(make(1))
    assert open_work(work.path.parent).path.exists()


def test_salvage_raises_nothing(tmp_path):
    for number, data in enumerate([b"", b"x" * 10_000, b"SQLite format 3\0" + bytes(9000)]):
        path = tmp_path / f"{number}.sqlite"
        path.write_bytes(data)
        assert damage.salvage(path) == damage.Salvage({}, {})
    assert damage.salvage(tmp_path) == damage.salvage(tmp_path / "none") == damage.Salvage({}, {})
