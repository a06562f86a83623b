"""What is said of discernment and suspicion: counts in plain sentences first, figures second.

No sentence praises, blames or ranks. The two are never made into one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessons.analysis.check_answers import FEWEST, VOICES
from lessons.analysis.checks import WHEN
from lessons.analysis.counted import counted
from lessons.analysis.discernment import (
    APART,
    APART_BELIEVES,
    APART_DOUBTS,
    BELIEVES,
    BOTH,
    DOUBTS,
    GUESSES,
    SWAPS,
    highest,
    region_of,
    trusted_more,
)
from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd

BY_VOICE = "you went by who spoke more than by what the card shows"
# What a learner did, by region; before it stands when, behind it the counts.
_DID = {
    APART: "you told them apart",
    APART_DOUBTS: "you told them apart, and leaned towards doubt",
    APART_BELIEVES: "you told them apart, and leaned towards belief",
    DOUBTS: "you called most things unsound",
    BELIEVES: "you believed most things",
    GUESSES: "your answers are hard to tell from guesses",
    SWAPS: "you often took one for the other",
}
_MEANS = {
    DOUBTS: "Who doubts everything is right about the unsound ones and wrong about the sound ones.",
    BELIEVES: "Who believes everything is right about the sound ones and wrong about the unsound.",
    GUESSES: "Pick one card and ask: what on it decides?",
    SWAPS: "Look again at what a sentence claims, and at what the card shows.",
}


def discernment_sentences(table: pd.DataFrame, when: str) -> list[str]:
    """Say how far someone told sound from unsound at one time, which way they leaned, and whom.

    `table` is one of `discernment`, `when` is "before", "after" or "later". The first sentence says
    what they did, with counts; one on the voices follows. With too few answers it is one sentence.
    """
    row = _row(table, when, BOTH)
    region = region_of(row) if row is not None else ""
    if not region:
        return [too_few_sentence(table, when)]
    counts = f"{_believed(row.sound_believed, row.sound)} that hold up"
    counts += f", and {row.unsound_believed} of {row.unsound} that do not"
    # Who goes by the voice gives as many right answers as who guesses, but does no guessing.
    by_voice = region == GUESSES and bool(trusted_more(table, when))
    did = BY_VOICE if by_voice else _DID[region]
    said = [f"{WHEN[when]} {did}: you believed {counts}."]
    if region in _MEANS and not by_voice:
        said.append(_MEANS[region])
    return [*said, voice_sentence(table, when)]


def too_few_sentence(table: pd.DataFrame, when: str) -> str:
    """Say that there are too few answers at one time to say anything."""
    row = _row(table, when, BOTH)
    if row is None:
        return f"{WHEN[when]} you judged no card yet: too few to say."
    cards = counted(row.n, "card")
    if row.n < FEWEST:
        return f"{WHEN[when]} you judged {cards}: too few to say. It takes at least {FEWEST}."
    kinds = f"{row.sound} of them hold up and {row.unsound} do not"
    return f"{WHEN[when]} you judged {cards}, and {kinds}: of one kind too few to say."


def voice_sentence(table: pd.DataFrame, when: str) -> str:
    """Say whether someone believed one voice much more than the other at one time."""
    rows = [_row(table, when, voice) for voice in VOICES]
    if any(row is None or row.note for row in rows):
        return "Of one voice you judged too few to say whether you trust it more or less."
    told = [
        f"{_believed(row.sound_believed + row.unsound_believed, row.n)} by {VOICES[row.voice]}"
        for row in rows
    ]
    more = trusted_more(table, when)
    if not more:
        return f"You trusted neither voice clearly more: you believed {' and '.join(told)}."
    less = next(voice for voice in VOICES if voice != more)
    first = f"You trusted {VOICES[more]} more than {VOICES[less]}: you believed"
    hold = " and ".join(str(row.sound) for row in rows)
    return f"{first} {' and '.join(told)}. Of these, {hold} hold up."


def discernment_figures(table: pd.DataFrame, when: str) -> str:
    """Give the two figures of one time with what they mean; "" where there are too few answers."""
    row = _row(table, when, BOTH)
    if row is None or row.note:
        return ""
    most = highest(row.sound, row.unsound)
    return (
        f"Discernment d' = {_figure(row.discernment)} (0: as if guessed; {most:.1f}: all {row.n} "
        f"right), suspicion c = {_figure(row.suspicion)} (0: leans to neither side; above 0: to "
        f'"unsound"). From {row.n} answers; chance alone moves the first by about '
        f"{row.discernment_error:.1f} and the second by {row.suspicion_error:.1f}."
    )


def _row(table: pd.DataFrame, when: str, voice: str) -> Any:  # noqa: ANN401  (a row of a table)
    """Return the row of one time and voice, None where there is none."""
    rows = table[(table["when"] == when) & (table["voice"] == voice)]
    return next(rows_of(rows), None)


def _believed(count: int, of: int) -> str:
    return f"{count} of {of} sentences"


def _figure(number: float) -> str:
    """Write a figure with one digit, and no minus before a 0."""
    return f"{round(float(number), 1) + 0.0:.1f}"
