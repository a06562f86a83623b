"""The quotation against the published texts: what differs, and how far it was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.counted import counted

if TYPE_CHECKING:
    from collections.abc import Mapping


def words_quoted(passages: pd.DataFrame, voice: str = "statement") -> int:
    """Count the words of a voice's passages, printed labels left out (a label is one word)."""
    rows = passages[passages["voice"] == voice]
    return int(rows["words"].sum() - (rows["label"] != "").sum())


def variant_kinds(variants: pd.DataFrame) -> pd.DataFrame:
    """Count the differences of each kind, most first. Columns: kind, variants."""
    counts = variants["kind"].value_counts(sort=True)
    table = pd.DataFrame({"kind": counts.index.astype(str), "variants": counts.to_numpy()})
    return table.sort_values(["variants", "kind"], ascending=[False, True], ignore_index=True)


def compared_sentence(compared: Mapping[str, Any] | None, passages: pd.DataFrame) -> str:
    """Say exactly how far the quotation was compared with published texts, and no more.

    `compared` is what case.toml says under [provenance.compared] (words, changed, not_compared),
    or None where nothing is recorded.
    """
    if compared is None:
        return "Nothing is recorded of how far the quotation was compared with published texts."
    total = words_quoted(passages)
    share = round(100 * compared["words"] / total) if total else 0
    said = (
        f"{compared['words']} of the {total} words of the quotation ({share} %) were compared with "
        f"published texts by a program, and {_differed(compared['changed'])}."
    )
    left_out = compared["not_compared"]
    return f"{said} {_listed(left_out)} not compared word by word." if left_out else said


def _differed(count: int) -> str:
    return "no word differed" if count == 0 else f"{counted(count, 'word')} differed"


def _listed(ids: list[str]) -> str:
    """Say passage ids with their verb: `S10, S12 and S13 were`."""
    return f"{', '.join(ids[:-1])} and {ids[-1]} were" if len(ids) > 1 else f"{ids[0]} was"
