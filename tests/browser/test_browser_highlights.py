"""Layers on the text of the reader: several at once, each with its word, by mouse and by key."""

import pytest
from support.axe import axe
from support.lab import opened, write_notebook

from lessons import open_case
from lessons.analysis.highlights import LAYERS, highlights

CASE = open_case("danang-2017")
SPANS = highlights(CASE, LAYERS)
CELLS = (
    "from lessons import open_case, reader\ndanang = open_case('danang-2017')\ndanang",
    "r = reader(danang, highlights=['dates', 'loaded words', 'techniques', 'actors'], highlighted=[])\nr",
)
# The words under each layer's line in the page, passage by passage, tags left out.
UNDER = """layer => Object.fromEntries([...document.querySelectorAll('.tv-passage')].map(p => [p.dataset.passage,
  [...p.querySelectorAll(`.tv-hl.tv-hl-${layer.replace(' ', '-')}`)].map(s => s.textContent).join('')]))"""


@pytest.fixture(scope="module")
def notebook(course, lab, shared_page):
    write_notebook(course / "highlights.ipynb", *CELLS)
    with opened(shared_page, lab, "highlights.ipynb") as made:
        yield made


def set_layers(notebook, names):
    notebook.python(f"r.highlighted = {names!r}")
    notebook.page.wait_for_function(
        "n => document.querySelectorAll('.tv-hl-switch[aria-pressed=true]').length === n",
        arg=len(names),
    )


def covered(layer):
    """The characters of each passage that lie under a layer, each once, as one text."""
    found = {}
    for passage in CASE.passages.itertuples():
        rows = SPANS[(SPANS["layer"] == layer) & SPANS["start"].between(passage.start, passage.end)]
        places = {n for row in rows.itertuples() for n in range(row.start, row.end)}
        found[passage.Index] = "".join(CASE.text[n] for n in sorted(places))
    return found


def test_by_keyboard_alone(notebook):
    set_layers(notebook, [])
    page = notebook.page
    root = notebook.enter_widget("reader")
    assert root.locator(".tv-hl, .tv-hl-tag").count() == 0
    notebook.tab_to("dates 14")
    page.keyboard.press("Enter")
    notebook.python_says("print(r.highlighted)", "['dates']")
    assert root.locator(".tv-live").text_content() == "dates: 14 marked."
    assert root.locator(".tv-hl-tag").count() == 14
    page.keyboard.press("Space")
    notebook.python_says("print(r.highlighted)", "[]")
    assert root.locator(".tv-hl-tag").count() == 0


def test_all_at_once_mark_exactly_the_words_of_the_tables(notebook):
    set_layers(notebook, list(LAYERS))
    page = notebook.page
    for layer in LAYERS:
        assert page.evaluate(UNDER, layer) == covered(layer)
    assert page.locator(".tv-hl-tag").count() == len(SPANS)
    # Where layers overlap, every one of them has its line, each at a height of its own.
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.tv-hl-piece')].map(p =>
        [...p.querySelectorAll('.tv-hl')].map(s => Math.round(s.getClientRects()[0].bottom)))"""
    )
    assert max(map(len, lines)) == len(LAYERS)
    assert all(len(set(heights)) == len(heights) for heights in lines)


def test_search_still_finds_what_lies_under_a_layer(notebook):
    set_layers(notebook, list(LAYERS))
    root = notebook.page.locator(".tv-reader")
    root.get_by_label("Search the text").fill("July 7, 2017")
    notebook.page.wait_for_function("() => document.querySelector('.tv-said mark')")
    found = root.locator("mark").all_text_contents()
    assert "".join(found) == "July 7, 2017"
    root.get_by_label("Search the text").fill("")


def test_hidden_voices_hide_the_layers_too(notebook):
    set_layers(notebook, ["dates"])
    notebook.python("r.voices_shown = False")
    notebook.page.wait_for_function("() => !document.querySelector('.tv-hl')")
    assert notebook.page.locator(".tv-hl-switch:visible").count() == 0
    notebook.python("r.voices_shown = True")
    notebook.page.wait_for_function("() => document.querySelectorAll('.tv-hl-tag').length === 14")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_accessible(theme, notebook):
    set_layers(notebook, list(LAYERS))
    page = notebook.page
    notebook.theme(theme)
    assert axe(page, ".jp-OutputArea-output") == []
    notebook.theme("Light")


def test_an_emoji_before_a_span_moves_nothing(notebook):
    """Offsets are code points in Python and UTF-16 units in the page."""
    shift = repr("\N{GRINNING FACE} ")
    notebook.python(
        f"r.text = {shift} + r.text; moved = 2\n"
        "p = [{**x, 'start': x['start'] + moved, 'end': x['end'] + moved} for x in r.passages]\n"
        "s = [{**x, 'start': x['start'] + moved, 'end': x['end'] + moved} for x in r.spans]\n"
        "r.passages, r.spans, r.highlighted = p, s, ['dates']"
    )
    # The page reads the text when it is drawn: so it is drawn again.
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    notebook.page.wait_for_function("() => document.querySelectorAll('.tv-hl-tag').length === 14")
    assert notebook.page.evaluate(UNDER, "dates") == covered("dates")
