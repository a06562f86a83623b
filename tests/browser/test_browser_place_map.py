"""The map, and how reader, timeline and map follow one another, by mouse and by keyboard."""

from itertools import combinations

import pytest
from support.axe import axe
from support.lab import opened, write_notebook

CELLS = (
    (
        "from lessons import open_case, place_map, reader, timeline\n"
        "danang = open_case('danang-2017')\ndanang"
    ),
    "r = reader(danang, highlights=['dates'], highlighted=[])\nr",
    "t = timeline(danang, window='July to November 2017')\nt",
    "m = place_map(danang)\nm",
)
AMMAN = {"amman-july-2017", "amman-centre-2017", "amman-mop-2017"}
STATE = "print([r.selected, r.marked, t.picked, sorted(t.marked), m.picked, m.marked])"
# What is drawn: the boxes of the labels' words, and the points.
DRAWN = """() => { const svg = document.querySelector('.tv-map svg.marks');
  const box = n => { const b = n.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const names = new Set([...document.querySelectorAll('.tv-place')].map(b => b.dataset.place));
  return {frame: box(svg), labels: [...svg.querySelectorAll('text')].filter(t => names.has(t.textContent)).map(t => [t.textContent, box(t)]),
    points: [...svg.querySelectorAll('.mark-symbol path')].map(p => [p.__data__.datum.label, box(p)])}; }"""


@pytest.fixture(scope="module")
def made(course, lab, shared_page):
    write_notebook(course / "linked.ipynb", *CELLS)
    with opened(shared_page, lab, "linked.ipynb") as notebook:
        yield notebook


@pytest.fixture
def notebook(made):
    """The three boxes with nothing picked; each is brought into view once."""
    made.page.wait_for_timeout(300)  # what the test before changed reaches Python first
    made.python(
        "r.selected = ''; t.picked = ''; m.picked = ''; r.marked = t.marked = m.marked = []"
    )
    for kind in ("reader", "timeline", "map"):
        made.page.locator(f".tv-{kind}").scroll_into_view_if_needed()
        made.page.wait_for_timeout(100)
    made.page.wait_for_function("() => document.querySelectorAll('.tv-place').length === 16")
    made.python_says(STATE, "['', [], '', [], '', []]")
    return made


def marked(notebook):
    """What the page itself shows as marked, in the reader, the timeline and the map."""
    return notebook.page.evaluate(
        """() => [['.tv-passage.tv-marked', 'passage'], ['.tv-row.tv-marked', 'event'],
        ['.tv-place.tv-marked', 'place']].map(([s, key]) => [...document.querySelectorAll(s)].map(n => n.dataset[key]))"""
    )


def test_by_mouse_hamburg_in_any_of_the_three_is_marked_in_all(notebook):
    page = notebook.page
    page.locator("[data-passage=S9] .tv-cite").click()
    expected = str(["S9", [], "hamburg-2017", ["hamburg-2017"], "Hamburg", ["Hamburg"]])
    notebook.python_says(STATE, expected)
    assert marked(notebook) == [[], ["hamburg-2017"], ["Hamburg"]]
    page.locator("[data-passage=S9] .tv-cite").click()
    notebook.python_says(STATE, "['', [], '', [], '', []]")
    page.locator(".tv-row[data-event=hamburg-2017]").click()
    expected = str(["S9", ["S9"], "hamburg-2017", [], "Hamburg", ["Hamburg"]])
    notebook.python_says(STATE, expected)
    assert marked(notebook) == [["S9"], [], ["Hamburg"]]
    page.locator(".tv-row[data-event=hamburg-2017]").click()
    notebook.python_says(STATE, "['', [], '', [], '', []]")
    page.locator(".tv-place[data-place=Hamburg]").click()
    expected = str(["S9", ["S9"], "hamburg-2017", ["hamburg-2017"], "Hamburg", []])
    notebook.python_says(STATE, expected)
    assert marked(notebook) == [["S9"], ["hamburg-2017"], []]


def test_by_mouse_amman_leads_to_its_three_passages(notebook):
    notebook.page.locator(".tv-place[data-place=Amman]").click()
    notebook.python_says("print(r.marked, m.picked)", "['S10', 'S11', 'S12'] Amman")
    passages, events, _ = marked(notebook)
    assert passages == ["S10", "S11", "S12"]
    assert set(events) == AMMAN
    card = notebook.page.locator(".tv-map .tv-card")
    assert "Passages: S10, S11, S12." in card.text_content()
    assert card.locator("[data-event]").count() == 3
    # A point of the picture can be clicked, too.
    notebook.page.locator(".tv-map svg.marks .mark-symbol path").first.click()
    notebook.python_says("print(m.picked)", "Washington")


@pytest.mark.parametrize("place", ["Amman", "Hamburg", "Damascus"])
def test_the_first_marked_passage_comes_whole_into_view(place, notebook):
    """Also where the layers make every passage higher than it was thought to be."""
    page = notebook.page
    notebook.python("r.highlighted = ['dates']")
    page.locator(".tv-page").evaluate("p => p.scrollTop = 0")
    notebook.settle(0.4)
    page.locator(f".tv-place[data-place={place}]").click()
    page.wait_for_function(
        """() => { const [p] = document.querySelectorAll('.tv-passage.tv-marked'); if (!p) return false;
        const [a, b] = [p, p.closest('.tv-page')].map(n => n.getBoundingClientRect());
        return a.top >= b.top - 1 && a.bottom <= b.bottom + 1; }"""
    )
    notebook.python("r.highlighted = []")


def go_to(notebook, place):
    """Go to a place's name on the map with the keys alone."""
    keyboard = notebook.page.keyboard
    for _ in range(20):
        if notebook.page.evaluate("() => document.activeElement.classList.contains('tv-place')"):
            break
        keyboard.press("Tab")
    keyboard.press("Home")
    for _ in range(20):
        if notebook.focused().startswith(place):
            return
        keyboard.press("ArrowDown")
    raise AssertionError(f"{place} was never reached")


def test_by_keyboard_alone(notebook):
    page, before = notebook.page, notebook.sources()
    notebook.enter_widget("reader")
    notebook.tab_to("M1, Masthead")
    for _ in range(40):
        if notebook.focused().startswith("S9"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    notebook.python_says("print(t.picked, m.picked)", "hamburg-2017 Hamburg")
    page.keyboard.press("Escape")
    notebook.python_says("print([t.picked, m.picked])", "['', '']")

    notebook.enter_widget("map")
    go_to(notebook, "Hamburg, Germany")
    page.keyboard.press("Enter")
    notebook.python_says("print(r.marked, t.picked)", "['S9'] hamburg-2017")
    page.keyboard.press("Escape")
    go_to(notebook, "Amman, Jordan")
    page.keyboard.press("Enter")
    notebook.python_says("print(r.marked)", "['S10', 'S11', 'S12']")
    assert set(marked(notebook)[1]) == AMMAN
    live = page.locator(".tv-map > .tv-live").text_content()
    assert live.startswith("Amman, Jordan.")
    assert live.endswith("Passages: S10, S11, S12.")
    page.keyboard.press("Escape")

    notebook.enter_widget("timeline")
    for _ in range(40):
        if page.evaluate("() => document.activeElement.classList.contains('tv-row')"):
            break
        page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("ArrowUp")
    assert notebook.focused().startswith("Trump and Putin meet in Hamburg")
    page.keyboard.press("Enter")
    notebook.python_says("print(r.marked, m.picked)", "['S9'] Hamburg")
    for key in ("x", "d", "d", "a", "b", "z", "m"):
        page.keyboard.press(key)
    assert notebook.sources() == before


def test_later_places_come_and_go(notebook):
    button = notebook.page.locator(".tv-map").get_by_role("button", name="What came after")
    button.click()
    notebook.page.wait_for_function("() => document.querySelector('[data-place=Moscow]')")
    button.click()
    notebook.page.wait_for_function("() => !document.querySelector('[data-place=Moscow]')")


def overlap(a, b):
    return a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_labels_never_overlap(width, theme, notebook):
    page = notebook.page
    notebook.theme(theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(600)
    notebook.settle(0.5)
    drawn = page.evaluate(DRAWN)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert len(drawn["labels"]) == len(drawn["points"]) == 16
    for (_, a), (_, b) in combinations(drawn["labels"], 2):
        assert not overlap(a, b)
    for label, box in drawn["labels"]:
        for name, point in drawn["points"]:
            assert name == label or not overlap(box, point), (label, name)
        frame = drawn["frame"]
        assert frame[0] <= box[0]
        assert box[2] <= frame[2]
    if width == 1280:
        page.locator(".tv-map summary").click()
        assert axe(page, ".jp-OutputArea-output .tv-map") == []
        page.locator(".tv-map summary").click()
