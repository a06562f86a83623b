"""What two people marked in one text: where they agree, and, where they do, on what label.

A mark is a row with start, end (code points, end-exclusive) and label. Where and what are kept
apart. *Where*: two marks are in the same place when the words they share are at least half of
all words that either of them covers, in characters. Whole words count, as in
lessons.analysis.scoring: a slip at the edge of a word, or a comma more or less, changes nothing.
*What*: only marks in the same place are asked whether they have the same label.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.words import length_of, words_of, words_within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lessons.analysis.words import Span
    from lessons.case import Case

SAME_PLACE = 0.5
MATCHED, MISSED, EXTRA = "matched", "missed", "extra"
SAME, ALTERNATIVE, DIFFERENT = "same", "alternative", "different"
# Somebody who has marked more than this part of all words has marked everything.
EVERYTHING = 0.8
MARK_COLUMNS = ["start", "end", "label"]
COLUMNS = ["status", "what", "mine", "theirs", "touched"]
TECHNIQUES, LOADED = "techniques", "loaded words"


def marks_of_readers(case: Case, what: str, passages: list[str]) -> pd.DataFrame:
    """Return what readers A and B marked in some passages, in the order of the text.

    what: "techniques" or "loaded words"; raises ValueError for anything else. Columns: reader,
    passage_id, start, end, quote, label (technique_id or polarity), sure, reason, alternative
    ("" where there is none; for loaded words a calmer wording, which only reader A was asked).
    """
    if what == TECHNIQUES:
        table, names = case.spans, _SPANS
    elif what == LOADED:
        table, names = case.loaded_words.assign(sure=""), _LOADED
    else:
        message = f"Found {what!r} to mark, expected {TECHNIQUES!r} or {LOADED!r}."
        raise ValueError(message)
    found = table[table["passage_id"].isin(passages)].rename(columns=names)
    columns = ["reader", "passage_id", "start", "end", "quote", "label"]
    columns += ["sure", "reason", "alternative"]
    return found[columns].sort_values(["start", "end", "label"]).reset_index(drop=True)


_SPANS = {"technique_id": "label", "confidence": "sure", "rationale": "reason"}
_LOADED = {"polarity": "label", "note": "reason", "neutral_alternative": "alternative"}


def compare_marks(text: str, mine: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Put two people's marks in one text beside each other.

    mine, theirs: tables with start, end, label; theirs may have `alternative`, a label that is
    just as right. Returns one row a pair or lone mark, by place. Columns: status ("matched",
    "missed": only in theirs, "extra": only in mine), what ("same", "alternative", "different";
    "" unless matched), mine and theirs (row numbers of the two tables, -1 for none), touched
    (whether a lone mark shares at least one word with a mark of the other).
    """
    words = words_of(text)
    ours, others = _worded(words, mine), _worded(words, theirs)
    pairs = _pairs(_candidates(ours, others, _labels(mine), _labels(theirs)))
    rows = [
        [MATCHED, _what(_labels(mine)[i], _labels(theirs)[j]), i, j, True] for i, j in pairs.items()
    ]
    taken = set(pairs.values())
    rows += [[EXTRA, "", i, -1, _touches(ours[i], others)] for i in ours if i not in pairs]
    rows += [[MISSED, "", -1, j, _touches(others[j], ours)] for j in others if j not in taken]
    rows.sort(key=lambda row: _place(row, mine, theirs))
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True)
class Apart:
    """How far two people's marks lie apart, in numbers.

    mine, theirs: how many marks each has. matched: how many stand in the same place; of these
    `same` have the same label, `alternative` one that the other called just as right, and
    `different` another one.
    """

    mine: int
    theirs: int
    matched: int
    same: int
    alternative: int
    different: int

    @property
    def missed(self) -> int:
        """How many marks only the other has."""
        return self.theirs - self.matched

    @property
    def extra(self) -> int:
        """How many marks only I have."""
        return self.mine - self.matched


def apart(compared: pd.DataFrame) -> Apart:
    """Count a table of compare_marks."""
    matched = compared[compared["status"] == MATCHED]
    what = matched["what"].value_counts()
    numbers = [int(what.get(name, 0)) for name in (SAME, ALTERNATIVE, DIFFERENT)]
    mine, theirs = (int((compared[name] >= 0).sum()) for name in ("mine", "theirs"))
    return Apart(mine, theirs, len(matched), *numbers)


def part_marked(text: str, marks: pd.DataFrame, within: list[Span]) -> float:
    """Return which part of the words within some spans is marked, in characters, from 0 to 1."""
    words = [
        word for word in words_of(text) if any(a <= word[0] and word[1] <= b for a, b in within)
    ]
    marked = words_within(words, _spans(marks))
    return length_of(marked) / (length_of(set(words)) or 1)


def where_sentence(name: str, numbers: Apart) -> str:
    """Say where the learner's marks and those of a reading stand, in words and numbers."""
    found = f"{name[:1].upper()}{name[1:]} marked nothing here"
    if numbers.theirs:
        found = f"Of the {_marks(numbers.theirs)} of {name}, {numbers.matched} "
        found += f"{_stand(numbers.matched)} in the same place as one of yours"
    elsewhere = f"{numbers.extra} of your {_marks(numbers.mine)} {_stand(numbers.extra)} elsewhere"
    return f"{found}. {elsewhere}." if numbers.mine else f"{found}."


def what_sentence(numbers: Apart) -> str:
    """Say whether marks in the same place have the same label; "" when there is no such mark."""
    if not numbers.matched:
        return ""
    parts = [f"{numbers.same} with the same label"]
    if numbers.alternative:
        parts.append(f"{numbers.alternative} with a label that the reading calls just as right")
    parts.append(f"{numbers.different} with another label")
    return f"In the same place: {', '.join(parts)}."


def plain_sentence(count: int, part: float, readings: Mapping[str, int]) -> str:
    """Say one true sentence to somebody who marked nothing or everything; "" to all others.

    count: how many marks; part: which part of the words is marked; readings: how many marks each
    reading has.
    """
    theirs = ", ".join(f"{name} {_marks(number)}" for name, number in readings.items())
    if count == 0:
        return f"You marked nothing, and that is a view too. To compare with: {theirs}."
    if part > EVERYTHING:
        return (
            f"You marked {part:.0%} of the words, so your marks do not show which words matter "
            f"most to you. To compare with: {theirs}."
        )
    return ""


def _marks(count: int) -> str:
    return f"{count} mark" if count == 1 else f"{count} marks"


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _spans(marks: pd.DataFrame) -> list[Span]:
    return [(int(start), int(end)) for start, end in zip(marks["start"], marks["end"], strict=True)]


def _worded(words: list[Span], marks: pd.DataFrame) -> dict[int, set[Span]]:
    """Return the words of each mark, by row number."""
    ends = [end for _, end in words]
    near = {
        row: words[bisect_right(ends, start) : bisect_right(words, (end,))]
        for row, (start, end) in enumerate(_spans(marks))
    }
    spans = _spans(marks)
    return {row: words_within(few, [spans[row]]) for row, few in near.items()}


def _labels(marks: pd.DataFrame) -> list[list[str]]:
    """Return the label of each mark, and the one just as right."""
    if "alternative" not in marks:
        return [[str(label)] for label in marks["label"]]
    pairs = zip(marks["label"], marks["alternative"], strict=True)
    return [[str(label), str(other)] for label, other in pairs]


def _what(mine: list[str], theirs: list[str]) -> str:
    """Say whether two marks in the same place have the same label."""
    if mine[0] == theirs[0]:
        return SAME
    return ALTERNATIVE if mine[0] in theirs[1:] else DIFFERENT


def _candidates(
    ours: dict[int, set[Span]],
    others: dict[int, set[Span]],
    mine: list[list[str]],
    theirs: list[list[str]],
) -> list[tuple[int, float, int, int]]:
    """Return the pairs in the same place: the same label first, then those that share most."""
    order = [SAME, ALTERNATIVE, DIFFERENT]
    found = []
    for i, words in ours.items():
        for j, other in others.items():
            share = length_of(words & other) / (length_of(words | other) or 1)
            if share >= SAME_PLACE:
                found.append((order.index(_what(mine[i], theirs[j])), -share, i, j))
    return sorted(found)


def _pairs(candidates: list[tuple[Any, ...]]) -> dict[int, int]:
    """Give each mark at most one partner, the best pair first."""
    pairs: dict[int, int] = {}
    for *_, i, j in candidates:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _touches(words: set[Span], others: dict[int, set[Span]]) -> bool:
    return any(words & other for other in others.values())


def _place(row: list[Any], mine: pd.DataFrame, theirs: pd.DataFrame) -> tuple[int, int, str]:
    """Return where a row stands in the text."""
    _, _, i, j, _ = row
    start = theirs["start"].iloc[j] if j >= 0 else mine["start"].iloc[i]
    return int(start), max(i, j), row[0]
