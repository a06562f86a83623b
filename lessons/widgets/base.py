"""What every widget of the course shares: its files, its saved output, its place.

A widget's behaviour lives in the browser (`NAME.js` and `NAME.css` beside `NAME.py`);
Python holds the state in a few named traits and gives the saved output: a still picture and one
sentence, which is what a reader sees where nothing runs.
"""

from __future__ import annotations

import base64
import html
import os
import re
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import anywidget
import traitlets as t

from lessons.charts.look import TONES, css_variables

_HERE = Path(__file__).parent


@cache
def front_end(*names: str) -> str:
    """Return base.js and the named files of this folder as one module; the last is the entry.

    anywidget takes one module per widget, so what the files import from each other is put in
    front of them instead. In the files the imports stand as usual: tools and editors follow them.
    """
    return "\n".join(_without_own_imports(_read(name)) for name in ("base.js", *names))


def _without_own_imports(source: str) -> str:
    """Leave out a file's imports from its neighbours, and the word `export` for them."""
    source = re.sub(r'^import \{[^}]*\} from "\./[^"]+";\n', "", source, flags=re.MULTILINE)
    return re.sub(r"^export (?=(async )?function|const)", "", source, flags=re.MULTILINE)


@cache
def style_sheet(*names: str) -> str:
    """Return the palette, the shared rules and the named style sheets of this folder as one."""
    return css_variables() + "\n".join(_read(name) for name in ("base.css", *names))


def _read(name: str) -> str:
    """Read a file of this folder."""
    return (_HERE / name).read_text(encoding="utf-8")


def place(kind: str, case: str, **options: object) -> str:
    """Name the place under which the browser keeps a widget's state.

    Made of the notebook, the case, the kind of widget and its options: the same cell finds its
    state again, another cell does not touch it.
    """
    notebook = PurePath(os.environ.get("JPY_SESSION_NAME", "")).stem
    given = ",".join(f"{name}={value}" for name, value in sorted(options.items()))
    return f"{notebook}:{case}:{kind}:{given}"


def scope(case: str) -> str:
    """Name the widgets that follow one another: those of one case in one notebook's kernel."""
    return f"{os.getpid()}:{case}"


class LessonWidget(anywidget.AnyWidget):
    """A widget that says in words and one still picture what it shows.

    A subclass sets `_esm` and `_css` and overrides `sentence`, `_picture` and, where more
    is worth saving, `_details`. `_place` names the widget's place in the course: under it the
    browser keeps what the learner had opened, so that running a cell again loses nothing. Widgets
    with the same `_scope` follow one another: what is picked in one is marked in the others.
    """

    _place = t.Unicode().tag(sync=True)
    _scope = t.Unicode().tag(sync=True)

    @property
    def sentence(self) -> str:
        """One plain sentence with the counts that the widget shows."""
        raise NotImplementedError

    def _picture(self) -> str:
        """Draw the widget as a still SVG; "" for no picture."""
        return ""

    def _details(self) -> dict[str, str]:
        """Return more to read where nothing runs: headings and HTML, closed until opened."""
        return {}

    def __repr__(self) -> str:
        """Return the sentence: the same on every run, unlike an object's address."""
        return self.sentence

    def _repr_mimebundle_(self, **kwargs: dict[Any, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view, and beside it what a saved notebook shows without a kernel.

        The kernel's process number goes into the output's metadata: with it the server knows
        whether a saved live view can still come alive (lessons/launch/saved_outputs.py).
        """
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        saved = saved_html(self._picture(), self.sentence, self._details())
        data = data | {"text/html": saved, "text/plain": self.sentence}
        return data, metadata | {"two_voices": {"pid": os.getpid()}}


def saved_html(picture: str, sentence: str, details: dict[str, str]) -> str:
    """Return a picture, a sentence and closed details as HTML that an untrusted notebook keeps.

    JupyterLab drops inline SVG, style sheets and ARIA from it; an image with a data address,
    inline styles, details and tables stay. The sentence is the picture's text alternative.
    `picture` is SVG or ""; `sentence` and the headings are plain text, what stands under a
    heading is HTML already.
    """
    said = html.escape(sentence)
    parts = [_image(picture, said)] if picture else []
    parts.append(f"<p>{said}</p>")
    for heading, inside in details.items():
        parts.append(f"<details><summary>{html.escape(heading)}</summary>{inside}</details>")
    return "\n".join(parts)


def _image(picture: str, alt: str) -> str:
    """Return an SVG as an image whose address holds all of it; `alt` is HTML already."""
    address = base64.b64encode(picture.encode()).decode()
    style = f"background:{TONES['paper'].light};max-width:100%;height:auto"
    return f'<img alt="{alt}" style="{style}" src="data:image/svg+xml;base64,{address}">'
