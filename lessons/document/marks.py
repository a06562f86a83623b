"""How voices show themselves in a text: labels, quotation marks, opening phrases.

Keys of a [[voices]] entry in case.toml, one entry a voice:

  voice              (always) the word the tables use: "statement", "end matter" ...
  role               "body" (if left out) | "masthead" | "end-matter" | "inner"
  prefix             letters that begin the voice's passage ids: "S" gives S1, S2 ...
                     (all roles but "inner", which has no passages of its own)
  label              printed before a passage, without its colon: "JS" for 'JS: "They ..."'
  prefix_unlabelled  prefix of this voice's passages that stand without a label. The one body
                     voice that has it (or has no label at all) is the default voice: it gets
                     every body paragraph that shows no other sign.
  quoted             true: its passages stand in quotation marks, and after one of them a
                     paragraph that opens with a quotation mark goes on with this voice
  opens_with         list of phrases, role "end-matter" only: the end matter begins with the
                     first paragraph after the last labelled one that opens with one of them
  quoted_in          list of passage ids, role "inner" only: the voice is what stands in
                     quotation marks inside these passages, as resolution 2254 does in F7
  name, word, symbol for showing the voice to a reader; not used here, other keys are refused

The case of Danang:

  [[voices]]                        [[voices]]
  voice = "masthead"                voice = "end matter"
  role = "masthead"                 role = "end-matter"
  prefix = "M"                      prefix = "E"
                                    opens_with = ["VISIT MY NEW WEB SITE"]
  [[voices]]
  voice = "statement"               [[voices]]
  prefix = "S"                      voice = "resolution"
  label = "JS"                      role = "inner"
  quoted = true                     quoted_in = ["F7"]

  [[voices]]
  voice = "commentary"
  prefix = "F"
  label = "Fact"
  prefix_unlabelled = "A"
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROLES = ("body", "masthead", "end-matter", "inner")
_TEXT_KEYS = ("voice", "role", "prefix", "label", "prefix_unlabelled")
_LIST_KEYS = ("opens_with", "quoted_in")
_SHOWN_KEYS = ("name", "word", "symbol")
_KEYS = (*_TEXT_KEYS, "quoted", *_LIST_KEYS, *_SHOWN_KEYS)


class MarksError(ValueError):
    """Voice marks that contradict each other; `faults` holds one sentence a fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults; the error's text is all of them, one a line."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class VoiceMarks:
    """How one voice shows itself in a text; the keys are explained at the top of this file."""

    voice: str
    prefix: str = ""
    label: str = ""
    quoted: bool = False
    prefix_unlabelled: str = ""
    role: str = "body"
    opens_with: tuple[str, ...] = ()
    quoted_in: tuple[str, ...] = ()

    @property
    def takes_unlabelled(self) -> bool:
        """True when body paragraphs without any sign can belong to this voice."""
        return self.role == "body" and (bool(self.prefix_unlabelled) or not self.label)

    def prefix_for(self, label: str, *, goes_on: bool) -> str:
        """Return the id prefix of a passage with this label ("" = none).

        A passage that goes on with a quotation (`goes_on`) counts as labelled.
        """
        if label or goes_on:
            return self.prefix
        return self.prefix_unlabelled or self.prefix


@dataclass(frozen=True)
class Marks:
    """The marks of all voices of one text. Raises MarksError when they contradict each other."""

    voices: tuple[VoiceMarks, ...]

    def __post_init__(self) -> None:
        """Refuse marks by which passages could not be told apart."""
        faults = _faults_of_voices(self.voices)
        if faults:
            raise MarksError(faults)

    @classmethod
    def from_dicts(cls, entries: Sequence[Mapping[str, Any]]) -> Marks:
        """Make marks from what tomllib gives for the [[voices]] of case.toml.

        Raises MarksError naming every entry, key, what was found and what was expected.
        """
        faults = [
            fault
            for number, entry in enumerate(entries, 1)
            for fault in _faults_of_entry(number, entry)
        ]
        if faults:
            raise MarksError(faults)
        return cls(tuple(_voice_from(entry) for entry in entries))

    @property
    def default(self) -> VoiceMarks:
        """The voice of body paragraphs that show no other sign."""
        return next(voice for voice in self.voices if voice.takes_unlabelled)

    @property
    def masthead(self) -> VoiceMarks | None:
        """The voice of what stands above the text, if there is one."""
        return self._with_role("masthead")

    @property
    def end_matter(self) -> VoiceMarks | None:
        """The voice of what stands below the text, if there is one."""
        return self._with_role("end-matter")

    @property
    def inner(self) -> tuple[VoiceMarks, ...]:
        """The voices that are only heard inside passages of others."""
        return tuple(voice for voice in self.voices if voice.role == "inner")

    @property
    def labelled(self) -> dict[str, VoiceMarks]:
        """The voices that print a label, by label."""
        return {voice.label: voice for voice in self.voices if voice.label}

    def _with_role(self, role: str) -> VoiceMarks | None:
        return next((voice for voice in self.voices if voice.role == role), None)


def _voice_from(entry: Mapping[str, Any]) -> VoiceMarks:
    """Turn a checked [[voices]] entry into marks, lists into tuples, display keys left out."""
    marks = {key: value for key, value in entry.items() if key not in _SHOWN_KEYS}
    for key in _LIST_KEYS:
        marks[key] = tuple(entry.get(key, ()))
    return VoiceMarks(**marks)


def _faults_of_entry(number: int, entry: Mapping[str, Any]) -> list[str]:
    """Return one sentence for every key of the entry that is missing, unknown or of wrong type."""
    where = f"[[voices]] entry {number}"
    faults = [] if "voice" in entry else [f"{where}: key 'voice' is missing."]
    for key, value in entry.items():
        expected = _expected(key, value)
        if expected:
            faults.append(f"{where}, key {key!r}: found {value!r}, expected {expected}.")
    return faults


def _expected(key: str, value: object) -> str:
    """Say what was expected of this key's value; "" when the value is of the right type."""
    if key not in _KEYS:
        return "no such key, but one of " + ", ".join(_KEYS)
    if key == "quoted":
        return "" if isinstance(value, bool) else "true or false"
    if key in _LIST_KEYS:
        fine = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
        return "" if fine else "a list of texts, none of them empty"
    return "" if isinstance(value, str) else "a text in quotation marks"


def _faults_of_voices(voices: Sequence[VoiceMarks]) -> list[str]:
    """Return one sentence for every contradiction within a voice and between voices."""
    faults = [fault for voice in voices for fault in _faults_of_voice(voice)]
    faults += _doubles("voice", (voice.voice for voice in voices))
    faults += _doubles("label", (voice.label for voice in voices if voice.label))
    prefixes = [p for voice in voices for p in (voice.prefix, voice.prefix_unlabelled) if p]
    faults += _doubles("prefix", prefixes)
    for role in ("masthead", "end-matter"):
        count = sum(voice.role == role for voice in voices)
        if count > 1:
            faults.append(f"Voices: found {count} with role {role!r}, expected at most one.")
    default = [voice.voice for voice in voices if voice.takes_unlabelled]
    if len(default) != 1:
        found = ", ".join(default) or "none"
        faults.append(
            f"Voices: found {found} for paragraphs without a label, expected exactly one body "
            "voice that has 'prefix_unlabelled' or has no 'label'."
        )
    return faults


def _faults_of_voice(voice: VoiceMarks) -> list[str]:
    """Return one sentence for every contradiction within one voice."""
    inner, end_matter = voice.role == "inner", voice.role == "end-matter"
    # A digit in a prefix could make two ids equal: A1 + 1 and A + 11.
    letters = re.compile(r"[^\W\d_]+")
    rules = [
        (voice.voice.strip() != "", "'voice' is empty, expected a word"),
        (voice.role in ROLES, f"role is {voice.role!r}, expected one of {', '.join(ROLES)}"),
        (inner or letters.fullmatch(voice.prefix), f"prefix is {voice.prefix!r}, expected letters"),
        (
            letters.fullmatch(voice.prefix_unlabelled or "A"),
            f"prefix_unlabelled is {voice.prefix_unlabelled!r}, expected letters",
        ),
        (voice.label == voice.label.strip(), "label begins or ends with white space"),
        (voice.label[-1:] not in (":", "\uff1a"), "label ends with a colon, expected it without"),
        (voice.role == "body" or not voice.label, "only a voice with role 'body' has a label"),
        (voice.label or not voice.prefix_unlabelled, "'prefix_unlabelled' goes with a 'label'"),
        (voice.label or not voice.quoted, "a quoted voice needs a label, to be known by"),
        (voice.opens_with or not end_matter, "an end-matter voice needs 'opens_with'"),
        (end_matter or not voice.opens_with, "only an end-matter voice has 'opens_with'"),
        (voice.quoted_in or not inner, "an inner voice needs 'quoted_in'"),
        (inner or not voice.quoted_in, "only an inner voice has 'quoted_in'"),
    ]
    return [f"Voice {voice.voice!r}: {fault}." for holds, fault in rules if not holds]


def _doubles(what: str, values: Iterable[str]) -> list[str]:
    """Return one sentence for every value that more than one voice uses."""
    counted = Counter(values).items()
    return [f"Voices: {what} {v!r} found {n} times, expected once." for v, n in counted if n > 1]
