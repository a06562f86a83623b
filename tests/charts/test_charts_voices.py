"""The strip of voices and the bars of words, against the case's own files."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest

from lessons import charts


def counts(raw, text):
    """Count passages and words by voice, from passages.csv and document.txt alone."""
    found = {}
    for row in raw("passages"):
        passages, words = found.get(row["voice"], (0, 0))
        said = text[int(row["start"]) : int(row["end"])].split()
        found[row["voice"]] = (passages + 1, words + len(said))
    return found


def test_the_strip_says_its_own_figures(danang, raw):
    found = counts(raw, danang.text)
    rows = sorted(raw("passages"), key=lambda row: int(row["order"]))
    changes = sum(a["voice"] != b["voice"] for a, b in pairwise(rows))
    said = charts.voice_strip(danang).to_dict()["description"]
    assert said.startswith(f"{len(rows)} passages along the text (")
    for voice, (passages, _) in found.items():
        assert re.search(rf"\b{voice} {passages}\b", said)
    assert f"the voice changes {changes} times." in said
    assert said.endswith("The longest stretch of commentary has 10 passages, F4 to F13.")


def test_the_bars_say_their_own_figures(danang, raw):
    found = counts(raw, danang.text)
    total = sum(words for _, words in found.values())
    said = charts.word_shares(danang).to_dict()["description"]
    assert f"{total} in all" in said
    for voice, (passages, words) in found.items():
        percent = round(100 * words / total, 1)
        assert f"{voice} {words} words in {passages} passages ({percent} %)" in said


def test_the_strips_table_has_every_passage_as_it_stands(danang, raw):
    words = dict(danang.voices["word"])
    shown = charts.voice_strip(danang).data.astype(str).to_dict("records")
    expected = sorted(raw("passages"), key=lambda row: int(row["order"]))
    columns = ["passage_id", "start", "end", "words"]
    assert [[row[c] for c in columns] for row in shown] == [
        [row[c] for c in columns] for row in expected
    ]
    assert [row["voice"] for row in shown] == [words[row["voice"]] for row in expected]


def test_the_bars_table_has_every_voice_that_speaks(danang, raw):
    table = charts.word_shares(danang).data
    words = dict(danang.voices["word"])
    assert {row.voice: (row.passages, row.words) for row in table.itertuples()} == {
        words[voice]: found for voice, found in counts(raw, danang.text).items()
    }


def test_the_titles_say_the_finding(danang):
    assert charts.voice_strip(danang).to_dict()["layer"][0]["title"]["text"] == (
        "The voice changes 12 times"
    )
    assert charts.word_shares(danang).to_dict()["title"]["text"] == (
        "Commentary 46.4 %, statement 45.7 % of the words"
    )


def test_picking_is_a_parameter_of_the_strip(danang):
    spec = charts.voice_strip(danang).to_dict()
    assert {"name": "picked", "value": ""} in spec["params"]


@pytest.fixture
def monologue(danang):
    """A made case in which only one voice speaks, and only once."""
    passages = pd.DataFrame(
        {"order": [1], "voice": ["commentary"], "start": [0], "end": [9], "words": [2]},
        index=pd.Index(["A1"], name="passage_id"),
    )
    return SimpleNamespace(passages=passages, voices=danang.voices)


def test_a_case_with_one_voice_can_be_drawn_too(monologue):
    bars, strip = charts.word_shares(monologue).to_dict(), charts.voice_strip(monologue).to_dict()
    assert bars["title"]["text"] == "Commentary 100.0 % of the words"
    assert strip["description"] == (
        "1 passages along the text (commentary 1); the voice changes 0 times."
    )


def test_an_unknown_chart_is_named_in_one_sentence():
    with pytest.raises(
        AttributeError, match=r"lessons\.charts has no 'pie'; it has agreement_chart, before_after"
    ):
        _ = charts.pie
    assert dir(charts) == sorted(charts.__all__)
    assert all(callable(getattr(charts, name)) for name in dir(charts))
