"""Simulated learners: what they would answer to the cards of the course's checks."""

import pandas as pd

from lessons.analysis.check_answers import check_answers
from lessons.analysis.checks import cards_of

BELIEVES = {
    "ideal": lambda card: card.sound == "yes",
    "suspicious": lambda card: False,
    "trusting": lambda card: True,
    "trusts officials": lambda card: card.voice == "official",
    "trusts critics": lambda card: card.voice == "critic",
    "upside down": lambda card: card.sound == "no",
}


def answers_of(items, learner, *times, sure=80):
    """Return what a learner of BELIEVES answers, as `check_form(...).table` has it."""
    cards = pd.concat([cards_of(items, time) for time in times])
    believes = BELIEVES[learner]
    rows = [
        (card.Index, "sound" if believes(card) else "unsound", sure) for card in cards.itertuples()
    ]
    return pd.DataFrame(rows, columns=["item", "answer", "sure"])


def scored(items, **learners):
    """Return a table of check_answers: scored(items, before="trusting", after="ideal")."""
    tables = [answers_of(items, learner, time) for time, learner in learners.items()]
    return check_answers(pd.concat(tables), items)
