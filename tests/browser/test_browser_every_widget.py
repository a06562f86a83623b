"""A notebook with every widget of the course.

Narrow pages, 200 % zoom, the projector switch, print, reduced motion and contrast; then the same
notebook shown in pieces, and loaded again when its kernel has forgotten it all.
"""

import json
import re
from datetime import date

import pytest
from support.every_widget import EVERY_WIDGET
from support.lab import opened, write_notebook
from support.saved import BAD_WORDS, assert_pictures_and_sentences, read, views

import lessons

WIDGETS = len(EVERY_WIDGET) - 1
# Cells that draw a picture: charts, the timeline, the map, and the guess that has been made.
PICTURES = sum(
    any(call in cell for call in ("show(", "timeline(", "place_map(", "guess("))
    for cell in EVERY_WIDGET[1:]
)
INSIDE = 2  # pictures inside the widgets in which something was judged
OUTER = ".jp-Notebook .tv:not(.tv .tv)"
DESK = {"width": 1280, "height": 900}
SIZES = {"320 px": {"width": 320, "height": 640}, "200 %": {"width": 640, "height": 450}}

# What sticks out of its widget, or of the place that the page gives to the widget.
OVERFLOW = """() => [...document.querySelectorAll('.jp-Notebook .tv')].flatMap(root => {
  const name = node => `${root.className}: ${node.tagName} ${node.getAttribute('class')}`;
  const right = root.getBoundingClientRect().right;
  const out = root.scrollWidth > root.clientWidth + 1 ? [`${name(root)} scrolls`] : [];
  const place = root.closest('.jp-OutputArea-output').getBoundingClientRect();
  if (right > place.right + 1) out.push(`${name(root)} wider than its place`);
  for (const node of root.querySelectorAll('*')) {
    if (node.closest('.tv-sideways *, .tv-scroll *') || !node.checkVisibility()) continue;
    if (node.getBoundingClientRect().right > right + 1) out.push(name(node));
  }
  return out; })"""

# Controls that are small, or that something else covers. One that is out of view is brought there.
CONTROLS = """() => { const bad = []; let count = 0;
for (const root of document.querySelectorAll('.jp-Notebook .tv')) {
  for (const node of root.querySelectorAll('button, select, input[type=search], .tv-choice, summary')) {
    if (!node.checkVisibility({visibilityProperty: true})) continue;
    node.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
    const box = node.getBoundingClientRect();
    // Of a long row that scrolls sideways: the middle of the part that shows.
    const clip = (node.closest('.tv-sideways') ?? node).getBoundingClientRect();
    const [left, right] = [Math.max(box.left, clip.left), Math.min(box.right, clip.right)];
    const hit = document.elementFromPoint((left + right) / 2, box.y + box.height / 2);
    const what = `${root.className}: ${node.className || node.tagName} "${node.textContent.slice(0, 30)}"`;
    count += 1;
    if (box.width < 23.9 || box.height < 23.9) bad.push(`${what} is ${box.width} x ${box.height}`);
    if (!hit || !(node.contains(hit) || hit.contains(node) && hit.closest('button') === node))
      bad.push(`${what} is covered by ${hit?.className}`);
  } }
return {bad, count}; }"""

# Text of pictures that is cut off: outside its SVG, or with no room to draw in.
CUT = """() => [...document.querySelectorAll('.jp-Notebook .tv svg.marks')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(t => { const b = t.getBoundingClientRect();
    return b.width && (b.left < box.left - 2 || b.right > box.right + 2); }).map(t => t.textContent); })"""

# The contrast of every text with what lies behind it; only texts below the wanted one come back.
CONTRAST = """wanted => { const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const rgba = colour => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = '#000'; paint.fillStyle = colour;
  paint.fillRect(0, 0, 1, 1); const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
const over = (top, low) => [0, 1, 2].map(i => top[i] * top[3] + low[i] * (1 - top[3])).concat(1);
const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = node => { const layers = [];
  for (let n = node; n; n = n.parentElement) { const c = rgba(getComputedStyle(n).backgroundColor);
    if (c[3]) layers.unshift(c); if (c[3] === 1) break; }
  return layers.reduce((low, top) => over(top, low), [255, 255, 255, 1]); };
const ratio = (node, colour) => { let alpha = 1;
  for (let n = node; n && !n.classList.contains('tv'); n = n.parentElement) alpha *= getComputedStyle(n).opacity;
  const back = behind(node), front = rgba(colour); front[3] *= alpha;
  const [a, b] = [light(over(front, back)), light(back)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
const texts = [];
for (const root of document.querySelectorAll('.jp-Notebook .tv')) {
  for (const node of root.querySelectorAll('*')) {
    if (!node.checkVisibility({visibilityProperty: true}) || node.disabled) continue;
    const own = [...node.childNodes].some(c => c.nodeType === 3 && c.data.trim());
    const style = getComputedStyle(node);
    if (own) texts.push([node, node instanceof SVGElement ? style.fill : style.color]);
    if (node.placeholder) texts.push([node, getComputedStyle(node, '::placeholder').color]);
  } }
return {count: texts.length, low: texts.map(([n, c]) => [ratio(n, c), n]).filter(([r]) => r < wanted)
  .map(([r, n]) => `${r.toFixed(2)} ${n.tagName} ${n.getAttribute('class')} "${(n.textContent || n.placeholder).slice(0, 40)}"`)}; }"""

MOTION = """() => { const moving = [];
for (const node of document.querySelectorAll('.jp-Notebook .tv, .jp-Notebook .tv *')) {
  const style = getComputedStyle(node);
  const times = style.transitionDuration.split(', ').map(parseFloat);
  if (Math.max(...times) > 0 || style.animationName !== 'none' || style.scrollBehavior === 'smooth')
    moving.push(`${node.tagName} ${node.className}`);
}
return moving; }"""


IN_VIEW = """() => [...document.querySelectorAll('.jp-Notebook .tv')].filter(w => {
  const box = w.getBoundingClientRect(); return box.width && box.bottom > 0 && box.top < innerHeight; })
  .map(w => [w.className, w.getBoundingClientRect().height])"""

# All that is in view has been drawn, and none of it is an error.
DRAWN = (
    f"words => ({IN_VIEW})().every(([, height]) => height >= 100)"
    " && ![...document.querySelectorAll('.jp-OutputArea-output')].some("
    "output => words.some(word => output.innerText.includes(word)))"
)

# What a notebook can call, and what that puts on the page where it has another name.
FUNCTIONS = set(lessons.__all__) - {"Case", "open_case"}
KINDS = {
    "show": "tv-chart",
    "judge": "tv-deck",
    "side_by_side": "tv-sides",
    "place_map": "tv-map",
    "check_form": "tv-check",
    "my_work": "tv-mywork",
    "class_view": "tv-class",
}


@pytest.fixture(scope="module")
def all_widgets(course, lab, shared_page):
    """Every widget of the course in one notebook, with all that can be opened open."""
    path = "notebooks/every-widget.ipynb"  # where there are lessons, for the page of contents
    write_notebook(course / path, *EVERY_WIDGET)
    with opened(shared_page, lab, path) as notebook:
        notebook.python("r.query = 'ceasefire'; t.between = ['hamburg-2017', 'amman-mop-2017']")
        notebook.devtools = notebook.page.context.new_cdp_session(notebook.page)
        assert notebook.page.locator(OUTER).count() == WIDGETS
        assert notebook.page.locator(".jp-Notebook .tv .tv svg.marks").count() == INSIDE
        yield notebook
        notebook.windowing("contentVisibility")  # JupyterLab's own choice


@pytest.fixture
def notebook(all_widgets):
    """The notebook on a desk: wide, light, on a screen; whatever a test changed is undone."""
    yield all_widgets
    page = all_widgets.page
    page.emulate_media(media="null", reduced_motion="null")
    all_widgets.devtools.send("Emulation.clearDeviceMetricsOverride")
    page.set_viewport_size(DESK)
    all_widgets.theme("Light")


def resize(notebook, size, scale=1):
    """A page of this many CSS pixels; at scale 2 it is a page zoomed to 200 %."""
    metrics = {**size, "deviceScaleFactor": scale, "mobile": False}
    notebook.devtools.send("Emulation.setDeviceMetricsOverride", metrics)
    notebook.page.wait_for_function("width => innerWidth === width", arg=size["width"])
    folds(notebook, opened=True)


def folds(notebook, *, opened):
    """Open or close all that is closed until opened, and the help on keys."""
    notebook.page.evaluate(
        """opened => { for (const fold of document.querySelectorAll('.tv details')) fold.open = opened;
        for (const ask of document.querySelectorAll('.tv [aria-label=Keys]'))
          if ((ask.getAttribute('aria-expanded') === 'true') !== opened) ask.click(); }""",
        opened,
    )
    look_at_all(notebook)


def look_at_all(notebook):
    """Bring every cell into view once: what is not seen may not be laid out yet."""
    for cell in notebook.page.locator(".jp-Notebook .jp-CodeCell").all():
        cell.evaluate("node => node.scrollIntoView({block: 'center'})")
        notebook.page.wait_for_timeout(100)
    notebook.settle(0.4)


@pytest.mark.parametrize(("size", "scale"), [("320 px", 1), ("200 %", 2)])
def test_narrow_pages(size, scale, notebook):
    resize(notebook, SIZES[size], scale)
    assert notebook.page.evaluate(OVERFLOW) == []
    controls = notebook.page.evaluate(CONTROLS)
    assert controls["bad"] == []
    assert controls["count"] > 120
    assert notebook.page.evaluate(CUT) == []


def test_help_on_keys_has_each_key_beside_what_it_does(notebook):
    folds(notebook, opened=True)
    pairs = notebook.page.evaluate(
        """() => [...document.querySelectorAll('.tv-keys dt')].map(dt => {
        const [a, b] = [dt, dt.nextElementSibling].map(node => node.getBoundingClientRect());
        return a.right <= b.left && a.top < b.bottom && b.top < a.bottom; })"""
    )
    assert len(pairs) > 30
    assert all(pairs)
    folds(notebook, opened=False)
    assert notebook.page.locator(".tv-keys:visible").count() == 0


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_text_contrast(name, notebook):
    notebook.theme(name)
    folds(notebook, opened=True)
    found = notebook.page.evaluate(CONTRAST, 4.5)
    assert found["low"] == []
    assert found["count"] > 500


def test_reduced_motion(notebook):
    assert (
        notebook.page.evaluate(MOTION) != []
    )  # the reader scrolls smoothly, where that is welcome
    notebook.page.emulate_media(reduced_motion="reduce")
    assert notebook.page.evaluate(MOTION) == []


def test_print_shows_the_whole_page_in_light_colours(notebook):
    notebook.theme("Dark")
    folds(notebook, opened=False)
    notebook.page.emulate_media(media="print")
    pages = notebook.page.locator(".tv-reader .tv-page")
    assert pages.count() == 3
    for page in pages.all():
        cut = page.evaluate("""p => ({limit: getComputedStyle(p).maxHeight, hidden: p.scrollHeight - p.clientHeight,
          shown: [...p.children].filter(li => li.getBoundingClientRect().height > 10).length})""")
        assert cut == {
            "limit": "none",
            "hidden": 0,
            "shown": page.locator("> li:not([hidden])").count(),
        }
    assert (
        notebook.page.locator(".tv-head:visible, .tv-keys:visible, .tv-live:visible").count() == 0
    )
    assert notebook.page.locator(".tv svg.marks:visible").count() == PICTURES + INSIDE
    paper = "root => getComputedStyle(root).backgroundColor"
    assert notebook.page.locator(".tv").first.evaluate(paper) == "rgb(255, 253, 248)"
    assert notebook.page.evaluate(CONTRAST, 4.5)["low"] == []


def test_projector_switch(notebook):
    page = notebook.page
    zooms = f"() => [...document.querySelectorAll('{OUTER}')].map(w => getComputedStyle(w).zoom)"
    pressed = f"() => [...document.querySelectorAll('{OUTER} > .tv-head [aria-label=\"Projector size\"]')].map(b => b.ariaPressed)"
    folds(notebook, opened=False)
    page.locator(".tv").first.get_by_label("Projector size").click()
    assert page.evaluate(zooms) == ["1.4"] * WIDGETS
    assert page.evaluate(pressed) == ["true"] * WIDGETS
    look_at_all(notebook)
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate(CUT) == []
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    page.wait_for_function(f"count => ({zooms})().length === count", arg=WIDGETS)
    assert page.evaluate(zooms) == ["1.4"] * WIDGETS
    look_at_all(notebook)
    click_bar(page, "F9")
    notebook.python_says("print(strip.picked)", "F9")
    page.locator(".tv-row[data-event='amman-mop-2017']").click()
    notebook.python_says("print(t.picked)", "amman-mop-2017")
    page.locator(OUTER).last.get_by_label("Projector size").click()
    assert page.evaluate(zooms) == ["1"] * WIDGETS
    assert page.evaluate(pressed) == ["false"] * WIDGETS


@pytest.mark.parametrize("large", [False, True], ids=["desk", "projector"])
def test_drag_zooms_to_the_days_under_the_pointer(large, notebook):
    page = notebook.page
    switch = page.locator(".tv").first.get_by_label("Projector size")
    if large:
        switch.click()
    notebook.python("t.window = t.windows['All']")
    look_at_all(notebook)  # what is laid out late would move the picture under the pointer
    stage = page.locator(".tv-stage")
    stage.evaluate("node => node.scrollIntoView({block: 'start'})")
    notebook.settle(0.4)
    box, whole = (
        stage.bounding_box(),
        json.loads(notebook.python("import json; print(json.dumps(t.window))")),
    )
    page.mouse.move(box["x"] + 0.70 * box["width"], box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 120, steps=4)
    page.mouse.up()
    notebook.python_says(f"print(t.window != {whole!r})", "True")
    shown = json.loads(notebook.python("print(json.dumps(t.window))"))
    if large:
        switch.click()
    first, last = (date.fromisoformat(day).toordinal() for day in whole)
    for day, part in zip(shown, (0.70, 0.95), strict=True):
        expected = first + part * (last - first)  # the picture has a small margin on either side
        assert abs(date.fromisoformat(day).toordinal() - expected) < 365


def click_bar(page, passage):
    place = page.evaluate(
        """id => { const bar = [...document.querySelectorAll('.tv-chart svg.marks .mark-rect path')]
        .find(bar => bar.__data__.datum.passage_id === id); bar.scrollIntoView({block: 'center'});
        const box = bar.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }""",
        passage,
    )
    page.mouse.click(*place)


# --- in pieces, and when the kernel has forgotten it all -------------------------------------------


def loaded_again(notebook):
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    notebook.settle()


def test_runs_whole_with_full_windowing(notebook):
    """Only what is in view is in the page: outputs are detached, and come again."""
    notebook.windowing("full")
    # First what was saved is back: a view that is cleared away while its widget is still being
    # fetched may say "not found" in the console, where nobody sees it any more.
    loaded_again(notebook)
    notebook.page.wait_for_function(DRAWN, arg=BAD_WORDS)
    notebook.command("notebook:clear-all-cell-outputs")
    notebook.run_all()
    cells = len(notebook.model()["cells"])
    assert notebook.page.locator(".jp-Notebook .jp-Cell:visible").count() < cells
    seen = set()
    for direction in (1, -1, 1):  # down, up, down
        for _ in range(80):
            notebook.page.wait_for_function(DRAWN, arg=BAD_WORDS)  # else it fails by its time
            seen |= {kind.split()[1] for kind, _ in notebook.page.evaluate(IN_VIEW)}
            if not notebook.scroll(direction * 700, wait=60):
                break
    assert seen == {KINDS.get(name, f"tv-{name}") for name in FUNCTIONS}


def test_every_widget_is_in_the_notebook():
    code = "\n".join(EVERY_WIDGET[1:])
    assert {name for name in FUNCTIONS if re.search(rf"\b{name}\(", code)} == FUNCTIONS


def test_after_a_kernel_restart_a_reload_shows_pictures(notebook, course):
    notebook.windowing("contentVisibility")
    notebook.save()
    notebook.restart_kernel()
    file = course / notebook.path
    assert views(file) == len(read(file)) - 1
    loaded_again(notebook)
    assert_pictures_and_sentences(notebook, trusted=True, file=file)
