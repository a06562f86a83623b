"""Who speaks where, and how much."""

from __future__ import annotations

import pandas as pd


def along_the_text(passages: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Return every passage with its voice as the screen names it, in the order of the text.

    Columns: passage_id, voice (the voice's word), start and end (code points), words.
    """
    table = passages.sort_values("order").reset_index()
    table["voice"] = table["voice"].map(voices["word"])
    return table[["passage_id", "voice", "start", "end", "words"]]


def words_by_voice(passages: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Count how much each voice says, in the order in which the case lists its voices.

    Columns: voice (the voice's word), passages, words and percent (of all words, one decimal).
    Words are counted as they stand between white space, printed labels included. A voice without
    a passage of its own is left out.
    """
    sums = passages.groupby("voice")["words"].agg(["count", "sum"])
    sums = sums.reindex([voice for voice in voices.index if voice in sums.index])
    return pd.DataFrame(
        {
            "voice": voices["word"].reindex(sums.index).to_list(),
            "passages": sums["count"].to_list(),
            "words": sums["sum"].to_list(),
            "percent": (100 * sums["sum"] / sums["sum"].sum()).astype(float).round(1).to_list(),
        }
    )


def changes_of_voice(passages: pd.DataFrame) -> int:
    """Count how often the next passage speaks with another voice than the one before it."""
    voices = passages.sort_values("order")["voice"]
    # shift() puts each voice beside the next; the first passage has none before it to differ from.
    return int((voices != voices.shift()).sum()) - 1 if len(voices) else 0


def longest_run(passages: pd.DataFrame, voice: str) -> list[str]:
    """Return the ids of the longest unbroken series of passages in one voice.

    [] if it never speaks; the first one where two are equally long.
    """
    ordered = passages.sort_values("order")
    run = (ordered["voice"] != ordered["voice"].shift()).cumsum()
    runs = [list(part.index) for _, part in ordered[ordered["voice"] == voice].groupby(run)]
    return max(runs, key=len, default=[])
