"""Which claims of the commentary a text shows: none is shown twice before the learner rated it.

A claim that is read twice is believed more easily, whether it is true or not. So a claim that was
taken out of the article once waits, wherever else it would be shown, for the learner's answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lessons.analysis.rows import records_of
from lessons.case.keys import Pairs, parse_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from lessons.case import Case

FEWEST = 3  # words in a row
_WORD = re.compile(r"[^\W_]+")


def shown_claims(case: Case, texts: Iterable[str], voice: str = "commentary") -> list[str]:
    """Return the claims of a voice that texts show, in the order of the table.

    A text shows a claim when half of the words of its quote, and no fewer than three, stand in it
    in a row; of a shorter quote all of them. Capitals and punctuation make no difference.
    """
    return _shown(_quotes(case, voice), texts)


def _quotes(case: Case, voice: str) -> dict[str, list[str]]:
    """Return the words of each claim of a voice."""
    claims = case.claims.join(case.passages["voice"], on="passage_id")
    quotes = claims.loc[claims["voice"] == voice, "quote"]
    return {str(claim): _words(quote) for claim, quote in quotes.items()}


def _shown(quotes: Mapping[str, list[str]], texts: Iterable[str]) -> list[str]:
    """Return the claims whose words stand in texts."""
    said = [_words(text) for text in texts]
    return [claim for claim, words in quotes.items() if _stands_in(words, said)]


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.replace("\u2019", "'").replace("'", "").lower())


def _stands_in(quote: list[str], said: list[list[str]]) -> bool:
    """Say whether enough of a quote stands in a row in one of the texts."""
    length = max(min(FEWEST, len(quote)), (len(quote) + 1) // 2)
    runs = {tuple(quote[i : i + length]) for i in range(len(quote) - length + 1)}
    return any(
        tuple(words[i : i + length]) in runs
        for words in said
        for i in range(len(words) - length + 1)
    )


def claims_asked(case: Case) -> dict[str, list[str]]:
    """Return, by exercise, the commentary's claims that it shows before it is answered.

    Words to mark bring their passages along, where the prompt names them; an exercise that shows
    the whole text shows none of them out of it.
    """
    quotes = _quotes(case, "commentary")
    rows = records_of(case.exercises)
    return {name: _shown(quotes, _asked_texts(case, row)) for name, row in rows.items()}


def _asked_texts(case: Case, row: Mapping[str, Any]) -> list[str]:
    """Return what an exercise says before the answer."""
    texts = [row["prompt"], *row["options"]]
    if row["kind"] == "match":
        key = parse_key("match", row["key"])
        texts += key.choices if isinstance(key, Pairs) else ()
    if row["kind"] == "mark-span":
        ids = set(case.passages.index)
        texts += [case.quote(name) for name in re.findall(r"\w+", row["prompt"]) if name in ids]
    return texts


def asked_before(case: Case, exercise_id: str) -> list[str]:
    """Return the exercises that have to be answered before this one may be shown.

    These are, in the order of the table, the first that show a claim which this one shows, too.
    """
    row = records_of(case.exercises)[exercise_id]
    shown = shown_claims(case, _asked_texts(case, row))
    return [name for name in first_asked(case, shown) if name != exercise_id]


def first_asked(case: Case, claims: Iterable[str]) -> list[str]:
    """Return, in the order of the table, the exercises that are the first to show these claims.

    A widget that takes the claims out of the document waits for the answers to them.
    """
    wanted = set(claims)
    if not wanted:
        return []  # most exercises show none, and need not be compared with all others
    first: dict[str, str] = {}
    for name, asked in claims_asked(case).items():
        for claim in wanted.intersection(asked):
            first.setdefault(claim, name)
    return [name for name in records_of(case.exercises) if name in first.values()]
