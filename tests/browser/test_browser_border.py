"""The border between Python and the browser: offsets, days, and text that is not harmless."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
from support.lab import opened, write_notebook

from lessons.case import check, open_case
from lessons.document import Marks, find_passages, find_quotations

ROOT = Path(__file__).parents[2]
WIDGETS = ROOT / "lessons/widgets"
SHARED = ROOT / "tests/shared_cases"
HOST = "http://127.0.0.1"

OFFSETS = json.loads((SHARED / "offsets.json").read_text(encoding="utf-8"))["cases"]
DAYS = json.loads((SHARED / "days.json").read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="module")
def blank(browser):
    """An empty page that can import the shipped JavaScript files, and nothing else."""
    page = browser.new_page()

    def answer(route):
        file = WIDGETS / route.request.url.rpartition("/")[2]
        if file.suffix == ".js":
            route.fulfill(body=file.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>blank</title>", content_type="text/html")

    page.route("**/*", answer)
    page.goto(HOST)
    yield page
    page.close()


@pytest.mark.parametrize("case", OFFSETS, ids=lambda case: case["name"])
def test_offsets_of_the_browser_are_pythons(case, blank):
    found = blank.evaluate(
        """async ({text, points, spans}) => {
        const {utf16Offsets} = await import('/base.js'); const at = utf16Offsets(text);
        return {places: points.map(at), quotes: spans.map(([a, b]) => text.slice(at(a), at(b)))}; }""",
        {
            "text": case["text"],
            "points": [point for point, _ in case["pairs"]],
            "spans": [span["code_points"] for span in case["spans"]],
        },
    )
    assert found["places"] == [unit for _, unit in case["pairs"]]
    assert found["quotes"] == [span["quote"] for span in case["spans"]]


@pytest.mark.parametrize("case", DAYS, ids=lambda case: case["name"])
def test_days_of_the_browser_are_pythons(case, blank):
    found = blank.evaluate(
        """async ({first, second}) => { const {daysFromTo, daysWords} = await import('/timeline.js');
        const event = ([first, last]) => ({first, last});
        const days = daysFromTo(event(first), event(second)); return [days, daysWords(...days)]; }""",
        {"first": case["first"], "second": case["second"]},
    )
    assert found == [case["days"], case["words"]]


# --- a made case: nothing in it is harmless ---------------------------------------------------

BAD = "<img src=x onerror=\"window.harm='img'\"><script>window.harm='script'</script>"
TEXT = "\r\n\r\n".join(
    [
        "\U0001f600 Two \U0001f469\u200d\U0001f680 voices, A\u0301 and \u00c1",
        'JS: "Both \U0001f1fb\U0001f1f3 agreed\u00a0today."',
        '"It went on \U00020000\U00020001,\r\nline by line."',
        f"Fact: an \U0001f642 and markup: {BAD} and &lt;b&gt; &amp; {{{{7*7}}}} stay text.",
        'Fact: he said "\U0001f54a peace \U0001f54a" and left.',
        "\U0001f642" * 40 + " end \u202eright to left\u202c.",
    ]
)
VOICES = [
    {"voice": "masthead", "role": "masthead", "prefix": "M"},
    {"voice": "statement", "prefix": "S", "label": "JS", "quoted": True},
    {"voice": "commentary", "prefix": "F", "label": "Fact", "prefix_unlabelled": "A"},
    {"voice": "resolution", "role": "inner", "quoted_in": ["F2"]},
]


def write_case(folder):
    """A tiny valid case with hostile text in every place that a widget shows."""
    folder.mkdir()
    for table in (ROOT / "data/danang-2017").glob("*.csv"):
        header = table.read_text(encoding="utf-8").splitlines()[0]
        (folder / table.name).write_text(header + "\n", encoding="utf-8")
    (folder / "document.txt").write_bytes(TEXT.encode())
    (folder / "case.toml").write_text(settings(), encoding="utf-8")
    passages = find_passages(TEXT, Marks.from_dicts(VOICES))
    fill(folder / "passages.csv", [vars(passage) for passage in passages])
    event = {"start": "2017-11-11", "precision": "day", "place": BAD, "country": "X", "what": BAD}
    ours = {"event_id": "bad-2017", "title": BAD, "mentioned_by": "both", "passages": "S1;F1"}
    fill(folder / "events.csv", [{**event, **ours, "contested": "No.", "sources": "bad-source"}])
    source = {"source_id": "bad-source", "title": BAD, "publisher": BAD, "publisher_kind": "other"}
    source |= {"stake": BAD, "date": "2017", "url": "https://example.org/?q=<b>", "found": "yes"}
    fill(folder / "sources.csv", [source | {"shows": "x"}])
    start = TEXT.index("today")
    said = {
        "mention_id": "D1",
        "passage_id": "S1",
        "start": start,
        "end": start + 5,
        "quote": "today",
    }
    fill(
        folder / "date_mentions.csv",
        [said | {"kind": "relative", "events": "bad-2017", "note": BAD}],
    )
    term = {"term": BAD, "definition": BAD, "passages": "S1;F1", "sources": "bad-source"}
    fill(folder / "glossary.csv", [term])
    return folder


def settings():
    """case.toml of the made case. JSON's strings and lists are TOML's, too."""
    word = json.dumps(BAD)
    lines = [f"title = {word}", 'language = "en"', f"content_note = {word}", "[provenance]"]
    lines += [
        'origin = "Made for a test."',
        f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"',
    ]
    lines += ["[timeline]", 'ends = "2017-11-12"']
    for voice in VOICES:
        shown = {"name": voice["voice"], "word": BAD, "symbol": "\u25a0"}
        lines += ["[[voices]]", *(f"{k} = {json.dumps(v)}" for k, v in {**voice, **shown}.items())]
    return "\n".join(lines)


def fill(file, rows):
    """Write rows into a table that has nothing but its header."""
    header = file.read_text(encoding="utf-8").strip().split(",")
    with file.open("a", encoding="utf-8", newline="") as out:
        csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore").writerows(rows)


SHOWN = """() => Object.fromEntries([...document.querySelectorAll('.tv-passage')].map(li => {
  const said = li.querySelector('.tv-said').cloneNode(true);
  said.querySelectorAll('.tv-inner-word').forEach(word => word.remove());
  return [li.dataset.passage, said.textContent]; }))"""
INNER = """() => [...document.querySelectorAll('.tv-inner')].map(inner => {
  const node = inner.cloneNode(true); node.querySelector('.tv-inner-word')?.remove(); return node.textContent; })"""


@pytest.fixture(scope="module")
def made(course, lab, shared_page, tmp_path_factory):
    """The made case in a notebook: live widgets, and what they leave in the saved notebook."""
    folder = write_case(tmp_path_factory.mktemp("made") / "made-case")
    assert check(folder) == []
    write_notebook(
        course / "made.ipynb",
        f"from lessons import *\ncase = open_case({str(folder)!r})\ncase",
        "r = reader(case)\nr",
        "t = timeline(case)\nt",
        "from lessons import charts\nc = show(charts.voice_strip(case), pick='passage_id')\nc",
        "from IPython.display import HTML\n"
        "HTML(''.join(w._repr_mimebundle_()[0]['text/html'] for w in (r, t, c)))",
    )
    with opened(shared_page, lab, "made.ipynb") as notebook:
        notebook.case = open_case(folder)
        yield notebook


def test_reader_shows_what_python_quotes(made):
    assert list(made.case.passages.index) == ["M1", "S1", "S2", "F1", "F2", "A1"]
    quotes = {passage: made.case.quote(passage) for passage in made.case.passages.index}
    assert made.page.evaluate(SHOWN) == quotes
    start, end = made.case.passages.loc["F2", ["start", "end"]]
    inside = [made.case.text[span.start : span.end] for span in find_quotations(TEXT, start, end)]
    assert inside
    assert made.page.evaluate(INNER) == inside


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Peace", ["peace"]),
        ("agreed today", ["agreed\u00a0today"]),
        ("\U0001f642", ["\U0001f642"] * 41),
        ("\U00020001,", ["\U00020001,"]),
    ],
)
def test_search_marks_the_right_place_behind_an_emoji(query, found, made):
    made.page.get_by_label("Search the text").fill(query)
    made.page.locator(".tv-said mark").nth(len(found) - 1).wait_for()
    assert made.page.locator(".tv-said mark").all_text_contents() == found


def test_hostile_text_is_shown_and_never_run(made):
    page = made.page
    made.python("r.selected = 'F1'; r.query = '<img src'")
    made.python("t.picked = 'bad-2017'; t.between = ['bad-2017'] * 2")
    page.locator(".tv-said mark").nth(0).wait_for()
    page.locator(".tv-timeline .tv-sources").wait_for(state="attached")
    page.evaluate("() => document.querySelectorAll('details').forEach(fold => fold.open = true)")
    made.settle()
    for widget in ("reader", "timeline", "chart"):
        text = page.locator(f".tv-{widget}").text_content()
        assert text.count(BAD) > 2, widget
    assert page.locator(".tv :is(script, img)").count() == 0
    assert page.evaluate("window.harm ?? null") is None
    saved = page.locator(".jp-RenderedHTMLCommon").last
    assert BAD in saved.text_content()
    assert saved.locator("script, img:not([src^='data:image/svg+xml'])").count() == 0
