"""A deck of cards to judge, one at a time: sentences of the statement, or differences."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from lessons.analysis.judgements import readings_of
from lessons.analysis.quotation import compared_sentence, variant_kinds
from lessons.analysis.rows import rows_of
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.judging import Judging, scale_of, steps_of
from lessons.widgets.page import grid_picture
from lessons.widgets.sources import source_lines

if TYPE_CHECKING:
    from lessons.case import Case


class Deck(Judging):
    """Cards to judge one at a time, with what belongs to each after the answer.

    `at` is the id of the open card. `answers`, `revealed` and `table` are those of Judging.
    `note` is a sentence that stands above the cards, "" for none.
    """

    _esm = front_end("sources.js", "keeping.js", "judging.js", "deck.js")
    _css = style_sheet("keeping.css", "judging.css", "deck.css")
    at = t.Unicode().tag(sync=True)
    note = t.Unicode().tag(sync=True)

    def __init__(self, case: Case, scale: str, readings: pd.DataFrame, **traits: object) -> None:
        self._case, self._case_name = case, case.name
        self._scale = scale_of(case.scales, scale)
        self._readings = readings
        items: list[dict[str, Any]] = traits["items"]  # type: ignore[assignment]
        super().__init__(
            scale=scale,
            steps=steps_of(self._scale),
            at=items[0]["id"] if items else "",
            _place=place("deck", case.name, scale=scale),
            _scope=scope(case.name),
            **traits,
        )
        self._restore()

    def _picture(self) -> str:
        return grid_picture([item["name"] for item in self.items], [s["word"] for s in self.steps])

    @t.validate("at")
    def _check_at(self, proposal: dict[str, Any]) -> str:
        at = str(proposal["value"])
        if at and at not in {item["id"] for item in self.items}:
            raise t.TraitError(f"There is no card {at!r} in this deck.")
        return at


class Sentences(Deck):
    """The sentences of the statement, judged by how firmly each commits anyone."""

    @property
    def sentence(self) -> str:
        """How many sentences there are to judge, and on which scale."""
        passages = len({passage for item in self.items for passage in item["passages"]})
        ends = f"{self.steps[0]['word']} to {self.steps[-1]['word']}"
        return (
            f"{len(self.items)} sentences of {passages} passages to judge, each on "
            f"{len(self.steps)} steps from {ends}; two readings are shown after each answer."
        )

    def _details(self) -> dict[str, str]:
        said = [f"<p><b>{item['name']}</b> {html.escape(item['quote'])}</p>" for item in self.items]
        return {"Read the sentences here": "\n".join(said)}

    def _explained(self, item: str) -> list[list[str]]:
        row = self._case.speech_acts.loc[item]
        return [
            ["The verb", str(row["verb"])],
            ["Who is bound", str(row["commits_whom"])],
            ["To what", str(row["commits_to"])],
            ["What it leaves open: who, what, by when", str(row["vagueness_note"])],
        ]


class Differences(Deck):
    """The differences between the quotation and published texts, judged by what they change."""

    @property
    def sentence(self) -> str:
        """How many differences there are, and how far the quotation was compared."""
        kinds = variant_kinds(self._case.variants)
        parts = ", ".join(f"{row.kind} {row.variants}" for row in rows_of(kinds))
        return f"{len(self.items)} differences to judge ({parts}). {self.note}"

    def _details(self) -> dict[str, str]:
        rows = [
            f"<tr><td>{item['name']}</td>"
            + "".join(f"<td>{html.escape(text)}</td>" for _, text in item["pair"])
            + "</tr>"
            for item in self.items
        ]
        head = "<tr><th>Where</th><th>In the article</th><th>In the published text</th></tr>"
        return {"Read the differences here": f"<table>{head}{''.join(rows)}</table>"}

    def _explained(self, item: str) -> list[list[str]]:
        return [["What it changes", str(self._case.variants.loc[item, "matters"])]]


def judge(case: Case, what: str) -> Deck:
    """Judge one thing after the other; what others found is shown after each answer.

    `what`: "sentences" (how firmly does each sentence of the statement commit anyone?) or
    "differences" (does a difference between the quotation and a published text matter?). Raises
    ValueError for anything else.

    >>> from lessons import judge, open_case
    >>> len(judge(open_case("danang-2017"), "sentences").items)
    17
    """
    if what == "sentences":
        return _sentences(case)
    if what == "differences":
        return _differences(case)
    raise ValueError(f"There is no {what!r} to judge: expected 'sentences' or 'differences'.")


def _sentences(case: Case) -> Sentences:
    acts = case.speech_acts
    items = [
        {
            "id": row.Index,
            "name": _numbered(row.passage_id, row.Index, acts),
            "group": "",
            "passages": [row.passage_id],
            "quote": row.quote,
        }
        for row in rows_of(acts.sort_values("start"))
    ]
    readings = readings_of(case.speech_act_readings, "row_id", "strength")
    return Sentences(
        case,
        "strength",
        readings,
        title="How firm is each sentence?",
        thing="Sentence",
        question="How firmly does this sentence bind those who speak?",
        items=items,
    )


def _numbered(passage: str, row: str, acts: pd.DataFrame) -> str:
    """Name a sentence by its passage; a, b, c where a passage has several."""
    rows = list(acts[acts["passage_id"] == passage].sort_values("start").index)
    return f"{passage}{'abcdefgh'[rows.index(row)]}" if len(rows) > 1 else passage


def _differences(case: Case) -> Differences:
    kinds = list(variant_kinds(case.variants)["kind"])
    variants = case.variants.sort_values(
        "kind", key=lambda kind: kind.map(kinds.index), kind="stable"
    )
    items = [
        {
            "id": row.Index,
            "name": row.Index,
            "group": row.kind,
            "passages": row.passages,
            "pair": [
                ["In the article", row.in_article],
                ["In the published text", row.in_publication],
            ],
            "sources": source_lines(row.publication, case.sources),
        }
        for row in rows_of(variants)
    ]
    # Nobody has judged these: `matters` explains, so there are no readings to put beside.
    readings = pd.DataFrame({name: [] for name in ("item", "who", "value", "note")}, dtype="str")
    return Differences(
        case,
        "difference",
        readings,
        title="The quotation and the published texts",
        thing="Difference",
        question="What does this difference change?",
        note=compared_sentence(case.provenance.get("compared"), case.passages),
        items=items,
    )
