"""The pictures of both voices on a page: room to breathe, or a box that scrolls by keyboard."""

import pytest
from support.axe import axe
from support.lab import opened, write_notebook

NAMES = ["claim_kinds", "loaded_words", "techniques", "deeds", "naming"]

# For each chart: does its box scroll, can it be reached, and which texts lie over another.
LOOK = """() => [...document.querySelectorAll('.tv-chart')].map(chart => {
  const box = chart.querySelector('.tv-sideways'), [top] = chart.querySelectorAll('svg.marks');
  const texts = [...top.querySelectorAll('text')].filter(node => node.textContent.trim());
  const boxes = texts.map(node => node.getBoundingClientRect());
  const over = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 4) over.push([texts[i].textContent, texts[i + 1 + j].textContent]); }));
  const edge = top.getBoundingClientRect();
  const cut = texts.filter((_, i) => boxes[i].right > edge.right + 1 || boxes[i].left < edge.left - 1);
  const buttons = chart.querySelector('.tv-head').getBoundingClientRect();
  const title = boxes.filter(b => b.right > buttons.left && b.left < buttons.right && b.top < buttons.bottom && b.bottom > buttons.top);
  return {scrolls: box.scrollWidth > box.clientWidth + 1, reached: box.tabIndex === 0, over,
    cut: cut.map(node => node.textContent), covered: title.length, texts: texts.length};
})"""


@pytest.fixture(scope="module")
def notebook(course, lab, shared_page):
    """A notebook with the five charts."""
    write_notebook(
        course / "voices.ipynb",
        "from lessons import charts, open_case, show\ndanang = open_case('danang-2017')\ndanang",
        *[f"show(charts.{name}_chart(danang))" for name in NAMES],
    )
    with opened(shared_page, lab, "voices.ipynb") as notebook:
        notebook.settle()
        yield notebook


def at_width(notebook, width):
    """Make the page so wide, and bring every picture into view once: others are not laid out."""
    notebook.page.set_viewport_size({"width": width, "height": 900})
    for picture in notebook.page.locator(".jp-Notebook .tv-chart").all():
        picture.scroll_into_view_if_needed()
        notebook.settle(0.2)


@pytest.mark.parametrize("width", [1280, 800, 320])
def test_no_text_is_cut_or_over_another(notebook, width):
    at_width(notebook, width)
    seen = dict(zip(NAMES, notebook.page.evaluate(LOOK), strict=True))
    for name, chart in seen.items():
        assert chart["texts"] > 15, name
        assert (chart["over"], chart["cut"]) == ([], []), name
        assert chart["covered"] == 0, name
        # What is wider than its box can be moved to by the keyboard; what is not, is no stop.
        assert chart["scrolls"] == chart["reached"] == (width < 1280), name


def test_axe_finds_nothing(notebook):
    at_width(notebook, 800)
    assert axe(notebook.page, ".jp-OutputArea-output") == []
