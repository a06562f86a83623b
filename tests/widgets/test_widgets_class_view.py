"""The class on the teacher's screen: what is sent when, and what is said."""

import json

import pytest
from support.simulated_class import CASE, answer, answers_by, hand_in, learner_id, write_class

from lessons import class_view, open_case

DANANG = open_case(CASE)


@pytest.fixture
def asked():
    """Send a message to the view; returns its answer as JSON would carry it."""

    def ask(view, *buffers, **content):
        got = []
        view.send = got.append
        view._on_message(view, {"n": "1", **content}, list(buffers))
        (answered,) = got
        return json.loads(json.dumps(answered))

    return ask


@pytest.fixture
def folder(tmp_path):
    return write_class(tmp_path / "class", DANANG.check_items)


def test_before_a_question_is_closed_no_answer_to_it_is_sent(asked, folder):
    view = class_view(DANANG, folder)
    state = asked(view, do="look")["state"]
    assert state["results"] == {}
    assert "count" not in json.dumps(state)
    assert len(state["learners"]) == 25
    closed = asked(view, do="close", question="EX1-02")["state"]["results"]
    assert list(closed) == ["EX1-02"]
    (thing,) = closed["EX1-02"]["things"]
    assert [row["count"] for row in thing["rows"]] == [18, 7]
    assert asked(view, do="close", question="EX9-99")["failed"]
    kept = json.dumps({name: str(value) for name, value in view.get_state().items()})
    assert learner_id(3) not in kept
    assert "Alias" not in kept


def test_the_most_split_things_come_with_a_prompt_and_the_readings(asked, folder):
    answered = asked(class_view(DANANG, folder), do="splits")
    assert [(card["thing"], card["split"]) for card in answered["splits"]] == [
        ("F1", 67),
        ("SA01", 52),
        ("SA03", 33),
    ]
    assert [card["readings_split"] for card in answered["splits"]] == [True, True, False]
    for card in answered["splits"]:
        assert card["passage"] in card["prompt"]
        assert card["words"] in DANANG.text
    questions = [row[0] for row in answered["agreement"]]
    assert questions == ["strength of a speech act", "how a reply engages"]


def test_a_new_file_is_there_at_the_next_look(asked, folder):
    view = class_view(DANANG, folder)
    (folder / "late.json").write_text(hand_in(30, [answer(30, "EX2-02", "number", "16")]))
    (folder / "bad.json").write_text("{")
    assert asked(view, do="look")["said"] == "26 learners handed in. 1 file left out."
    more = hand_in(31, [answer(31, "EX2-02", "number", "16")]).encode()
    said = asked(view, memoryview(more), do="upload", names=["x.json"])["said"]
    assert said == "27 learners handed in. 1 file left out."
    assert asked(view, do="upload", names="none")["said"] == said


def test_names_are_hidden_until_they_are_shown(asked, folder):
    view = class_view(DANANG, folder)
    assert "Alias" not in json.dumps(asked(view, do="look"))
    shown = asked(view, do="names", on=True)["state"]["learners"]
    assert [one["name"] for one in shown][:2] == ["Alias 0", "Alias 1"]
    assert "Alias" not in json.dumps(asked(view, do="names", on=False))


def judging(number, values):
    """The file of a learner who says how firm the first sentences are."""
    own = [
        answer(number, f"strength:SA{place:02d}", "judgement", value)
        for place, value in enumerate(values, 1)
    ]
    return hand_in(number, own)


def test_who_differs_most_from_whom_comes_once_all_is_closed_and_by_name_only_on_demand(
    asked, tmp_path
):
    for number, values in enumerate(("11111", "11112", "55555", "5555")):
        (tmp_path / f"{number}.json").write_text(judging(number, values))
    view = class_view(DANANG, tmp_path)
    assert asked(view, do="look")["state"]["partners"] == []
    assert asked(view, do="splits")["state"]["partners"] == [["Learner 1", "Learner 3", "5 of 5"]]
    named = asked(view, do="names", on=True)["state"]["partners"]
    assert named == [["Alias 0", "Alias 2", "5 of 5"]]
    assert "Alias" not in json.dumps(asked(view, do="names", on=False))


def test_three_written_answers_without_names_and_then_three_others(asked, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(5):
        own = [answer(number, "EX1-03", "short-text", f"Text {number}")]
        (folder / f"{number}.json").write_text(hand_in(number, own))
    view = class_view(DANANG, folder)
    assert "Text" not in json.dumps(asked(view, do="look"))
    closed = asked(view, do="close", question="EX1-03")["state"]["results"]["EX1-03"]
    assert (closed["written"], closed["texts"]) == (5, ["Text 0", "Text 1", "Text 2"])
    others = asked(view, do="others", question="EX1-03")["state"]["results"]["EX1-03"]
    assert others["texts"] == ["Text 3", "Text 4", "Text 0"]


def test_challenges_are_shown_and_those_kept_back_are_counted(asked, tmp_path):
    own = [*answers_by(0), answer(0, "EX1-02:disagree", "disagree", "It is a report.")]
    kept = [answer(1, "EX1-02:disagree", "disagree", {"left out": "words", "count": 4})]
    (tmp_path / "a").write_text(hand_in(0, own))
    (tmp_path / "b").write_text(hand_in(1, kept))
    answered = asked(class_view(DANANG, tmp_path), do="challenges")
    assert answered["said"] == "1 challenge. 1 more kept to themselves."
    assert answered["challenges"] == [{"item": "EX1-02", "text": "It is a report."}]


def test_where_the_class_waits_is_said(asked, folder):
    few = [answer(40, "EX1-02", "choose-one", "a satire")]
    (folder / "few.json").write_text(hand_in(40, few))
    waits = asked(class_view(DANANG, folder), do="look")["state"]["waits"]
    assert len(waits) == 1
    assert waits[0].endswith("Learner 26. 96% of the class have done it.")


def test_an_empty_folder_says_so_in_every_part(asked, tmp_path):
    view = class_view(DANANG, tmp_path / "nothing")
    assert asked(view, do="look")["said"] == "No learners handed in."
    assert asked(view, do="splits")["splits"] == []
    assert asked(view, do="checks")["said"] == "Nobody has answered a check yet."
    assert asked(view, do="challenges")["challenges"] == []
    for what in ("moodle", "canvas", "class", "codebook"):
        assert asked(view, do="file", what=what)["text"].count("\n") >= 1
    assert asked(view, do="file", what="secrets")["failed"]


def test_a_roster_with_a_fault_is_said(asked, folder, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("name\n")
    view = class_view(DANANG, folder, roster=roster)
    answered = asked(view, do="file", what="moodle")
    assert answered["failed"]
    assert answered["said"].startswith("roster.csv, row 1: found 'name'")


def test_messages_without_sense_are_ignored(folder):
    view = class_view(DANANG, folder)
    view.send = pytest.fail
    view._on_message(view, {"do": "__class__"}, [])
    view._on_message(view, {}, [])
