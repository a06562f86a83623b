"""What a learner hands in: all answers, and own words only when they say so."""

import json
import re

import pytest

from lessons.work import Answer, WorkError, files, open_work
from lessons.work.own_words import PICKED, is_left_out, without_own_words

OWN = "My own words, it\u2019s 5 or so"
MARK = {
    "start": 3,
    "end": 9,
    "quote": "Đà Nẵng",
    "label": "blame",
    "reason": OWN,
    "sure": "high",
}
WRITTEN = {
    "short-text": OWN,
    "disagree": OWN,
    "rewrite": OWN,
    "note": OWN,
    "a kind that comes later": {"deep": [OWN]},
    "verdict": {"value": "disputed", "sure": 70, "question": OWN},
    "marks": [MARK],
    "compare": [MARK],
}


@pytest.fixture
def full(work, make):
    work.keep(*(make(n, kind=kind, value=value) for n, (kind, value) in enumerate(WRITTEN.items())))
    work.keep(make(50, kind="choose-one", value="a news report"))
    work.rename("Anna")
    return work


def test_own_words_stay_here_unless_they_are_handed_in(full):
    without, with_ = (full.hand_in_text(own_words=own) for own in (False, True))
    assert OWN not in without
    assert "My own words" not in without
    assert with_.count("My own words") >= len(WRITTEN) - 1  # marks of two answers stand there once
    for text in (without, with_):
        found = files.read_hand_in(text.encode())
        assert (found.alias, found.learner, len(found.answers)) == ("Anna", full.learner, 9)
    given = {one.kind: one.value for one in files.read_hand_in(without.encode()).answers}
    assert given["choose-one"] == "a news report"
    assert given["verdict"] == {"value": "disputed", "sure": 70, "question": ""}
    assert given["marks"] == [MARK | {"reason": ""}]
    assert given["rewrite"] == {"left out": "words", "count": 7}
    assert is_left_out(given["a kind that comes later"])


@pytest.mark.parametrize("kind", sorted(PICKED))
def test_what_was_picked_is_handed_in_as_it_is(make, kind):
    answer = make(1, kind=kind, value=[])
    assert without_own_words(answer) == answer


def test_a_hand_in_is_no_work_to_be_taken_in(full, tmp_path):
    other = open_work(tmp_path / "other")
    with pytest.raises(WorkError, match="its format is 'two-voices-hand-in', expected"):
        other.take_in(full.hand_in_text(own_words=True))
    assert len(other.answers) == 0


def test_an_export_of_all_work_can_be_handed_in_too(full):
    assert len(files.read_hand_in(full.export_text().encode()).answers) == 9


def test_into_a_folder_nothing_is_overwritten(full, tmp_path):
    folder = tmp_path / "hand-ins"
    names = [full.hand_in(folder, full.hand_in_text(own_words=False)).name for _ in range(2)]
    assert re.fullmatch(r"hand-in_Anna_\w{6}_\d{4}-\d\d-\d\d\.json", names[0])
    assert len({path.name for path in folder.iterdir()}) == 2
    for path in folder.iterdir():
        assert json.loads(path.read_text(encoding="utf-8"))["format"] == "two-voices-hand-in"


def test_a_folder_that_is_none_gets_a_sentence(full, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkError, match="Your work could not be handed in to "):
        full.hand_in(tmp_path / "file", "text")


def test_whatever_an_answer_holds_it_can_be_left_out():
    for value in (None, True, 7, [], {}, [1, {"reason": 2}], "x"):
        for kind in (*WRITTEN, "choose-one"):
            without_own_words(Answer("a", "c", "i", kind, value, "2026-11-20T08:00:00.000Z"))
