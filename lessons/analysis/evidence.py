"""Claims and the sources that speak for and against them: plain tables, before anyone draws.

Everything here tells on which side a source was put, so it is for after the learner's own answer.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.rows import records_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
FOR, AGAINST, BOTH, SILENT = "for", "against", "both", "silent"
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


def evidence_table(
    claims: pd.DataFrame, sources: pd.DataFrame, ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return what each source does for each claim: source, publisher, kind, stake, claim, side.

    `claims` and `sources` are tables of a case; `ids` names the claims, None means all. A source
    that is listed for one of them at least has a row for each of them; its side is "silent" where
    it is not listed. Sources stand in the order of the kinds of their publishers, then by name.
    Raises ValueError for a claim that is not there.
    """
    chosen = _chosen(claims, ids)
    sides = {claim: sides_of(row) for claim, row in chosen.items()}
    used = {source for found in sides.values() for source in found}
    columns = ["source", "publisher", "kind", "stake", "claim", "side"]
    rows = [
        [source, *facts, claim, sides[claim].get(source, SILENT)]
        for source, facts in _by_kind(sources, used).items()
        for claim in chosen
    ]
    return pd.DataFrame(rows, columns=columns).astype("str")


def _chosen(claims: pd.DataFrame, ids: Sequence[str] | None) -> dict[str, dict[str, Any]]:
    """Return the rows of the named claims, in the order of their names."""
    rows = records_of(claims)
    wanted = list(rows) if ids is None else list(dict.fromkeys(ids))
    unknown = [claim for claim in wanted if claim not in rows]
    if unknown:
        raise ValueError(f"There is no claim {unknown[0]!r}; try {next(iter(rows), 'none')!r}.")
    return {claim: rows[claim] for claim in wanted}


def _by_kind(sources: pd.DataFrame, used: set[str]) -> dict[str, list[str]]:
    """Return publisher, kind and stake of the sources that are used, ordered by kind."""
    rows = {source: row for source, row in records_of(sources).items() if source in used}
    kinds = list(KINDS_OF_PUBLISHERS)
    order = sorted(
        rows, key=lambda s: (kinds.index(rows[s]["publisher_kind"]), rows[s]["publisher"], s)
    )
    return {
        source: [
            rows[source]["publisher"],
            KINDS_OF_PUBLISHERS[rows[source]["publisher_kind"]],
            rows[source]["stake"],
        ]
        for source in order
    }


def claims_with_both_sides(table: pd.DataFrame) -> list[str]:
    """Return the claims of an evidence_table for and against which a source speaks."""
    found = []
    for claim, rows in table.groupby("claim", sort=False):
        sides = set(rows["side"])
        if BOTH in sides or {FOR, AGAINST} <= sides:
            found.append(str(claim))
    return found


def sides_by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """Put the sources of an evidence_table together by kind: kind, claim, side, sources.

    The side is "both" where sources of one kind stand on both sides; `sources` counts those that
    are not silent.
    """
    rows = []
    for (kind, claim), found in table.groupby(["kind", "claim"], sort=False):
        speaking = set(found["side"]) - {SILENT}
        side = speaking.pop() if len(speaking) == 1 else BOTH if speaking else SILENT
        rows.append([str(kind), str(claim), side, int((found["side"] != SILENT).sum())])
    made = pd.DataFrame(rows, columns=["kind", "claim", "side", "sources"])
    return made.astype({"kind": "str", "claim": "str", "side": "str", "sources": "int64"})
