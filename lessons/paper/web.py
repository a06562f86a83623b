"""A sheet as one HTML page: no script, no font and no picture from elsewhere; A4 or Letter."""

from __future__ import annotations

import html

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

_STYLE = """
body { font: 11pt/1.45 Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 20pt; margin: 0 0 .4em; } h2 { font-size: 14pt; margin: 1.4em 0 .3em; }
h3 { font-size: 11.5pt; margin: 1.1em 0 .2em; }
h1, h2, h3 { break-after: avoid; line-height: 1.25; }
p { margin: .35em 0; } .quiet { color: #444; font-size: 10pt; }
.passage { display: grid; grid-template-columns: 3.4em 1fr; gap: .3em;
  margin: .35em 0; break-inside: avoid; }
.passage b { font-family: Arial, "Liberation Sans", sans-serif; font-size: 9.5pt; }
ul { list-style: none; margin: .3em 0; padding: 0; } li { margin: .2em 0; break-inside: avoid; }
ul.points { list-style: disc; padding-left: 1.3em; }
ul.short li { display: inline-block; margin-right: 1.4em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0; font-size: 10pt;
  table-layout: fixed; }
th, td { border: 1px solid #777; padding: 4px 6px; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; } tr { break-inside: avoid; } thead { display: table-header-group; }
.line { border-bottom: 1px solid #777; height: 2em; }
.strip { display: flex; border-top: 2px solid #111; margin: 2.5em 0 4em; }
.strip span { flex: 1; border-left: 2px solid #111; padding: .2em .3em; font-size: 9.5pt;
  height: 9em; }
.break { break-before: page; }
.slide { font-size: min(2.3vw, 4vh); max-width: none; margin: 3vw 6vw; }
.slide .quiet { font-size: .85em; margin-top: 1em; }
.slide h1 { font-size: 1em; border-bottom: 2px solid; padding-bottom: .4em; }
.slide h2 { font-size: 1.4em; margin: .6em 0 .8em; } .slide li { margin: .3em 0; }
@page { margin: 16mm 16mm 18mm; } @media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def page(sheet: Sheet, language: str = "en") -> str:
    """Return a sheet as the text of an HTML file."""
    body = "\n".join(_block(block) for block in sheet.blocks)
    title = html.escape(sheet.title)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    view = '<meta name="viewport" content="width=device-width">'
    top = f'<!doctype html>\n<html lang="{language}"><head>{head}{view}</head>'
    kind = ' class="slide"' if sheet.slide else ""
    return f"{top}<body{kind}><main>\n{body}\n</main></body></html>\n"


def _block(block: Block) -> str:  # noqa: PLR0911 - one line a kind
    match block:
        case Heading(level, text):
            return f"<h{level}>{html.escape(text)}</h{level}>"
        case Text(text, quiet):
            kind = ' class="quiet"' if quiet else ""
            return f"<p{kind}>{html.escape(text)}</p>"
        case Passage(mark, text):
            said = f"<b>{html.escape(mark)}</b><span>{html.escape(text)}</span>"
            return f'<div class="passage">{said}</div>'
        case Options(items, many):
            kind = ' class="short"' if block.short else ""
            sign = "\u2610" if many else "\u25cb"
            listed = "".join(f"<li>{sign} {html.escape(item)}</li>" for item in items)
            return f"<ul{kind}>{listed}</ul>"
        case Points(items):
            listed = "".join(f"<li>{html.escape(item)}</li>" for item in items)
            return f'<ul class="points">{listed}</ul>'
        case Grid():
            return _grid(block)
        case Lines(number):
            return '<div class="line"></div>' * number
        case Strip(months):
            names = "".join(f"<span>{html.escape(month)}</span>" for month in months)
            return f'<div class="strip">{names}</div>'
        case PageBreak():
            return '<div class="break"></div>'


def _grid(grid: Grid) -> str:
    whole = sum(grid.wide)
    widths = "".join(f'<col style="width:{100 * w / whole:.1f}%">' for w in grid.wide)
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in grid.columns)
    cells = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in grid.rows]
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    top = f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>"
    return f"<table>{top}<tbody>{body}</tbody></table>"
