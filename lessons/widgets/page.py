"""The article where nothing runs: a still picture of its page, and its text as plain HTML."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lessons.analysis.rows import rows_of
from lessons.charts.look import TONES, tone_name

if TYPE_CHECKING:
    from lessons.case import Case


def page_picture(case: Case, layer: str) -> str:
    """Draw the article as a small still page: one bar a passage, as long as it has words.

    `layer` is as in the reader, or "hidden": then all bars look alike. Returns SVG, drawn by
    hand, so that the first widget of a lesson need not wait for Altair.
    """
    symbols = case.voices["symbol"]
    passages = case.passages
    widest = max(passages["words"], default=1)
    bars = []
    for line, row in enumerate(rows_of(passages)):
        length = row.words / widest
        if layer == "hidden":
            bars.append(_bar(line, length, "soft"))
        else:
            shown = layer in ("interleaved", row.voice)
            label = f"{symbols[row.voice]} {row.Index}"
            bars.append(_bar(line, length, tone_name(row.voice), label, pale=not shown))
    return _svg(_small("".join(bars)), 480, 8 * len(bars) + 16)


def _bar(line: int, length: float, tone: str, label: str = "", *, pale: bool = False) -> str:
    """Draw one line of the page; `length` is 1 for a bar as long as the page is wide."""
    y = 8 * line + 8
    opacity = ' opacity=".15"' if pale else ""
    text = f'<text x="8" y="{y + 6}">{html.escape(label)}</text>' if label else ""
    bar = f'<rect x="40" y="{y}" width="{430 * length:.0f}" height="6" rx="2"/>'
    return f'<g fill="{TONES[tone].light}"{opacity}>{text}{bar}</g>'


def _small(bars: str) -> str:
    """Set the labels of bars in a small plain type."""
    return f'<g font-size="7" font-family="sans-serif">{bars}</g>'


def columns_picture(case: Case, left: str, right: str) -> str:
    """Draw two voices as two columns: a bar a passage, as long as it has words, where it stands.

    Returns SVG. The empty stretch of a column is where the other voice has cut in.
    """
    passages = case.passages[case.passages["voice"].isin([left, right])]
    widest = max(passages["words"], default=1)
    bars = []
    for line, row in enumerate(rows_of(passages)):
        label = f"{case.voices.loc[row.voice, 'symbol']} {row.Index}"
        bar = _bar(line, 0.5 * row.words / widest, tone_name(row.voice), label)
        bars.append(f'<g transform="translate({0 if row.voice == left else 240})">{bar}</g>')
    return _svg(_small("".join(bars)), 520, 8 * len(bars) + 16)


def grid_picture(names: list[str], steps: list[str]) -> str:
    """Draw things to judge as rows and the steps of their scale as columns of empty rings.

    Returns SVG: what a saved notebook shows of a deck, before anything was judged.
    """
    width = 480 // max(1, len(steps))
    heads = [
        f'<text x="{70 + width * i + width // 2}" y="14" text-anchor="middle">{html.escape(step)}'
        "</text>"
        for i, step in enumerate(steps)
    ]
    rows = [
        f'<text x="8" y="{18 * line + 36}">{html.escape(name)}</text>'
        for line, name in enumerate(names)
    ]
    dots = "".join(
        f"M{70 + width * i + width // 2} {18 * line + 32}h0"
        for line in range(len(names))
        for i in range(len(steps))
    )
    ring = 'stroke-linecap="round" fill="none"'
    inside = (
        f'<g font-size="10" font-family="sans-serif" fill="{TONES["ink"].light}">'
        f"{''.join(heads + rows)}</g>"
        f'<path id="r" d="{dots}" {ring} stroke="{TONES["soft"].light}" stroke-width="11"/>'
        f'<use href="#r" style="stroke:{TONES["paper"].light};stroke-width:9"/>'
    )
    return _svg(inside, 560, 18 * len(names) + 40)


def checklist_picture(names: list[str]) -> str:
    """Draw a list of things to tick: the first is ticked, the others are open. Returns SVG."""
    parts = []
    for line, name in enumerate(names):
        y = 26 * line + 10
        tone = TONES["soft" if line else "you"].light
        box = f'<rect x="9" y="{y}" width="16" height="16" rx="4" fill="none" stroke="{tone}"/>'
        tick = f'<path d="M12 {y + 8}l4 4 7-8" fill="none" stroke="{tone}" stroke-width="2.5"/>'
        style = f'font-size="13" font-family="sans-serif" fill="{TONES["ink"].light}"'
        text = f'<text x="36" y="{y + 13}" {style}>{html.escape(name)}</text>'
        parts.append(f"{box}{'' if line else tick}{text}")
    return _svg("".join(parts), 240, 26 * len(names) + 10)


def contents_picture(lessons: list[tuple[str, int]]) -> str:
    """Draw a page of contents: a line a lesson (title, minutes), the minutes at its end. SVG.

    Minutes of 0 are not known, and left out.
    """
    parts = []
    for line, (title, minutes) in enumerate(lessons):
        y = 26 * line + 22
        # Not every font of a picture has the dot.
        words = html.escape(title.replace(" \u00b7 ", ". "))
        time = f'<text x="440" y="{y}" text-anchor="end">{minutes} minutes</text>'
        parts.append(
            f'<text x="12" y="{y}" font-weight="bold">{words}</text>{time if minutes else ""}'
            f'<path d="M12 {y + 7}h428" stroke="{TONES["line"].light}"/>'
        )
    style = f'font-size="13" font-family="sans-serif" fill="{TONES["ink"].light}"'
    return _svg(f"<g {style}>{''.join(parts)}</g>", 452, 26 * len(lessons) + 12)


def _svg(inside: str, width: int, height: int) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


def page_text(case: Case, layer: str) -> str:
    """Return the text of a layer as HTML paragraphs, each with its symbol, id and voice.

    `layer` is as in the reader, or "hidden": then all paragraphs, without marks and labels.
    """
    voices = case.voices
    paragraphs = []
    for row in rows_of(case.passages):
        if layer == "hidden":
            said = row.text.removeprefix(f"{row.label}:").strip() if row.label else row.text
            paragraphs.append(f"<p>{html.escape(said)}</p>")
        elif layer in ("interleaved", row.voice):
            voice = voices.loc[row.voice]
            mark = html.escape(f"{voice['symbol']} {row.Index} {voice['word']}")
            paragraphs.append(f"<p><b>{mark}</b> {html.escape(row.text)}</p>")
    return "\n".join(paragraphs)


def question_picture(how: str, options: list[str]) -> str:
    """Draw an exercise as it waits: how it is answered, and its options with empty boxes.

    Returns SVG. Options that are long are cut: the whole text stands beside the picture.
    """
    ink, soft = TONES["ink"].light, TONES["soft"].light
    shown = [option if len(option) <= 60 else f"{option[:57]}..." for option in options[:13]]  # noqa: PLR2004
    boxes = "".join(f"M15 {18 * line + 37}h9v9h-9z" for line in range(len(shown)))
    rows = "".join(
        f'<text x="34" y="{18 * line + 46}">{html.escape(option)}</text>'
        for line, option in enumerate(shown)
    )
    inside = (
        f'<g font-size="11" font-family="sans-serif" fill="{ink}">'
        f'<text x="12" y="18" font-weight="bold">Your turn: {html.escape(how)}</text>'
        f'{rows}</g><path d="{boxes or "M12 34h440v26h-440z"}" fill="none" stroke="{soft}"/>'
    )
    return _svg(inside, 480, max(70, 18 * len(shown) + 40))
