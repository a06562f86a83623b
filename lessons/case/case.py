"""A case: one document with all that is known about it, checked and ready for a notebook."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.case.faults import CaseError, Fault
from lessons.case.loading import case_names, load
from lessons.case.schema import DATA
from lessons.document import Marks

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case.settings import Settings
    from lessons.case.tables import Table


def check(folder: str | Path, shared: str | Path = DATA) -> list[Fault]:
    """Return everything that is wrong with a case folder; an empty list when nothing is.

    `shared` is the folder of the tables that all cases use (techniques, scales, check_items).
    Bad input never raises: each fault names file, row, column, what was found and what was
    expected.
    """
    return load(Path(folder), Path(shared)).faults


def open_case(name_or_folder: str | Path) -> Case:
    """Open a case that comes with the course by its name, or your own by its folder.

    Raises CaseError, which lists every fault, when the case does not pass its check.
    """
    own = Path(name_or_folder)
    folder = DATA / own if str(name_or_folder) in case_names() else own
    loaded = load(folder)
    if loaded.faults or loaded.text is None or loaded.settings is None:
        raise CaseError(loaded.faults)
    folder = folder.resolve()
    return Case(folder.name, folder, loaded.text, loaded.settings, loaded.tables)


@dataclass(frozen=True, repr=False)
class Case:
    """One document, its voices and passages, and the tables about it.

    Tables are plain DataFrames, indexed by their id; data/README.md explains every column.
    Each access makes a new one, so that nothing done to a table can change the case. Offsets
    are Unicode code points, end-exclusive: `case.text[start:end] == quote`.
    """

    name: str
    folder: Path
    text: str
    _settings: Settings
    _tables: dict[str, Table]
    _frames: dict[str, pd.DataFrame] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __repr__(self) -> str:
        """Say in one line which case this is."""
        count = len(self._tables["passages"].rows)
        return f"Case {self.name}: {self.title!r}, {len(self.text):,} characters, {count} passages"

    def _repr_html_(self) -> str:
        """Show what was opened, and what a reader should know before reading."""
        note = escape(self.content_note)
        return f"<p>{escape(repr(self))}.</p>\n<p><b>Before you read.</b> {note}</p>"

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self._settings["title"])

    @property
    def language(self) -> str:
        """The document's language as a BCP 47 tag, such as "en"."""
        return str(self._settings["language"])

    @property
    def content_note(self) -> str:
        """What a reader should know before reading."""
        return str(self._settings["content_note"]).strip()

    @property
    def provenance(self) -> dict[str, Any]:
        """Where the document came from, what is not known, who made the readings, and rights."""
        return {
            key: value.strip() if isinstance(value, str) else deepcopy(value)
            for key, value in self._settings["provenance"].items()
        }

    @property
    def timeline(self) -> dict[str, Any]:
        """How the timeline is cut: `ends`, the last day that is not "later", and the `windows`.

        Days are ISO texts; each window has a name, a first and a last day.
        """
        return {"windows": [], **deepcopy(self._settings["timeline"])}

    @property
    def map(self) -> list[dict[str, Any]]:
        """What the map shows larger beside the world: name, west, south, east, north (degrees)."""
        return list(deepcopy(self._settings.get("map", [])))

    @property
    def marks(self) -> Marks:
        """How the voices show themselves in the text, for lessons.document.find_passages."""
        return Marks.from_dicts(self._settings["voices"])

    @property
    def voices(self) -> pd.DataFrame:
        """All voices by voice: name, word, symbol, label, prefix, and quoted_in (passage ids)."""
        import pandas as pd  # noqa: PLC0415  (late, as in _frame)

        entries = deepcopy(self._settings["voices"])
        texts = ["name", "word", "symbol", "label", "prefix"]
        columns = {key: [entry.get(key, "") for entry in entries] for key in texts}
        columns["quoted_in"] = [entry.get("quoted_in", []) for entry in entries]
        index = pd.Index([entry["voice"] for entry in entries], name="voice")
        return pd.DataFrame(columns, index=index)

    @property
    def passages(self) -> pd.DataFrame:
        """Who speaks where, by passage_id: order, voice, label, start, end, words, text."""
        table = self._frame("passages").sort_values("order")
        spans = zip(table["start"], table["end"], strict=True)
        return table.assign(text=[self.text[start:end] for start, end in spans])

    @property
    def date_mentions(self) -> pd.DataFrame:
        """Every date and time expression of the text, by mention_id."""
        return self._frame("date_mentions")

    @property
    def claims(self) -> pd.DataFrame:
        """What the text claims, by claim_id: quote, neutral wording, evidence for and against."""
        return self._frame("claims")

    @property
    def claim_readings(self) -> pd.DataFrame:
        """How each reader judged each claim, by reading_id."""
        return self._frame("claim_readings")

    @property
    def sources(self) -> pd.DataFrame:
        """Publications outside the document, with their stake, by source_id."""
        return self._frame("sources")

    @property
    def replies(self) -> pd.DataFrame:
        """Which passages a commentary passage answers, by reply_id, for each reader."""
        return self._frame("replies")

    @property
    def events(self) -> pd.DataFrame:
        """What happened when and where, by event_id."""
        return self._frame("events")

    @property
    def variants(self) -> pd.DataFrame:
        """Where the quotation differs from published texts, by variant_id."""
        return self._frame("statement_variants")

    @property
    def spans(self) -> pd.DataFrame:
        """Persuasion techniques marked in the text, by span_id, for each reader."""
        return self._frame("spans")

    @property
    def loaded_words(self) -> pd.DataFrame:
        """Loaded, absolute and intensifying words, by loaded_id, for each reader."""
        return self._frame("loaded_words")

    @property
    def actors(self) -> pd.DataFrame:
        """Who does what to whom, as the text paints it, by row_id."""
        return self._frame("actors")

    @property
    def actor_readings(self) -> pd.DataFrame:
        """How each reader judged each row of actors, by reading_id."""
        return self._frame("actor_readings")

    @property
    def speech_acts(self) -> pd.DataFrame:
        """The statement's sentences with their verbs, by row_id."""
        return self._frame("speech_acts")

    @property
    def speech_act_readings(self) -> pd.DataFrame:
        """How strongly each reader saw each sentence commit anyone, by reading_id."""
        return self._frame("speech_act_readings")

    @property
    def glossary(self) -> pd.DataFrame:
        """Words that need explaining, by term."""
        return self._frame("glossary")

    @property
    def exercises(self) -> pd.DataFrame:
        """The exercises with their keys and feedback, by exercise_id."""
        return self._frame("exercises")

    @property
    def accounts(self) -> pd.DataFrame:
        """What each account of one moment says to each question, by cell_id."""
        return self._frame("accounts")

    @property
    def guesses(self) -> pd.DataFrame:
        """What is guessed before a picture of readings is shown, by guess_id."""
        return self._frame("guesses")

    @property
    def exercise_options(self) -> pd.DataFrame:
        """Why each answer to an exercise holds or does not, by option_id."""
        return self._frame("exercise_options")

    @property
    def exercise_samples(self) -> pd.DataFrame:
        """Sample answers to the exercises in short text, of three levels, by sample_id."""
        return self._frame("exercise_samples")

    @property
    def rewrite_cues(self) -> pd.DataFrame:
        """By which words a claim is found in a learner's own version, by cue_id."""
        return self._frame("rewrite_cues")

    @property
    def rewrite_phrases(self) -> pd.DataFrame:
        """How a text says who speaks and asks for a source, by phrase_id."""
        return self._frame("rewrite_phrases")

    @property
    def source_profile(self) -> pd.DataFrame:
        """What was found about the author, the outlet and the copies, by profile_id."""
        return self._frame("source_profile")

    @property
    def techniques(self) -> pd.DataFrame:
        """The persuasion techniques of all cases, by technique_id."""
        return self._frame("techniques")

    @property
    def technique_examples(self) -> pd.DataFrame:
        """An invented example and near-miss of each technique, by technique_id."""
        return self._frame("technique_examples")

    @property
    def scales(self) -> pd.DataFrame:
        """The steps of the scales on which learners judge, by step_id."""
        return self._frame("scales")

    @property
    def standards(self) -> pd.DataFrame:
        """What standards of schools ask for, by standard_id."""
        return self._frame("standards")

    @property
    def lesson_plans(self) -> pd.DataFrame:
        """What a teacher says and asks in each lesson, by the number of the lesson."""
        return self._frame("lesson_plans")

    @property
    def check_items(self) -> pd.DataFrame:
        """The short invented texts for before, after and later checks, by item_id."""
        return self._frame("check_items")

    def voice(self, voice: str) -> pd.DataFrame:
        """Return the passages of one voice; raises ValueError when there is no such voice."""
        known = self.voices.index
        if voice not in known:
            raise ValueError(f"Found no voice {voice!r}, expected one of {', '.join(known)}.")
        passages = self.passages
        return passages[passages["voice"] == voice]

    def quote(self, passage_id: str) -> str:
        """Return the text of a passage, its label included; raises ValueError for no passage."""
        for row in self._tables["passages"].rows:
            if row.get("passage_id") == passage_id:
                return self.text[int(row.get("start")) : int(row.get("end"))]
        known = ", ".join(row.get("passage_id") for row in self._tables["passages"].rows)
        raise ValueError(f"Found no passage {passage_id!r}, expected one of {known}.")

    def _frame(self, table: str) -> pd.DataFrame:
        # Imported here, so that `python -m lessons check` need not wait for pandas.
        from lessons.case.frames import anew, frame  # noqa: PLC0415

        if table not in self._frames:  # made once: a widget asks for the same table many times
            self._frames[table] = frame(self._tables[table])
        return anew(self._frames[table], self._tables[table])
