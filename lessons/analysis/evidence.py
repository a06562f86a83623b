"""Claims and the sources that speak for and against them: plain tables, before anyone draws.

Everything here tells on which side a source was put, so it is for after the learner's own answer.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

KINDS_OF_PUBLISHERS = {
    "government-ru": "Russian government",
    "government-us": "US government",
    "government-other": "another government",
    "un": "United Nations",
    "news-agency": "news agency",
    "newspaper": "newspaper",
    "broadcaster": "broadcaster",
    "ngo": "campaigning or aid organisation",
    "research": "research",
    "reference": "reference work",
    "other": "other",
}
FOR, AGAINST, BOTH = "for", "against", "both"
# How a reading begins what holds in a claim that does not hold as a whole.
_RIGHT = re.compile(r"\bRight(?: in part)?: (?P<what>.+)$")


def sides_of(claim: Mapping[str, Any]) -> dict[str, str]:
    """Return on which side of a claim each of its sources was put, by source.

    `claim` is a row of case.claims, by column. Values: "for", "against", or "both", where one part
    of a source speaks for the claim and another against it. Those for it come first.
    """
    against = set(claim["evidence_against"])
    sides = {source: BOTH if source in against else FOR for source in claim["evidence_for"]}
    return sides | {s: AGAINST for s in claim["evidence_against"] if s not in sides}


def shuffled_sources(claim_id: str, claim: Mapping[str, Any]) -> list[str]:
    """Return the sources of a claim in an order that does not tell their side.

    The seed is the claim's id, so that everybody gets the same order.
    """
    sources = sorted(sides_of(claim))
    random.Random(f"sources of {claim_id}").shuffle(sources)  # noqa: S311  (no secret)
    return sources


def said_to_be_right(readings: pd.DataFrame) -> list[dict[str, str]]:
    """Return what the readings of a claim call right in it: who, what.

    `readings` are rows of case.claim_readings. A reading says so in a last sentence that begins
    with "Right:"; one without such a sentence is left out.
    """
    found = [(row.reader, _RIGHT.search(row.why)) for row in rows_of(readings)]
    return [{"who": f"Reader {who}", "what": _capital(m["what"])} for who, m in found if m]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def told_of_checking(count: int, opened: Sequence[str], judged: str) -> str:
    """Say what was opened before the verdict, kindly and truly.

    count: how many sources there are; opened: when each opened one was opened; judged: when the
    verdict was given (times as answers write them, so that the order of texts is that of time).
    """
    before = sum(at <= judged for at in opened)
    if not count:
        return "There was no source to open: your verdict rests on the claim alone."
    if not before:
        return (
            f"You opened none of the {count} sources before your verdict, so it rests on what you "
            "knew already. That is worth noticing. You can still open them now."
        )
    which = "all" if before == count else f"{before} of the"
    return (
        f"You opened {which} {count} {'source' if count == 1 else 'sources'} before your verdict."
    )
