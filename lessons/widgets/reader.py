"""The reader: the whole article as one page, its voices told apart at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.analysis.highlights import LAYERS as LAID
from lessons.analysis.highlights import highlights as spans_on_the_text
from lessons.analysis.links import events_inside, leads_to, passage_links
from lessons.analysis.rows import records_of, rows_of
from lessons.analysis.voices import words_by_voice
from lessons.charts.look import tone_name
from lessons.document import Passage, find_quoted_voices
from lessons.widgets.base import LessonWidget, front_end, place, scope, style_sheet
from lessons.widgets.page import page_picture, page_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case

LAYERS = ("interleaved", "statement", "commentary")
LONGEST_SAVED = 20_000  # characters; a longer text is not drawn and copied into the saved notebook


class Reader(LessonWidget):
    """The article in layers, with search and a card for the selected passage.

    `layer` is one of LAYERS; `selected` a passage id or ""; `query` what is searched for;
    `voices_shown` False hides ids, labels and colours until the learner asks for them. All four
    may be read and set. `marked` holds the passages that something picked in another widget of
    the notebook belongs to. `highlights` are the layers that can be marked on the text,
    `highlighted` those that are on; it may be set. `text` and the offsets in `passages` and
    `spans` are in Unicode code points. Where the voices were hidden at first (`hideable`), the
    learner can hide them again.

    >>> from lessons import open_case, reader
    >>> reader(open_case("danang-2017"), layer="statement").layer
    'statement'
    """

    _esm = front_end("highlights.js", "reader.js")
    _css = style_sheet("reader.css", "highlights.css")
    _opened = t.Bool(default_value=False).tag(sync=True)
    title = t.Unicode().tag(sync=True)
    text = t.Unicode().tag(sync=True)
    voices = t.Dict().tag(sync=True)
    passages: t.List[Any] = t.List().tag(sync=True)
    events = t.Dict().tag(sync=True)
    terms = t.Dict().tag(sync=True)
    layer = t.Enum(LAYERS, LAYERS[0]).tag(sync=True)
    selected = t.Unicode().tag(sync=True)
    marked: t.List[Any] = t.List().tag(sync=True)
    query = t.Unicode().tag(sync=True)
    highlights: t.List[Any] = t.List().tag(sync=True)
    highlighted: t.List[Any] = t.List().tag(sync=True)
    spans: t.List[Any] = t.List().tag(sync=True)
    voices_shown = t.Bool(default_value=True).tag(sync=True)
    hideable = t.Bool(default_value=False).tag(sync=True)

    def __init__(
        self,
        case: Case,
        *,
        highlights: Sequence[str] = (),
        highlighted: Sequence[str] | None = None,
        **state: object,
    ) -> None:
        self._case = case
        spans = spans_on_the_text(case, highlights)
        offered = [layer for layer in LAID if layer in highlights]
        options = state | ({"highlights": "+".join(offered)} if offered else {})
        super().__init__(
            title=case.title,
            text=case.text,
            voices=voices_of(case),
            passages=_passages(case),
            events=_events(case),
            terms=case.glossary["definition"].to_dict(),
            hideable=not state["voices_shown"],
            highlights=offered,
            spans=spans.to_dict("records"),
            _place=place("reader", case.name, **options),
            _scope=scope(case.name),
            **state,
        )
        self.highlighted = offered if highlighted is None else list(highlighted)

    @t.validate("highlighted")
    def _check_highlighted(self, proposal: dict[str, Any]) -> list[str]:
        for layer in proposal["value"]:
            if layer not in self.highlights:
                offered = ", ".join(self.highlights) or "none"
                raise t.TraitError(f"This reader cannot mark {layer!r}; it offers: {offered}.")
        return [layer for layer in LAID if layer in proposal["value"]]

    @t.validate("selected")
    def _check_selected(self, proposal: dict[str, Any]) -> str:
        passage = str(proposal["value"])
        if passage and passage not in self._case.passages.index:
            raise t.TraitError(
                f"There is no passage {passage!r} in {self._case.name}: try 'S1' or ''."
            )
        return passage

    @property
    def sentence(self) -> str:
        """How much of the text is shown, by voice."""
        shares = words_by_voice(self._case.passages, self._case.voices)
        total = f"{shares['passages'].sum()} passages, {shares['words'].sum()} words"
        if not self.voices_shown:
            return f"The article as one page, whose voice is whose not shown yet: {total}."
        parts = ", ".join(
            f"{row.voice.lower()} {row.passages} passages with {row.words} words"
            for row in rows_of(shares)
        )
        said = f"The article, {total}: {parts}. Shown: {self.layer}."
        return f"{said} Marked: {self._marked_words()}." if self.highlighted else said

    def _marked_words(self) -> str:
        """Say how many spans of each layer are marked."""
        layers = [span["layer"] for span in self.spans]
        return ", ".join(f"{layer} {layers.count(layer)}" for layer in self.highlighted)

    @property
    def _saved_layer(self) -> str:
        """The layer as page_picture and page_text know it."""
        return str(self.layer) if self.voices_shown else "hidden"

    def _picture(self) -> str:
        if len(self._case.text) > LONGEST_SAVED:
            return ""
        return page_picture(self._case, self._saved_layer)

    def _details(self) -> dict[str, str]:
        if len(self._case.text) > LONGEST_SAVED:
            return {}
        return {"Read the text here": page_text(self._case, self._saved_layer)}


def reader(  # noqa: PLR0913  (each is a choice that a notebook may want to make)
    case: Case,
    *,
    layer: str = "interleaved",
    selected: str = "",
    voices_shown: bool = True,
    highlights: Sequence[str] = (),
    highlighted: Sequence[str] | None = None,
) -> Reader:
    """Show the article of a case to read.

    `layer`: "interleaved", "statement" or "commentary"; `selected`: a passage id;
    `voices_shown=False` hides whose voice is whose until the learner presses the button.
    `highlights` names what the learner can have marked in the text: "dates", "loaded words",
    "techniques", "actors"; `highlighted` which of these are on at first (all of them, if not
    given). All but the dates are judgements: offer them only after the learner's own answer.
    Raises traitlets.TraitError for a layer or passage that does not exist, ValueError for
    highlights that do not.
    """
    return Reader(
        case,
        layer=layer,
        selected=selected,
        voices_shown=voices_shown,
        highlights=highlights,
        highlighted=highlighted,
    )


def inner_voices(case: Case) -> dict[str, list[dict[str, Any]]]:
    """Find the quotations that belong to a voice of their own, by the passage they stand in.

    Each has voice, start and end (code points, end-exclusive). Raises ValueError when the case
    says that a voice is quoted in a passage that quotes nothing.
    """
    rows = rows_of(case.passages.drop(columns="text").reset_index())
    passages = [Passage(*row[1:]) for row in rows]
    found: dict[str, list[dict[str, Any]]] = {}
    for span in find_quoted_voices(case.text, passages, case.marks):
        inside = {"voice": span.voice, "start": span.start, "end": span.end}
        found.setdefault(span.passage_id, []).append(inside)
    return found


def voices_of(case: Case) -> dict[str, dict[str, str]]:
    """Return what the page needs to know of each voice, by voice."""
    voices = records_of(case.voices[["word", "symbol", "label"]])
    return {voice: {**cells, "tone": tone_name(voice)} for voice, cells in voices.items()}


def _passages(case: Case) -> list[dict[str, Any]]:
    """Return each passage with its links, and the stretches inside it that a third voice speaks."""
    links = passage_links(case.passages, case.replies, case.events, case.glossary)
    passages = records_of(case.passages.drop(columns="text").join(links))
    inner, leads = inner_voices(case), leads_to(case.passages, case.events)
    return [
        {
            **cells,
            "id": passage,
            "inner": inner.get(passage, []),
            "leads_to": leads.get(passage, []),
        }
        for passage, cells in passages.items()
    ]


def _events(case: Case) -> dict[str, dict[str, str]]:
    """Return the events that the text mentions, in the words of a card."""
    return {
        row.Index: {"title": row.title, "when": row.when, "where": f"{row.place}, {row.country}"}
        for row in rows_of(events_inside(case.events))
    }
