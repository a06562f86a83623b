"""Walks through the course: no claim of the commentary is shown twice before it was rated.

A showing is a text of a widget (not of the reader, where the article is always open) that shows a
claim; see lessons.analysis.exposure. What a widget shows is taken from what it sends to the page.
Each walk goes through the steps in an order of its own and answers some of them.
"""

import ast
import json
import random
from pathlib import Path

import pytest

import lessons
from lessons import open_case
from lessons.analysis.exposure import asked_before, claims_asked, shown_claims
from lessons.case.keys import Spans, parse_key

FOLDER = Path(__file__).parents[2] / "notebooks"
CASE = open_case("danang-2017")
WALKS = 1000
# The whole article, in the reader or beside the statement, is no showing; charts hold no claims.
OF_THE_WHOLE = {"reader", "side_by_side", "show", "timeline", "place_map", "judge", "my_work"}
OF_THE_WHOLE |= {"guess"}  # a chart, and after the answers to what it is about
OF_THE_WHOLE |= {"portfolio"}  # a passage in it waits as the rewrite of it does


class Step:
    """One call of a notebook: what it shows before the answer, what has to be answered first."""

    def __init__(self, name, shows, rates, waits=()):
        self.name, self.shows, self.rates, self.waits = name, set(shows), set(rates), set(waits)


def calls():
    """The calls of all notebooks in their order, as (name of the function, call)."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                tree = ast.parse("".join(cell["source"]))
                names = {"danang": CASE}
                for node in tree.body:
                    if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
                        names[node.targets[0].id] = ast.literal_eval(node.value)
                last = tree.body[-1]
                if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
                    yield (
                        last.value.func.id,
                        compile(ast.Expression(last.value), path.name, "eval"),
                        names,
                    )


def sent(widget):
    """Every text that a widget sends to the page."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    return texts(state)


def texts(value):
    """Every text that stands somewhere in a value."""
    found, left = [], [value]
    while left:
        node = left.pop()
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, dict):
            left += node.values()
        elif isinstance(node, (list, tuple)):
            left += node
    return found


def asks_of_all(name):
    """Whether an exercise has its words marked in the whole article: then that is the reader."""
    row = CASE.exercises.loc[name]
    marks = isinstance(parse_key(row["kind"], row["key"]), Spans)
    return marks and not any(passage in row["prompt"] for passage in CASE.passages.index)


def step_of(function, code, names):
    known = {function: getattr(lessons, function), "charts": lessons.charts}
    widget = eval(code, known, names)  # noqa: S307  (our notebooks)
    if function == "exercise":
        name = widget.item.partition(":")[0]
        shows = [] if asks_of_all(name) else claims_asked(CASE)[name]
        if not widget.waits_for and not asks_of_all(name):
            assert set(shown_claims(CASE, sent(widget))) <= set(shows)
        else:
            assert asks_of_all(name) or shown_claims(CASE, sent(widget)) == []
        return Step(widget.item, shows, shows, asked_before(CASE, name))
    if function == "marker" and widget.waits_for:
        assert shown_claims(CASE, sent(widget)) == []
        shows = shown_claims(CASE, [card["text"] for card in widget._cards])
        return Step(widget._place, shows, shows, widget._first)
    shows = shown_claims(CASE, sent(widget))
    if getattr(widget, "waits_for", None):
        assert shows == []
        shows = shown_claims(CASE, texts(widget._question))
        return Step(widget._place, shows, shows, widget._first)
    return Step(widget._place, shows, shows)


@pytest.fixture(scope="module")
def steps():
    found = [call for call in calls() if call[0] not in OF_THE_WHOLE]
    made = [step_of(*call) for call in found]
    assert sum(bool(step.shows) for step in made) >= 6
    return made


def second_showings(steps, seed):
    """Walk through the steps; return each second showing as (claim, step)."""
    chance = random.Random(seed)  # noqa: S311
    order = list(steps)
    if chance.random() < 0.8:  # else in the order of the course
        chance.shuffle(order)
    answers = chance.random()
    shown, rated, answered, found = {}, set(), set(), []
    for step in order:
        if not step.waits <= answered:
            continue  # the page says what to answer first, and shows nothing of it
        for claim in step.shows - rated:
            if shown.get(claim, step.name) != step.name:
                found.append((claim, step.name))
            shown[claim] = step.name
        if chance.random() < answers:
            answered.add(step.name)
            rated |= step.rates
    return found


def test_a_thousand_walks_show_no_claim_twice_before_it_was_rated(steps):
    assert [found for seed in range(WALKS) for found in second_showings(steps, seed)] == []


def test_a_planted_second_showing_is_caught(steps):
    claim = next(iter(next(step for step in steps if step.shows).shows))
    planted = [*steps, Step("planted", [claim], [claim])]
    found = [one for seed in range(WALKS) for one in second_showings(planted, seed)]
    assert claim in {shown for shown, _ in found}
