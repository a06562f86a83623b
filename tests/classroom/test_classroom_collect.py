"""Hand-ins of a class: what counts, and what does not, with its reason."""

import json
import os
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_class import CASE, answer, answers_by, hand_in, learner_id, write_class

from lessons.classroom import collect, collect_files

MARKUP = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def changed(text, **new):
    """A file's text with some of its outermost parts changed."""
    return json.dumps(json.loads(text) | new)


def first_changed(text, **new):
    """A file's text with something changed in its first answer."""
    document = json.loads(text)
    document["answers"][0] |= new
    return json.dumps(document)


GOOD = hand_in(0)
EARLY = changed(GOOD, exported_at="2026-11-25T07:00:00.000Z")
TWO = [*answers_by(3), *answers_by(4)]
DEEP = {"deep": "x"}
for _ in range(20):
    DEEP = {"deep": DEEP}

# 30 files that do not count, and what is said of each.
HOSTILE = {
    "empty.json": (b"", "line 1 is no JSON"),
    "no-json.json": (b"Dear teacher, here is my work.", "line 1 is no JSON"),
    "cut.json": (GOOD[: len(GOOD) // 2], "is no JSON"),
    "page.html": (f"<html>{MARKUP}</html>", "line 1 is no JSON"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 1 is no UTF-8"),
    "latin-1.json": (GOOD.replace("Alias 0", "J\u00f6rg").encode("latin-1"), "is no UTF-8"),
    "utf-16.json": (GOOD.encode("utf-16"), "is no UTF-8"),
    "list.json": ("[]", "its format is '[]'"),
    "number.json": ("7", "its format is '7'"),
    "null.json": ("null", "its format is 'null'"),
    "foreign.json": ('{"format": "other-course", "answers": []}', "its format is 'other-course'"),
    "notebook.ipynb": ('{"cells": [], "metadata": {}, "nbformat": 4}', "its format is 'null'"),
    "newer.json": (changed(GOOD, schema=99), "made by a newer version"),
    "schema-text.json": (changed(GOOD, schema="2"), "its schema is '2'"),
    "extra.json": (changed(GOOD, script=MARKUP), "it has the key 'script'"),
    "twice.json": ('{"format": "two-voices-hand-in", "format": "x"}', "stands twice"),
    "deep.json": (json.dumps(DEEP), "nested too deeply"),
    "brackets.json": ("[" * 200_000, "nested too deeply"),
    "infinite.json": (GOOD.replace('"value": "2"', '"value": Infinity', 1), "it holds Infinity"),
    "huge.json": (b" " * 5_000_001, "expected at most 5000000"),
    "no-learner.json": (changed(GOOD, learner=""), "learner"),
    "alias.json": (changed(GOOD, alias="a" * 41), "the alias is"),
    "controls.json": (changed(GOOD, alias="a\u0007b\u001b[31m"), "control characters"),
    "time.json": (changed(GOOD, exported_at="yesterday"), "the exported_at is 'yesterday'"),
    "id.json": (first_changed(GOOD, id="../../etc/passwd"), "in answer 1"),
    "future.json": (first_changed(GOOD, answered_at="2999-01-01T00:00:00.000Z"), "no time in the"),
    "other-case.json": (first_changed(GOOD, case="another-case"), "the case is 'another-case'"),
    "nothing.json": (hand_in(0, []), "it holds no answer"),
    "double.json": (GOOD, "it holds the same answers as"),
    "two-people.json": (hand_in(99, TWO, learner="zzzzzz"), "which are two learners"),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return collect(write_class(tmp_path_factory.mktemp("class")), [CASE])


def put(folder, files):
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def test_thirty_bad_files_among_25_good_ones_change_nothing(good, tmp_path):
    assert len(HOSTILE) == 30
    folder = write_class(tmp_path / "class")
    put(folder, HOSTILE)
    found = collect(folder, [CASE])
    pd.testing.assert_frame_equal(found.answers, good.answers)
    assert list(found.learners.index) == [learner_id(n) for n in range(25)]
    assert list(found.learners["answers"]) == [6] * 25
    reasons = found.left_out.set_index("file")["reason"]
    assert len(reasons) == 30
    # The good file and its double hold the same, so the newer one counts.
    good_one = next(iter(reasons.index.difference(list(HOSTILE))), "double.json")
    for name, (_, words) in HOSTILE.items():
        assert words in reasons[good_one if name == "double.json" else name], name
    for reason in reasons:
        assert len(reason) < 300
        assert re.search(r"[\x00-\x1f\x7f\u2028\u2029]", reason) is None


def test_links_and_other_things_are_listed_and_not_followed(tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text(hand_in(1))
    folder = tmp_path / "class"
    (folder / "sent by mail").mkdir(parents=True)
    (folder / "sent by mail/one.json").write_text(GOOD)
    (folder / ".DS_Store").write_bytes(b"\x00\x01")
    (folder / "link.json").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.json")
    found = collect(folder)
    assert list(found.learners["file"]) == ["sent by mail/one.json"]
    assert list(found.left_out["file"]) == ["link.json", "linked", "pipe.json"]
    assert set(found.left_out["reason"]) == {
        "it is no plain file, expected a file that this course made"
    }


def test_no_folder_and_no_file_give_empty_tables(tmp_path):
    for found in (collect(tmp_path / "none"), collect(tmp_path), collect_files({})):
        assert [len(found.learners), len(found.answers), len(found.left_out)] == [0, 0, 0]
        assert list(found.answers.columns)[:3] == ["learner", "case", "item"]


def test_the_newest_hand_in_of_a_learner_counts():
    more = hand_in(0, [*answers_by(0), answer(0, "EX1-02", "choose-one", "satire", 9)])
    found = collect_files({"b.json": EARLY.encode(), "a.json": more.encode()})
    assert list(found.learners["file"]) == ["a.json"]
    (reason,) = found.left_out["reason"]
    assert reason == "'a.json' holds all its answers, and counts"
    asked = found.answers[found.answers["item"] == "EX1-02"]
    assert list(asked["attempt"]) == [1, 2]
    assert list(asked["value"])[1] == "satire"


def test_work_that_went_on_at_another_computer_is_one_learner():
    elsewhere = [*answers_by(0), answer(0, "EX2-01", "match", {}, 7)]
    files = {"school.json": GOOD, "home.json": hand_in(0, elsewhere, learner="home77")}
    found = collect_files({name: text.encode() for name, text in files.items()})
    assert list(found.learners.index) == ["home77"]


def test_a_part_of_another_ones_answers_replaces_nothing():
    copied = hand_in(7, [*answers_by(0)[:2], answer(7, "EX2-03", "choose-many", [], 8)])
    found = collect_files({"good.json": EARLY.encode(), "thief.json": copied.encode()})
    assert list(found.learners["file"]) == ["good.json"]
    assert found.left_out["reason"][0] == "it holds answers of 'good.json', but not all of them"


def test_an_id_that_is_taken_is_said():
    files = {"one.json": EARLY, "two.json": hand_in(5, learner=learner_id(0))}
    found = collect_files({name: text.encode() for name, text in files.items()})
    assert list(found.learners["file"]) == ["one.json"]
    assert "is that of 'one.json', whose answers are other ones" in found.left_out["reason"][0]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.binary(max_size=80), max_size=5), st.data())
def test_whatever_comes_nothing_raises_and_every_file_is_accounted_for(junk, data):
    cut = data.draw(st.integers(0, len(GOOD)))
    files = {**junk, "cut": GOOD.encode()[:cut], "good": GOOD.encode()}
    found = collect_files(files)
    assert sorted([*found.learners["file"], *found.left_out["file"]]) == sorted(files)
    assert len(found.learners) == 1
