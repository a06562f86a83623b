"""The notebooks as one book: each leads to the next, and says truly how long it takes."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from support.prose import calls, exercises, paragraphs, sources, words

from lessons import open_case

ROOT = Path(__file__).parents[2]
CASE = open_case("danang-2017")

# --- how one leads to the next ---------------------------------------------------------------


def title(path):
    return sources(path, "markdown")[0].partition("\n")[0].removeprefix("# ")


def link(path):
    return f"[{title(path)}]({path.name})"


def test_each_lesson_leads_to_the_next_and_names_the_one_before(lesson_paths):
    for before, after in pairwise(lesson_paths):
        end = sources(before, "markdown")[-1]
        assert f"**Next:** {link(after)}. " in end, before.name
        assert f"**You need:** {link(before)}. " in sources(after, "markdown")[0], after.name


def test_lessons_are_numbered_from_nothing_in_the_order_of_their_files(lesson_paths):
    numbers = [int(path.name[:2]) for path in lesson_paths]
    assert numbers == list(range(len(lesson_paths)))
    assert [title(path).partition(" \u00b7 ")[0] for path in lesson_paths] == [
        str(number) for number in numbers
    ]


HEAD = ["**After this lesson you can**", "**Time:**", "**You need:**", "**To start:**"]
HEAD += ["**Your answers:**"]


def test_the_parts_of_the_head_stand_in_one_order(lesson_path):
    head = sources(lesson_path, "markdown")[0]
    places = [head.index(part) for part in HEAD]
    assert places == sorted(places)
    assert "\n## " not in head


# --- how long one takes ----------------------------------------------------------------------

SPEED = 200  # words a minute, of somebody who reads with care
# Minutes for what is no exercise. A call that has its own line counts by what it is given.
WIDGETS = {
    "open_case": 1,  # its note on what the article is about
    "contents": 1,
    "reader": 2,  # to look something up; the article was read before
    "reader(danang)": 5,  # the whole of it, for the first time
    "reader(danang, voices_shown=False)": 5,  # with a voice to write down for each of 8 passages
    'reader(danang, layer="statement")': 3,
    'reader(danang, layer="commentary")': 3,
    "show": 2,
    "guess": 2,
    "timeline": 4,
    "place_map": 4,
    "judge": 6,
    "side_by_side": 5,
    "sorter": 9,  # twelve cards
    "marker": 5,
    "checker": 6,
    "accounts": 6,
    "check_form": 12,  # sixteen cards
    'check_form(danang, "later")': 0,  # not today: its step says so
    "rewrite": 8,
    "portfolio": 4,
    "my_work": 1,
}
ON_PAPER = 1  # minutes for each thing that the text asks to be written down
WITHIN = 0.2


def minutes(path):
    """How long a lesson takes: its words, its exercises, its other boxes, what goes on paper."""
    texts = sources(path, "markdown")
    read = sum(words(block) for text in texts for block in paragraphs(text)) / SPEED
    asked = CASE.exercises.loc[[name for name, _ in exercises(path)], "minutes"].sum()
    boxes = sum(
        WIDGETS.get(f"{name}({given})", WIDGETS.get(name))
        for name, given in calls(path)
        if name != "exercise"
    )
    paper = ON_PAPER * sum(len(re.findall(r"\b[Ww]rite\b", text)) for text in texts[1:])
    return read + asked + boxes + paper


def printed(path):
    found = re.search(r"\*\*Time:\*\* (\d+) minutes\.", sources(path, "markdown")[0])
    return int(found[1])


def test_the_minutes_that_are_printed_are_those_that_are_measured(lesson_path):
    assert minutes(lesson_path) == pytest.approx(printed(lesson_path), rel=WITHIN)


def test_the_readme_prints_the_same_minutes(lesson_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in readme.splitlines() if f"](notebooks/{lesson_path.name}) |" in line]
    assert row.endswith(f"| {printed(lesson_path)} (short path 10) |")
    assert row.startswith(f"| [{title(lesson_path)}](")
