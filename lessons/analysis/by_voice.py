"""What a voice said, as readers marked it: one way of asking, the same for every voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.judgements import READERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

VOICES = ("statement", "commentary")
FEW = 5  # of fewer than these a rate or a share would be a matter of one mark more or less


def chosen(asked: str | Sequence[str], known: Sequence[str], what: str) -> list[str]:
    """Return what was asked for as a list, each once: `asked` may be one name or several.

    Raises ValueError for a name that is not `known`, and when nothing was asked for; `what` says
    in the message what is meant ("voice", "reader").
    """
    names = [asked] if isinstance(asked, str) else list(dict.fromkeys(asked))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        found = repr(unknown[0]) if unknown else "none"
        raise ValueError(f"Found {what} {found}, expected one of {', '.join(known)}.")
    return names


def read_by(table: pd.DataFrame, readers: str | Sequence[str] = READERS) -> pd.DataFrame:
    """Return the rows of a table of readings or marks that these readers made.

    Raises ValueError for a reader other than A and B.
    """
    names = chosen(readers, READERS, "reader")
    return table[table["reader"].isin(names)]


def spoken_by(
    table: pd.DataFrame, passages: pd.DataFrame, voices: str | Sequence[str] = VOICES
) -> pd.DataFrame:
    """Return the rows of a table with a `passage_id` that belong to these voices.

    Adds the column `voice`. Rows stand in the order of the voices asked for, within a voice in
    the order of the text. Raises ValueError for a voice that no passage has.
    """
    names = chosen(voices, list(dict.fromkeys(passages["voice"])), "voice")
    rows = table.assign(
        voice=table["passage_id"].map(passages["voice"]),
        _place=table["passage_id"].map(passages["order"]),
    )
    rows = rows[rows["voice"].isin(names)]
    rows = rows.assign(_voice=[names.index(voice) for voice in rows["voice"]])
    return rows.sort_values(["_voice", "_place", "start"], kind="stable").drop(
        columns=["_voice", "_place"]
    )


def words_of(passages: pd.DataFrame, voice: str) -> int:
    """Return how many words a voice has, printed labels included."""
    return int(passages.loc[passages["voice"] == voice, "words"].sum())


def per_100(count: int, words: int) -> float | None:
    """Return how many there are in 100 words (one decimal), or None for too few to say."""
    return round(100 * count / words, 1) if count >= FEW and words else None


def share(part: int, whole: int) -> float | None:
    """Return a part in percent (no decimal), or None where the whole is too few to say."""
    return round(100 * part / whole) if whole >= FEW else None
