"""A simulated class: 25 learners whose answers are known, and the files that they hand in."""

import random
import uuid

from support.simulated_checks import answers_of

from lessons.work import Answer
from lessons.work.files import HAND_IN, written

CASE = "danang-2017"
NAMES = 25
# How many of 25 say what: of a sentence how firm it is, of an exercise which answer, of a reply.
SAID = {
    ("strength:SA01", "judgement"): {"2": 13, "4": 12},
    ("strength:SA02", "judgement"): {"1": 25},
    ("strength:SA03", "judgement"): {"5": 20, "4": 5},
    ("engages:F1", "judgement"): {"partly": 10, "directly": 10, "changes-subject": 5},
    ("EX1-02", "choose-one"): {
        "an opinion piece that quotes an official document": 18,
        "a news report": 7,
    },
    ("EX2-02", "number"): {"16": 21, "18": 4},
}
# Who answers the cards of a check how: the first ones suspicious, the others as it should be.
BEFORE = {"suspicious": 10, "ideal": 15}
AFTER = {"ideal": 25}


def learner_id(number):
    return f"s{number:05d}"


def spread(counts):
    """Return what each learner says, from how many say what."""
    return [value for value, count in counts.items() for _ in range(count)]


def answer(number, item, kind, value, minute=0):
    """One answer; its id is the same every time."""
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {item} {minute}"))
    time = f"2026-11-25T08:{minute:02d}:00.000Z"
    return Answer(name, CASE, item, kind, value, time)


def answers_by(number, check_items=None):
    """Everything that one learner of the class answers; the checks only with their items."""
    given = [
        answer(number, item, kind, spread(counts)[number]) for (item, kind), counts in SAID.items()
    ]
    for when, who in (
        {"before": BEFORE, "after": AFTER} if check_items is not None else {}
    ).items():
        for card in answers_of(check_items, spread(who)[number], when).itertuples():
            value = {"answer": card.answer, "sure": card.sure}
            given.append(answer(number, card.item, "check", value, 1))
    return given


def hand_in(number, answers=None, *, learner=""):
    """The file of one learner, as text."""
    mine = answers_by(number) if answers is None else answers
    return written(learner or learner_id(number), f"Alias {number}", mine, None, HAND_IN)


def write_class(folder, check_items=None, names=NAMES):
    """Write the files of a class into a folder, in no order; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    order = list(range(names))
    random.Random(1).shuffle(order)  # noqa: S311
    for number in order:
        text = hand_in(
            number % NAMES, answers_of_many(number, check_items), learner=learner_id(number)
        )
        (folder / f"hand-in_{number:05d}.json").write_text(text, encoding="utf-8")
    return folder


def answers_of_many(number, check_items=None):
    """The answers of a learner of a class of any size: from 25 on, they say what others said."""
    if number < NAMES:
        return answers_by(number, check_items)
    return [
        answer(number, one.item, one.kind, one.value)
        for one in answers_by(number % NAMES, check_items)
    ]
