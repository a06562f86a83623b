"""What lies on the text: loaded words, techniques, dates, actors, as layers of spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case

LAYERS = ("dates", "loaded words", "techniques", "actors")
COLUMNS = ["layer", "start", "end", "word", "by"]


def highlights(case: Case, layers: Sequence[str]) -> pd.DataFrame:
    """Return the spans of the named layers, in the order of the text.

    Columns: layer, start, end (code points, end-exclusive), word (what a tag on the span says),
    by ("A", "B", or "A, B" where both readings mark the same characters with the same word;
    "" for dates and actors, which have no second marking). Raises ValueError for a layer that is
    not one of LAYERS.
    """
    unknown = [layer for layer in layers if layer not in LAYERS]
    if unknown:
        raise ValueError(f"There is no layer {unknown[0]!r}: expected one of {', '.join(LAYERS)}.")
    tables = [_marked(case, layer).assign(layer=layer) for layer in LAYERS if layer in layers]
    if not tables:
        return pd.DataFrame({name: [] for name in COLUMNS})
    table = pd.concat(tables)[COLUMNS]
    keys = ["layer", "start", "end", "word"]
    merged = table.groupby(keys, sort=False)["by"].agg(_readers).reset_index()
    merged["order"] = merged["layer"].map(LAYERS.index)
    return merged.sort_values(["start", "order", "end", "word"])[COLUMNS].reset_index(drop=True)


def _readers(readers: pd.Series) -> str:
    """Name the readers of a span, each once."""
    return ", ".join(sorted(set(readers) - {""}))


def _marked(case: Case, layer: str) -> pd.DataFrame:
    """Return the spans of one layer as they stand in its table: start, end, word, by."""
    if layer == "dates":
        return case.date_mentions[["start", "end"]].assign(word="date", by="")
    if layer == "actors":
        table = case.actors
        return table[["start", "end"]].assign(word=table["actor"], by="")
    if layer == "loaded words":
        table = case.loaded_words
        return table[["start", "end"]].assign(word="loaded", by=table["reader"])
    spans = case.spans
    names = case.techniques["name"].str.replace(r"\s*\[.*\]$", "", regex=True)
    words = spans["technique_id"].map(names)
    return spans[["start", "end"]].assign(word=words, by=spans["reader"])
