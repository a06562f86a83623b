"""The check in a real JupyterLab: by keyboard alone, with nothing told before the end."""

import pytest
from support.axe import axe
from support.lab import opened, until, write_notebook

from lessons import open_case
from lessons.analysis.checks import FORMS

ITEMS = open_case("danang-2017").check_items
TEXTS = ["explain_sound_choice", "explain_unsound_choice"]
CELLS = (
    "from lessons import check_form, open_case\ndanang = open_case('danang-2017')\ndanang",
    "before = check_form(danang, 'before')\nbefore",
    "after = check_form(danang, 'after')\nafter",
)
BEFORE, AFTER = range(2)
STRAY = ("x", "d", "d", "a", "b", "z", "m")
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
KEPT = "from lessons.widgets.keeping import work\nprint(len(work().answers))"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "check.ipynb", *CELLS)
    return "check.ipynb"


def explanations(*forms):
    rows = ITEMS[ITEMS["form"].isin([FORMS[form] for form in forms])]
    return {text for column in TEXTS for text in rows[column]}


def listen_to(root):
    """From now on note every sentence that the live region speaks."""
    root.evaluate(
        """w => { const live = w.querySelector(':scope > .tv-live'); w.heard = [];
        new MutationObserver(() => live.textContent && w.heard.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )


def heard(root, last):
    """The sentences that were spoken since the last time, once `last` is the newest of them."""
    until(root, "w.heard.at(-1) === arg", last)
    return root.evaluate("w => { const said = w.heard; w.heard = []; return said; }")


def head(root):
    return root.locator(".tv-deck-card h3").text_content()


def check(notebook, number):
    root = notebook.page.locator(".jp-Notebook .tv-check").nth(number)
    root.wait_for()
    return root


def by_mouse(root, cards, answer="Yes", sure="80 %"):
    """Answer the open card and those that come by themselves after it."""
    for _ in range(cards):
        root.get_by_label(answer).check(force=True)
        root.get_by_label(sure, exact=True).check(force=True)
        root.get_by_role("button", name="Keep and go on").click()


def told(overheard, notebook):
    """The explanations among all that came to the page and all that is in it."""
    return overheard.of(explanations(*FORMS), notebook)


def test_a_whole_form_by_keyboard_alone_and_nothing_told_before_its_end(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    page, overheard = notebook.page, notebook.heard
    before = notebook.sources()
    root = notebook.enter_widget("check", AFTER)
    listen_to(root)
    while page.evaluate("document.activeElement.closest('.tv-tools') !== null"):
        page.keyboard.press("Tab")
    for number in range(1, 17):
        assert head(root) == f"Card {number} of 16"
        page.keyboard.press("1" if number % 2 else "2")
        page.keyboard.press("Tab")
        assert notebook.focused() == "50 % a guess"
        for key in ("ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        assert notebook.focused() == "70 %"
        assert head(root) == f"Card {number} of 16"  # these arrows chose, they turned no card
        page.keyboard.press("Enter")
        if number < 16:
            assert notebook.focused() == f"Card {number + 1} of 16"
            kept = f"Kept. Card {number + 1} of 16."
            assert heard(root, kept) == [kept]
            # No word, no class and no colour tells a right answer from a wrong one.
            assert told(overheard, notebook) == set()
            marked = root.locator(".tv-chip").evaluate_all(
                "chips => [...new Set(chips.map(c => c.className + getComputedStyle(c).color))]"
            )
            assert len(marked) <= 3  # done, open, current
    until(root, SAVED)
    until(root, "w.querySelector('.tv-end').textContent.includes('what is right and why')")
    assert notebook.focused() == "All cards are answered"
    heard(root, "Go through the cards again: under each stands what is right and why.")
    assert told(overheard, notebook) == explanations("after")
    notebook.tab_to("Look at card 1 again")
    page.keyboard.press("Enter")
    assert notebook.focused() == "Card 1 of 16"
    assert root.locator(".tv-result h4").first.text_content() == "About your answer"
    for _ in range(15):
        page.keyboard.press("ArrowRight")
        assert root.locator(".tv-result p").count() == 2
    assert head(root) == "Card 16 of 16"
    notebook.python_says("print(set(after.table['sure']))", "{70}")
    notebook.python_says("print(list(after.table['answer'][:3]))", "['sound', 'unsound', 'sound']")
    assert notebook.sources() == before
    # The check before the course has all of this still to come.
    first = check(notebook, BEFORE)
    assert first.locator(".tv-result").count() == 0


def test_before_the_course_nothing_is_told_even_at_the_end(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    overheard = notebook.heard
    root = check(notebook, BEFORE)
    by_mouse(root, 16)
    until(root, SAVED)
    assert root.locator(".tv-end p").text_content() == (
        "That was the last card. Your answers are kept. What is right and why comes with the "
        "check at the end of the course: so the two can be compared."
    )
    notebook.run_all()
    assert told(overheard, notebook) == set()
    other = check(notebook, AFTER)
    by_mouse(other, 15, answer="No")
    until(other, SAVED)
    assert told(overheard, notebook) == set()
    by_mouse(other, 1)
    until(other, "w.querySelector('.tv-result')")
    assert told(overheard, notebook) == explanations("after")
    notebook.run_all()
    until(check(notebook, BEFORE), "w.querySelector('.tv-result')")
    assert told(overheard, notebook) == explanations("before", "after")


def test_reload_in_the_middle_loses_nothing(open_notebook, path):
    notebook = open_notebook(path)
    root = check(notebook, BEFORE)
    by_mouse(root, 5, answer="No", sure="100 % certain")
    root.get_by_label("Yes").check(force=True)  # half an answer
    until(root, SAVED)

    def still_there():
        root = check(notebook, BEFORE)
        assert head(root) == "Card 6 of 16"
        assert root.locator(".tv-done").count() == 5
        assert root.get_by_label("Yes").is_checked()
        assert root.get_by_role("button", name="Keep and go on").is_disabled()
        assert "Now say how sure you are." in root.text_content()
        notebook.python_says("print(list(before.table['sure']))", "[100, 100, 100, 100, 100]")
        notebook.python_says(KEPT, "5")

    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    still_there()
    notebook.run_all()
    still_there()
    notebook.restart_kernel()
    notebook.run_all()
    still_there()


def test_a_kept_answer_is_locked(open_notebook, path):
    notebook = open_notebook(path)
    page, root = notebook.page, check(notebook, BEFORE)
    listen_to(root)
    go = root.get_by_role("button", name="Keep and go on")
    assert go.is_disabled()
    root.get_by_label("90 %", exact=True).check(force=True)
    assert go.is_disabled()
    assert "Choose yes or no first." in root.text_content()
    page.keyboard.press("Enter")
    said = "Choose yes or no first."
    assert heard(root, said) == [said]
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert head(root) == "Card 2 of 16"
    page.keyboard.press("ArrowLeft")
    assert head(root) == "Card 1 of 16"
    for key in ("1", "Enter", "2", "Enter", *STRAY):
        page.keyboard.press(key)
    assert root.locator("input").count() == 0
    locked = root.locator(".tv-locked").text_content()
    assert locked == "Your answer is keptNo, it claims more than the card supports, 90 % sure"
    until(root, SAVED)
    notebook.python_says(KEPT, "1")
    notebook.python_says("print(*before.table.iloc[0, 1:3])", "unsound 90")
    page.keyboard.press("End")
    assert head(root) == "Card 16 of 16"
    page.keyboard.press("Home")
    assert head(root) == "Card 1 of 16"


def test_cards_left_out_come_at_the_end(open_notebook, path):
    notebook = open_notebook(path)
    root = check(notebook, BEFORE)
    root.get_by_label("Card 3", exact=True).click()
    by_mouse(root, 14)
    assert head(root) == "Card 1 of 16"
    assert root.get_by_label("Card 3, answered", exact=True).count() == 1
    assert not root.locator(".tv-end").is_visible()
    by_mouse(root, 2)
    assert root.locator(".tv-end").is_visible()


def test_the_sentence_to_judge_is_marked_by_more_than_colour(open_notebook, path):
    root = check(open_notebook(path), BEFORE)
    marked = root.locator(".tv-judged")
    assert marked.text_content().startswith("Judge this sentence: ")
    style = marked.evaluate(
        "m => { const s = getComputedStyle(m); return [s.borderTopWidth, s.fontWeight]; }"
    )
    assert style == ["2px", "700"]
    # What is chosen can be read: it has another ground, and a tick.
    root.get_by_label("Yes").check(force=True)
    chosen, other = (
        root.locator(".tv-choice")
        .nth(number)
        .evaluate("c => getComputedStyle(c).backgroundColor + getComputedStyle(c).color")
        for number in (0, 1)
    )
    assert chosen != other
    assert chosen.split(")")[0] != chosen.split(")")[1]


@pytest.fixture(scope="module")
def done_page(shared_page, lab, path):
    """The first check begun, the other one done: every state of a card in one page."""
    with opened(shared_page, lab, path) as notebook:
        by_mouse(check(notebook, BEFORE), 1)
        check(notebook, BEFORE).get_by_label("Yes").check(force=True)
        by_mouse(check(notebook, AFTER), 16)
        until(check(notebook, AFTER), "w.querySelector('.tv-result')")
        yield notebook


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_accessible(theme, done_page):
    done_page.theme(theme)
    for root in done_page.page.locator(".tv-check").all():
        root.get_by_label("Keys").click()
    done_page.settle()
    assert axe(done_page.page, ".jp-OutputArea-output") == []
