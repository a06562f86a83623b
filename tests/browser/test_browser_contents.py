"""The page of contents: links by mouse and by keyboard, progress that follows an answer."""

import pytest
from support.axe import axe
from support.following import leads_to
from support.lab import until

from lessons.work import Answer

FIRST = "notebooks/00-start-here.ipynb"
TIME = "2026-11-25T08:14:10.123Z"


@pytest.fixture
def shown(open_notebook):
    """Open the first lesson as somebody new, with some answers there already, and run it."""

    def make(*answers):
        notebook = open_notebook(FIRST, before=answers)
        root = notebook.page.locator(".jp-Notebook .tv-contents")
        until(root, "w.querySelectorAll('.tv-contents-list > li').length > 1")
        return notebook, root

    return make


def answer(number, item):
    return Answer(f"answer-{number}", "danang-2017", item, "choose-one", "A", TIME)


def test_a_link_opens_a_lesson_by_mouse(shown):
    notebook, root = shown()
    first = root.locator(".tv-contents-list > li").first.text_content()
    assert first.startswith("0 \u00b7 Start hereyou are here40 minutesThis course is about")
    assert first.endswith("0 of 5 done")
    link = root.get_by_role("link", name="1 \u00b7 Two voices")
    leads_to(notebook, link.click, "01-two-voices.ipynb", "1 \u00b7 Two voices")


def test_go_on_leads_to_the_step_by_keyboard(shown):
    notebook, root = shown(answer(1, "EX1-01"), answer(2, "EX2-01"))
    page, before = notebook.page, notebook.sources()
    assert root.locator(".tv-next").text_content() == (
        "Go on with: Step 2 \u00b7 One voice at a time Exercise EX2-03, in 1 \u00b7 Two voices"
    )
    notebook.enter_widget("contents")
    notebook.tab_to("Step 2 \u00b7 One voice at a time")
    leads_to(
        notebook, lambda: page.keyboard.press("Enter"), "01-two-voices.ipynb", "Step 2 \u00b7 One"
    )
    notebook.page.evaluate(
        "async path => { await jupyterapp.commands.execute('docmanager:open', {path}); }", FIRST
    )
    assert notebook.sources() == before


def test_progress_follows_an_answer_and_so_does_the_picture(shown):
    notebook, root = shown()
    page = notebook.page
    summary = root.locator(".tv-fold > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    until(root, "w.querySelector('.tv-picture svg') !== null")
    until(root, "w.querySelector('.tv-sentence').textContent.includes('Start here 0 of 5 done')")
    asked = page.locator(".jp-Notebook .tv-exercise").first
    slider = asked.locator("input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    asked.locator(".tv-do").click()
    until(root, "w.querySelector('.tv-contents-list > li').textContent.endsWith('1 of 5 done')")
    until(root, "w.querySelector('.tv-sentence').textContent.includes('Start here 1 of 5 done')")
    assert root.locator(".tv-contents-list > li").first.locator(".tv-full").count() == 1
    assert root.locator(".tv-next a").text_content().startswith("Step 2")
    assert root.locator("details").first.get_attribute("open") is not None
    for theme in ("Dark", "Light"):
        notebook.theme(theme)
        notebook.look_at_pictures()
        assert axe(page, ".tv-contents") == [], theme
