"""Exercises: what is asked, what is kept, what is shown when."""

import json

import pytest

from lessons import exercise
from lessons.analysis.feedback import feedback_on
from lessons.analysis.scoring import exercise_of
from lessons.case import open_case
from lessons.case.keys import Order, Pairs, Spans
from lessons.widgets import keeping
from lessons.work import Answer, WorkError

CASE = open_case("danang-2017")
IDS = list(CASE.exercises.index)
TIME = "2026-11-25T08:14:10.123Z"
ANSWERS = {
    "choose-one": lambda row: row["options"][0],
    "choose-many": lambda row: row["options"][:2],
    "order": lambda row: row["options"],
    "match": lambda row: dict.fromkeys(row["options"], "x"),
    "number": lambda _: "7",
    "short-text": lambda _: "My own words.",
    "slider-confidence": lambda _: 50,
    "mark-span": lambda _: [{"start": 0, "end": 5, "quote": CASE.text[:5]}],
}


def answer_to(exercise_id):
    row = CASE.exercises.loc[exercise_id]
    return ANSWERS[row["kind"]](row)


def send(widget, value, *, name="a-1", item=None, kind=None, at=TIME):  # noqa: PLR0913
    record = {"id": name, "item": item or widget.item, "kind": kind or widget.kind}
    widget.outbox = {
        "count": widget.outbox.get("count", 0) + 1,
        "records": [record | {"value": value, "answered_at": at}],
    }


def sent(widget):
    """Everything that travels or is saved, as one text."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    data, _ = widget._repr_mimebundle_()
    return json.dumps([state, data], ensure_ascii=False)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)[1:-1]


def secrets_of(exercise_id):
    """What belongs to an exercise and is for after the answer."""
    row = CASE.exercises.loc[exercise_id]
    options = CASE.exercise_options[CASE.exercise_options["exercise_id"] == exercise_id]
    samples = CASE.exercise_samples[CASE.exercise_samples["exercise_id"] == exercise_id]
    texts = [row["feedback_right"], row["feedback_wrong"], *options["explanation"]]
    texts += [*samples["sample"], *samples["why"]]
    # The key of choose-one is one of the options, and a number may stand anywhere.
    if row["kind"] not in ("choose-one", "number", "slider-confidence"):
        texts.append(row["key"])
    return set(texts)


@pytest.fixture(scope="module")
def every():
    return {one: secrets_of(one) for one in IDS}


@pytest.mark.parametrize("exercise_id", IDS)
def test_nothing_of_the_answer_travels_before_it_and_only_its_own_afterwards(exercise_id, every):
    widget = exercise(CASE, exercise_id)
    before = sent(widget)
    assert [text for own in every.values() for text in own if quoted(text) in before] == []
    assert widget.revealed == {}
    send(widget, answer_to(exercise_id))
    after = sent(widget)
    found = {text for own in every.values() for text in own if quoted(text) in after}
    assert found <= every[exercise_id]
    assert found
    data, _ = widget._repr_mimebundle_()
    assert [text for text in every[exercise_id] if text in data["text/html"]] == []


@pytest.mark.parametrize("exercise_id", IDS)
def test_every_option_is_explained_after_the_answer(exercise_id):
    row = CASE.exercises.loc[exercise_id]
    found = feedback_on(CASE, exercise_id, as_scored(exercise_id))
    names = [one["name"] for one in found["rows"]]
    if row["kind"] in ("choose-one", "choose-many", "order", "match"):
        assert sorted(names) == sorted(row["options"])
    assert all(one["explanation"] and one["passages"] for one in found["rows"])
    assert bool(found["rows"]) == (row["kind"] != "short-text")
    assert len(found["samples"]) == (6 if row["kind"] == "short-text" else 0)
    if row["judgement"] == "yes":
        assert found["points"] is None
        assert {one["ok"] for one in found["rows"]} <= {None}
        assert "no right answer" in found["verdict"]


def as_scored(exercise_id):
    answer = answer_to(exercise_id)
    if CASE.exercises.loc[exercise_id, "kind"] == "mark-span":
        return [(mark["start"], mark["end"]) for mark in answer]
    return answer


@pytest.mark.parametrize("exercise_id", IDS)
def test_the_right_answer_is_called_right(exercise_id):
    made = exercise_of(CASE, exercise_id)
    row = CASE.exercises.loc[exercise_id]
    if made.judgement or row["kind"] in ("short-text", "slider-confidence"):
        pytest.skip("has no right answer")
    key = made.key
    if isinstance(key, Order):
        answer = list(key.items)
    elif isinstance(key, Pairs):
        answer = {left: rights[0] for left, rights in key.rights.items()}
    elif isinstance(key, Spans):
        answer = [list(span) for span in made.spans]
    elif row["kind"] == "number":
        answer = f"{key.low:g}"
    else:
        answer = key.right[0] if row["kind"] == "choose-one" else list(key.right)
    found = feedback_on(CASE, exercise_id, answer)
    assert found["verdict"] == "Right"
    assert found["general"] == [row["feedback_right"]]
    assert {one["ok"] for one in found["rows"]} <= {True, None}


@pytest.mark.parametrize(
    ("exercise_id", "answer", "verdict"),
    [
        ("EX1-02", "a satire", "Not yet"),
        ("EX2-01", {"M4": "masthead", "A1": "statement"}, "Partly right: 1 of 5"),
        ("EX2-03", ["S1", "S2", "S7"], "Partly right: 2 of 5 found, 1 too many"),
        ("EX3-05", ["S1"], "Not yet"),
        ("EX3-01", ["took note", "affirmed", "welcomed", "agreed to maintain"], "67% of the way"),
        ("EX2-02", "18", "Not yet"),
    ],
)
def test_verdicts(exercise_id, answer, verdict):
    found = feedback_on(CASE, exercise_id, answer)
    assert found["verdict"].endswith(verdict)
    assert found["general"] == [CASE.exercises.loc[exercise_id, "feedback_wrong"]]


def test_a_common_miscount_is_explained_before_the_right_number():
    first, second = feedback_on(CASE, "EX2-02", "18")["rows"]
    assert (first["name"], first["ok"]) == ("18", False)
    assert first["explanation"].startswith("Eighteen is the number of all commentary passages.")
    assert (second["name"], second["status"]) == ("16", "the number")


def test_readings_of_a_judgement_come_with_it():
    found = feedback_on(CASE, "EX5-06", ["satisfaction"])
    assert {row["who"] for row in found["readings"]} == {"Reader A", "Reader B"}
    assert len(found["readings"]) == len(CASE.exercises.loc["EX5-06", "readings_from"])


# --- kept -----------------------------------------------------------------------------------------


def test_an_answer_is_saved_once_and_found_again_by_another_widget():
    widget = exercise(CASE, "EX2-02")
    send(widget, "16")
    send(widget, "16")  # sent again, because the page had not heard yet
    assert widget.saved == ["a-1"]
    assert len(keeping.work().answers) == 1
    other = exercise(CASE, "EX2-02")
    assert [attempt["value"] for attempt in other.attempts] == ["16"]
    assert other.revealed["verdict"] == "Right"
    assert exercise(CASE, "EX2-02", again=True).attempts == []


def test_the_first_answer_counts_and_attempts_are_kept():
    widget = exercise(CASE, "EX2-02")
    send(widget, "18", name="first")
    send(widget, "16", name="second", at="2026-11-25T08:15:00.000Z")
    assert [attempt["value"] for attempt in widget.attempts] == ["18", "16"]
    assert (widget.revealed["verdict"], widget.revealed["first"]) == ("Right", "Not yet")
    table = keeping.work().answers
    assert list(table["attempt"]) == [1, 2]


def test_a_disagreement_is_kept_and_changes_no_points():
    widget = exercise(CASE, "EX2-02")
    send(widget, "18")
    before = widget.revealed
    item = "EX2-02:disagree"
    send(widget, "The copy I read has 17.", name="d-1", item=item, kind="disagree")
    assert widget.disagreed == {"EX2-02": "The copy I read has 17."}
    assert widget.revealed == before
    assert exercise(CASE, "EX2-02").disagreed == widget.disagreed


def test_where_a_learner_puts_a_text_of_their_own_is_kept():
    widget = exercise(CASE, "EX1-03")
    send(widget, "The author holds that nothing changes.")
    send(widget, "1", name="l-1", item="EX1-03:level", kind="level")
    assert widget.level == "1"
    assert exercise(CASE, "EX1-03").level == "1"


def test_what_cannot_be_saved_is_said_and_the_lesson_goes_on(monkeypatch):
    widget = exercise(CASE, "EX2-02")

    def full(*_):
        raise WorkError("The disk is full.")

    monkeypatch.setattr(keeping.work(), "keep", full)
    send(widget, "16")
    assert widget.saved == []
    assert widget.notice == "The disk is full."
    assert widget.revealed["verdict"] == "Right"


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "x"},
        {"id": "x", "item": "EX9-99", "kind": "number", "value": 1, "answered_at": TIME},
        {"id": "x y", "item": "EX2-02", "kind": "number", "value": 1, "answered_at": TIME},
        {"id": "x", "item": "EX2-02", "kind": "number", "value": 1, "answered_at": "today"},
    ],
)
def test_what_is_no_answer_is_one_sentence(record):
    widget = exercise(CASE, "EX2-02")
    widget.outbox = {"count": 1, "records": [record]}
    assert widget.saved == []
    assert widget.notice.endswith(".")
    assert len(keeping.work().answers) == 0


def test_twelve_overlapping_marks_come_back_as_they_were():
    widget = exercise(CASE, "EX2-04")
    start = int(CASE.passages.loc["A1", "start"])
    marks = [
        {"start": start + i, "end": start + i + 20, "quote": CASE.text[start + i : start + i + 20]}
        for i in range(12)
    ]
    send(widget, marks)
    assert exercise(CASE, "EX2-04").attempts[0]["value"] == marks
    text = keeping.work().export_text()
    keeping.work().delete_all()
    assert exercise(CASE, "EX2-04").attempts == []
    keeping.work().take_in(text)
    assert exercise(CASE, "EX2-04").attempts[0]["value"] == marks


def test_a_question_that_waited_comes_in_one_piece(monkeypatch):
    waiting, sends = exercise(CASE, "EX5-07"), []
    keeping.work().keep(Answer("i", CASE.name, "EX5-04", "match", {}, TIME))

    def note(_self, key=None):
        sends.append({key} if isinstance(key, str) else set(key))

    monkeypatch.setattr(type(waiting), "send_state", note)
    waiting.asked += 1
    # The page draws it as soon as the prompt is there: without its options nobody could answer.
    (message,) = [keys for keys in sends if "prompt" in keys]
    assert {"prompt", "options", "waits_for"} <= message


def test_a_question_waits_for_the_one_that_shows_its_claim_first():
    waiting = exercise(CASE, "EX5-07")
    assert waiting.waits_for == ["EX5-04 (lesson 4 \u00b7 Loaded language)"]
    row = CASE.exercises.loc["EX5-07"]
    for text in [row["prompt"], *row["options"], "free and fair"]:
        assert quoted(text) not in sent(waiting)
    other = Answer("i", CASE.name, "EX5-04", "match", {}, TIME)
    keeping.work().keep(other)
    assert waiting.prompt == ""
    waiting.asked += 1
    assert (waiting.waits_for, waiting.prompt) == ([], row["prompt"])
    assert waiting.options == row["options"]
    assert exercise(CASE, "EX5-07").prompt == row["prompt"]
    # What a notebook saves is the same before and after.
    assert waiting.sentence == exercise(CASE, "EX5-07").sentence
    assert "EX5-04" in waiting.sentence


# --- asked ----------------------------------------------------------------------------------------


def test_what_is_put_in_order_is_shuffled_the_same_for_all():
    for exercise_id in IDS:
        made = exercise_of(CASE, exercise_id)
        offered = exercise(CASE, exercise_id)._question["options"]
        assert sorted(offered) == sorted(made.options)
        if isinstance(made.key, Order):
            assert offered != list(made.key.items)
            assert offered == exercise(CASE, exercise_id)._question["options"]
        else:
            assert offered == list(made.options)


def test_the_passages_to_mark_are_those_that_the_question_names():
    assert [p["id"] for p in exercise(CASE, "EX2-04").passages] == ["A1"]
    assert [p["id"] for p in exercise(CASE, "EX4-07").passages] == list(CASE.passages.index)
    shown = exercise(CASE, "EX1-01", shown=["M1", "M2"]).passages
    assert [p["id"] for p in shown] == ["M1", "M2"]


def test_what_is_not_there_is_refused_in_words():
    with pytest.raises(ValueError, match="no exercise 'EX0'; it has EX1-01"):
        exercise(CASE, "EX0")
    with pytest.raises(ValueError, match="no passage 'X1'"):
        exercise(CASE, "EX1-01", shown=["X1"])


def test_answers_of_a_widget_are_answers_of_the_work():
    answer = Answer("i", CASE.name, "EX2-02", "number", "16", TIME)
    keeping.work().keep(answer)
    assert exercise(CASE, "EX2-02").attempts[0]["value"] == "16"
