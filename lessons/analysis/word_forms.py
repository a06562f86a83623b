"""Words as forms of one another: "looting", "loots" and "looted" are one word, "flute" is not.

Words are compared whole, by their English stems (the Snowball stemmer), in small letters. Nothing
is ever found inside another word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# "U.S." is one word, and the same as "US".
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['\u2019][^\W_]+)*")
# A longer run of letters is no word of a language, and would keep the stemmer busy.
_LONGEST = 40

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands, and its stem."""

    start: int
    end: int
    stem: str


class Said:
    """A text as its words, in which phrases can be looked for in all their forms."""

    def __init__(self, text: str) -> None:
        """Take the text apart."""
        self.text = text
        self.words = [Word(m.start(), m.end(), stem_of(m[0])) for m in _WORD.finditer(text)]
        self._stems = [word.stem for word in self.words]
        self._places: dict[str, list[int]] = {}
        for place, stem in enumerate(self._stems):
            self._places.setdefault(stem, []).append(place)

    def places(self, phrase: str) -> list[int]:
        """Return at which words a phrase begins, its words one after the other in any form."""
        stems = list(stems_of(phrase))
        if not stems:
            return []
        length = len(stems)
        first = self._places.get(stems[0], [])
        return [place for place in first if self._stems[place : place + length] == stems]

    def place_of(self, stem: str) -> int | None:
        """Return the first place of a word with this stem, None when there is none."""
        return next(iter(self._places.get(stem, [])), None)

    def covered(self, phrases: Iterable[str]) -> list[range]:
        """Return the words that phrases cover, in the order of the text; may overlap."""
        found = [
            range(place, place + len(stems_of(phrase)))
            for phrase in phrases
            for place in self.places(phrase)
        ]
        return sorted(found, key=lambda words: (words.start, -len(words)))

    def written(self, words: range) -> str:
        """Return some words in a row as they are written."""
        return self.text[self.words[words.start].start : self.words[words[-1]].end]


@lru_cache(maxsize=4096)
def stems_of(text: str) -> Stems:
    """Return the stems of a short text's words."""
    return tuple(stem_of(match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=16384)
def stem_of(word: str) -> str:
    """Return what the forms of a word have in common, in small letters."""
    plain = word.replace("\u2019", "'").replace(".", "").lower()
    return plain if len(plain) > _LONGEST else _stemmer()(plain)


@cache
def _stemmer() -> Callable[[str], str]:
    """Make the stemmer, once, and import it only now."""
    import snowballstemmer  # noqa: PLC0415  (late: most widgets need none)

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem
