"""What is said of a learner's own version of a passage: counts in plain sentences.

No sentence praises, blames or calls anything wrong: words are all that was looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.rewriting import LONGEST

if TYPE_CHECKING:
    from lessons.analysis.rewriting import Rewriting

EMPTY = "There is no word in your version yet: write it first, then check it."
TOO_LONG = (
    f"Your version is longer than {LONGEST:,} characters, which is more than can be checked. "
    "It is still here: make it shorter, then check it again."
)
UNCHANGED = "This is still the original, word for word: nothing has been rewritten yet."
_ONE = "The one claim was found by its words."
BY_WORDS = (
    "All this was found by words and their forms. What you said in other words may be missed, "
    'and a "not" is not seen: look yourself.'
)


def rewriting_sentences(found: Rewriting) -> list[str]:
    """Say what was found in a version, one plain sentence or two on each thing that was counted.

    In this order: its length, loaded words, claims, what may be new, who speaks, sources. Of an
    empty version it is one sentence; that on an unchanged one comes first.
    """
    if found.empty:
        return [EMPTY]
    first = [UNCHANGED] if found.unchanged else []
    return [
        *first,
        length_sentence(found),
        loaded_sentence(found),
        claims_sentence(found),
        new_sentence(found),
        attribution_sentence(found),
        marks_sentence(found),
    ]


def length_sentence(found: Rewriting) -> str:
    """Say how long a version is, beside what the exercise allows or beside the original."""
    own = f"Your version has {_many(found.words, 'word')}"
    if found.most is None:
        return f"{own}; the original has {found.original_words:,}."
    if found.words > found.most:
        more = f"{found.words - found.most:,}"
        return f"{own}; the exercise allows {found.most}, so leave out {more}."
    return f"{own}; the exercise allows {found.most}."


def loaded_sentence(found: Rewriting) -> str:
    """Say how many of the original's loaded words are left."""
    count, left = len(found.loaded_left), _loaded(found)
    if not count:
        return "The two readers marked no loaded words in this passage."
    if left == count:
        return (
            f"All {count} loaded words are left." if count > 1 else "The one loaded word is left."
        )
    if not left:
        return f"None of the {_many(count, 'loaded word')} is left."
    return f"{left} of the {count} loaded words {_be(left)} left."


def claims_sentence(found: Rewriting) -> str:
    """Say how many of the original's claims were found again."""
    count, kept = len(found.claims_found), _claims(found)
    if not count:
        return "No claim of this passage is listed, so none was looked for."
    if kept == count:
        return f"All {count} claims were found by their words." if count > 1 else _ONE
    missing = count - kept
    if count == 1:
        kept_not = "The one claim was not found by its words"
    elif not kept:
        kept_not = f"None of the {count} claims was found by its words"
    else:
        both = "was found by its words" if kept == 1 else "were found by their words"
        kept_not = f"{kept} of the {count} claims {both}; {missing} {_was(missing)} not"
    them = "it" if missing == 1 else "them"
    return f"{kept_not}. Perhaps you said {them} in other words: look yourself."


def new_sentence(found: Rewriting) -> str:
    """Say how many parts may be new."""
    new = len(found.new_parts)
    if not new:
        return "No part looks new: each shares words with the original."
    it = "is it" if new == 1 else "are they"
    return f"{_many(new, 'part')} may be new: {it} in the original?"


def attribution_sentence(found: Rewriting) -> str:
    """Say how many sentences name the one who speaks."""
    count, said = len(found.attributed), int(found.attributed["attributed"].sum())
    if not said:
        return "No sentence says who claims this."
    verb = "says" if said == 1 else "say"
    return f"{said} of {_many(count, 'sentence')} {verb} who claims this."


def marks_sentence(found: Rewriting) -> str:
    """Say at how many places a source is asked for."""
    if not found.marks:
        return "No place is marked as needing a source."
    return f"{_many(found.marks, 'place')} {_be(found.marks)} marked as needing a source."


def spoken_sentence(found: Rewriting) -> str:
    """Say the outcome in one sentence, to be spoken once."""
    if found.empty:
        return EMPTY
    if found.unchanged:
        return UNCHANGED
    told = [
        f"{_loaded(found)} of {len(found.loaded_left)} loaded words left",
        f"{_claims(found)} of {len(found.claims_found)} claims found",
        f"{_many(len(found.new_parts), 'part')} that may be new",
    ]
    return f"Checked, {_many(found.words, 'word')}: {', '.join(told)}. Details are below."


def change_sentence(first: Rewriting, now: Rewriting) -> str:
    """Say what is different between the first version and the one of now."""
    counts = [
        (_loaded(first), _loaded(now), "loaded word{} left"),
        (_claims(first), _claims(now), "claim{} found"),
        (len(first.new_parts), len(now.new_parts), "part{} that may be new"),
        (_said(first), _said(now), "sentence{} that say{} who claims this"),
        (first.marks, now.marks, "source mark{}"),
        (first.words, now.words, "word{}"),
    ]
    told = [
        f"{a:,} {what.format('s' * (a != 1), 's' * (a == 1))}, then {b:,}"
        for a, b, what in counts
        if a != b
    ]
    if not told:
        return "From your first version to this one no count has changed."
    return f"From your first version to this one: {'; '.join(told)}."


def _loaded(found: Rewriting) -> int:
    return int(found.loaded_left["left"].sum())


def _claims(found: Rewriting) -> int:
    return int(found.claims_found["found"].sum())


def _said(found: Rewriting) -> int:
    return int(found.attributed["attributed"].sum())


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _many(count: int, noun: str) -> str:
    """Return a count, its thousands parted, with its noun."""
    return f"{count:,} {noun}{'s' * (count != 1)}"
