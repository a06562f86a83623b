"""The marker by keyboard alone, by mouse and by touch; what is kept, compared and spoken."""

import json

import pytest
from support.axe import axe
from support.lab import until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
CELLS = [
    (
        "import json\nfrom dataclasses import replace\nfrom lessons import marker, open_case\n"
        "danang = open_case('danang-2017')\n"
        "text = danang.text.replace('Joint P', 'Joint \\U0001f600', 1).replace('Despite', '\\U0001f600espite', 1)\n"
        "emoji = replace(danang, text=text)\ndanang"
    ),
    "guided = marker(danang, 'techniques', ['A1', 'S1'])\nguided",
    "alone = marker(danang, 'techniques', ['S1', 'F1'], help='alone')\nalone",
    "loaded = marker(emoji, 'loaded words', ['A1', 'S1', 'F1'], help='half guided')\nloaded",
    "nothing = marker(danang, 'loaded words', ['S2', 'F2'])\nnothing",
]
GUIDED, ALONE, LOADED, NOTHING = range(4)
STRAY = ("x", "d", "d", "a", "b", "z", "m")
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
MARKS = "print(json.dumps([[m['quote'], m['label'], m['reason'], m['sure']] for m in {}.marks]))"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "marker.ipynb", *CELLS)
    return "marker.ipynb"


@pytest.fixture
def notebook(open_notebook, path):
    return open_notebook(path)


def widget(notebook, number):
    root = notebook.page.locator(".jp-Notebook .tv-marker").nth(number)
    root.scroll_into_view_if_needed()
    return root


def press(notebook, *keys):
    for key in keys:
        notebook.page.keyboard.press(key)


def listen_to(root):
    root.evaluate(
        """w => { const live = w.querySelector(':scope > .tv-live'); w.heard = [];
        new MutationObserver(() => live.textContent && w.heard.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )


def says(notebook, name, *expected):
    notebook.python_says(MARKS.format(name), json.dumps([list(mark) for mark in expected]))


def test_by_keyboard_alone_from_the_first_mark_to_the_comparison(notebook):
    root = notebook.enter_widget("marker", GUIDED)
    before = notebook.sources()
    notebook.tab_to("Words of A1, S1")
    listen_to(root)
    press(notebook, *STRAY, "Home", *["ArrowRight"] * 15, *["Shift+ArrowRight"] * 4)
    press(notebook, "Shift+ArrowLeft", "Enter")  # one too many, given back; to the labels
    assert notebook.focused() == "1Loaded Language"
    card = root.locator(".tv-mk-card")
    assert card.is_visible()
    press(notebook, "?")
    assert card.is_hidden()
    press(notebook, "?")
    for part in ("How to spot it", "For example (invented)", "Looks like it, but is not"):
        assert part in card.inner_text()
    words = "revealing nothing already known"
    press(notebook, "1")
    says(notebook, "guided", (words, "loaded-language", "", ""))
    # The cursor is at its last word: the end moves, there and back.
    press(notebook, "]")
    says(notebook, "guided", (f"{words}, reflecting", "loaded-language", "", ""))
    press(notebook, "[", "[")
    says(notebook, "guided", ("revealing nothing already", "loaded-language", "", ""))
    press(notebook, *["Control+z"] * 3, "Control+y", "Control+z", "Delete")
    says(notebook, "guided")
    press(notebook, "Control+z")
    says(notebook, "guided", (words, "loaded-language", "", ""))
    press(notebook, "ArrowLeft")
    notebook.tab_to("Why? In a few words")
    notebook.page.keyboard.type("Nothing at all? 1 [ x")
    press(notebook, "Enter")
    press(notebook, "Tab")
    assert notebook.focused() == "high"
    press(notebook, "ArrowRight")
    says(notebook, "guided", (words, "loaded-language", "Nothing at all? 1 [ x", "medium"))
    notebook.tab_to("Compare")
    press(notebook, "Enter")
    until(root, "w.querySelector('.tv-mk-side') !== null")
    assert notebook.focused() == "Your marks beside two readings"
    heard = root.evaluate("w => w.heard")
    assert heard.count(heard[-1]) == 1
    assert "of reading A" in heard[-1]
    assert "Marked revealing nothing already known: Loaded Language. 1 mark." in heard
    sides = root.locator(".tv-mk-side")
    assert sides.count() == 2
    rationale = CASE.spans.loc["SP001", "rationale"]
    assert rationale in sides.nth(0).inner_text()
    assert rationale not in sides.nth(1).inner_text()
    assert notebook.sources() == before
    until(root, SAVED)


def test_many_labels_are_two_keys_away(notebook):
    root = widget(notebook, ALONE)
    root.locator(".tv-marking").focus()
    assert root.locator(".tv-mk-group").count() == 6
    press(notebook, "End", "Shift+ArrowLeft", "6")
    assert notebook.focused() == "1Loaded Language"
    press(notebook, "ArrowDown", "?")
    assert root.locator(".tv-mk-card:visible").count() == 1
    press(notebook, "3")
    says(notebook, "alone", ("to oppose", "exaggeration", "", ""))
    # Another label on the same words; and the same label again is no second mark.
    press(notebook, "Shift+ArrowRight", "Home", "End", "Shift+ArrowLeft", "1", "5")
    press(notebook, "Home", "End", "Shift+ArrowLeft", "6", "3")
    says(
        notebook,
        "alone",
        ("to oppose", "exaggeration", "", ""),
        ("to oppose", "questioning-reputation", "", ""),
    )


def drag(notebook, root, first, last):
    boxes = [root.locator(".tv-mark-word").nth(i).bounding_box() for i in (first, last)]
    mouse = notebook.page.mouse
    mouse.move(boxes[0]["x"] + 3, boxes[0]["y"] + 8)
    mouse.down()
    mouse.move(boxes[1]["x"] + boxes[1]["width"] / 2, boxes[1]["y"] + 8, steps=5)
    mouse.up()


def test_by_mouse_and_touch_with_an_emoji_before_the_words(open_notebook, path):
    notebook = open_notebook(path, has_touch=True)
    root = widget(notebook, LOADED)
    drag(notebook, root, 15, 17)
    root.get_by_role("button", name="blames", exact=True).click()
    root.locator(".tv-mark-word").nth(21).tap()
    root.get_by_role("button", name="blames", exact=True).tap()
    drag(notebook, root, 17, 22)
    root.get_by_role("button", name="neither", exact=True).click()
    expected = [
        ("revealing nothing already", "blame", "", ""),
        ("already known, reflecting no change in", "neutral", "", ""),
        ("change", "blame", "", ""),
    ]
    says(notebook, "loaded", *expected)
    places = "print(all(text[m['start']:m['end']] == m['quote'] for m in loaded.marks))"
    assert notebook.python(places) == "True"
    # Where the text has a character of two units, places are still counted in characters.
    place = CASE.text.index("revealing nothing")
    assert notebook.python("print(loaded.marks[0]['start'])") == str(place)
    assert root.locator(".tv-mark-word").first.inner_text() == "\U0001f600espite"
    root.get_by_role("button", name="Take back mark 3: change").click()
    says(notebook, "loaded", *expected[:2])
    root.get_by_role("button", name="Undo").click()
    says(notebook, "loaded", *expected)
    root.get_by_role("button", name="Redo").click()
    root.get_by_role("button", name="Show mark 1: revealing").click()
    root.get_by_role("button", name="End one word left").click()
    root.get_by_label("Why? In a few words").fill("Absolute")
    root.locator(".tv-choice", has_text="high").click()
    expected = [("revealing nothing", "blame", "Absolute", "high"), expected[1]]
    says(notebook, "loaded", *expected)
    root.get_by_role("button", name="Compare").click()
    until(root, "w.querySelectorAll('.tv-mk-side').length === 2")
    until(
        root,
        "w.querySelector('.tv-mk-read-a') !== null && w.querySelector('.tv-mk-read-b') !== null",
    )
    root.locator(".tv-choice", has_text="Reading A").click()
    assert root.locator(".tv-mk-side").count() == 1
    assert root.locator(".tv-mk-read-b").count() == 0


def test_twelve_overlapping_marks_come_back_after_run_reload_and_a_new_kernel(notebook):
    root = widget(notebook, ALONE)
    root.locator(".tv-marking").focus()
    for n in range(12):
        press(notebook, "Home", *["ArrowRight"] * (n % 4), *["Shift+ArrowRight"] * (n % 5 + 1))
        press(notebook, str(n % 2 * 5 + 1), str(n % 3 + 1))
    notebook.python_says("print(len(alone.marks))", "12")
    until(root, SAVED)
    marks = notebook.python("print(alone.marks)")
    shown = root.locator(".tv-mk-marks li").all_inner_texts()
    assert len(shown) == 12

    def still_there():
        again = widget(notebook, ALONE)
        until(again, "w.querySelectorAll('.tv-mk-marks li').length === 12")
        assert again.locator(".tv-mk-marks li").all_inner_texts() == shown
        assert again.locator(".tv-twice").count() > 3
        assert notebook.python("print(alone.marks)") == marks

    notebook.survives(still_there)


def test_nothing_and_everything_get_one_true_sentence(notebook):
    root = widget(notebook, NOTHING)
    root.get_by_role("button", name="Compare").click()
    until(root, "w.querySelector('.tv-mk-plain') !== null")
    assert "You marked nothing, and that is a view too." in root.inner_text()
    root.locator(".tv-marking").focus()
    count = root.locator(".tv-mark-word").count()
    first = root.locator(".tv-marking-passage").first.locator(".tv-mark-word").count()
    press(notebook, "Home", *["Shift+ArrowRight"] * (first - 1), "1")
    press(notebook, *["ArrowRight"], *["Shift+ArrowRight"] * (count - first - 1), "1")
    notebook.python_says("print(len(nothing.marks))", "2")
    root.get_by_role("button", name="Compare again").click()
    until(root, "w.querySelector('.tv-mk-plain')?.textContent.includes('100% of the words')")


def test_accessible_in_every_state(notebook):
    root = widget(notebook, LOADED)
    root.locator(".tv-marking").focus()
    press(notebook, "ArrowRight", "Shift+ArrowRight", "1")
    root.get_by_role("button", name="Compare").click()
    until(root, "w.querySelector('.tv-mk-side') !== null")
    for theme in ("Light", "Dark"):
        notebook.theme(theme)
        notebook.open_folds()
        assert axe(notebook.page, ".jp-OutputArea-output") == []
