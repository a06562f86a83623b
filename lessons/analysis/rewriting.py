"""A learner's own version of a passage beside the original: what is left, kept, new and different.

Everything is found by words and their forms, nothing by meaning: a claim in other words may be
missed, and a "not" is not seen. So nothing here says that a version is right or wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.word_forms import Said, stems_of
from lessons.document.paragraphs import Span
from lessons.document.sentences import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lessons.case import Case

LONGEST = 20_000  # characters of a version: far more than anybody rewrites a paragraph in
SAME, LEFT_OUT, NEW = "same", "left out", "new"
_FEWEST = 3  # words of a part: fewer say nothing by themselves
_SHARE = 1 / 3  # of a part's own words stand in the original; with no more it may be new
_HALF = 0.5  # of a claim's own words, where it has no cues
# pysbd knows more of sentences, but takes its time; what is longer than this is cut at its points.
_SHORT = 2000
_END = re.compile(r"(?<=[.!?\u2026])[\"\u201d')\]]*\s+")
_MOST = re.compile(r"\bat most (\d+) words\b")
# Between two words: where a part of a sentence ends. A point inside "20,000" ends none.
_BREAK = re.compile(r"[,;:.!?\u2026][\"\u201d')\]]*\s|[()\[\]\"\u201c\u201d\u2013\u2014\n]|\s-+\s")


@dataclass(frozen=True)
class Rewriting:
    """A version beside its original.

    `words` and `original_words` are counts, `most` the words that the exercise allows (None where
    it says nothing), `unchanged` whether all words are those of the original. The tables are those
    of the functions of the same names below; `marks` counts the places that ask for a source.
    """

    version: str
    words: int
    original_words: int
    most: int | None
    unchanged: bool
    loaded_left: pd.DataFrame
    claims_found: pd.DataFrame
    attributed: pd.DataFrame
    new_parts: pd.DataFrame
    marks: int
    differences: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Whether there is no word in the version."""
        return self.words == 0


def look_at(case: Case, passage_id: str, version: str) -> Rewriting:
    """Put a version beside a passage of a case.

    Raises ValueError for a passage that the case does not have.
    """
    original = original_of(case, passage_id)
    phrases, claims = case.rewrite_phrases, claims_of(case.claims, passage_id)
    cues = case.rewrite_cues
    cues = cues[cues["claim_id"].isin(claims.index)]
    voice = str(case.passages.loc[passage_id, "voice"])
    loaded = case.loaded_words
    loaded = loaded[loaded["passage_id"] == passage_id]
    without = claims[~claims.index.isin(cues["claim_id"])]
    known = [original, *without["neutral"], *loaded["neutral_alternative"]]
    hints = [str(word) for words in cues["words"] for word in words]
    said, small = Said(version), phrases_of(phrases, "function word")
    most = most_words(case.exercises, passage_id)
    return Rewriting(
        version=version,
        words=count_words(version),
        original_words=count_words(original),
        most=most,
        unchanged=_plain(version) in (_plain(original), _plain(case.quote(passage_id))),
        loaded_left=loaded_left(said, loaded),
        claims_found=claims_found(said, claims, cues, small),
        attributed=attributed(said, phrases, voice),
        new_parts=new_parts(said, known, hints, phrases, voice),
        marks=len(source_marks(said, phrases)),
        differences=differences(original, version, small),
    )


def original_of(case: Case, passage_id: str) -> str:
    """Return a passage without its printed label; raises ValueError when there is none."""
    text = case.quote(passage_id)
    label = str(case.passages.loc[passage_id, "label"])
    return text.removeprefix(f"{label}:").strip() if label else text


def claims_of(claims: pd.DataFrame, passage_id: str) -> pd.DataFrame:
    """Return the claims of one passage."""
    return claims[claims["passage_id"] == passage_id]


def exercise_for(exercises: pd.DataFrame, passage_id: str) -> str:
    """Return the exercise that asks to rewrite a passage, "" when there is none."""
    for row in rows_of(exercises):
        rewrites = row.kind == "short-text" and row.prompt.startswith(f"Rewrite {passage_id} ")
        if rewrites and list(row.target) == [passage_id]:
            return str(row.Index)
    return ""


def most_words(exercises: pd.DataFrame, passage_id: str) -> int | None:
    """Return how many words the exercise on a passage allows, None where nothing is said."""
    name = exercise_for(exercises, passage_id)
    found = _MOST.search(str(exercises.loc[name, "prompt"])) if name else None
    return int(found[1]) if found else None


def count_words(text: str) -> int:
    """Count the words of a text: what stands between spaces and has a letter or a digit."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def phrases_of(phrases: pd.DataFrame, kind: str, voice: str = "") -> list[str]:
    """Return the words of one kind: those for every voice, and those of one voice."""
    own = phrases[(phrases["kind"] == kind) & phrases["voice"].isin(["", voice])]
    return [str(word) for words in own["words"] for word in words]


def loaded_left(said: Said, loaded: pd.DataFrame) -> pd.DataFrame:
    """Return which loaded words of a passage stand in a version, in the order of the passage.

    `loaded` holds the marks of one passage; marks of both readers that overlap are one row, named
    by the longest. Columns: words, readers (a text: "A", "B" or "A and B"), neutral (a calmer
    wording, "" where none is given), left (whether one of the marks stands in the version as a
    whole), written (how it is written there).
    """
    rows = []
    for group in _overlapping(loaded):
        places = said.covered(str(row["quote"]) for row in group)
        rows.append(
            {
                "words": max((str(row["quote"]) for row in group), key=len),
                "readers": " and ".join(sorted({str(row["reader"]) for row in group})),
                "neutral": next((n for row in group if (n := row["neutral_alternative"])), ""),
                "left": bool(places),
                "written": said.written(places[0]) if places else "",
            }
        )
    return pd.DataFrame(rows, columns=["words", "readers", "neutral", "left", "written"])


def _overlapping(marks: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """Put marks together that share a letter, in the order of the text."""
    groups: list[list[dict[str, Any]]] = []
    end = -1
    for row in records_of(marks.sort_values(["start", "end"], kind="stable")).values():
        if groups and row["start"] < end:
            groups[-1].append(row)
        else:
            groups.append([row])
        end = max(end, int(row["end"]))
    return groups


def claims_found(
    said: Said, claims: pd.DataFrame, cues: pd.DataFrame, small: Sequence[str]
) -> pd.DataFrame:
    """Return which claims of a passage a version holds, as far as words can tell.

    A claim with cues is found in a sentence that has one word of each row of them. One without is
    found where half of the words of its quote, or of its neutral wording, stand in the version;
    `small` are the words that do not count for it. Columns: claim_id, quote, found, by (the words
    by which it was found, as they are written).
    """
    starts = [sentence.start for sentence in _sentences(said.text)]
    groups: dict[str, list[list[str]]] = {}
    for row in rows_of(cues):
        groups.setdefault(str(row.claim_id), []).append(list(row.words))
    rows = []
    for claim, row in records_of(claims).items():
        if claim in groups:
            by = _by_cues(said, groups[claim], starts)
        else:
            by = _by_own_words(said, [row["quote"], row["neutral"]], small)
        rows.append({"claim_id": claim, "quote": row["quote"], "found": bool(by), "by": by})
    return pd.DataFrame(rows, columns=["claim_id", "quote", "found", "by"])


def _by_cues(said: Said, groups: list[list[str]], starts: list[int]) -> list[str]:
    """Return the words of the first sentence that has one of each group, none if there is none."""
    hits: list[dict[int, range]] = []
    for group in groups:
        first: dict[int, range] = {}
        for words in said.covered(group):
            first.setdefault(_sentence_at(said, words.start, starts), words)
        hits.append(first)
    common = set.intersection(*(set(hit) for hit in hits))
    return [said.written(hit[min(common)]) for hit in hits] if common else []


def _sentence_at(said: Said, word: int, starts: list[int]) -> int:
    return bisect_right(starts, said.words[word].start)


def _by_own_words(said: Said, wordings: Iterable[str], small: Sequence[str]) -> list[str]:
    """Return the words that a version shares with a wording, none with less than half of them."""
    left_out = {stem for word in small for stem in stems_of(word)}
    for wording in wordings:
        own = [stem for stem in dict.fromkeys(stems_of(wording)) if stem not in left_out]
        shared = [place for stem in own if (place := said.place_of(stem)) is not None]
        if own and len(shared) >= _HALF * len(own):
            return [said.written(range(place, place + 1)) for place in shared]
    return []


def attributed(said: Said, phrases: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Return which sentences of a version say who speaks.

    Columns: sentence, attributed, by (the first words that say it, as they are written).
    """
    sentences = [s for s in _sentences(said.text) if count_words(said.text[s.start : s.end])]
    starts = [sentence.start for sentence in sentences]
    by: dict[int, str] = {}
    for words in _attributions(said, phrases, voice):
        by.setdefault(_sentence_at(said, words.start, starts) - 1, said.written(words))
    rows = [
        {"sentence": said.text[s.start : s.end], "attributed": i in by, "by": by.get(i, "")}
        for i, s in enumerate(sentences)
    ]
    return pd.DataFrame(rows, columns=["sentence", "attributed", "by"])


def _attributions(said: Said, phrases: pd.DataFrame, voice: str) -> list[range]:
    """Return the words that say who speaks: names, phrases, and "he says" or "he also says"."""
    names = [*phrases_of(phrases, "name", voice), *phrases_of(phrases, "phrase", voice)]
    verbs = {words.start for words in said.covered(phrases_of(phrases, "verb", voice))}
    found = said.covered(names)
    for words in said.covered(phrases_of(phrases, "pronoun", voice)):
        verb = next((at for at in (words.stop, words.stop + 1) if at in verbs), None)
        if verb is not None and not _breaks(said, words.stop - 1):
            found.append(range(words.start, verb + 1))
    return sorted(found, key=lambda words: words.start)


def _sentences(text: str) -> list[Span]:
    """Return the sentences of a version, as spans."""
    if len(text) <= _SHORT:
        return find_sentences(text)
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [Span(start, end) for start, end in pairwise(cuts) if start < end]


def source_marks(said: Said, phrases: pd.DataFrame) -> list[range]:
    """Return the places that ask for a source: "[source needed]", "(source?)"."""
    found: list[range] = []
    for words in said.covered(phrases_of(phrases, "mark")):
        if found and words.start < found[-1].stop:
            continue
        if len(words) > 1 or _is_bracketed(said, words):
            found.append(words)
    return found


def _is_bracketed(said: Said, words: range) -> bool:
    """Say whether a word stands in brackets or before a question mark."""
    before = said.text[: said.words[words.start].start][-1:]
    after = said.text[said.words[words[-1]].end :][:1]
    return before in ("(", "[") or after == "?"


def new_parts(
    said: Said, known: Iterable[str], cues: Iterable[str], phrases: pd.DataFrame, voice: str
) -> pd.DataFrame:
    """Return the parts of a version that share next to no word with the `known` texts and cues.

    A cue of several words is known as a whole, not word by word. A part is a sentence, or what
    stands in one between commas or words such as "and". What says who speaks or asks for a source
    is no part. Column: part, as it is written.
    """
    stems = {stem for text in known for stem in stems_of(text)}
    old = {place for words in said.covered(cues) for place in words}
    old |= {place for place, word in enumerate(said.words) if word.stem in stems}
    small = {stem for word in phrases_of(phrases, "function word") for stem in stems_of(word)}
    no_part = {
        place
        for words in [*_attributions(said, phrases, voice), *source_marks(said, phrases)]
        for place in words
    }
    rows = []
    for part in _parts(said, phrases):
        words = [place for place in part if place not in no_part]
        own = [place for place in words if said.words[place].stem not in small]
        shared = sum(place in old for place in own)
        if len(words) >= _FEWEST and own and shared <= _SHARE * len(own):
            rows.append({"part": said.written(part)})
    return pd.DataFrame(rows, columns=["part"])


def _parts(said: Said, phrases: pd.DataFrame) -> list[range]:
    """Cut a version into parts of sentences; the words that join them are left out."""
    joiners = {words.start for words in said.covered(phrases_of(phrases, "joiner"))}
    parts, begin = [], 0
    for place in range(len(said.words)):
        joins = place in joiners
        if joins or (place and _breaks(said, place - 1)):
            parts.append(range(begin, place))
            begin = place + joins
    parts.append(range(begin, len(said.words)))
    return [part for part in parts if part]


def _breaks(said: Said, place: int) -> bool:
    """Say whether a part ends between a word and the next one."""
    word, after = said.words[place], said.words[place + 1]
    return bool(_BREAK.search(said.text, word.end, after.start))


def differences(original: str, version: str, small: Sequence[str] = ()) -> pd.DataFrame:
    """Return the two texts word by word, in order: what is the same, left out and new.

    Capitals and punctuation make no difference. A stretch of `small` words that both have is no
    common ground: it counts as left out and new. Columns: kind (SAME, LEFT_OUT, NEW), words (as
    the original has them, or, when new, the version).
    """
    old, new = original.split(), version.split()
    keys = [_key(word) for word in old], [_key(word) for word in new]
    little = {_key(word) for word in small}
    rows: list[tuple[str, list[str]]] = []
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal" and not little.issuperset(keys[0][i:j]):
            rows.append((SAME, old[i:j]))
        else:
            rows += [(LEFT_OUT, old[i:j]), (NEW, new[k:m])]
    return _merged(rows)


def _merged(rows: list[tuple[str, list[str]]]) -> pd.DataFrame:
    """Put what is left out, and what is new, together between two stretches that are the same."""
    out: list[tuple[str, str]] = []
    pending: dict[str, list[str]] = {LEFT_OUT: [], NEW: []}
    for kind, words in [*rows, (SAME, [])]:
        if kind != SAME:
            pending[kind] += words
            continue
        out += [(name, " ".join(held)) for name, held in pending.items() if held]
        pending = {LEFT_OUT: [], NEW: []}
        out += [(SAME, " ".join(words))] if words else []
    return pd.DataFrame(out, columns=["kind", "words"])


def _key(word: str) -> str:
    """Return a word in small letters without the punctuation at its edges."""
    return re.sub(r"^\W+|\W+$", "", word.casefold()) or word


def _plain(text: str) -> list[str]:
    """Return the words of a text, so that capitals and punctuation make no difference."""
    return [key for word in text.split() if (key := _key(word))]
