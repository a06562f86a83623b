"""Drawing without a browser: Vega's code for the page, and still pictures of charts.

Both come from vl-convert, which starts a JavaScript engine inside Python (1.3 s and about
100 MB). Results are therefore kept in a cache folder: a kernel that finds them there never
starts the engine. The cache may be deleted at any time; where it cannot be written, or a file in
it is damaged, work goes on as if it were empty.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.charts.look import fixed_colours

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

VEGA_LITE = "6.4"
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "drawing"

# What a still picture can do without, and what is put in its place.
_SLIM_RULES = (
    (r' (?:aria-[a-z]+|role|class|pointer-events|opacity="1"|xmlns:xlink)(?:="[^"]*")?', ""),
    (r'<path(?: d="(?:M0,0h0v0h0Z)?"| display="none")+/>', ""),
    (r"(\d+\.\d\d)\d+", r"\1"),
    # What a browser takes for granted.
    (r' (?:text-anchor="start"|transform="translate\(0,0\)"|stroke-width="1"|[xy][12]="0")', ""),
    (r"<g></g>|<g\b[^>]*/>", ""),
    # The ground of a plot, which has no colour.
    (r'<path d="M0,0h\d+v\d+h-\d+Z"/>', ""),
)
_SLIMMED = 3  # one more with each change of _slim that these rules do not show
_FONT = r' font-family="[^"]*"'
# The names of clip paths and gradients, which the engine counts on from picture to picture.
_NAMES = r'(id="|url\(#)((?:clip|gradient_)\d+)'


@cache
def vega_bundle() -> str:
    """Return Vega, Vega-Lite and vega-embed as one JavaScript module.

    The module exports `embed`, vega-embed's one function.
    """
    snippet = "export { vegaEmbed as embed };"
    return _kept(f"bundle {snippet}", lambda: _convert().javascript_bundle(snippet, VEGA_LITE))


def still_picture(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite spec (with its data) as a small SVG in the light colours.

    The same spec gives the same bytes, whatever was drawn before: the fonts are vl-convert's own,
    numbers are rounded, names are counted anew, and what only a live page needs (ARIA, pointer
    rules, empty paths) is left out.
    """
    source = json.dumps(spec, sort_keys=True)
    return _kept(source, lambda: _slim(_convert().vegalite_to_svg(spec, VEGA_LITE)))


def _convert() -> ModuleType:
    """Import vl-convert, late: see the top of this file."""
    import vl_convert  # noqa: PLC0415

    return vl_convert


def _slim(svg: str) -> str:
    """Leave out of an SVG what a still picture can do without."""
    for pattern, instead in _SLIM_RULES:
        svg = re.sub(pattern, instead, svg)
    return fixed_colours(_one_font(_counted_anew(_ungrouped(svg))))


def _ungrouped(svg: str) -> str:
    """Take out groups that say nothing of what is in them."""
    kept: list[str] = []
    bare: list[bool] = []  # of each group that is open now: does it say nothing?
    for part in re.split(r"(<g\b[^>]*>|</g>)", svg):
        if part == "</g>":
            kept += [part] * (not bare.pop())
        elif part.startswith("<g"):
            bare.append(part == "<g>")
            kept += [part] * (part != "<g>")
        else:
            kept.append(part)
    return "".join(kept)


def _one_font(svg: str) -> str:
    """Name the font once, on the whole SVG, where all of its texts have the same."""
    fonts = set(re.findall(_FONT, svg))
    if len(fonts) != 1:
        return svg
    return re.sub(_FONT, "", svg).replace("<svg", f"<svg{fonts.pop()}", 1)


def _counted_anew(svg: str) -> str:
    """Give the names inside an SVG numbers from 1, in the order in which they come."""
    numbers: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        return f"{found[1]}n{numbers.setdefault(found[2], len(numbers) + 1)}"

    return re.sub(_NAMES, name, svg)


def _kept(source: str, make: Callable[[], str]) -> str:
    """Return what `make` gives, from the cache if this very thing was made before."""
    made_by = (
        f"{version('vl-convert-python')} {VEGA_LITE} {_SLIMMED} {_SLIM_RULES} {_NAMES} {_FONT}"
    )
    key = f"{made_by} {source}"
    path = CACHE / _fingerprint(key)
    kept = _read(path)
    if kept is not None:
        return kept
    made = make()
    with contextlib.suppress(OSError):
        _write(path, made)
    return made


def _fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> str | None:
    """Return the text of a cache file, or None where there is none or it is not as written."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        fingerprint, _, text = path.read_bytes().decode().partition("\n")
        if fingerprint == _fingerprint(text):
            return text
    return None


def _write(path: Path, text: str) -> None:
    """Write a cache file: the text's fingerprint in its first line, then the text.

    Under another name first, since two kernels may make the same thing at once.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(f"{_fingerprint(text)}\n{text}".encode())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
