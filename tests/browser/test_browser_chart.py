"""Charts on a page: picks reach Python and back, the library travels once, memory stays flat."""

import contextlib

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004
from support.lab import opened, until, write_notebook

from lessons import charts, open_case

CASE = open_case("danang-2017")
CHARTS = 6

BARS = """() => [...document.querySelector('.tv-chart').querySelectorAll('svg.marks .mark-rect path')].map(bar =>
  ({id: bar.__data__.datum.passage_id, opacity: Number(bar.getAttribute('opacity') ?? 1)}))"""
PICKED = f"""() => {{ const bars = ({BARS})();
  return bars.some(bar => bar.opacity < 1) ? bars.filter(bar => bar.opacity === 1).map(bar => bar.id) : []; }}"""
CLICK = """id => { const bar = [...document.querySelectorAll('.tv-chart svg.marks .mark-rect path')]
  .find(bar => bar.__data__.datum.passage_id === id); bar.scrollIntoView({block: 'center'});
  const box = bar.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"""


@pytest.fixture(scope="module")
def notebook(course, lab, shared_page):
    """A notebook with six charts; the first one is `view`."""
    write_notebook(
        course / "charts.ipynb",
        "from lessons import charts, open_case, show\ndanang = open_case('danang-2017')\ndanang",
        "view = show(charts.voice_strip(danang), pick='passage_id')\nview",
        *["show(charts.word_shares(danang))"] * (CHARTS - 2),
        "last = show(charts.word_shares(danang))\nlast",
    )
    with opened(shared_page, lab, "charts.ipynb") as notebook:
        notebook.settle()
        yield notebook


@pytest.fixture
def view(notebook):
    """The notebook with nothing picked and the first chart in view."""
    notebook.python("view.picked = ''")
    notebook.page.locator(".tv-chart").first.scroll_into_view_if_needed()
    notebook.command_mode()
    notebook.settle(0.3)
    return notebook


def becomes(notebook, script, value):
    """Wait until a script gives a value; say what it gave instead when that takes too long."""
    with contextlib.suppress(TimeoutError):
        notebook.page.wait_for_function(
            f"value => JSON.stringify(({script})()) === JSON.stringify(value)",
            arg=value,
            timeout=10_000,
        )
    assert notebook.page.evaluate(script) == value
    return True


def picked_is(notebook, passages):
    """The bars that stand out among the 40 are these; [] when none does."""
    return becomes(notebook, PICKED, passages)


def test_the_library_travels_once_a_kernel(notebook):
    """Vega is 0.9 MB; six charts must not bring it six times."""
    assert notebook.page.locator(".tv-chart svg.marks").count() == CHARTS
    total = sum(notebook.heard.sizes)
    assert 800_000 < total < 2_000_000
    assert sum(size > 800_000 for size in notebook.heard.sizes) == 1


def test_a_click_on_a_bar_reaches_python(view):
    assert picked_is(view, [])
    view.page.mouse.click(*view.page.evaluate(CLICK, "F9"))
    assert picked_is(view, ["F9"])
    view.python_says("print(view.picked)", "F9")
    view.page.mouse.click(*view.page.evaluate(CLICK, "F9"))  # once more: nothing is picked
    assert picked_is(view, [])
    view.python_says("print(repr(view.picked))", "''")


def test_the_keyboard_picks_in_the_table(view):
    page, cells = view.page, view.page.locator(".jp-Cell").count()
    fold = page.locator(".tv-chart").first.locator("summary")
    fold.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="S9", exact=True).focus()
    page.keyboard.press("Enter")
    assert picked_is(view, ["S9"])
    view.python_says("print(view.picked)", "S9")
    page.get_by_role("button", name="words", exact=True).focus()
    page.keyboard.press("Enter")  # sorted by words: the fewest first, and rows can still be picked
    first = page.locator(".tv-chart").first.locator("tbody tr").first
    fewest = CASE.passages["words"].idxmin()
    assert first.locator("td").first.inner_text() == fewest
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    view.python_says("print(view.picked)", fewest)
    assert page.locator(".jp-Cell").count() == cells
    fold.click()


def test_python_marks_a_bar(view):
    view.python("view.picked = 'S1'")
    assert picked_is(view, ["S1"])


def test_redraws_after_a_reload_of_the_page(view):
    view.python("view.picked = 'A2'")
    view.save()
    view.heard.frames.clear()
    view.reload()
    view.wait_ready()
    view.page.wait_for_function(
        "count => document.querySelectorAll('.tv-chart svg.marks').length === count", arg=CHARTS
    )
    assert picked_is(view, ["A2"])
    assert sum(view.heard.sizes) < 3_000_000
    view.page.locator(".tv-chart").first.scroll_into_view_if_needed()
    view.page.mouse.click(*view.page.evaluate(CLICK, "S2"))
    view.python_says("print(view.picked)", "S2")


def test_memory_is_flat_over_200_updates(view):
    view.python(
        "few = charts.voice_strip(danang); few.data = few.data.iloc[:20]; both = [few, charts.voice_strip(danang)]"
    )
    page, devtools = view.page, view.page.context.new_cdp_session(view.page)
    page.evaluate("window.marker = document.querySelector('.tv-chart svg.marks')")

    def update(times):
        for start in range(0, times, 10):
            view.python(f"for i in range({start}, {start + 10}): view.chart = both[i % 2]")
        view.settle(0.3)

    def heap():
        devtools.send("HeapProfiler.collectGarbage")
        return devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6

    update(20)
    before, pictures = heap(), page.locator("svg").count()
    view.heard.frames.clear()
    update(180)
    assert heap() - before < 8
    assert page.locator("svg").count() == pictures
    assert page.evaluate("marker.isConnected")  # new rows only: nothing was drawn anew
    assert sum(view.heard.sizes) / 180 < 30_000
    count = f"() => ({BARS})().length"
    assert becomes(view, count, len(CASE.passages))
    view.python("view.chart = few")
    assert becomes(view, count, 20)
    assert page.locator(".tv-chart").first.locator("tbody tr").count() == 20
    view.python("view.chart = both[1]")


@pytest.mark.parametrize(
    "encoding",
    ["'y': {'field': 'words', 'type': 'nonsense'}", "'x': {'value': {'expr': 'words('}}"],
    ids=["unknown type", "no expression"],
)
def test_a_chart_that_cannot_be_drawn_says_so(encoding, notebook):
    chart = notebook.page.locator(".tv-chart").last
    chart.scroll_into_view_if_needed()
    notebook.python(f"good = last.spec; last.spec = {{'mark': 'bar', 'encoding': {{{encoding}}}}}")
    sentence = chart.locator(".tv-picture p")
    sentence.wait_for()
    assert sentence.inner_text().startswith("The picture could not be drawn (")
    assert sentence.inner_text().endswith("). The table below has the same rows.")
    rows = charts.word_shares(CASE).data
    assert chart.locator("tbody tr").count() == len(rows)
    notebook.python("last.spec = good")  # and a good one draws again
    chart.locator("svg.marks .mark-rect path").first.wait_for()
    assert chart.locator("svg.marks .mark-rect path").count() == len(rows)
    assert "could not be drawn" not in chart.inner_text()


def test_a_picture_that_becomes_wider_than_its_box_can_be_reached_by_key(view):
    """The box itself stays as it is; when the picture fits again, Tab passes the box by."""
    box = view.page.locator(".tv-chart .tv-sideways").first
    picture = box.locator("svg.marks")
    width = picture.get_attribute("width")
    assert box.evaluate("w => [w.tabIndex, w.scrollWidth > w.clientWidth]") == [-1, False]
    picture.evaluate("(svg, width) => svg.setAttribute('width', width)", "3000")
    until(box, "w.tabIndex === 0")
    picture.evaluate("(svg, width) => svg.setAttribute('width', width)", width)
    until(box, "w.tabIndex === -1")
