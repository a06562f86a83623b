"""Both voices asked in the same way: the counts against a second count from the files."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from lessons.analysis.actors import deeds, naming
from lessons.analysis.by_voice import per_100, read_by, share, spoken_by, words_of
from lessons.analysis.claims import claim_kinds, kinds_in_order
from lessons.analysis.wording import loaded_along, loaded_counts, technique_rates

DATA = Path(__file__).parents[2] / "data"


def raw(table):
    folder = DATA if table == "techniques" else DATA / "danang-2017"
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


VOICE = {row["passage_id"]: row["voice"] for row in raw("passages")}
MAIN = ("statement", "commentary")


def test_spoken_by_keeps_the_voices_in_the_order_of_the_text(danang):
    rows = spoken_by(danang.claims, danang.passages, ("commentary", "statement"))
    assert list(dict.fromkeys(rows["voice"])) == ["commentary", "statement"]
    own = rows[rows["voice"] == "commentary"]
    assert own["start"].is_monotonic_increasing
    assert set(own.index) == {
        row["claim_id"] for row in raw("claims") if VOICE[row["passage_id"]] == "commentary"
    }
    assert "voice" not in danang.claims


def test_one_voice_is_a_part_of_both(danang):
    both = spoken_by(danang.spans, danang.passages)
    for voice in MAIN:
        one = spoken_by(danang.spans, danang.passages, voice)
        pd.testing.assert_frame_equal(one, both[both["voice"] == voice])


@pytest.mark.parametrize("voices", ["nobody", (), ("statement", "nobody")])
def test_a_voice_that_is_not_there(danang, voices):
    with pytest.raises(ValueError, match=r"Found voice .*, expected one of masthead, commentary"):
        spoken_by(danang.claims, danang.passages, voices)


def test_a_reader_that_is_not_there(danang):
    with pytest.raises(ValueError, match="Found reader 'C', expected one of A, B"):
        read_by(danang.spans, "C")
    assert set(read_by(danang.spans, "B")["reader"]) == {"B"}


def test_too_few_to_say():
    assert per_100(4, 100) is None
    assert per_100(5, 200) == 2.5
    assert per_100(5, 0) is None
    assert share(2, 4) is None
    assert share(0, 5) == 0
    assert share(1, 3000) == 0


def test_words(danang):
    for voice in MAIN:
        said = sum(int(row["words"]) for row in raw("passages") if row["voice"] == voice)
        assert words_of(danang.passages, voice) == said


def test_kinds_of_claim(danang):
    table = claim_kinds(spoken_by(danang.claims, danang.passages), read_by(danang.claim_readings))
    where = {row["claim_id"]: row["passage_id"] for row in raw("claims")}
    second = Counter(
        (
            VOICE[where[row["claim_id"]]],
            where[row["claim_id"]],
            row["reader"],
            row["kind"].replace("-", " "),
        )
        for row in raw("claim_readings")
    )
    found = table.set_index(["voice", "passage_id", "reader", "kind"])["claims"]
    assert found.to_dict() == {key: n for key, n in second.items() if key[0] in MAIN}
    sums = Counter()
    for (_, _, _, kind), number in second.items():
        sums[kind] += number
    order = kinds_in_order(table)
    assert order == sorted(order, key=lambda kind: (-sums[kind], kind))
    assert not {"quote", "neutral", "why", "assessment"} & set(table)


def test_loaded_words(danang):
    table = loaded_along(spoken_by(danang.loaded_words, danang.passages))
    second = Counter(
        (VOICE[row["passage_id"]], row["reader"], row["polarity"]) for row in raw("loaded_words")
    )
    found = loaded_counts(table).set_index(["voice", "reader", "polarity"])["words"].to_dict()
    assert found == {key: n for key, n in second.items() if key[0] in MAIN}
    assert not {"quote", "note", "target", "neutral_alternative"} & set(table)


@pytest.mark.parametrize("column", ["category", "name"])
def test_techniques(danang, column):
    words = {voice: words_of(danang.passages, voice) for voice in MAIN}
    spans = spoken_by(danang.spans, danang.passages)
    table = technique_rates(spans, danang.techniques[column], words, ("A", "B"))
    names = {row["technique_id"]: row[column] for row in raw("techniques")}
    second = Counter(
        (names[row["technique_id"]], VOICE[row["passage_id"]], row["reader"])
        for row in raw("spans")
        if VOICE[row["passage_id"]] in MAIN
    )
    found = table.set_index(["technique", "voice", "reader"])
    assert {key: n for key, n in found["marks"].to_dict().items() if n} == dict(second)
    # Who marked nothing has a row, too.
    assert len(table) == 4 * len({key[0] for key in second})
    for (_, voice, _), row in found.iterrows():
        if row["marks"] < 5:
            assert pd.isna(row["per_100"])
        else:
            assert row["per_100"] == pytest.approx(100 * row["marks"] / words[voice], abs=0.051)
    assert "rationale" not in table


def test_deeds(danang):
    table = deeds(spoken_by(danang.actors, danang.passages), read_by(danang.actor_readings))
    seen = {(row["row_id"], row["reader"]): row["polarity"] for row in raw("actor_readings")}
    second = Counter(
        (
            VOICE[row["passage_id"]],
            row["passage_id"],
            row["actor"],
            row["action"],
            row["target"],
            seen[row["row_id"], "A"],
            seen[row["row_id"], "B"],
        )
        for row in raw("actors")
        if VOICE[row["passage_id"]] in MAIN
    )
    columns = ["voice", "passage_id", "doer", "deed", "done_to", "reader_A", "reader_B"]
    assert list(table) == columns
    assert Counter(table.itertuples(index=False, name=None)) == second
    doers = list(dict.fromkeys(table["doer"]))
    assert doers[0] == "United States"
    assert doers[-1] == "unnamed"
    assert (table.groupby("doer")["passage_id"].count()[doers[:-1]].diff().dropna() <= 0).all()


def test_one_reader_has_one_column(danang):
    actors = spoken_by(danang.actors, danang.passages)
    table = deeds(actors, read_by(danang.actor_readings, "B"))
    assert "reader_B" in table
    assert "reader_A" not in table


def test_named_and_unnamed(danang):
    table = naming(spoken_by(danang.actors, danang.passages), read_by(danang.actor_readings))
    rows = {row["row_id"]: row for row in raw("actors")}
    second = Counter(
        (
            VOICE[rows[row["row_id"]]["passage_id"]],
            row["reader"],
            row["agency"],
            "unnamed" if rows[row["row_id"]]["actor"] == "unnamed" else "named",
        )
        for row in raw("actor_readings")
    )
    found = table.set_index(["voice", "reader", "form", "doer"])["deeds"].to_dict()
    assert found == {key: n for key, n in second.items() if key[0] in MAIN}
