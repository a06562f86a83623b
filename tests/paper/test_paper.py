"""The course on paper: the same ids as on screen, no key in a handout, no markup from data."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from lessons import exercise, open_case
from lessons.paper.blocks import Grid, Heading, Lines, Options, Passage, Sheet, Strip, Text
from lessons.paper.build import build
from lessons.paper.guide import LENGTHS, SHORT, guide, letter, minutes_of, plan_of
from lessons.paper.pdf import pdf
from lessons.paper.sheets import answer_sheet, article, handout, sheets
from lessons.paper.slide import slide
from lessons.paper.web import page
from lessons.widgets.course import EXERCISE, things_to_do

ROOT = Path(__file__).parents[2]
DANANG = open_case("danang-2017")
LESSONS = things_to_do(ROOT / "notebooks")
MM = 72 / 25.4
A4, LETTER = (595.3, 841.9), (612, 792)


def words_of(sheet):
    """All text of a sheet."""
    return re.sub(r"<[^>]+>", " ", page(sheet).partition("<main>")[2])


def read(data):
    """The pages of a PDF: their sizes, their words and the box around these."""
    found = []
    for one in pypdfium2.PdfDocument(data):
        text = one.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        inked = [box for box in boxes if box[2] > box[0]]
        around = [min(b[0] for b in inked), min(b[1] for b in inked)]
        around += [max(b[2] for b in inked), max(b[3] for b in inked)]
        found.append((one.get_size(), text.get_text_bounded(), around))
    return found


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    return {path.name: path for path in build(folder / "made for it")}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_handouts_and_answers_carry_the_ids_of_the_notebook(lesson):
    ids = [thing.item.partition(":")[0] for thing in lesson.things if thing.kind == EXERCISE]
    for make in (handout, answer_sheet, guide):
        sheet = make(DANANG, lesson)
        heads = [b.text for b in sheet.blocks if isinstance(b, Heading)]
        named = [found[0] for head in heads if (found := re.search(r"EX\d-\d\d", head))]
        assert named == ids
        assert len([head for head in heads if head in {t.words for t in lesson.things}]) == len(
            lesson.things
        )


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_no_handout_tells_what_is_expected(lesson):
    given, expected = words_of(handout(DANANG, lesson)), words_of(answer_sheet(DANANG, lesson))
    for thing in lesson.things:
        if thing.kind == EXERCISE:
            row = DANANG.exercises.loc[thing.item.partition(":")[0]]
            options = DANANG.exercise_options
            own = options[options["exercise_id"] == row.name]
            for secret in (row["feedback_right"], row["feedback_wrong"], *own["explanation"]):
                assert secret.strip() == "" or _plain(secret) not in _plain(given)
            assert all(_plain(why) in _plain(expected) for why in own["explanation"])


def _plain(text):
    """A text without blanks, and with the signs that HTML writes in another way."""
    signs = {"&quot;": '"', "&#x27;": "'", "&amp;": "&", "&lt;": "<", "&gt;": ">"}
    for sign, plain in signs.items():
        text = text.replace(sign, plain)
    return "".join(text.split())


def test_one_sentence_changed_in_the_data_changes_all_of_them(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    file = tmp_path / "data/danang-2017/exercises.csv"
    was, now = DANANG.exercises.loc["EX2-05", "prompt"], "Is this the sentence that was changed?"
    file.write_text(file.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    case = open_case(file.parent)
    lesson = next(one for one in LESSONS if "two-voices" in one.name)
    assert exercise(case, "EX2-05").sentence.startswith(now)  # in the notebook
    for make in (handout, answer_sheet, guide):
        sheet = make(case, lesson)
        assert now in page(sheet)
        text = " ".join(words for _, words, _ in read(pdf(sheet)))
        assert _plain(now) in _plain(text)


def test_the_article_comes_with_numbers_only_and_then_with_names():
    blocks = article(DANANG).blocks
    marks = [block.mark for block in blocks if isinstance(block, Passage)]
    count = len(DANANG.passages)
    assert marks == [*map(str, range(1, count + 1)), *DANANG.passages.index]
    hidden = [block.text for block in blocks if isinstance(block, Passage)][:count]
    assert not [text for text in hidden if text.startswith(("JS:", "Fact:"))]


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", LETTER)])
def test_on_paper_nothing_is_cut_and_no_word_is_lost(paper, size):
    for sheet in [one for one in sheets(DANANG, LESSONS[:3]) if not one.slide]:
        pages = read(pdf(sheet, paper=paper))
        for found, _, (left, bottom, right, top) in pages:
            assert found == pytest.approx(size, abs=1)
            assert left >= 14 * MM
            assert right <= found[0] - 14 * MM
            assert bottom >= 8 * MM
            assert top <= found[1] - 12 * MM
        on_paper = _plain(" ".join(words for _, words, _ in pages)).replace("\ufffe", "")
        words = [
            word for block in sheet.blocks if isinstance(block, Text) for word in block.text.split()
        ]
        missing = [word for word in words if _plain(word).strip("_\u25cb") not in on_paper]
        # A word may be divided at the end of a line.
        assert len(missing) <= len(words) / 50, missing


HOSTILE = '#panic("x") $x$ *b* _i_ @ref <tag> [c] `r` \\ "q" // /* {{7*7}} abc '
HOSTILE += "<script>alert(1)</script>"


def test_no_text_is_markup_on_a_page_or_on_paper():
    blocks = (
        Heading(1, HOSTILE),
        Text(HOSTILE),
        Text(HOSTILE, quiet=True),
        Passage("x", f"two\r\nlines {HOSTILE}"),
        Options((HOSTILE, "b")),
        Options(("#a", "$b", "*c", "_d", "[e]", "`f", "\\g"), many=True),
        Grid(("a", HOSTILE), ((HOSTILE, ""),), (1, 2)),
        Lines(2),
        Strip((HOSTILE, "b")),
    )
    sheet = Sheet("x", HOSTILE, blocks)
    assert "<script" not in page(sheet)
    text = _plain(" ".join(words for _, words, _ in read(pdf(sheet))))
    assert text.count('#panic("x")') >= 7
    assert "alert(1)" in text


def test_every_sheet_is_written_in_both_ways_and_reads_nothing_from_elsewhere(papers):
    assert len(papers) == 2 * (3 + 4 * len(LESSONS))
    for name, path in papers.items():
        if name.endswith(".html"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"<script|<link|<img|url\(|https?://", text.partition("<main>")[0])
            assert '<html lang="en">' in text
        else:
            data = path.read_bytes()
            assert data.startswith(b"%PDF-")
            assert b"/MarkInfo" in data  # tagged; typst made it as PDF/UA-1, or would have failed


def test_the_same_words_make_the_same_file():
    lesson = replace(LESSONS[0])
    assert pdf(handout(DANANG, lesson)) == pdf(handout(DANANG, lesson))


def test_texts_are_dark_enough_for_a_grey_printer():
    shades = [int(shade) for shade in re.findall(r"luma\((\d+)%\)", pdf.__globals__["_SET_UP"])]
    assert max(shades) <= 45


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_guide_has_a_plan_for_each_length_and_asks_both_voices(lesson):
    steps = minutes_of(DANANG, lesson)
    plans = [plan_of(steps, length) for length in LENGTHS]
    for length, plan in zip(LENGTHS, plans, strict=True):
        assert plan
        assert sum(plan.values()) <= length - 5
    assert all(SHORT in step for step in plans[0]) or not any(SHORT in step for step in steps)
    assert sum(map(len, plans)) >= len(plans[0]) * 3
    row = DANANG.lesson_plans.loc[lesson.name[:2]]
    text = words_of(guide(DANANG, lesson)).replace("&#x27;", "'").replace("&quot;", '"')
    for name in ("say_first", "ask_statement", "ask_commentary", "close", "watch_for", "leave_out"):
        assert row[name] in text
    for standard in row["standards"]:
        assert DANANG.standards.loc[standard, "words"] in text
    assert all(aim in text for aim in lesson.aims)
    assert len(lesson.aims) >= 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_slide_is_one_page_in_large_letters_and_quotes_nothing(lesson):
    made = slide(DANANG, lesson)
    ((size, words, (left, bottom, right, top)),) = read(pdf(made, paper="us-letter"))
    assert size[0] / size[1] == pytest.approx(16 / 9, abs=0.01)
    assert left >= 18 * MM
    assert right <= size[0] - 18 * MM
    assert bottom >= 12 * MM
    assert top <= size[1] - 12 * MM
    for text in (lesson.title, DANANG.lesson_plans.loc[lesson.name[:2], "say_first"], *lesson.aims):
        assert _plain(text) in _plain(words)
        assert _plain(text) in _plain(words_of(made))
    claims = [*DANANG.claims["quote"], *DANANG.passages["text"]]
    assert not [quote for quote in claims if _plain(quote) in _plain(words)]


def test_a_lesson_without_a_plan_opens_with_what_it_is_about():
    lesson = replace(LESSONS[1], name="99-of-a-teacher.ipynb")
    assert Heading(2, lesson.about) in slide(DANANG, lesson).blocks


def test_the_letter_has_the_content_note():
    assert DANANG.content_note in letter(DANANG).blocks[3].text
