"""The things to do in a course's lessons, found in the notebooks themselves.

Nothing is listed a second time: what a notebook asks for is what its cells call. A notebook or a
cell that cannot be read is left out; nothing here raises.
"""

from __future__ import annotations

import ast
import contextlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.analysis.checks import FORMS
from lessons.work.places import course_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXERCISE, JUDGE, FORM = "exercise", "judge", "form"
_CALLS = {"exercise": EXERCISE, "check_form": FORM}
_JUDGED = ("judge", "side_by_side", "sorter", "marker", "checker", "accounts", "guess", "rewrite")
_CALLS |= dict.fromkeys((*_JUDGED, "portfolio"), JUDGE)
# What is judged, and on which scale: an item in the learner's work begins with its name.
_SCALES = {"sentences": "strength", "differences": "difference"}
_WHOLE = {"side_by_side": "engages", "sorter": "kind", "accounts": "accounts"}
_WHOLE |= {"portfolio": "portfolio:note"}
_NAMED = {"marker": "marks", "checker": "check", "guess": "guess", "rewrite": "rewrite"}
_COUNTED = dict.fromkeys(("strength", "difference", "engages"), "judged") | {"kind": "sorted"}
_WORDS = {
    "strength": "Judge the sentences",
    "difference": "Judge the differences",
    "engages": "Judge the replies",
    "kind": "Sort the claims",
    "accounts": "Compare the accounts",
    "marks:techniques": "Mark the techniques",
    "marks:loaded words": "Mark the loaded words",
    "guess": "Guess, then see the picture",
    "portfolio": "Write down what you take with you",
    "before": "The check before the lessons",
    "after": "The check after the lessons",
    "later": "The check some weeks later",
}
_HEADING = re.compile(r"^(#{1,2}) +(.+?)(?: +#+)? *$")
_TIME = re.compile(r"\*\*Time:\*\* (\d{1,4}) minutes")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
# Marks that a line may hold, and what is left of them on the page.
_MARKS = ((re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"), (re.compile(r"[*`]|\\(?=\W)"), ""))


@dataclass(frozen=True)
class Thing:
    """One thing to do: a call in a notebook's cell.

    kind: EXERCISE, JUDGE or FORM. item: the item in the learner's work ("EX2-01:again"), for
    JUDGE with what its items begin ("strength"), for FORM which one ("before").
    """

    kind: str
    case: str
    item: str
    step: str

    @property
    def words(self) -> str:
        """Name the thing for the learner: "Exercise EX2-01"."""
        if self.kind == EXERCISE:
            name, _, again = self.item.partition(":")
            return f"Exercise {name}, once more" if again else f"Exercise {name}"
        return words_of(self.item)

    @property
    def fragment(self) -> str:
        """The part of an address that leads to the step, as JupyterLab names its headings."""
        return fragment_of(self.step)


@dataclass(frozen=True)
class Lesson:
    """A notebook that asks for something: its file's name, its title, its things in order.

    about: the first paragraph under its title, "" when there is none. minutes: how long it takes,
    as its first text cell says it ("**Time:** 45 minutes"), 0 when that says nothing. aims: the
    points of the list in that cell.
    """

    name: str
    title: str
    things: tuple[Thing, ...]
    about: str = ""
    minutes: int = 0
    aims: tuple[str, ...] = ()


@dataclass
class _Place:
    """Where the reading of a notebook has come to: headings, and the cases under their names."""

    title: str = ""
    step: str = ""
    cases: dict[str, str] = field(default_factory=dict)

    def pass_headings(self, text: str) -> None:
        """Go on behind the headings of a text cell."""
        for level, words in _headings(text):
            if level == 1:
                self.title = self.title or words
            else:
                self.step = words

    def case_of(self, variable: str | None) -> str:
        """Return the case under a variable's name; "" when the notebook opened none."""
        return self.cases.get(variable or "") or next(iter(self.cases.values()), "")


def fragment_of(heading: str) -> str:
    """Return the part of an address that leads to a heading, as JupyterLab names its headings."""
    return heading.replace(" ", "-")


def words_of(block: str) -> str:
    """Name a block, a part of it, or a form of the check for the learner: "Sort the claims"."""
    kind, _, name = block.partition(":")
    named = {"check": f"Check {name}", "rewrite": f"Rewrite {name}"} | _WORDS
    return named.get(block) or named.get(kind, block)


def progress(block: str, items: Iterable[str]) -> tuple[bool, str]:
    """Return whether a block is done and, where it has parts, how many of them are: "3 sorted".

    `items` are the items that the learner has answered. What is marked is done when it was
    compared, a claim is checked when it has a verdict, a passage is rewritten when a version of it
    was checked, and a portfolio is done when its last part is written.
    """
    start, all_items = f"{block}:", set(items)
    if block.startswith("check:"):
        return f"{start}verdict" in all_items, ""
    if block.startswith(("guess:", "rewrite:", "portfolio:")):
        return block in all_items, ""
    if block.startswith("marks:"):
        return any(i.startswith(start) and i.endswith(":compare") for i in all_items), ""
    # "strength:SA01", but not what else is kept of it, such as "strength:SA01:disagree".
    own = [i for i in all_items if i.startswith(start) and ":" not in i[len(start) :]]
    counted = _COUNTED.get(block)
    return bool(own), f"{len(own)} {counted}" if own and counted else ""


def lessons_here() -> tuple[Path, list[Lesson]]:
    """Return the folder of the lessons and the lessons: this notebook's, else the course's."""
    folders = []
    # The folder that the kernel was started in may be gone.
    with contextlib.suppress(OSError):
        folders.append(Path.cwd())
    course = course_folder()
    if course is not None:
        folders.append(course / "notebooks")
    for folder in folders:
        lessons = things_to_do(folder)
        if lessons:
            return folder, lessons
    return Path(), []


def things_to_do(folder: Path) -> list[Lesson]:
    """Return the lessons of a folder that ask for something, by the names of their notebooks."""
    try:
        paths = sorted(folder.glob("*.ipynb"))
    except OSError:
        return []
    read = (_lesson(path) for path in paths)
    return [lesson for lesson in read if lesson.things]


def _lesson(path: Path) -> Lesson:
    place, things, head = _Place(), list[Thing](), ""
    for kind, text in _cells(path):
        if kind == "markdown":
            head = head or text
            place.pass_headings(text)
        elif kind == "code":
            things += _things_of_cell(text, place)
    title = place.title or path.stem
    return Lesson(path.name, title, tuple(things), _about(head), _minutes(head), _aims(head))


def _about(head: str) -> str:
    """Return the first paragraph of a text cell that is no heading, in one line."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", head))
    first = next((block for block in blocks if block and not block.startswith("#")), "")
    return _without_marks(" ".join(first.split()))


def _aims(head: str) -> tuple[str, ...]:
    """Return the points of a text cell's list."""
    points = re.findall(r"^[-*] +(.+)$", head, re.MULTILINE)
    return tuple(_without_marks(point.rstrip(" ;.")) for point in points)


def _minutes(head: str) -> int:
    found = _TIME.search(head)
    return int(found[1]) if found else 0


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    """Yield kind and text of a notebook's cells; none of what is no notebook."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return
    cells = found.get("cells") if isinstance(found, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict):
            yield str(cell.get("cell_type")), _text(cell.get("source"))


def _text(source: Any) -> str:  # noqa: ANN401  (whatever a file holds there)
    """Return a cell's text, which a notebook may keep as a list of lines."""
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _headings(text: str) -> Iterator[tuple[int, str]]:
    """Yield level and words of the headings of a text, those in code blocks left out."""
    fence = ""
    for line in text.splitlines():
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence and (found := _HEADING.match(line)):
            yield len(found[1]), _without_marks(found[2])


def _without_marks(text: str) -> str:
    """Return a line of Markdown as it stands on the page."""
    for pattern, left in _MARKS:
        text = pattern.sub(left, text)
    return text


def _things_of_cell(source: str, place: _Place) -> Iterator[Thing]:
    """Yield what a code cell asks for, and note the cases that it opens."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    place.cases.update(_opened(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        thing = _thing(call, place)
        if thing:
            yield thing


def _opened(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names under which cases are opened, as in `x = open_case("danang-2017")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _called(node.value) == "open_case":
            texts = _texts(node.value)
            for target in node.targets:
                if texts and isinstance(target, ast.Name):
                    yield target.id, texts[0]


def _called(node: ast.AST) -> str:
    """Return the name of the function that is called, "" for anything else."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _given(node: ast.AST) -> list[ast.expr]:
    """Return what a call is given, by place and by name."""
    if not isinstance(node, ast.Call):
        return []
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _texts(node: ast.AST) -> list[str]:
    found = [given.value for given in _given(node) if isinstance(given, ast.Constant)]
    return [text for text in found if isinstance(text, str)]


def _thing(call: ast.Call, place: _Place) -> Thing | None:
    """Return what a call asks for, None when it asks for nothing."""
    name = _called(call)
    item = _item(name, call)
    if not item:
        return None
    variables = [given.id for given in _given(call) if isinstance(given, ast.Name)]
    case = place.case_of(variables[0] if variables else None)
    return Thing(_CALLS[name], case, item, place.step or place.title)


def _item(name: str, call: ast.Call) -> str:
    """Return the item, the scale or the form of a call, "" when it has none."""
    first = next(iter(_texts(call)), "")
    if name == "exercise":
        return f"{first}:again" if first and _asked_again(call) else first
    if name == "judge":
        return _SCALES.get(first, "")
    if name == "check_form":
        return first if first in FORMS else ""
    if name in _NAMED and first:
        return f"{_NAMED[name]}:{first}"
    return _WHOLE.get(name, "")


def _asked_again(call: ast.Call) -> bool:
    return any(
        keyword.arg == "again"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is True
        for keyword in call.keywords
    )
