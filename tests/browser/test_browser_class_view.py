"""The class on the teacher's screen: nothing before a question is closed, then all of it."""

import re

import pytest
from support.axe import axe
from support.lab import until, write_notebook
from support.simulated_class import answer, answers_by, hand_in, learner_id, write_class

from lessons import open_case

CASE = open_case("danang-2017")
COUNT = re.compile(r'"count": ?\d+')
MARKUP = "<img src=x onerror=\"window.harm='img'\"><script>window.harm=1</script>"


@pytest.fixture(scope="module")
def hand_ins(course):
    """A class of 25, of whom one has written markup, in a folder that the notebook names."""
    folder = write_class(course / "hand-ins", CASE.check_items)
    own = [
        *answers_by(0, CASE.check_items),
        answer(0, "EX1-02:disagree", "disagree", MARKUP),
        answer(0, "EX1-03", "short-text", f"He holds that nothing changes. {MARKUP}"),
    ]
    (folder / "again.json").write_text(hand_in(0, own))
    return folder


@pytest.fixture(scope="module")
def path(course, hand_ins):
    write_notebook(
        course / "class.ipynb",
        "from lessons import class_view, open_case\ndanang = open_case('danang-2017')\ndanang",
        f"view = class_view(danang, {str(hand_ins)!r})\nview",
    )
    return "class.ipynb"


@pytest.fixture
def shown(open_notebook, path):
    """Open the class for a teacher who has closed nothing yet."""

    def make(**options):
        notebook = open_notebook(path, **options)
        root = notebook.page.locator(".jp-Notebook .tv-class")
        until(root, "w.querySelectorAll('.tv-who tbody tr').length === 25")
        return notebook, root

    return make


def outcome(root, words):
    until(
        root, "[...w.querySelectorAll('.tv-outcome')].some(p => p.textContent.includes(arg))", words
    )


def counts_in(notebook):
    frames = [
        f if isinstance(f, str) else f.decode("utf-8", "replace") for f in notebook.heard.frames
    ]
    return [found[0] for frame in frames for found in COUNT.finditer(frame)]


def test_no_answer_is_on_the_page_or_sent_before_its_question_is_closed(shown):
    notebook, root = shown(listen=True)
    options = set(CASE.exercises.loc["EX1-02", "options"])
    root.get_by_role("button", name="Look again").click()
    outcome(root, "25 learners handed in. 1 file left out.")
    assert counts_in(notebook) == []
    assert notebook.heard.of(options, notebook) == set()
    root.get_by_label("Question", exact=True).select_option("EX1-02")
    root.get_by_role("button", name="Close it and show the answers").click()
    outcome(root, "EX1-02 is closed.")
    bars = root.locator(".tv-bars li").all_inner_texts()
    assert [text.split("\n")[-1] for text in bars] == ["18 (72%)", "7 (28%)"]
    assert sorted(counts_in(notebook)[:2]) == ['"count": 18', '"count": 7']
    # Those of the other questions are still in Python alone.
    assert "13" not in {found.split(": ")[1] for found in counts_in(notebook)}


def test_by_keyboard_alone(shown):
    notebook, root = shown()
    page, before = notebook.page, notebook.sources()
    notebook.enter_widget("class")
    for key in ("x", "d", "d", "a", "b", "z", "m"):
        page.keyboard.press(key)
    notebook.tab_to("Question")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    notebook.tab_to("Close it and show the answers")
    page.keyboard.press("Enter")
    outcome(root, "EX1-02 is closed.")
    assert root.locator(".tv-bars li").count() == 2
    notebook.tab_to("Close all and show")
    page.keyboard.press("Enter")
    until(root, "w.querySelectorAll('.tv-split-card').length === 3")
    heads = root.locator(".tv-split-card h5").all_text_contents()
    assert heads == [
        "F1: 67% of pairs differ",
        "SA01: 52% of pairs differ",
        "SA03: 33% of pairs differ",
    ]
    notebook.tab_to("Show the figures")
    page.keyboard.press("Enter")
    until(root, "w.textContent.includes('1.91 (1.27 to 2.55)')")
    assert notebook.sources() == before
    # What was closed stays closed when the page is loaded again beside its kernel.
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    again = page.locator(".jp-Notebook .tv-class")
    until(again, "w.querySelectorAll('.tv-bars li').length === 2")


FIRST_NAME = "w.querySelector('.tv-who tbody th').textContent === arg"


def test_names_files_and_challenges(shown, hand_ins):
    notebook, root = shown()
    page = notebook.page
    names = root.locator(".tv-who tbody th").all_text_contents()
    assert names == [f"Learner {number}" for number in range(1, 26)]
    root.get_by_label("Show names").check()
    outcome(root, "Names are shown.")
    until(root, FIRST_NAME, "Alias 0")
    root.get_by_label("Show names").uncheck()
    outcome(root, "Names are hidden.")
    until(root, FIRST_NAME, "Learner 1")
    page.set_input_files(
        ".tv-class input[type=file]",
        [
            {"name": f"{MARKUP}.json", "mimeType": "application/json", "buffer": b"{]"},
            {
                "name": "new.json",
                "mimeType": "application/json",
                "buffer": hand_in(
                    26,
                    [answer(26, "EX1-02", "choose-one", "a news report")],
                    learner=learner_id(26),
                ).encode(),
            },
        ],
    )
    outcome(root, "26 learners handed in. 2 files left out.")
    root.locator("summary", has_text="left out, and why").click()
    assert MARKUP in root.locator(".tv-fold table").first.text_content()
    root.get_by_role("button", name="Show the challenges").click()
    outcome(root, "1 challenge.")
    assert root.locator(".tv-example", has_text="window.harm").first.is_visible()
    assert page.evaluate("() => window.harm") is None
    pairs_by_name(root, page)
    for button, start in (
        ("Marks for Moodle", "First name,Surname,ID number,Institution,Department,Email address,"),
        ("Marks for Canvas", "Student,ID,SIS User ID,SIS Login ID,Section,"),
        ("Answers without names", "learner,case,item,kind,attempt,value"),
        ("What its columns mean", "name,kind,meaning"),
    ):
        with page.expect_download() as caught:
            root.get_by_role("button", name=button).click()
        assert caught.value.path().read_text(encoding="utf-8").startswith(start)


def pairs_by_name(root, page):
    """Two who differ on everything are a pair to talk, by name only as long as names are shown."""
    files = [
        {
            "name": f"{number}.json",
            "mimeType": "application/json",
            "buffer": hand_in(
                number,
                [answer(number, f"strength:SA0{n}", "judgement", value) for n in range(4, 9)],
                learner=learner_id(number),
            ).encode(),
        }
        for number, value in ((27, "1"), (28, "5"))
    ]
    page.set_input_files(".tv-class input[type=file]", files)
    outcome(root, "28 learners handed in.")
    talk = root.locator("details", has_text="Who could talk to whom")
    assert not talk.is_visible()
    root.get_by_role("button", name="Close all and show").click()
    talk.locator("summary").click()
    cells = talk.locator("tbody tr > *")
    assert cells.all_text_contents() == ["Learner 27", "Learner 28", "5 of 5"]
    root.get_by_label("Show names").check()
    outcome(root, "Names are shown.")
    assert cells.all_text_contents() == ["Alias 27", "Alias 28", "5 of 5"]
    root.get_by_label("Show names").uncheck()
    outcome(root, "Names are hidden.")
    assert cells.all_text_contents() == ["Learner 27", "Learner 28", "5 of 5"]


def test_accessible_in_light_and_in_dark_and_narrow(shown):
    notebook, root = shown()
    page = notebook.page
    root.get_by_label("Question", exact=True).select_option("how a reply engages F1")
    root.get_by_role("button", name="Close it and show the answers").click()
    until(root, "w.querySelectorAll('.tv-bars li').length === 3")
    root.get_by_role("button", name="Close all and show").click()
    until(root, "w.querySelectorAll('.tv-split-card').length === 3")
    root.get_by_role("button", name="Show the figures").click()
    outcome(root, "The figures are below.")
    notebook.open_folds()
    for theme in ("Dark", "Light"):
        notebook.theme(theme)
        assert axe(page, ".tv-class") == [], theme
    page.set_viewport_size({"width": 390, "height": 900})
    notebook.settle(0.3)
    wide = root.evaluate("w => w.scrollWidth - w.clientWidth")
    assert wide <= 1
