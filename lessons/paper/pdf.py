"""A sheet as a tagged PDF, set by typst: no browser, no network, the fonts that typst brings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typst

from lessons.paper.blocks import (
    Block,
    Grid,
    Heading,
    Lines,
    Options,
    PageBreak,
    Passage,
    Points,
    Sheet,
    Strip,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# Set once: a PDF of the same words is the same file on every day and every machine.
_WHEN = datetime(2017, 11, 11, tzinfo=UTC)
_RULE = "0.5pt + luma(45%)"
_SET_UP = """
#set document(title: {title})
#set text(lang: {language}, font: "Libertinus Serif", size: {body}, fill: luma(7%))
#set page(paper: {paper}, margin: {margin}, {footer})
#set par(leading: 0.62em, spacing: 0.8em)
#show heading: set block(sticky: true)
#show heading.where(level: 1): set text(size: {h1})
#show heading.where(level: 2): set text(size: {h2})
#show heading.where(level: 3): set text(size: 11.5pt)
#set table(stroke: {rule}, inset: 5pt)
#set table.cell(breakable: false)
#show table: set text(size: 10pt)
#show table: set par(justify: false)
"""


_FOOTER = """numbering: "1 / 1", footer: context
  [#text(size: 9pt)[#{title} #h(1fr) #counter(page).display("1 / 1", both: true)]]"""
_PAGE = {"body": "11pt", "h1": "19pt", "h2": "14pt", "margin": "(x: 16mm, top: 16mm, bottom: 18mm)"}
_SLIDE = {"body": "21pt", "h1": "21pt", "h2": "31pt", "margin": "(x: 24mm, y: 17mm)", "footer": ""}
_AIRY = """
#show heading.where(level: 1): it => block(width: 100%, below: 1.2em,
  stroke: (bottom: 1.5pt), inset: (bottom: 0.5em), it)
#show heading.where(level: 2): set block(below: 1.2em)
"""


def pdf(sheet: Sheet, language: str = "en", paper: str = "a4") -> bytes:
    """Return a sheet as the bytes of a PDF file; `paper` is "a4" or "us-letter".

    A slide has the shape of a screen, 16 to 9, whatever the paper.
    """
    footer = _FOOTER.format(title=_string("Two Voices: " + sheet.title))
    look = _SLIDE if sheet.slide else {**_PAGE, "footer": footer}
    head = _SET_UP.format(
        title=_string(sheet.title),
        language=_string(language),
        paper=_string("presentation-16-9" if sheet.slide else paper),
        rule=_RULE,
        **look,
    )
    head += _AIRY if sheet.slide else ""
    source = head + "\n".join(_block(block) for block in sheet.blocks)
    made = typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=_WHEN)
    return bytes(made)


def _string(words: str) -> str:
    """Return words as a string of typst: nothing in it is markup."""
    inside = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + inside.replace("\r", "").replace("\n", "\\n").replace("\t", " ") + '"'


def _block(block: Block) -> str:  # noqa: PLR0911 - one line a kind
    match block:
        case Heading(level, text):
            return f"#heading(level: {level}, {_string(text)})"
        case Text(text, quiet):
            look = "size: 0.91em, fill: luma(27%)" if quiet else "size: 1em"
            return f"#block[#text({look}, {_string(text)})]"
        case Passage(mark, text):
            name = f"#text(size: 10pt, weight: 700, {_string(mark)})"
            cells = f"[{name}], [#{_string(text)}]"
            return f"#block(breakable: false)[#grid(columns: (3.4em, 1fr), {cells})]"
        case Options(items, many):
            return _options(items, many=many, short=block.short)
        case Points(items):
            return f"#list(spacing: 0.75em, {_cells(items)})"
        case Grid():
            return _grid(block)
        case Lines(number):
            line = f"#block(below: 0pt, height: 2em, width: 100%, stroke: (bottom: {_RULE}))"
            return "\n".join([line] * number) + "\n#v(1em)"
        case Strip(months):
            return _strip(months)
        case PageBreak():
            return "#pagebreak()"


def _options(items: tuple[str, ...], *, many: bool, short: bool) -> str:
    square = "box(width: 0.75em, height: 0.75em, stroke: 0.7pt)"
    box = square if many else "box(circle(radius: 0.36em, stroke: 0.7pt))"
    if short:
        boxed = [f"#box[#{box} #h(0.3em) #{_string(item)} #h(1.2em)]" for item in items]
        return f"#block[#set par(leading: 1em)\n{' '.join(boxed)}]"
    return f"#list(marker: {box}, spacing: 0.75em, {_cells(items)})"


def _cells(items: Iterable[str]) -> str:
    return ", ".join(f"[#{_string(item)}]" for item in items)


def _grid(grid: Grid) -> str:
    columns = ", ".join(f"{width}fr" for width in grid.wide)
    head = ", ".join(f"[#strong({_string(name)})]" for name in grid.columns)
    cells = _cells(cell for row in grid.rows for cell in row)
    return f"#table(columns: ({columns},), table.header({head}), {cells})"


def _strip(months: tuple[str, ...]) -> str:
    cells = ", ".join(f"[#text(size: 9.5pt, {_string(month)})]" for month in months)
    return (
        f"#block(above: 2em, below: 2em)[#table(columns: (1fr,) * {len(months)}, "
        f"rows: 3.4cm, stroke: (top: 1.5pt, left: 1pt), {cells})]"
    )
