"""The learner's work in one place: what is done, files to take along and to hand in, its end."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import traitlets as t

from lessons.widgets.base import LessonWidget, front_end, place, style_sheet
from lessons.widgets.checklist import checklist, checklist_table, for_the_page
from lessons.widgets.keeping import work
from lessons.widgets.marker import background_of
from lessons.widgets.page import checklist_picture
from lessons.work import WorkError
from lessons.work.places import course_folder, hand_in_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

_RUN = "Run the cells again to see it in the boxes."


class MyWork(LessonWidget):
    """The learner's work: an alias, a checklist, export, import, hand-in and deletion.

    `lessons` is the checklist (see lessons.widgets.checklist). The rest goes to and fro in
    messages, so that no alias and no path of this computer is part of what a notebook may save:
    {do, n, ...} from the page, {n, said, failed, state, ...} back. `table` is the checklist as a
    DataFrame.
    """

    _esm = front_end("keeping.js", "checklist.js", "my_work.js")
    _css = style_sheet("keeping.css", "checklist.css", "my_work.css")
    lessons: t.List[Any] = t.List().tag(sync=True)
    _checklist: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__(_place=place("my_work", ""))
        self.on_msg(self._on_message)
        self._look()

    @property
    def sentence(self) -> str:
        """What is here; the same for everybody, whatever they have done."""
        return (
            "Your work in 4 parts: what is done and what is left, what to hand in, "
            "a file to take with you, and what to delete."
        )

    @property
    def table(self) -> pd.DataFrame:
        """The checklist as it is now: lesson, step, item, done, count."""
        self._look()
        return checklist_table(self._checklist)

    def _picture(self) -> str:
        return checklist_picture(
            ["what is done", "what is left", "what to hand in", "a file to take with you"]
        )

    def _look(self) -> None:
        """Bring the checklist up to date."""
        self._checklist = checklist()
        self.lessons = for_the_page(self._checklist)

    def _on_message(self, _widget: object, content: dict[str, Any], buffers: list[Any]) -> None:
        """Do what the page asks for; every message gets one answer."""
        doing: dict[str, Callable[[], dict[str, Any]]] = {
            "look": dict,
            "where": _where,
            "rename": lambda: _rename(content.get("alias")),
            "export": _export,
            "hand in": lambda: _hand_in(own_words=content.get("own_words") is True),
            "take": lambda: _take(bytes(buffers[0]) if buffers else b""),
            "delete": _delete,
        }
        do = doing.get(str(content.get("do")))
        if do is None:
            return
        try:
            answer = do()
        except (WorkError, ValueError) as problem:
            answer = {"said": str(problem), "failed": True}
        self._look()
        self.send({"n": content.get("n"), "state": _state(), **answer})


def my_work() -> MyWork:
    """Show your work: what is done and left, what to hand in, a file to take, what to delete.

    >>> from lessons import my_work
    >>> list(my_work().table.columns)
    ['lesson', 'step', 'item', 'done', 'count']
    """
    return MyWork()


# --- what the page asks for --------------------------------------------------------------------


def _state() -> dict[str, Any]:
    """Return what the page shows beside the checklist."""
    mine = work()
    state = {"notice": mine.notice, "alias": "", "answers": 0, "forgetful": mine.forgetful}
    state |= {"held": mine.path is None, "place": _place_sentence()}
    state["hands_in_here"] = hand_in_folder() is not None
    try:
        state |= {"alias": mine.alias, "answers": len(mine.answers)}
    except WorkError as problem:
        state["notice"] = " ".join(part for part in (str(problem), mine.notice) if part)
    return state


def _place_sentence() -> str:
    """Say where the answers lie, without the path: that is asked for on its own."""
    mine, course = work(), course_folder()
    if mine.path is None:
        return "Your answers are in this page only."
    if mine.forgetful:
        return "Your answers are in this place only, and only until it closes."
    if os.environ.get("JUPYTERHUB_USER"):
        return "Your answers are in a folder of your own, on the computer that you logged in to."
    if course is not None and mine.path.parent == course / "work":
        return "Your answers are in the folder work of the course, on this computer only."
    return "Your answers are in a folder of their own, on this computer only."


def _where() -> dict[str, Any]:
    path = work().path
    return {"where": str(path.parent) if path else "In the memory of this computer only."}


def _rename(alias: Any) -> dict[str, Any]:  # noqa: ANN401  (whatever the page sends)
    work().rename(alias)
    name = work().alias
    return {"said": f"Your alias is {name}." if name else "You have no alias."}


def _export() -> dict[str, Any]:
    """Return the file and its name, which no second export has again."""
    text = work().export_text(cache(background_of))
    name = _timed(work().export_name())
    return {"said": f"Your work is exported as {name}.", "name": name, "text": text}


def _hand_in(*, own_words: bool) -> dict[str, Any]:
    """Put the file for the teacher where hand-ins go; else return it and its name."""
    text = work().hand_in_text(own_words=own_words, lookup=cache(background_of))
    count = len(work().answers)
    if not count:
        raise WorkError("There is nothing to hand in yet: you have given no answer.")
    answers = "1 answer" if count == 1 else f"{count} answers"
    folder = hand_in_folder()
    if folder is None:
        name = _timed(work().hand_in_name())
        said = f"{answers} are in the file {name}. Give it to your teacher."
        return {"said": said.replace("1 answer are", "1 answer is"), "name": name, "text": text}
    name = work().hand_in(folder, text).name
    return {"said": f"Handed in: {answers}, as {name}."}


def _timed(name: str) -> str:
    """Return the name of a file with the time in it, so that no second one has it again."""
    return f"{name.removesuffix('.json')}-{datetime.now(UTC).strftime('%H%M%S')}.json"


def _take(data: bytes) -> dict[str, Any]:
    return {"said": work().take_in(data, lookup=cache(background_of)).sentence, "then": _RUN}


def _delete() -> dict[str, Any]:
    count = work().delete_all()
    answers = "answer" if count == 1 else "answers"
    return {"said": f"{count} {answers} deleted. Run the cells again to empty the boxes."}
