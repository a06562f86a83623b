"""Which claims a text shows, and what has to be answered before it is shown again."""

import pytest

from lessons.analysis.exposure import asked_before, claims_asked, shown_claims
from lessons.case import open_case

CASE = open_case("danang-2017")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("He says: AMERICA wants endless war!", ["F2.2"]),
        ("America wants", []),
        ("endless war is what America wants", []),
        ("Irreconcilable differences reflect the agendas", ["F2.4"]),
        ("", []),
    ],
)
def test_a_text_shows_a_claim_when_half_of_it_stands_in_a_row(text, claims):
    assert shown_claims(CASE, [text]) == claims


def test_every_quote_shows_its_own_claim():
    quotes = CASE.claims.join(CASE.passages["voice"], on="passage_id")
    for claim, row in quotes[quotes["voice"] == "commentary"].iterrows():
        assert claim in shown_claims(CASE, [row["quote"]])
        assert claim in shown_claims(CASE, [CASE.quote(row["passage_id"])])


def test_statement_and_commentary_go_through_the_same_function():
    text = CASE.quote("S9")
    assert shown_claims(CASE, [text], voice="statement") == ["S9.1"]
    assert shown_claims(CASE, [text]) == []


def test_the_first_exercise_that_shows_a_claim_comes_first():
    waiting = {name: asked_before(CASE, name) for name in CASE.exercises.index}
    waiting = {name: first for name, first in waiting.items() if first}
    asked = claims_asked(CASE)
    assert waiting["EX5-07"] == ["EX5-04"]
    assert waiting["EX4-03"] == ["EX4-01"]
    order = list(CASE.exercises.index)
    for name, firsts in waiting.items():
        for first in firsts:
            assert order.index(first) < order.index(name)
            assert set(asked[first]) & set(asked[name])
    # Nothing that two exercises show is left without one that waits for the other.
    for name in order:
        for earlier in order[: order.index(name)]:
            if set(asked[name]) & set(asked[earlier]):
                assert name in waiting
