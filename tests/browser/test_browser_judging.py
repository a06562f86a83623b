"""Judging first, readings afterwards: the decks and the two columns, by keyboard and by mouse."""

import pytest
from support.axe import axe
from support.lab import until, write_notebook

from lessons import open_case
from lessons.analysis.quotation import compared_sentence

PAGE = "judging.ipynb"
SENTENCES, DIFFERENCES = range(2)  # the page's decks from the top
CASE = open_case("danang-2017")
NOTES = [
    *CASE.replies["note"],
    *CASE.speech_acts["vagueness_note"],
    *CASE.speech_acts["commits_to"],
    *(note for note in CASE.speech_act_readings["note"] if note),
    *CASE.variants["matters"],
    *(text for text in CASE.events["contested"] if text),
]
STRAY = ("x", "d", "d", "a", "b", "z", "m")


@pytest.fixture(scope="module", autouse=True)
def page_of_decks(course):
    """The same calls as in the lesson, and nothing else: tests that begin anew begin soon."""
    write_notebook(
        course / PAGE,
        "from lessons import judge, open_case, reader, side_by_side\n"
        "danang = open_case('danang-2017')\ndanang",
        "reader(danang, layer='statement')",
        "judge(danang, 'sentences')",
        "judge(danang, 'differences')",
        "side_by_side(danang)",
    )


def said(root, words):
    until(root, "w.querySelector(':scope > .tv-live').textContent.includes(arg)", words)


def head(root):
    return root.locator(".tv-deck-card h3").text_content()


def deck(notebook, number):
    """Name the kernel's deck `w`, as a learner's variable would."""
    kind = ("Sentences", "Differences")[number]
    notebook.python(
        "from ipywidgets import Widget\n"
        f"w = [w for w in Widget.widgets.values() if type(w).__name__ == {kind!r}][-1]"
    )


def sides(notebook):
    notebook.python(
        "from ipywidgets import Widget\n"
        "w = [w for w in Widget.widgets.values() if type(w).__name__ == 'SideBySide'][-1]"
    )


def test_sentences_by_keyboard_alone(open_notebook):
    notebook = open_notebook(PAGE)
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("deck", SENTENCES)
    deck(notebook, SENTENCES)
    # The two arrows stand on one line: a card back, how far one is, a card on.
    tops = root.locator(".tv-move .tv-icon").evaluate_all(
        "list => list.map(b => b.getBoundingClientRect().top)"
    )
    assert tops[0] == tops[1]
    page.keyboard.press("ArrowRight")
    said(root, "Sentence 2 of 17: S2.")
    page.keyboard.press("Home")
    assert head(root) == "Sentence 1 of 17: S1"
    # Each of the 17 can be reached; no reading is there yet.
    for number in range(2, 18):
        page.keyboard.press("ArrowRight")
        assert head(root).startswith(f"Sentence {number} of 17")
        assert root.locator(".tv-readings").count() == 0
    page.keyboard.press("Home")
    for key in STRAY:
        page.keyboard.press(key)
    page.keyboard.press("4")
    assert "clearly" in notebook.focused()
    page.keyboard.press("ArrowUp")  # inside the scale the arrows choose, they do not turn the card
    assert "somewhat" in notebook.focused()
    page.keyboard.press("Enter")
    said(root, "You: somewhat. Reader A: somewhat. Reader B: clearly. Explained in this box.")
    notebook.python_says("print(w.answers)", "{'SA01': '3'}")
    assert notebook.focused() == "Your answer and two readings"
    assert "a shared aim: defeating ISIS in Syria" in root.locator(".tv-result").text_content()
    # What was judged stays judged: the first answer counts.
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    notebook.python_says("print(w.answers)", "{'SA01': '3'}")
    # The picture has come, with its table.
    until(root, "w.querySelectorAll('.tv-answers svg.marks .mark-symbol path').length === 3")
    notebook.tab_to("Next card")
    page.keyboard.press("Enter")
    assert head(root) == "Sentence 2 of 17: S2"
    assert notebook.sources() == before


def test_differences_by_mouse(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".tv-deck").nth(DIFFERENCES)
    root.scroll_into_view_if_needed()
    expected = compared_sentence(CASE.provenance["compared"], CASE.passages)
    assert root.locator(".tv-note").text_content() == expected
    assert expected.startswith("229 of the 441 words of the quotation (52 %)")
    chips = root.locator(".tv-chip")
    assert sorted(chips.all_text_contents()) == sorted(CASE.variants.index)
    seen = set()
    for chip in chips.all():
        chip.click()
        seen.add(head(root).rpartition(": ")[2])
        here, there = root.locator(".tv-pair dd").all_text_contents()
        row = CASE.variants.loc[head(root).rpartition(": ")[2]]
        assert (here, there) == (row["in_article"], row["in_publication"])
    assert seen == set(CASE.variants.index)
    root.locator(".tv-chip[data-item=V05]").click()
    assert root.locator(".tv-pair [lang=ru]").count() == 1
    compare = root.get_by_role("button", name="Compare")
    assert compare.is_disabled()
    root.locator("label.tv-step").first.click()
    compare.click()
    said(root, "You: changes what is said. Explained in this box.")
    assert CASE.variants.loc["V05", "matters"] in root.locator(".tv-result").text_content()
    assert root.locator(".tv-chip.tv-done").all_text_contents() == ["V05"]


def test_side_by_side_by_keyboard_alone(open_notebook):
    notebook = open_notebook(PAGE)
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("sides")
    sides(notebook)
    notebook.tab_to("A1, Commentary")
    page.keyboard.press("ArrowDown")
    assert notebook.focused() == "S1, Statement, answered by F1, F16, A2."
    page.keyboard.press("ArrowRight")
    assert notebook.focused() == "F1, Commentary, answers S1."
    page.keyboard.press("ArrowLeft")
    assert notebook.focused().startswith("S1, Statement")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    said(root, "F1, Commentary, answers S1.")
    assert root.locator("[data-passage=S1] .tv-flag").text_content() == "goes with it"
    notebook.tab_to("F1: How does it answer?")
    page.keyboard.press("Enter")
    notebook.tab_to("answers it directly")
    for key in STRAY:
        page.keyboard.press(key)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    said(
        root, "You: answers a part. Reader A: asserts the opposite. Reader B: answers it directly."
    )
    assert notebook.focused() == "Your answer and two readings"
    notebook.python_says("print(w.answers)", "{'F1': 'partly'}")
    notebook.tab_to("F1: You: answers a part", key="Shift+Tab")
    page.keyboard.press("Escape")
    assert root.locator(".tv-steps:visible").count() == 0
    assert notebook.sources() == before


def test_side_by_side_shows_the_interruption(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".tv-sides")
    root.scroll_into_view_if_needed()
    assert root.locator(".tv-cut").count() == 0
    root.get_by_role("radio", name="As printed").check()
    cut = root.locator(".tv-cut")
    words = CASE.passages.loc[[f"F{n}" for n in range(4, 14)], "words"].sum()
    assert cut.all_text_contents() == [
        f"Here the article breaks off. 10 paragraphs of commentary, {words} words, stand before S8."
    ]
    # It is as long as what cuts in: from the first of the ten paragraphs to the last.
    tall = "s => { const box = document.querySelector(s).getBoundingClientRect(); return [box.top, box.bottom]; }"
    top, _ = notebook.page.evaluate(tall, ".tv-sides [data-passage=F4]")
    _, bottom = notebook.page.evaluate(tall, ".tv-sides [data-passage=F13]")
    box = cut.evaluate("n => { const b = n.getBoundingClientRect(); return [b.top, b.bottom]; }")
    assert box[1] - box[0] > 0.75 * (bottom - top)
    order = root.locator("[data-passage]").evaluate_all("list => list.map(n => n.dataset.passage)")
    ours = CASE.passages[CASE.passages["voice"].isin(["statement", "commentary"])]
    assert order == list(ours.sort_values("order").index)
    # Beside what it answers: each reply stands in the row of the first passage that it answers.
    root.get_by_role("radio", name="Beside what it answers").check()
    rows = root.locator(".tv-sides-row").evaluate_all(
        "list => list.map(r => [...r.querySelectorAll('[data-passage]')].map(n => n.dataset.passage))"
    )
    for row in rows:
        if row[0].startswith("S"):
            for reply in row[1:]:
                answered = CASE.replies[CASE.replies["commentary_id"] == reply][
                    "statement_ids"
                ].sum()
                first = min(answered, key=list(CASE.passages.index).index)
                assert first == row[0]


def test_nothing_is_shown_or_sent_before_the_answer(open_notebook):
    """The page and every frame of the websocket are searched for every reading."""
    notebook = open_notebook(PAGE, listen=True)
    page, heard = notebook.page, notebook.heard
    for cell in page.locator(".jp-Notebook .jp-CodeCell").all():
        cell.scroll_into_view_if_needed()
    notebook.settle()

    def seen():
        return heard.of(NOTES, notebook)

    assert seen() == set()
    root = page.locator(".tv-sides")
    root.scroll_into_view_if_needed()
    root.locator("[data-passage=F9] .tv-ask").click()
    root.locator("label.tv-step").nth(2).click()
    root.get_by_role("button", name="Compare").click()
    said(root, "Explained in this box.")
    rows = CASE.replies[CASE.replies["commentary_id"] == "F9"]
    assert seen() == set(rows["note"])


def test_answers_survive_run_again_reload_and_a_new_kernel(open_notebook):
    notebook = open_notebook(PAGE)
    page = notebook.page
    root = page.locator(".tv-deck").nth(SENTENCES)
    root.scroll_into_view_if_needed()
    root.locator("label.tv-step").nth(1).click()
    root.get_by_role("button", name="Compare").click()
    said(root, "You: weakly.")

    def still_there():
        again = page.locator(".tv-deck").nth(SENTENCES)
        again.scroll_into_view_if_needed()
        until(again, "w.querySelector('.tv-readings')?.textContent.includes('You: weakly')")
        until(again, "w.querySelectorAll('.tv-answers svg.marks .mark-symbol path').length === 3")

    notebook.survives(still_there)


def test_a_pick_in_a_deck_or_a_column_is_marked_in_the_reader(open_notebook):
    notebook = open_notebook(PAGE)
    page = notebook.page
    reader = page.locator(".tv-reader")
    deck_root = page.locator(".tv-deck").nth(SENTENCES)
    deck_root.locator(".tv-chip", has_text="S9").click()
    deck_root.get_by_label("Mark S9 in the reader").click()
    until(reader, "w.querySelector('[data-passage=S9]').classList.contains('tv-marked')")
    columns = page.locator(".tv-sides")
    columns.locator("[data-passage=S3] .tv-cite").click()
    until(reader, "w.querySelector('[data-passage=S3]').classList.contains('tv-marked')")
    assert reader.locator(".tv-marked").count() == 1
    reader.locator("[data-passage=S8] .tv-cite").click()
    until(columns, "w.querySelector('[data-passage=S8]').classList.contains('tv-marked')")


def test_accessible_after_the_answer(open_notebook):
    notebook = open_notebook(PAGE)
    sides(notebook)
    notebook.python("w.answers = {'F1': 'partly', 'F2': 'partly'}; w.at = 'F1'; w.selected = 'F1'")
    deck(notebook, SENTENCES)
    notebook.python("w.answers = {'SA01': '1', 'SA02': '2'}")
    notebook.settle()
    assert notebook.page.locator(".tv-readings").count() == 2
    for theme in ("Dark", "Light"):  # the lab of this file ends as it began
        notebook.theme(theme)
        assert axe(notebook.page, ".jp-OutputArea-output") == [], theme
