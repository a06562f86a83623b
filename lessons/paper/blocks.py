"""What a sheet of paper is made of. Text is text: how it looks is the business of web and pdf."""

from __future__ import annotations

from typing import NamedTuple

_FEW, _WORD = 6, 14


class Heading(NamedTuple):
    """A heading; level 1 is the title of the sheet."""

    level: int
    text: str


class Text(NamedTuple):
    """A paragraph; a quiet one is a hint."""

    text: str
    quiet: bool = False


class Passage(NamedTuple):
    """A passage of the article with the mark that stands beside it: its number or its name."""

    mark: str
    text: str


class Options(NamedTuple):
    """What to choose from; `many`: boxes to tick in place of circles."""

    items: tuple[str, ...]
    many: bool = False

    @property
    def short(self) -> bool:
        """Say whether they stand side by side: many, and each a word."""
        return len(self.items) > _FEW and all(len(item) <= _WORD for item in self.items)


class Points(NamedTuple):
    """A list of short points."""

    items: tuple[str, ...]


class Grid(NamedTuple):
    """A table; "" is an empty cell to write in. `wide` is the share of the width of each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...]


class Lines(NamedTuple):
    """Lines to write on."""

    number: int


class Strip(NamedTuple):
    """An empty line of time with the names of its months, to write events on."""

    months: tuple[str, ...]


class PageBreak(NamedTuple):
    """What follows begins on a new page."""


Block = Heading | Text | Passage | Options | Points | Grid | Lines | Strip | PageBreak


class Sheet(NamedTuple):
    """One file: its name without an ending, its title and its blocks.

    A slide is shown on a wall: wide and in large letters, on one page.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    slide: bool = False
