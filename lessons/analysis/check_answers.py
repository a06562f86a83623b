"""The answers to the cards of a check beside what is right: what every score is made from.

Only the cards of `check_items` are scored: short invented texts with everything needed on the
card, as many sound as unsound ones of each voice. What a learner says of the article itself is
practice, and is never in these tables; nor is a card that is neither sound nor unsound, as a
contested one would be.
"""

from __future__ import annotations

import pandas as pd

from lessons.analysis.checks import FORMS

# The voices of the cards, and what those who speak so are called.
VOICES = {"official": "officials", "critic": "critics"}
FEWEST = 8
TOO_FEW = "too few to say"
_TIMES = {form: when for when, form in FORMS.items()}
_SOUND = {"yes": True, "no": False}
_BELIEVED = {"sound": True, "unsound": False}
_GUESS, _CERTAIN = 50, 100
_COLUMNS = {"item": "str", "when": "str", "voice": "str", "sound": "bool", "believed": "bool"}
_COLUMNS |= {"right": "bool", "sure": "Int64"}


def check_answers(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Put a learner's answers to cards beside what is right, those of all forms in one table.

    `answers` has the columns item, answer ("sound" or "unsound"), sure (50 to 100), and may have
    answered_at, as in `check_form(...).table`; `items` is `case.check_items`. Of several answers
    to a card the first counts. Left out: what is no card, and a card without an answer.

    Columns: item, when ("before", "after" or "later"), voice, sound (does the sentence hold up),
    believed (did the learner say so), right, sure (empty where it is no number from 50 to 100).
    The rows stand in the order of the course, whatever the order of the answers.
    """
    own = _first(answers)
    scored = items[items["sound"].isin(list(_SOUND)) & items["form"].isin(list(_TIMES))]
    own = own[own["item"].isin(list(scored.index)) & own["answer"].isin(list(_BELIEVED))]
    cards = scored.loc[list(own["item"])].reset_index(drop=True)
    own = own.reset_index(drop=True)
    table = pd.DataFrame({"item": own["item"], "when": cards["form"].map(_TIMES)})
    table = table.assign(voice=cards["voice"], sound=cards["sound"].map(_SOUND).astype("bool"))
    table["believed"] = own["answer"].map(_BELIEVED).astype("bool")
    table["right"] = table["sound"] == table["believed"]
    table["sure"] = _sureness(own["sure"])
    order = table["when"].map(list(FORMS).index)
    table = table.assign(order=order).sort_values(["order", "item"], ignore_index=True)
    return table[list(_COLUMNS)].astype(_COLUMNS)


def _first(answers: pd.DataFrame) -> pd.DataFrame:
    """Keep the first answer to each card."""
    timed = "answered_at" in answers
    own = answers.sort_values("answered_at", kind="stable") if timed else answers
    return own.drop_duplicates("item")


def _sureness(said: pd.Series) -> pd.Series:
    """Return whole numbers from 50 to 100, and nothing for anything else."""
    numbers = pd.to_numeric(said, errors="coerce").astype("Float64")
    good = numbers.between(_GUESS, _CERTAIN) & (numbers.round() == numbers)
    return numbers.where(good.fillna(value=False)).astype("Int64")
