"""What all widgets share: the front end as one module, the saved output, the place."""

import doctest
import importlib
import os
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from lessons import (
    accounts,
    charts,
    check_form,
    checker,
    class_view,
    contents,
    exercise,
    guess,
    judge,
    marker,
    my_work,
    place_map,
    portfolio,
    reader,
    rewrite,
    show,
    side_by_side,
    sorter,
    timeline,
)
from lessons.charts.look import TONES
from lessons.widgets import base
from lessons.widgets.base import LessonWidget, front_end, place, saved_html, style_sheet

FOLDER = Path(base.__file__).parent
ENTRIES = [
    ("highlights.js", "reader.js"),
    ("vega.js", "picture.js", "chart.js"),
    ("vega.js", "sources.js", "timeline.js"),
    ("vega.js", "place_map.js"),
    ("sources.js", "keeping.js", "judging.js", "deck.js"),
    ("sources.js", "keeping.js", "judging.js", "side_by_side.js"),
    (
        *("sources.js", "keeping.js", "waiting.js", "answering.js", "marking.js", "feedback.js"),
        "exercise.js",
    ),
    ("sources.js", "keeping.js", "waiting.js", "answering.js", "feedback.js", "rewrite.js"),
    ("vega.js", "picture.js", "keeping.js", "waiting.js", "answering.js", "guess.js"),
    ("keeping.js", "waiting.js", "marking.js", "labels.js", "compared.js", "marker.js"),
    ("keeping.js", "check_form.js"),
    ("sources.js", "keeping.js", "judging.js", "checker.js"),
    ("sources.js", "keeping.js", "waiting.js", "accounts.js"),
    ("keeping.js", "checklist.js", "my_work.js"),
    ("keeping.js", "checklist.js", "contents.js"),
    ("keeping.js", "checklist.js", "class_view.js"),
    ("keeping.js", "checklist.js", "portfolio.js"),
    ("sources.js", "keeping.js", "judging.js", "sorter.js"),
]
SHEETS = [
    ("reader.css", "highlights.css"),
    ("chart.css", "timeline.css"),
    ("chart.css", "place_map.css"),
    ("keeping.css", "judging.css", "deck.css"),
    ("keeping.css", "judging.css", "side_by_side.css"),
    ("judging.css", "keeping.css", "exercise.css"),
    ("judging.css", "keeping.css", "exercise.css", "rewrite.css"),
    ("chart.css", "keeping.css", "exercise.css", "guess.css"),
    ("keeping.css", "judging.css", "deck.css", "check_form.css"),
    ("keeping.css", "judging.css", "checker.css"),
    ("keeping.css", "judging.css", "accounts.css"),
    ("keeping.css", "checklist.css", "my_work.css"),
    ("checklist.css", "contents.css"),
    ("keeping.css", "portfolio.css"),
    ("keeping.css", "judging.css", "deck.css", "sorter.css"),
    ("keeping.css", "marker.css"),
    ("keeping.css", "checklist.css", "my_work.css", "class_view.css"),
]
# The tone of the passage that an element belongs to; how long a bar is.
SET_BY_THE_PAGE = ["voice", "share"]
MAKERS = {
    "class": lambda case: class_view(case, "no hand-ins"),
    "reader": reader,
    "reader with hidden voices": lambda case: reader(case, voices_shown=False),
    "reader of one layer": lambda case: reader(case, layer="statement"),
    "timeline": timeline,
    "timeline with later events": lambda case: timeline(case, later=True),
    "strip": lambda case: show(charts.voice_strip(case), pick="passage_id"),
    "bars": lambda case: show(charts.word_shares(case)),
    "kinds of claim": lambda case: show(charts.claim_kinds_chart(case)),
    "loaded words": lambda case: show(charts.loaded_words_chart(case)),
    "techniques": lambda case: show(charts.techniques_chart(case)),
    "deeds": lambda case: show(charts.deeds_chart(case)),
    "naming": lambda case: show(charts.naming_chart(case)),
    "sentences": lambda case: judge(case, "sentences"),
    "differences": lambda case: judge(case, "differences"),
    "sides": side_by_side,
    "map": place_map,
    "exercise": lambda case: exercise(case, case.exercises.index[0]),
    "guess": lambda case: guess(case, case.guesses.index[0], charts.word_shares(case)),
    "checker": lambda case: checker(case, case.claims.index[0]),
    "accounts": accounts,
    "check": lambda case: check_form(case, "before"),
    "work": lambda case: my_work(),
    "contents": lambda case: contents(),
    "portfolio": portfolio,
    "rewrite": lambda case: rewrite(case, "S1"),
    "rewrite of the commentary": lambda case: rewrite(case, "F1"),
    "sorter": sorter,
    "sorter with all labels": lambda case: sorter(case, hide_labels=False),
    "marker": lambda case: marker(case, "techniques"),
    "marker alone": lambda case: marker(case, "loaded words", help="alone"),
}
WITHOUT_A_CASE = {
    "class",
    "check",
    "contents",
    "portfolio",
    "work",
}  # show nothing of a case, so nothing hostile of one either


@pytest.fixture(params=MAKERS)
def make(request):
    """Every kind of widget, one after the other, as a function of the case."""
    return MAKERS[request.param]


def declared(source):
    """Return the names declared at the top level of a module: our files do not indent these."""
    pattern = r"^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let|var|class) (\w+)"
    return re.findall(pattern, source, flags=re.MULTILINE)


@pytest.mark.parametrize("names", ENTRIES, ids=lambda names: names[-1])
def test_the_front_end_is_one_module_that_imports_nothing(names):
    source = front_end(*names)
    assert not re.search(r"^\s*(?:import|export)\b.*\bfrom\b", source, flags=re.MULTILINE)
    assert not re.search(r"""["']\./""", source)
    exports = re.findall(r"^export .*", source, flags=re.MULTILINE)
    assert exports == ["export default { render };"]


@pytest.mark.parametrize("names", ENTRIES, ids=lambda names: names[-1])
def test_no_name_is_declared_twice_and_every_imported_one_is_declared(names):
    found = Counter(declared(front_end(*names)))
    assert [name for name, times in found.items() if times > 1] == []
    assert "render" in found
    for name in names:
        source = (FOLDER / name).read_text(encoding="utf-8")
        for imported in re.findall(r'^import \{([^}]*)\} from "\./', source, flags=re.MULTILINE):
            assert {part.strip() for part in imported.split(",") if part.strip()} <= set(found)


def test_the_files_of_a_front_end_import_only_what_comes_before_them():
    for names in ENTRIES:
        known = ["base.js"]
        for name in names:
            source = (FOLDER / name).read_text(encoding="utf-8")
            assert set(re.findall(r'from "\./([^"]+)"', source)) <= set(known)
            known.append(name)


def test_every_front_end_file_belongs_to_a_widget():
    used = {"base.js", *(name for names in ENTRIES for name in names)}
    assert used == {path.name for path in FOLDER.glob("*.js")}


@pytest.mark.parametrize("names", SHEETS)
def test_the_style_sheet_uses_only_colours_of_the_palette(names):
    sheet = style_sheet(*names)
    assert set(re.findall(r"var\(--tv-([a-z-]+)", sheet)) <= {*TONES, *SET_BY_THE_PAGE}
    palette = {value for tone in TONES.values() for value in (tone.light, tone.dark)}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", sheet)) <= palette


# Classes that two style sheets share and mean in the same way.
SHARED_CLASSES = {"tv-do", "tv-flag", "tv-links", "tv-passage-link", "tv-quote", "tv-sources"}


def test_no_style_sheet_speaks_of_the_classes_of_another():
    """All widgets of a notebook stand in one page: a rule without its widget's name reaches all."""
    homes = {}
    for path in FOLDER.glob("*.css"):
        for selectors in re.findall(r"([^{}]+)\{", path.read_text(encoding="utf-8")):
            for selector in selectors.split(","):
                first = re.match(r"\s*(?:\.tv )?\.(tv-[a-z-]+)", selector)
                if first and path.name != "base.css":
                    homes.setdefault(first[1], set()).add(path.name)
    twice = {name for name, files in homes.items() if len(files) > 1}
    assert len(homes) > 100
    assert twice <= SHARED_CLASSES


def test_what_a_saved_notebook_shows(make, danang, saved):
    widget = make(danang)
    data, images, metadata = saved(widget)
    sentence = widget.sentence
    assert data["text/plain"] == sentence == repr(widget)
    assert re.fullmatch(r"[A-Z0-9].*\d.*\.", sentence)  # one line, with a count in it
    assert sentence in re.findall(r"<p>(.*?)</p>", data["text/html"])
    assert metadata["two_voices"] == {"pid": os.getpid()}
    assert "application/vnd.jupyter.widget-view+json" in data
    ((alt_text, svg),) = images
    assert alt_text == sentence
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  (our own)


def test_what_is_saved_is_the_same_every_time(make, danang, saved):
    first, second = saved(make(danang))[0], saved(make(danang))[0]
    assert first["text/html"] == second["text/html"]
    assert first["text/plain"] == second["text/plain"]


@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_is_text_in_what_is_saved(name, hostile, saved):
    data, images, _ = saved(MAKERS[name](hostile))  # reading the page fails at a script element
    assert "<script" not in data["text/html"]
    assert ("&lt;script&gt;" in data["text/html"]) == (name not in WITHOUT_A_CASE)
    for _, svg in images:
        names = {node.tag.rpartition("}")[2] for node in ET.fromstring(svg).iter()}  # noqa: S314
        assert "script" not in names
        assert "s" not in names  # the hostile case's symbol is <s>


def test_a_bare_case_can_be_shown(make, bare, saved):
    if make in (MAKERS["exercise"], MAKERS["guess"], MAKERS["checker"]):
        pytest.skip("a case without exercises, guesses or claims has none to show")
    data, images, _ = saved(make(bare))
    assert data["text/plain"].endswith(".")
    assert len(images) == 1


def test_hostile_columns_and_values_of_a_chart(saved):
    table = pd.DataFrame({"<script>": ["<script>1</script>"], "b": [1]})
    data, _, _ = saved(show(alt.Chart(table).mark_bar().encode(x="b:Q")))
    assert "<script" not in data["text/html"]
    assert data["text/html"].count("&lt;script&gt;") >= 3  # heading, value, sentence


def test_saved_html_without_picture_and_with_hostile_words():
    html = saved_html("", 'a "b" <i>', {"<u>": "<b>inside</b>"})
    assert html == (
        "<p>a &quot;b&quot; &lt;i&gt;</p>\n"
        "<details><summary>&lt;u&gt;</summary><b>inside</b></details>"
    )


def test_a_widget_without_a_sentence_is_not_finished():
    with pytest.raises(NotImplementedError):
        _ = LessonWidget().sentence


def test_the_place_of_a_widget(monkeypatch, danang):
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/x/notebooks/lesson.ipynb")
    assert place("reader", "danang-2017", b=1, a="x") == "lesson:danang-2017:reader:a=x,b=1"
    assert reader(danang)._place == (
        "lesson:danang-2017:reader:layer=interleaved,selected=,voices_shown=True"
    )
    assert timeline(danang)._place == "lesson:danang-2017:timeline:picked=,window=All"
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert place("reader", "c") == ":c:reader:"


def test_cells_that_ask_for_different_things_have_different_places(danang):
    widgets = [
        reader(danang),
        reader(danang, voices_shown=False),
        reader(danang, layer="statement"),
        reader(danang, selected="F7"),
        timeline(danang),
        timeline(danang, picked="hamburg-2017"),
        timeline(danang, window="2011 to 2017"),
        judge(danang, "sentences"),
        judge(danang, "differences"),
        side_by_side(danang),
        side_by_side(danang, order="printed"),
        check_form(danang, "before"),
        check_form(danang, "after"),
        check_form(danang, "later"),
        sorter(danang),
        sorter(danang, hide_labels=False),
        sorter(danang, ["F1.3"]),
        checker(danang, "F3.2"),
        checker(danang, "F3.2", sentence=False),
        checker(danang, "S9.1"),
        guess(danang, "GU-deeds", charts.deeds_chart(danang)),
        guess(danang, "GU-naming", charts.deeds_chart(danang)),
        marker(danang, "techniques"),
        marker(danang, "techniques", help="alone"),
        marker(danang, "techniques", ["S1", "A2"]),
        marker(danang, "loaded words"),
        rewrite(danang, "F13"),
        rewrite(danang, "S6"),
    ]
    assert len({widget._place for widget in widgets}) == len(widgets)
    assert reader(danang)._place == widgets[0]._place


@pytest.mark.parametrize(
    "name",
    [
        "reader",
        "timeline",
        "judge",
        "marker",
        "place_map",
        "accounts",
        "check_form",
        "checker",
        "contents",
        "exercise",
        "guess",
        "my_work",
        "portfolio",
        "rewrite",
        "sorter",
    ],
)
def test_the_examples_in_the_docstrings(name):
    tried = doctest.testmod(importlib.import_module(f"lessons.widgets.{name}"))
    assert tried.attempted > 0
    assert tried.failed == 0
