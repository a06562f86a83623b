"""The look of the course: one palette and one type scale for widgets and charts.

Every colour is a *tone* with a value for light and one for dark pages. Charts and style sheets
never name a value: they ask for `colour("statement")` and get a CSS variable with the light
value as its fallback, so a chart follows the page's theme without being drawn again, and a
picture outside a page (where the variable is unknown) is the light one.

Voices are told apart by word, mark and colour. The two main voices also differ in lightness
(L* 26 and 44 on light pages, 83 and 67 on dark ones), so they stay apart in greyscale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tone:
    """One colour of the palette: its value on a light page and on a dark one."""

    light: str
    dark: str


TONES: dict[str, Tone] = {
    "ink": Tone("#1d2126", "#e6e8eb"),
    "soft": Tone("#565c63", "#b3bac2"),
    "line": Tone("#d9d6cf", "#3c4147"),
    "paper": Tone("#fffdf8", "#16181b"),
    "panel": Tone("#f6f4ef", "#1f2226"),
    "statement": Tone("#123f6d", "#a9d2ff"),
    "commentary": Tone("#a84c05", "#f08a3c"),
    "masthead": Tone("#5b6168", "#a9b0b8"),
    "end-matter": Tone("#5b6168", "#a9b0b8"),
    "resolution": Tone("#47682a", "#a7c66f"),
    "both": Tone("#7a3b86", "#d29be0"),
    "outside": Tone("#5b6168", "#a9b0b8"),
    "you": Tone("#0a706b", "#4fd1c5"),
    "found": Tone("#ffe08a", "#6b5200"),
}

# The fonts come with vl-convert or have the same widths, so a picture is the same on any machine.
CHART_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT_SIZE = 13

# One shape a voice, the same in charts (Vega's name) and in text (the case's own symbol).
SHAPES: dict[str, str] = {
    "statement": "square",
    "commentary": "triangle-up",
    "both": "diamond",
    "outside": "circle",
    "masthead": "diamond",
    "end-matter": "circle",
}


def tone_name(voice: str) -> str:
    """Return the name of a voice's tone (`end matter`: `end-matter`); unknown voices are soft."""
    name = voice.replace(" ", "-")
    return name if name in TONES else "soft"


def colour(name: str) -> str:
    """Return a tone as CSS: `var(--tv-statement, #123f6d)`. Raises KeyError for no such tone."""
    return f"var(--tv-{name}, {TONES[name].light})"


def fixed_colours(text: str) -> str:
    """Return the text with every CSS variable of ours replaced by its light value.

    For pictures that leave the page: not every program that draws SVG knows CSS variables.
    """
    return re.sub(r"var\(--tv-[a-z-]+, (#[0-9a-f]{6})\)", r"\1", text)


def css_variables() -> str:
    """Return the palette as CSS: light, dark by JupyterLab's theme, light again for print."""
    light = "".join(f"--tv-{name}:{tone.light};" for name, tone in TONES.items())
    dark = "".join(f"--tv-{name}:{tone.dark};" for name, tone in TONES.items())
    return (
        f".tv{{{light}}}\n"
        f'body[data-jp-theme-light="false"] .tv{{{dark}}}\n'
        f'@media print{{.tv,body[data-jp-theme-light="false"] .tv{{{light}}}}}\n'
    )


def theme() -> dict[str, Any]:
    """Return the one Altair theme, as Vega-Lite's `config`."""
    ink, soft, line = colour("ink"), colour("soft"), colour("line")
    return {
        "config": {
            "font": CHART_FONT,
            "background": "transparent",
            "view": {"stroke": None},
            "padding": 10,
            "title": {
                "color": ink,
                "fontSize": TEXT_SIZE + 3,
                "fontWeight": 600,
                "anchor": "start",
                "subtitleColor": soft,
                "subtitleFontSize": TEXT_SIZE,
                "offset": 12,
                "subtitlePadding": 5,
            },
            "axis": {
                "labelColor": soft,
                "titleColor": soft,
                "labelFontSize": TEXT_SIZE - 1,
                "titleFontSize": TEXT_SIZE - 1,
                "titleFontWeight": "normal",
                "domainColor": line,
                "tickColor": line,
                "gridColor": line,
            },
            "text": {"color": ink, "fontSize": TEXT_SIZE - 1},
        }
    }
