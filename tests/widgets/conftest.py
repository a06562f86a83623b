"""What the tests of the widgets share. No kernel and no browser: see tests/browser for those."""

import base64
import csv
import hashlib
import json
import re
import shutil
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lessons.case import open_case
from lessons.document import Marks, find_passages

DATA = Path(__file__).parents[2] / "data" / "danang-2017"
HOSTILE = "<script>alert('x')</script>"
HOSTILE_TEXT = f"""A title

Fact: They said {HOSTILE} and left.

JS: "We {HOSTILE} agreed on 7 July 2017."
"""
HOSTILE_OPTION = HOSTILE.replace(";", "")
EXPLAINED = {"explanation": HOSTILE, "passages": "S1", "sources": "src"}
HOSTILE_VOICES = [
    {"voice": "masthead", "role": "masthead", "prefix": "M", "symbol": "x"},
    {"voice": "commentary", "prefix": "F", "label": "Fact", "prefix_unlabelled": "A"},
    {"voice": "statement", "prefix": "S", "label": "JS", "quoted": True, "symbol": "<s>"},
]
HOSTILE_TABLES = {
    "events": {
        "event_id": "met",
        "title": HOSTILE,
        "start": "2017-07-07",
        "precision": "day",
        "place": HOSTILE,
        "country": HOSTILE,
        "map_label": HOSTILE,
        "lat": 10.5,
        "lon": 20.5,
        "mentioned_by": "statement",
        "passages": "S1",
        "what": HOSTILE,
        "sources": "src",
    },
    "sources": {
        "source_id": "src",
        "title": HOSTILE,
        "publisher": HOSTILE,
        "publisher_kind": "other",
        "stake": HOSTILE,
        "date": "2017-07-07",
        "url": f"https://example.org/{HOSTILE}",
        "found": "yes",
        "shows": HOSTILE,
    },
    "accounts": [
        {
            "cell_id": f"a-{account}",
            "question": HOSTILE,
            "account": account,
            "passages": passage,
            "sources": source,
            "fits": "says",
            "reason": HOSTILE,
        }
        for account, passage, source in [("statement", "S1", ""), ("outside", "", "src")]
    ],
    "guesses": {
        "guess_id": "GU-some",
        "prompt": HOSTILE,
        "options": f"{HOSTILE}1;{HOSTILE}2",
        "waits_for": "",
        "by": "readers",
        "reflect": HOSTILE,
    },
    "claim_readings": {
        "reading_id": "F1.1-A",
        "claim_id": "F1.1",
        "reader": "A",
        "kind": "checkable-fact",
        "checkable": "yes",
        "assessment": "supported",
        "confidence": "high",
        "why": HOSTILE,
    },
    "replies": {
        "reply_id": "F1-A",
        "commentary_id": "F1",
        "reader": "A",
        "statement_ids": "S1",
        "engages": "partly",
        "note": HOSTILE,
    },
    "statement_variants": {
        "variant_id": "V01",
        "passages": "S1",
        "kind": "wording",
        "in_article": HOSTILE,
        "in_publication": HOSTILE,
        "publication": "src",
        "matters": HOSTILE,
    },
    "speech_acts": {
        "row_id": "SA01",
        "passage_id": "S1",
        "start": HOSTILE_TEXT.index("We <"),
        "end": HOSTILE_TEXT.index(" agreed"),
        "quote": f"We {HOSTILE}",
        "verb": HOSTILE,
        "commits_whom": HOSTILE,
        "commits_to": HOSTILE,
        "vagueness_note": HOSTILE,
    },
    "claims": {
        "claim_id": "F1.1",
        "passage_id": "F1",
        "start": HOSTILE_TEXT.index("They said"),
        "end": HOSTILE_TEXT.index(" left."),
        "quote": f"They said {HOSTILE} and",
        "neutral": HOSTILE,
        "evidence_for": "src",
        "first_question": HOSTILE,
    },
    "exercises": {
        "exercise_id": "EX0-01",
        "lesson": "00",
        "objective": HOSTILE,
        "prompt": f"{HOSTILE}?",
        "kind": "choose-one",
        "target": "S1",
        "options": f"{HOSTILE_OPTION};b",
        "key": "b",
        "feedback_right": HOSTILE,
        "feedback_wrong": HOSTILE,
        "minutes": 2,
        "bloom": "remember",
        "judgement": "no",
    },
    "exercise_options": [
        {"option_id": "EX0-01-a", "exercise_id": "EX0-01", "option": HOSTILE_OPTION, **EXPLAINED},
        {"option_id": "EX0-01-b", "exercise_id": "EX0-01", "option": "b", **EXPLAINED},
    ],
    "glossary": {"term": HOSTILE, "definition": HOSTILE, "passages": "S1", "sources": "src"},
}


def empty_tables(folder):
    """Leave nothing but the first row of every table of a case."""
    for file in folder.glob("*.csv"):
        head = file.read_text(encoding="utf-8").partition("\n")[0]
        file.write_text(f"{head}\n", encoding="utf-8")


def fill(file, rows):
    """Write rows under the first row of a table; a column that a row does not have stays empty."""
    head = file.read_text(encoding="utf-8").partition("\n")[0].split(",")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def danang():
    return open_case("danang-2017")


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A made case that knows who speaks where, and nothing else."""
    folder = tmp_path_factory.mktemp("case") / "bare"
    shutil.copytree(DATA, folder)
    empty_tables(folder)
    shutil.copy(DATA / "passages.csv", folder)
    settings = (folder / "case.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^sources = \[.*?\]\n", "", settings, flags=re.DOTALL | re.MULTILINE)
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    return open_case(folder)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A made case with a script wherever a text may stand."""
    folder = tmp_path_factory.mktemp("case") / "hostile"
    shutil.copytree(DATA, folder)
    empty_tables(folder)
    voices = [{"name": HOSTILE, "word": HOSTILE, "symbol": "<s>", **v} for v in HOSTILE_VOICES]
    passages = find_passages(HOSTILE_TEXT, Marks.from_dicts(voices))
    assert [passage.passage_id for passage in passages] == ["M1", "F1", "S1"]
    (folder / "document.txt").write_bytes(HOSTILE_TEXT.encode())
    fill(folder / "passages.csv", [asdict(passage) for passage in passages])
    for table, rows in HOSTILE_TABLES.items():
        fill(folder / f"{table}.csv", rows if isinstance(rows, list) else [rows])
    (folder / "case.toml").write_text(toml(voices), encoding="utf-8")
    return open_case(folder)


def toml(voices):
    """Write the settings of the hostile case; JSON's texts and booleans are TOML's, too."""
    lines = [
        f"title = {json.dumps(HOSTILE)}",
        'language = "en"',
        f"content_note = {json.dumps(HOSTILE)}",
        "[provenance]",
        'origin = "made"',
        f'sha256 = "{hashlib.sha256(HOSTILE_TEXT.encode()).hexdigest()}"',
        "[timeline]",
        'ends = "2017-11-12"',
    ]
    for voice in voices:
        lines += ["[[voices]]", *(f"{key} = {json.dumps(value)}" for key, value in voice.items())]
    return "\n".join(lines)


@pytest.fixture
def saved():
    """Return a function from a widget to what a saved notebook keeps: HTML, images, metadata.

    The images are pairs of text alternative and SVG, in the order of the page.
    """

    def of(widget):
        data, metadata = widget._repr_mimebundle_()
        found = Images()
        found.feed(data["text/html"])
        return data, found.images, metadata

    return of


class Images(HTMLParser):
    """The images of a page, as a browser would read them."""

    def __init__(self):
        super().__init__()
        self.images = []

    def handle_starttag(self, tag, attrs):
        assert tag != "script"
        if tag == "img":
            kind, _, code = dict(attrs)["src"].partition(",")
            assert kind == "data:image/svg+xml;base64"
            self.images.append((dict(attrs)["alt"], base64.b64decode(code).decode()))
