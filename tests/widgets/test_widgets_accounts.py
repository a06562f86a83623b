"""The board of accounts: the pair first, then the outside records, then what fits."""

import json

import pytest

from lessons import accounts
from lessons.case import open_case
from lessons.widgets import keeping
from lessons.widgets.accounts import BOARD, CHOICES, PAIR
from lessons.work import Answer

CASE = open_case("danang-2017")
CELLS = list(CASE.accounts.index)
FULL = dict.fromkeys(CELLS, "does-not-say")
OUTSIDE = sorted({s for sources in CASE.accounts["sources"] for s in sources})


@pytest.fixture(autouse=True)
def answered_before(own_work):
    """The exercise that shows A2 first is answered."""
    answer("EX2-06")


def answer(item):
    time = "2026-11-25T07:00:00.000Z"
    keeping.work().keep(Answer(f"a-{item}", CASE.name, item, "choose-one", "x", time))


def send(widget, item, value):
    count = widget.outbox.get("count", 0)
    record = {"id": f"a-{count}", "item": item, "kind": "accounts", "value": value}
    record |= {"answered_at": f"2026-11-25T08:{count:02}:00.000Z"}
    widget.outbox = {"count": count + 1, "records": [record]}


def told(widget, texts):
    """Which texts stand in what travels or is saved."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    data, _ = widget._repr_mimebundle_()
    whole = json.dumps([state, data], ensure_ascii=False)
    return {text for text in texts if json.dumps(text, ensure_ascii=False)[1:-1] in whole}


SHOWS = set(CASE.sources.loc[OUTSIDE, "shows"])
REASONS = set(CASE.accounts["reason"])


def test_first_the_passages_and_the_questions_and_nothing_else():
    widget = accounts(CASE)
    assert [quote["id"] for quote in widget.quotes] == ["S1", "S13", "A2"]
    assert [column["id"] for column in widget.columns] == ["statement", "commentary", "outside"]
    assert len(widget.rows) == 4
    assert sorted(name for row in widget.rows for name in row["cells"].values()) == sorted(CELLS)
    assert told(widget, SHOWS | REASONS) == set()
    assert widget.shown_claims == ["A2.1", "A2.2", "A2.3", "S1.1", "S1.2", "S13.1"]


def test_it_waits_for_the_exercise_that_shows_a_claim_of_it_first(monkeypatch, tmp_path):
    monkeypatch.setenv("TWO_VOICES_WORK", str(tmp_path))
    keeping.work.cache_clear()
    widget, words = accounts(CASE), CASE.quote("A2")
    assert widget.waits_for == ["EX2-06 (lesson 1 \u00b7 Two voices)"]
    assert (widget.prompt, widget.quotes) == ("", [])
    assert told(widget, {words}) == set()
    answer("EX2-06")
    widget.asked += 1
    assert widget.waits_for == []
    assert told(widget, {words}) == {words}
    # A saved page cannot know what was answered.
    assert words not in widget._repr_mimebundle_()[0]["text/html"]


@pytest.mark.parametrize("pair", [["S13", "A2"], ["S1", "A2"], ["S1", "S13"]])
def test_the_pair_opens_the_outside_records_whatever_it_is(pair):
    widget = accounts(CASE)
    send(widget, PAIR, pair)
    assert widget.pair == pair
    assert widget.found == [["S13", "A2"]]
    assert told(widget, SHOWS | REASONS) == SHOWS
    assert {line["account"] for line in widget.outside} == SHOWS
    assert all(line["stake"] for line in widget.outside)
    dates = [line["date"] for line in widget.outside]
    assert dates == sorted(dates)


def test_the_full_board_brings_the_reasons():
    widget = accounts(CASE)
    send(widget, PAIR, ["S13", "A2"])
    send(widget, BOARD, FULL)
    assert told(widget, REASONS) == REASONS
    assert widget.revealed["meddling-outside"]["fits"] == ["says", "contradicts"]
    assert widget.revealed["syria-commentary"]["where"] == ["A2"]
    assert "ANSA, citing Interfax (Quotidiano.net)" in widget.revealed["spoke-outside"]["where"]


def test_what_comes_of_an_answer_comes_in_one_piece(monkeypatch):
    widget, sends = accounts(CASE), []
    send(widget, PAIR, ["S13", "A2"])

    def note(_self, key=None):
        sends.append({key} if isinstance(key, str) else set(key))

    monkeypatch.setattr(type(widget), "send_state", note)
    send(widget, BOARD, FULL)
    # Between the two, the page said that none of the cells fits.
    assert {"revealed", "board"} in sends


def test_no_board_before_the_pair_and_the_first_ones_count():
    widget = accounts(CASE)
    send(widget, BOARD, FULL)
    assert (widget.board, widget.revealed, widget.outside) == ({}, {}, [])
    send(widget, PAIR, ["S1", "A2"])
    send(widget, PAIR, ["S13", "A2"])
    send(widget, BOARD, dict.fromkeys(CELLS, "says"))
    assert widget.pair == ["S1", "A2"]
    assert widget.board == FULL


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (PAIR, ["S13"]),
        (PAIR, ["S13", "S13"]),
        (PAIR, ["S13", "F1"]),
        (PAIR, ["S13", ["A2"]]),
        (PAIR, "S13"),
        (BOARD, {}),
        (BOARD, dict.fromkeys(CELLS[1:], "says")),
        (BOARD, FULL | {CELLS[0]: ""}),
        (BOARD, FULL | {CELLS[0]: ["says"]}),
        (BOARD, FULL | {"more": "says"}),
    ],
)
def test_a_cell_is_never_blank_and_a_pair_is_two(item, value):
    widget = accounts(CASE)
    send(widget, item, value)
    assert widget.saved == []
    assert "no answer here" in widget.notice
    assert told(widget, SHOWS | REASONS) == set()


def test_all_of_it_is_found_again():
    widget = accounts(CASE)
    send(widget, PAIR, ["S13", "A2"])
    send(widget, BOARD, FULL)
    again = accounts(CASE)
    for name in ("pair", "found", "outside", "board", "revealed"):
        assert getattr(again, name) == getattr(widget, name), name
    assert set(keeping.work().answers["item"]) >= {PAIR, BOARD}


def test_the_table_of_accounts_is_whole():
    table = CASE.accounts
    assert set(table["account"]) == {"statement", "commentary", "outside"}
    assert table.groupby("question")["account"].nunique().eq(3).all()
    for row in table.itertuples():
        assert set(row.fits) <= set(CHOICES)
        assert row.fits
        assert bool(row.sources) == (row.account == "outside") == (not row.passages)
        voices = set(CASE.passages.loc[list(row.passages), "voice"])
        assert voices <= {row.account}
