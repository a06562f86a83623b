"""Who speaks where, and how much."""

from itertools import groupby, pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.analysis.voices import along_the_text, changes_of_voice, longest_run, words_by_voice

VOICES = pd.DataFrame(
    {"word": ["Author", "Quoted", "Foot"]}, index=pd.Index(["a", "q", "f"], name="voice")
)


def made(*rows):
    """Make a table of passages from (voice, words) in the order of the text; ids P1, P2 ..."""
    count = len(rows)
    return pd.DataFrame(
        {
            "order": range(1, count + 1),
            "voice": [voice for voice, _ in rows],
            "start": [10 * n for n in range(count)],
            "end": [10 * n + 9 for n in range(count)],
            "words": [words for _, words in rows],
        },
        index=pd.Index([f"P{n}" for n in range(1, count + 1)], name="passage_id"),
    )


made_passages = st.lists(
    st.tuples(st.sampled_from("aqf"), st.integers(1, 60)), min_size=1, max_size=25
)


def test_words_of_the_article(danang):
    table = words_by_voice(danang.passages, danang.voices)
    assert table.to_dict("list") == {
        "voice": ["Masthead", "Commentary", "Statement", "End matter"],
        "passages": [4, 18, 13, 5],
        "words": [25, 453, 446, 52],
        "percent": [2.6, 46.4, 45.7, 5.3],
    }


def test_runs_and_changes_of_the_article(danang):
    assert longest_run(danang.passages, "commentary") == [f"F{n}" for n in range(4, 14)]
    assert longest_run(danang.passages, "statement") == [f"S{n}" for n in range(8, 14)]
    # M | A1 | S1 F1 S2 F2 S3 F3 | S4-S7 | F4-F13 | S8-S13 | F14-F16, A2 | E
    assert changes_of_voice(danang.passages) == 12


def test_along_the_text_of_the_article(danang):
    table = along_the_text(danang.passages, danang.voices)
    assert list(table.columns) == ["passage_id", "voice", "start", "end", "words"]
    assert len(table) == 40
    assert list(table["start"]) == sorted(table["start"])
    assert table.loc[5].to_list() == ["S1", "Statement", 353, 522, 26]


def test_voices_are_counted_in_the_order_of_the_case_and_silent_ones_left_out():
    table = words_by_voice(made(("q", 1), ("a", 2), ("q", 3)), VOICES)
    assert table.to_dict("list") == {
        "voice": ["Author", "Quoted"],
        "passages": [1, 2],
        "words": [2, 4],
        "percent": [33.3, 66.7],
    }


def test_the_order_of_the_text_counts_and_not_the_order_of_the_table():
    passages = made(("a", 1), ("a", 1), ("q", 1), ("a", 1))
    mixed = passages.loc[["P4", "P1", "P3", "P2"]]
    assert changes_of_voice(mixed) == 2
    assert longest_run(mixed, "a") == ["P1", "P2"]
    assert list(along_the_text(mixed, VOICES)["passage_id"]) == ["P1", "P2", "P3", "P4"]


def test_of_two_equally_long_runs_the_first_is_taken():
    passages = made(("a", 1), ("q", 1), ("a", 1))
    assert longest_run(passages, "a") == ["P1"]


def test_a_voice_that_never_speaks_and_a_text_without_passages():
    assert longest_run(made(("a", 1)), "q") == []
    assert changes_of_voice(made(("a", 1))) == 0
    assert changes_of_voice(made()) == 0
    assert longest_run(made(), "a") == []


@settings(max_examples=60, deadline=None)
@given(made_passages)
def test_runs_changes_and_shares_of_any_text(rows):
    passages = made(*rows)
    voices = [voice for voice, _ in rows]
    runs = [(voice, len(list(run))) for voice, run in groupby(voices)]
    assert changes_of_voice(passages) == sum(a != b for a, b in pairwise(voices))
    for voice in "aqf":
        longest = max((length for name, length in runs if name == voice), default=0)
        assert len(longest_run(passages, voice)) == longest
    table = words_by_voice(passages, VOICES)
    assert table["passages"].sum() == len(rows)
    assert table["words"].sum() == sum(words for _, words in rows)
    assert table["percent"].sum() == pytest.approx(100, abs=0.2)
