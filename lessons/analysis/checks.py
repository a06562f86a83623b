"""The cards of a check: its forms, their order, and the parts of their text."""

from __future__ import annotations

import random
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

# When a form is answered, and what the column `form` calls it; in the order of the course.
FORMS = {"before": "pre", "after": "post", "later": "delayed"}
WHEN = {
    "before": "Before the course",
    "after": "At the end of the course",
    "later": "Some time after the course",
}
LONGEST_RUN = 3
DRAWS = 10_000

_JUDGED = re.compile(r"\[judge:\s*(.*?)\s*\]", re.DOTALL)


def within_words(when: str) -> str:
    """Say when a form was answered, in the middle of a sentence: "before the course"."""
    return WHEN[when][0].lower() + WHEN[when][1:]


def cards_of(items: pd.DataFrame, when: str) -> pd.DataFrame:
    """Return the rows of `case.check_items` that are answered "before", "after" or "later".

    They stand in the order in which everybody sees them, on the screen and on paper.
    """
    return shuffled(items[items["form"] == FORMS[when]], FORMS[when])


def parts_of(text: str) -> tuple[str, str, str]:
    """Return what stands before the sentence to judge, the sentence, and what stands after it.

    The sentence is marked as `[judge: SENTENCE]`; raises ValueError unless one is.

    >>> parts_of("They write: [judge: It works.] Really.")
    ('They write: ', 'It works.', ' Really.')
    """
    found = list(_JUDGED.finditer(text))
    if len(found) != 1:
        message = f"found {len(found)} marks [judge: ...], expected one: {text[:60]!r}"
        raise ValueError(message)
    return text[: found[0].start()], found[0][1], text[found[0].end() :]


def shuffled(items: pd.DataFrame, seed: str) -> pd.DataFrame:
    """Return the items of a check in an order that the seed decides, the same on every run.

    No more than three in a row are sound, unsound or of one voice: a learner is not to find a
    pattern, nor to meet one voice only. `items` has the columns `sound` and `voice`. Raises
    ValueError when no such order was found.
    """
    for draw in range(DRAWS):
        order = items.loc[_drawn([str(item) for item in items.index], f"{seed}:{draw}")]
        if all(_longest_run(order[name]) <= LONGEST_RUN for name in ("sound", "voice")):
            return order
    message = f"no order of the {len(items)} items has at most {LONGEST_RUN} of a kind in a row"
    raise ValueError(message)


def _drawn(names: list[str], seed: str) -> list[str]:
    """Shuffle by numbers of `random()`: the only ones that every Python draws alike."""
    source = random.Random(seed)  # noqa: S311 - the same for everybody, so no secret
    return sorted(names, key=lambda _: source.random())


def _longest_run(values: Iterable[Any]) -> int:
    return max((len(list(run)) for _, run in groupby(values)), default=0)
