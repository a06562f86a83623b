"""Two figures of a check, never one: discernment (d') and suspicion (the criterion c).

Signal detection theory keeps apart how well someone tells two kinds of things from each other,
and which way they lean whatever they are shown. Here the things are sentences that hold up and
sentences that do not, and "yes" is to believe one:

    H   the share of the sound sentences that was believed
    F   the share of the unsound sentences that was believed
    discernment   d' = z(H) - z(F)          0: believes the one as often as the other
    suspicion     c  = -(z(H) + z(F)) / 2   above 0: leans to "unsound"; below 0: to "sound"

z is the inverse of the normal distribution function (Stanislaw & Todorov 1999, Calculation of
signal detection theory measures, Behavior Research Methods, Instruments, & Computers 31(1),
137-149, doi:10.3758/BF03207704).

z is infinite for a share of 0 or 1, and with eight cards such shares are common. Hence the
log-linear correction, always and not for these shares only (Hautus 1995, Corrections for extreme
proportions and their biasing effects on estimated values of d', the same journal 27(1), 46-51,
doi:10.3758/BF03203619): 0.5 is added to the believed ones, 1 to all of a kind. That holds where
there are as many sound as unsound cards, as in every form that is answered to its end. Where some
answers are missing, we divide what is added in proportion (sound cards / all cards to the
believed sound ones, twice that to all sound ones, and so on): so that who always gives the same
answer has a d' of 0 whatever is missing. With equal numbers it is the same as Hautus's.

How far chance alone moves them: a standard error of d' by Gourevitch & Galanter (1967, A
significance test for one parameter isosensitivity functions, Psychometrika 32, 25-33), from the
corrected shares: the root of H(1-H)/(n_sound f(zH)^2) + F(1-F)/(n_unsound f(zF)^2), f being the
normal density; that of c is half of it.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import pandas as pd

from lessons.analysis.check_answers import FEWEST, TOO_FEW, VOICES
from lessons.analysis.checks import FORMS
from lessons.analysis.rows import rows_of

BOTH = "both"
OF_A_KIND = FEWEST // 2  # sound ones, and unsound ones, below which nothing is said
TELLS = 1.0  # d' from which on someone tells them apart: 12 of 16 right, 4 in 100 by guessing
LEANS = 0.55  # c from which on someone leans to one side: 12 of 16 called unsound, with d' 0
UNEVEN = 0.5  # how much more of one voice is believed before it is said

APART, APART_DOUBTS, APART_BELIEVES = "apart", "apart, doubts", "apart, believes"
DOUBTS, BELIEVES, GUESSES, SWAPS = "doubts", "believes", "guesses", "swaps"

_NORMAL = NormalDist()
_COUNTS = ["n", "sound", "sound_believed", "unsound", "unsound_believed"]
_FIGURES = ["discernment", "discernment_error", "suspicion", "suspicion_error"]
_COLUMNS = {"when": "str", "voice": "str"} | dict.fromkeys(_COUNTS, "int64")
_COLUMNS |= dict.fromkeys(_FIGURES, "Float64") | {"note": "str"}


def discernment(answers: pd.DataFrame) -> pd.DataFrame:
    """Return discernment and suspicion for each time of a check, over both voices and for each.

    `answers` is a table of `check_answers`. A row a time and voice ("both", "official",
    "critic"), for the times that have answers. Columns: when, voice, n, sound, sound_believed,
    unsound, unsound_believed, discernment, discernment_error, suspicion, suspicion_error, note.
    With fewer than 8 answers, or fewer than 4 of either kind, the figures are empty and the note
    is "too few to say"; else it is "".
    """
    rows = []
    for when in FORMS:
        own = answers[answers["when"] == when]
        parts = {BOTH: own} | {voice: own[own["voice"] == voice] for voice in VOICES}
        rows += [{"when": when, "voice": v} | _row(p) for v, p in parts.items() if len(own)]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _row(answers: pd.DataFrame) -> dict[str, Any]:
    """Count some answers, and return what follows from the counts."""
    sound, believed = answers["sound"], answers["believed"]
    of_sound, hits = int(sound.sum()), int((sound & believed).sum())
    of_unsound, alarms = int((~sound).sum()), int((~sound & believed).sum())
    numbers = (len(answers), of_sound, hits, of_unsound, alarms)
    counts = dict(zip(_COUNTS, numbers, strict=True))
    if len(answers) < FEWEST or min(of_sound, of_unsound) < OF_A_KIND:
        return counts | dict.fromkeys(_FIGURES) | {"note": TOO_FEW}
    return counts | _figures(of_sound, hits, of_unsound, alarms) | {"note": ""}


def _figures(sound: int, hits: int, unsound: int, alarms: int) -> dict[str, float]:
    """Return d', c and their standard errors from four counts."""
    part = sound / (sound + unsound)
    hit_rate = (hits + part) / (sound + 2 * part)
    alarm_rate = (alarms + 1 - part) / (unsound + 2 * (1 - part))
    z_hit, z_alarm = _NORMAL.inv_cdf(hit_rate), _NORMAL.inv_cdf(alarm_rate)
    error = math.sqrt(_variance(hit_rate, sound) + _variance(alarm_rate, unsound))
    # Adding nothing makes a 0 of -0.
    figures = (z_hit - z_alarm, error, -(z_hit + z_alarm) / 2 + 0.0, error / 2)
    return dict(zip(_FIGURES, figures, strict=True))


def _variance(rate: float, count: int) -> float:
    """Return the variance of z of a share."""
    return rate * (1 - rate) / (count * _NORMAL.pdf(_NORMAL.inv_cdf(rate)) ** 2)


def highest(sound: int, unsound: int) -> float:
    """Return the discernment of someone who is right about every card of so many.

    >>> round(highest(8, 8), 2)
    3.19
    """
    return _figures(sound, sound, unsound, 0)["discernment"]


def region_of(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    """Say in which region a row of `discernment` lies; "" where there is too little to say.

    One of APART, APART_DOUBTS, APART_BELIEVES (tells them apart, and leans to neither side or to
    one), DOUBTS, BELIEVES (one answer for most things), GUESSES (none of all that), and SWAPS
    (takes the one for the other). All of them are observations of some cards, and no marks.
    """
    if row.note:
        return ""
    telling, leaning = float(row.discernment), float(row.suspicion)
    side = (leaning >= LEANS) - (leaning <= -LEANS)
    if telling >= TELLS:
        return (APART, APART_DOUBTS, APART_BELIEVES)[side]
    if telling <= -TELLS:
        return SWAPS
    return (GUESSES, DOUBTS, BELIEVES)[side]


def trust(row: Any) -> float:  # noqa: ANN401  (a row of a table)
    """Return how much was believed: the mean of the shares of sound and of unsound sentences."""
    kinds = ((row.sound_believed, row.sound), (row.unsound_believed, row.unsound))
    return float(sum(believed / max(1, of) for believed, of in kinds) / 2)


def trusted_more(table: pd.DataFrame, when: str) -> str:
    """Return the voice that was believed much more often at one time, "" for neither.

    `table` is one of `discernment`. Much: at least by half of the sentences, as 8 of 8 and 4 of
    8. As both voices are right equally often, who judges the sentences trusts neither more.
    "" too where of either voice there are too few answers to say (the rows' `note`).
    """
    enough = table[(table["when"] == when) & (table["note"] == "")]
    trusts = {row.voice: trust(row) for row in rows_of(enough)}
    if not trusts.keys() >= VOICES.keys():
        return ""
    one, other = VOICES
    gap = trusts[one] - trusts[other]
    return "" if abs(gap) < UNEVEN else one if gap > 0 else other
