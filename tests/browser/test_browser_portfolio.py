"""The portfolio by keyboard and by mouse; saved as a page, and on paper."""

import base64
import re

import pytest
from support.axe import axe
from support.lab import opened, until, watched, write_notebook
from support.paper import printed
from support.simulated_checks import answers_of

from lessons import open_case
from lessons.analysis.checks import FORMS
from lessons.work import Answer

CASE = open_case("danang-2017")
CELLS = (
    "from lessons import open_case, portfolio\ndanang = open_case('danang-2017')\ndanang",
    "portfolio(danang)",
)
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
HOSTILE = "<img src=x onerror='window.cut = 1'><script>window.cut = 1</script> </style> &amp; {{x}}"
LONG = "Who-says-this-and-how-do-they-know-it-" * 12
NOTE = "I ask for 1 source, x, before I pass something on? Yes."
WRITTEN = {
    ("rewrite:S2", "rewrite"): "The two said that they had talked. " * 40,
    ("rewrite:F13", "rewrite"): "According to the author, the US acts alone.",
    ("EX4-01", "mark-span"): [],
    ("EX9-02", "short-text"): f"{LONG}\n\n\u202eright to left? \u05e9\u05dc\u05d5\u05dd",
    ("EX2-01:disagree", "disagree"): HOSTILE,
}


def answered():
    """Everything that a learner can have in the portfolio."""
    for number, ((item, kind), value) in enumerate(WRITTEN.items()):
        yield Answer(
            f"p-{number}", CASE.name, item, kind, value, f"2026-11-25T08:{number:02d}:00.000Z"
        )
    learners = {"before": "suspicious", "after": "ideal", "later": "trusts officials"}
    for day, (time, learner) in enumerate(learners.items()):
        assert time in FORMS
        for row in answers_of(CASE.check_items, learner, time).itertuples():
            value = {"answer": row.answer, "sure": row.sure}
            when = f"2026-11-{25 + day}T09:00:00.000Z"
            yield Answer(f"c-{row.item}", CASE.name, row.item, "check", value, when)


@pytest.fixture(scope="module")
def desk(shared_page, lab, course):
    write_notebook(course / "portfolio.ipynb", *CELLS)
    with opened(shared_page, lab, "portfolio.ipynb", before=answered()) as notebook:
        notebook.page.locator(".tv-pf-part").first.wait_for()
        yield notebook


@pytest.fixture(scope="module")
def saved(desk, tmp_path_factory):
    """The saved page, as a file."""
    root = root_of(desk)
    with desk.page.expect_download() as caught:
        root.get_by_role("button", name="Save as a page").click()
    assert caught.value.suggested_filename == "my-portfolio.html"
    file = tmp_path_factory.mktemp("saved") / "my-portfolio.html"
    caught.value.save_as(file)
    return file


@pytest.fixture
def sheet(saved, browser):
    """The saved page in a browser that knows nothing of the course."""
    context = browser.new_context()
    page = context.new_page()
    notes = watched(page, saved.as_uri())
    page.goto(saved.as_uri())
    yield page
    assert not any(notes.values()), notes
    context.close()


def root_of(notebook):
    return notebook.page.locator(".tv-portfolio")


def test_by_keyboard_alone(desk):
    page, before = desk.page, desk.sources()
    root = desk.enter_widget("portfolio")
    desk.tab_to("Look again")
    page.keyboard.press("Enter")
    until(root, "w.querySelector('.tv-pf-outcome').textContent.includes('as it is now')")
    desk.tab_to("The same as a table")
    page.keyboard.press("Enter")
    until(root, "w.querySelector('.tv-pf-picture details').open")
    desk.tab_to("Keep it")
    page.keyboard.press("Enter")
    until(root, "w.querySelector('.tv-live').textContent === 'Write something first.'")
    assert desk.focused().startswith("One thing I take with me")
    page.keyboard.type(NOTE)
    desk.tab_to("Keep it")
    page.keyboard.press("Enter")
    until(root, SAVED)
    until(root, "w.querySelector('.tv-live').textContent.startsWith('It is kept')")
    desk.python_says(
        "from lessons.widgets.keeping import work\n"
        "print([a.value for a in work().of('danang-2017', 'portfolio:note')])",
        str([NOTE]),
    )
    assert desk.sources() == before


def test_print_gives_the_browser_the_page_and_nothing_else(desk):
    page = desk.page
    page.evaluate(
        """() => { window.printed = [];
        new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node => {
          if (node.matches?.('iframe.tv-pf-frame')) node.contentWindow.print = () => {
            window.printed.push(node.contentDocument.body.textContent);
            node.contentWindow.dispatchEvent(new Event('afterprint')); };
        }))).observe(document.body, {childList: true});
        window.print = () => window.printed.push('the whole of JupyterLab'); }"""
    )
    root_of(desk).get_by_role("button", name="Print", exact=True).click()
    page.wait_for_function("window.printed.length > 0")
    (told,) = page.evaluate("window.printed")
    assert NOTE in told
    assert "How I judged" in told
    page.wait_for_function("document.querySelectorAll('.tv-pf-frame').length === 0")


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, desk):
    desk.theme(name)
    desk.open_folds()
    assert axe(desk.page, ".jp-OutputArea-output") == []


def test_nothing_that_was_written_runs(desk, sheet, saved):
    for page in (desk.page, sheet):
        assert page.evaluate("window.cut") is None
        assert HOSTILE in page.content() or HOSTILE in page.locator("body").inner_text()
    text = saved.read_text(encoding="utf-8")
    assert (
        sheet.locator("script, iframe, object, embed, link, form, button, [onerror]").count() == 0
    )
    assert "default-src 'none'" in text
    assert re.findall(r"https?://(?!www\.w3\.org)", text) == []
    assert axe_of(sheet) == []


def axe_of(page):
    """What axe finds in the saved page; its policy lets no code in, so the policy is left out."""
    page.evaluate("document.querySelector('meta[http-equiv]').remove()")
    return axe(page, "body")


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_on_paper_no_word_is_cut_off_or_lost(size, sheet):
    sheet.emulate_media(media="print")
    shown = sheet.locator("body").inner_text()
    sheets = printed(sheet, size)
    assert 4 <= len(sheets) <= 12
    for one in sheets:
        assert min(one.left, one.right) >= 14, one.text[:80]
        assert min(one.top, one.bottom) >= 12, one.text[:80]
    paper = bare("".join(one.text for one in sheets))
    lost = [word for word in re.findall(r"[A-Za-z0-9]{2,}", shown) if word not in paper]
    assert lost == []
    for text in (NOTE, LONG, *(v for v in WRITTEN.values() if isinstance(v, str) and "<" not in v)):
        first = bare(text.split("\n")[0])
        assert first in paper
    assert "The same as a table" not in paper


def bare(text):
    """A text without spaces and hyphens: a long word is broken somewhere on paper."""
    return re.sub(r"[\s\u00ad\u00a0\x02\ufffe-]", "", text)


def test_a_picture_is_whole_on_its_sheet(sheet):
    """No picture is higher than a sheet or wider than what is printed of it."""
    sheet.set_viewport_size({"width": int((210 - 32) / 25.4 * 96), "height": 900})
    sheet.emulate_media(media="print")
    boxes = sheet.evaluate(
        """() => [...document.querySelectorAll('.tv-pf-picture')].map(one => {
        const box = one.getBoundingClientRect(), image = one.querySelector('img');
        const inside = getComputedStyle(one).breakInside;
        return [inside, box.height, image.naturalWidth > 0, image.getBoundingClientRect().right]; })"""
    )
    assert len(boxes) == 5
    for inside, height, drawn, right in boxes:
        assert inside == "avoid"
        assert drawn
        assert height < (279.4 - 32) / 25.4 * 96
        assert right <= int((210 - 32) / 25.4 * 96) + 1


def test_no_word_of_a_picture_is_cut_off(sheet):
    """In the fonts that this machine has, which are wider than those that pictures are made with."""
    pictures = [
        svg_of(src) for src in sheet.locator("img").evaluate_all("all => all.map(i => i.src)")
    ]
    cut = sheet.evaluate(
        """pictures => { const cut = []; for (const svg of pictures) {
        document.body.innerHTML = svg; const edge = document.querySelector('svg').getBoundingClientRect();
        for (const word of document.querySelectorAll('text')) { const box = word.getBoundingClientRect();
          if (box.left < edge.left || box.right > edge.right) cut.push(word.textContent); } }
        return cut; }""",
        pictures,
    )
    assert len(pictures) == 5
    assert cut == []


def test_readable_in_greyscale(sheet):
    """Each text, in pictures too, has 4.5 times the lightness of its ground or as much less."""
    sheet.emulate_media(media="print")
    colours = sheet.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(
        n => n.nodeType === 3 && n.data.trim())).map(e => getComputedStyle(e).color)"""
    )
    fills = {
        fill
        for src in sheet.locator("img").evaluate_all("all => all.map(i => i.src)")
        for fill in fills_of_words(src)
    }
    assert len(colours) > 30
    assert fills
    rgb = {tuple(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours}
    rgb |= {tuple(bytes.fromhex(fill[1:])) for fill in fills}
    assert min(against_white(*one) for one in rgb) >= 4.5


def svg_of(src):
    return base64.b64decode(src.partition(",")[2]).decode()


def fills_of_words(src):
    """The colours of the words in a picture that stand on no other ground than the paper."""
    found = re.findall(r"<text[^>]*>", svg_of(src))
    return [fill[1] for word in found if (fill := re.search(r'fill="(#[0-9a-f]{6})"', word))]


def against_white(red, green, blue):
    """The contrast of a colour against white paper (WCAG)."""

    def linear(part):
        part /= 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)


def test_everything_comes_back(desk):
    def still_there():
        root = root_of(desk)
        until(root, "w.querySelectorAll('.tv-pf-part').length === 3")
        until(root, "w.querySelector('textarea').value === arg", NOTE)
        until(root, "w.querySelector('.tv-pf-sheet').textContent.includes(arg)", HOSTILE)

    desk.survives(still_there)
    text = str(desk.model())
    for value in (HOSTILE, LONG, "acts alone"):
        assert value not in text  # an answer is no part of a saved notebook
