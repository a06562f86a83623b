"""The checker by keyboard and by mouse: opened, weighed, judged, kept; what is sent when."""

import pytest
from support.axe import axe
from support.lab import opened, until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
FIRST = "from lessons import checker, open_case, reader\ndanang = open_case('danang-2017')\ndanang"
CLAIMS = ["F3.2", "S9.1", "F1.1"]
CELLS = [FIRST, *(f"checker(danang, '{one}')" for one in CLAIMS), "r = reader(danang)\nr"]
STRAY = ("x", "d", "d", "a", "b", "z", "m")
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
DONE = "w.querySelector('.tv-readings') !== null"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "checkers.ipynb", *CELLS)
    return "checkers.ipynb"


@pytest.fixture(scope="module")
def page_of_checkers(shared_page, lab, path):
    with opened(shared_page, lab, path) as notebook:
        yield notebook


def listen_to(root):
    """From now on note every sentence that the live region speaks."""
    root.evaluate(
        """w => { const live = w.querySelector(':scope > .tv-live'); w.heard = [];
        new MutationObserver(() => live.textContent && w.heard.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )


def type_keys(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def account(root, number):
    return root.locator(".tv-ck-card").nth(number).locator(".tv-ck-account")


def test_by_keyboard_alone(page_of_checkers):
    notebook = page_of_checkers
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("checker")
    listen_to(root)
    type_keys(page, *STRAY)
    assert root.locator("[data-open]").count() == 0
    notebook.tab_to("Open source 1")
    type_keys(page, "ArrowDown", "Enter")  # the second is opened first
    until(root, "w.querySelector('.tv-ck-title') !== null")
    # The focus went to what the source shows, and on to the two questions about it.
    assert "tv-ck-account" in page.evaluate("document.activeElement.className")
    notebook.tab_to("supports the claim")
    type_keys(page, "ArrowDown")
    notebook.tab_to("little")
    type_keys(page, "ArrowDown", "ArrowDown")
    card = root.locator(".tv-ck-card").nth(1)
    assert card.locator("input:checked").evaluate_all("list => list.map(i => i.value)") == [
        "against",
        "much",
    ]
    notebook.tab_to("Open source 3")
    type_keys(page, "Enter")
    until(root, "w.querySelectorAll('.tv-ck-title').length === 2")
    assert "opened 2nd" in root.locator(".tv-ck-card").nth(2).text_content()
    notebook.tab_to("it holds")
    type_keys(page, "ArrowDown", "ArrowDown", "ArrowDown")
    notebook.tab_to("50 %")
    type_keys(page, "ArrowRight", "ArrowRight", "ArrowRight")
    notebook.tab_to("Which one question")
    page.keyboard.type("Who took Raqqa? x 1 2")
    assert "1 opened source is not weighed yet" in root.locator(".tv-ck-todo").text_content()
    assert root.locator(".tv-readings").count() == 0
    notebook.tab_to("Give my verdict")
    type_keys(page, "Enter")
    until(root, DONE)
    until(root, SAVED)
    notebook.settle(0.3)
    heard = root.evaluate("w => w.heard")
    word = CASE.scales.loc["assessment-contradicted", "word"]
    assert heard[-1] == f"You: {word}. Reader A: {word}. Reader B: {word}. Explained in this box."
    assert len([said for said in heard if said.endswith("in this box.")]) == 1
    assert page.evaluate("document.activeElement.tagName") == "H4"
    assert notebook.sources() == before
    assert "You opened 2 of the 6 sources" in root.locator(".tv-result").text_content()


def test_what_came_of_it_is_complete(page_of_checkers):
    root = page_of_checkers.page.locator(".tv-checker").first
    text = root.locator(".tv-result").text_content()
    row = CASE.claims.loc["F3.2"]
    own = CASE.claim_readings[CASE.claim_readings["claim_id"] == "F3.2"]
    for said in [row["first_question"], row["neutral"], *own["why"], "Who took Raqqa? x 1 2"]:
        assert said in text
    assert "Government forces carried a large share." in text
    rows = root.locator(".tv-table tbody tr")
    assert rows.count() == 6
    assert rows.nth(1).locator("td").first.text_content() == "speaks against it, much weight"
    assert rows.nth(2).locator("td").first.text_content() == "opened, not weighed"
    assert rows.nth(0).locator("td").first.text_content() == "not opened"
    for number in (1, 2):
        shows = CASE.sources.loc[source_of(root, number), "shows"]
        assert shows in account(root, number).text_content()
    # What was opened and in which order is kept with the answers.
    page_of_checkers.python("from lessons.widgets.keeping import work")
    code = "print([i for i in work().answers['item'] if ':opened:' in i])"
    expected = [f"check:F3.2:opened:{source_of(root, number)}" for number in (1, 2)]
    page_of_checkers.python_says(code, str(expected))


def source_of(root, number):
    """Return the id of a source by the address on its card."""
    url = root.locator(".tv-ck-card").nth(number).locator("dd a").get_attribute("href")
    (found,) = [source for source, known in CASE.sources["url"].items() if known == url]
    return found


def test_a_claim_without_sources_and_a_verdict_that_opens_none(page_of_checkers):
    notebook = page_of_checkers
    for number, said in [(1, "You opened none of the 3 sources"), (2, "There was no source")]:
        root = notebook.page.locator(".tv-checker").nth(number)
        root.locator(".tv-step").nth(4).click()
        root.locator(".tv-ck-verdict .tv-choice").nth(1).click()
        root.get_by_label("Which one question").fill("<b>Who</b> says so?")
        root.get_by_role("button", name="Give my verdict").click()
        until(root, DONE)
        assert said in root.locator(".tv-result").text_content()
        assert "<b>Who</b> says so?" in root.locator(".tv-result").text_content()
    # A source can still be opened, and says so; it cannot be weighed any more.
    root = notebook.page.locator(".tv-checker").nth(1)
    root.get_by_role("button", name="Open source 1").click()
    until(root, "w.querySelector('.tv-ck-title') !== null")
    assert root.locator(".tv-ck-weigh input:enabled").count() == 0
    assert "You opened none" in root.locator(".tv-result").text_content()


def test_the_passage_is_marked_in_the_reader(page_of_checkers):
    page = page_of_checkers.page
    page.locator(".tv-checker").first.get_by_label("Mark F3 in the reader").click()
    page_of_checkers.python_says("print(r.selected)", "F3")


def test_disagreeing_is_kept(page_of_checkers):
    root = page_of_checkers.page.locator(".tv-checker").first
    root.locator("summary", has_text="I disagree").click()
    root.get_by_label("What is wrong with this explanation").fill("Alone may mean: together.")
    root.get_by_role("button", name="Keep my reason").click()
    until(root, "w.querySelector('.tv-fold').textContent.includes('never costs you marks')")
    code = "print(work().of('danang-2017', 'check:F3.2:verdict:disagree')[0].value)"
    page_of_checkers.python_says(code, "Alone may mean: together.")


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, page_of_checkers):
    notebook = page_of_checkers
    notebook.theme(name)
    notebook.open_folds()
    assert axe(notebook.page, ".jp-OutputArea-output") == []


def test_half_done_survives_run_again_a_new_kernel_and_a_reload(open_notebook, path):
    notebook = open_notebook(path)
    page = notebook.page

    def root():
        return page.locator(".tv-checker").first

    root().get_by_role("button", name="Open source 3").click()
    until(root(), "w.querySelector('.tv-ck-title') !== null")
    root().locator(".tv-ck-card").nth(2).locator(".tv-choice", has_text="does not settle").click()
    root().locator(".tv-ck-card").nth(2).locator(".tv-choice", has_text="some").click()
    root().locator(".tv-step").nth(1).click()
    root().get_by_label("Which one question").fill("Half a que")
    until(root(), SAVED)
    root().get_by_role("button", name="Open source 1").click()
    first = root().locator(".tv-ck-card").first
    first.locator(".tv-choice", has_text="does not settle").click()  # of two parts one

    def still_there():
        until(root(), "w.querySelector('.tv-ck-title') !== null")
        checked = "list => list.map(i => i.value)"
        until(root(), "w.querySelectorAll('.tv-ck-title').length === 2")
        weighed = root().locator(".tv-ck-card input:checked").evaluate_all(checked)
        assert weighed == ["open", "open", "some"]
        assert root().locator(".tv-step input:checked").count() == 1
        assert root().get_by_label("Which one question").input_value() == "Half a que"
        assert root().locator(".tv-readings").count() == 0

    notebook.survives(still_there)


def test_nothing_is_sent_before_it_may(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    page, heard = notebook.page, notebook.heard
    shows, claims, readings = CASE.sources["shows"], CASE.claims, CASE.claim_readings
    every = {*shows, *claims["first_question"], *readings["why"], *readings["what_would_change"]}

    def seen():
        return heard.of(every, notebook)

    assert seen() == set()
    root = page.locator(".tv-checker").first
    root.get_by_role("button", name="Open source 2").click()
    until(root, "w.querySelector('.tv-ck-title') !== null")
    told = shows[source_of(root, 1)]
    assert seen() == {told}
    root.locator(".tv-step").nth(1).click()
    root.locator(".tv-ck-verdict .tv-choice").nth(1).click()
    root.get_by_label("Which one question").fill("Who?")
    root.get_by_role("button", name="Give my verdict").click()
    until(root, DONE)
    own = readings[readings["claim_id"] == "F3.2"]
    judged = {*own["why"], *own["what_would_change"]} - {""}
    assert seen() == {told, claims.loc["F3.2", "first_question"], *judged}
