"""How a text puts it: loaded words and persuasion techniques, as its readers marked them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lessons.analysis.by_voice import per_100

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POLARITIES = ("praise", "neutral", "blame")


def loaded_along(loaded: pd.DataFrame) -> pd.DataFrame:
    """Return where the loaded words stand, without the words themselves.

    `loaded` is a table of lessons.analysis.by_voice.spoken_by. Columns: voice, passage_id,
    reader, polarity, start (characters from the beginning of the document); a row a mark.
    """
    return loaded[["voice", "passage_id", "reader", "polarity", "start"]].reset_index(drop=True)


def loaded_counts(loaded: pd.DataFrame) -> pd.DataFrame:
    """Count the loaded words of each polarity. Columns: voice, reader, polarity, words."""
    groups = loaded.groupby(["voice", "reader", "polarity"], sort=False)
    return groups.size().reset_index(name="words")


def technique_rates(
    spans: pd.DataFrame, names: pd.Series, words: Mapping[str, int], readers: Sequence[str]
) -> pd.DataFrame:
    """Count the marks of each technique, and how many there are in 100 words of the voice.

    `spans` is a table of lessons.analysis.by_voice.spoken_by; `names` says by technique_id what
    it is counted as (its name, or its category); `words` has the words of each voice. Columns:
    technique, voice, reader, marks, per_100 (empty: too few to say); a row for each voice and
    reader of each technique that anyone marked. The technique with the most marks stands first,
    equal ones by name.
    """
    keys = ["technique", "voice", "reader"]
    rows = spans.assign(technique=spans["technique_id"].map(names))
    total = rows["technique"].value_counts()
    order = sorted(total.index, key=lambda name: (-int(total[name]), name))
    whole = pd.MultiIndex.from_product([order, list(words), list(readers)], names=keys)
    table = rows.groupby(keys).size().reindex(whole, fill_value=0).reset_index(name="marks")
    rates = [per_100(n, words[v]) for n, v in zip(table["marks"], table["voice"], strict=True)]
    return table.assign(per_100=pd.Series(rates, index=table.index, dtype="float64"))
