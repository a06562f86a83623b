"""What a class handed in, for the teacher: who is where, what was answered, where it splits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons.analysis.agreement import CLASS, agreement
from lessons.analysis.class_answers import class_answers, splits, written_answers
from lessons.analysis.class_pairs import pairs, partners
from lessons.analysis.class_progress import lessons_done, waits_at
from lessons.analysis.class_questions import about, answers_to, class_questions, value_words
from lessons.analysis.class_scores import class_checks, class_label_effect, class_scores
from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of
from lessons.classroom import collect
from lessons.classroom.gradebook import (
    RosterError,
    canvas_csv,
    class_csv,
    codebook_csv,
    marks,
    moodle_csv,
    read_roster,
)
from lessons.widgets.base import LessonWidget, front_end, place, style_sheet
from lessons.widgets.checklist import done_by
from lessons.widgets.page import checklist_picture
from lessons.work.own_words import is_left_out
from lessons.work.places import course_folder, hand_in_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from lessons.case import Case

_SPLITS = 3
_EXAMPLES = 3
_FOLDER = "hand-ins"
_FIGURES = {
    "discernment": "Telling sound from unsound (d')",
    "suspicion": "Leaning to doubt (criterion)",
    "brier": "How far off their certainty was (Brier score, 0 is best)",
}
_WHEN = {"before": "before", "after": "after", "later": "later", "change": "from before to after"}


class ClassView(LessonWidget):
    """What is in a folder of hand-ins, and what was uploaded.

    No trait holds anything of it: all goes in messages, {do, n, ...} from the page and {n, said,
    failed, ...} back, so that nothing of a class is part of a notebook. What was answered is sent
    for a question only from the moment on in which the teacher closes it; names only while they
    are turned on. The tables behind it are there for the curious: `learners`, `answers`,
    `left_out`, as in lessons.classroom.Collected.
    """

    _esm = front_end("keeping.js", "checklist.js", "class_view.js")
    _css = style_sheet("keeping.css", "checklist.css", "my_work.css", "class_view.css")

    def __init__(self, case: Case, folder: Path, roster: Path | None) -> None:
        super().__init__(_place=place("class_view", case.name))
        self._case, self._folder, self._roster = case, folder, roster
        self._uploaded: dict[str, bytes] = {}
        self._closed: list[str] = []
        self._turns: dict[str, int] = {}
        self._names = self._paired = False
        self._look()
        self.on_msg(self._on_message)

    @property
    def sentence(self) -> str:
        """What is here; the same whatever was handed in."""
        return (
            "The class in 5 parts: who is where, question by question, where the class splits, "
            "the checks, and files for your gradebook."
        )

    def _picture(self) -> str:
        parts = ["who is where", "question by question", "where the class splits", "the checks"]
        return checklist_picture([*parts, "files for your gradebook"])

    def _look(self) -> None:
        """Read all hand-ins anew."""
        found = collect(self._folder, [self._case.name], self._uploaded)
        self.learners, self.answers, self.left_out = found.learners, found.answers, found.left_out
        self._said = class_answers(self.answers, self._case)
        self._written = written_answers(self.answers, self._case)
        self._questions = class_questions(self._said, self._case, self._written["question"])
        self._done = _done(self.learners, self.answers)
        self._splits = splits(self._said, self._case)

    def _on_message(self, _widget: object, content: dict[str, Any], buffers: list[Any]) -> None:
        """Do what the page asks for; every message gets one answer."""
        doing: dict[str, Callable[[], dict[str, Any]]] = {
            "look": self._looked,
            "upload": lambda: self._take(content.get("names"), buffers),
            "names": lambda: self._show_names(on=content.get("on") is True),
            "close": lambda: self._close(str(content.get("question"))),
            "splits": self._close_all,
            "checks": self._checks,
            "others": lambda: self._others(str(content.get("question"))),
            "challenges": self._challenges,
            "file": lambda: self._file(str(content.get("what"))),
        }
        do = doing.get(str(content.get("do")))
        if do is None:
            return
        try:
            answer = do()
        except (RosterError, ValueError) as problem:
            answer = {"said": str(problem), "failed": True}
        self.send({"n": content.get("n"), "state": self._state(), **answer})

    # --- what the page shows all the time ----------------------------------------------------

    def _state(self) -> dict[str, Any]:
        """Return who is where, and the questions without any of their answers."""
        lists = self._questions.reset_index()[["question", "group", "title"]]
        return {
            "learners": self._learner_rows(),
            "waits": self._waits(),
            "left_out": self.left_out.to_dict("records"),
            "questions": lists.to_dict("records"),
            "results": {one: self._result(one) for one in self._closed if one in self._ids},
            "names": self._names,
            "partners": self._partners() if self._paired else [],
        }

    @property
    def _ids(self) -> set[str]:
        return set(self._questions.index)

    def _called(self) -> dict[str, str]:
        """Return what each learner is called on the page: a number, or the alias."""
        aliases = self.learners["alias"]
        return {
            str(learner): (str(alias) if self._names else "") or f"Learner {number}"
            for number, (learner, alias) in enumerate(aliases.items(), 1)
        }

    def _learner_rows(self) -> list[dict[str, Any]]:
        called = self._called()
        table = lessons_done(self._done)
        per = {str(name): group for name, group in table.groupby("learner", sort=False)}
        return [
            {
                "name": name,
                "lessons": [[row.lesson, row.done, row.of] for row in rows_of(per[learner])]
                if learner in per
                else [],
            }
            for learner, name in called.items()
        ]

    def _waits(self) -> list[str]:
        """Return a sentence for each thing at which somebody waits."""
        called, table = self._called(), waits_at(self._done)
        said = []
        for (lesson, thing), group in table.groupby(["lesson", "thing"], sort=False):
            names = ", ".join(called[learner] for learner in group["learner"])
            part = round(100 * float(group["share"].iloc[0]))
            said.append(f"{thing} in {lesson}: {names}. {part}% of the class have done it.")
        return said

    # --- what the page asks for --------------------------------------------------------------

    def _looked(self) -> dict[str, Any]:
        self._look()
        count = counted(len(self.learners), "learner") if len(self.learners) else "No learners"
        out = counted(len(self.left_out), "file")
        rest = f" {out} left out." if len(self.left_out) else ""
        return {"said": f"{count} handed in.{rest}"}

    def _take(self, names: Any, buffers: list[Any]) -> dict[str, Any]:  # noqa: ANN401
        listed = names if isinstance(names, list) else []
        for name, data in zip(listed, buffers, strict=False):
            self._uploaded[str(name)] = bytes(data)
        return self._looked()

    def _show_names(self, *, on: bool) -> dict[str, Any]:
        self._names = on
        return {"said": "Names are shown." if on else "Names are hidden."}

    def _close(self, question: str) -> dict[str, Any]:
        """From now on the answers to a question are sent to the page."""
        if question not in self._ids:
            return {"said": "Nobody has answered this question yet.", "failed": True}
        if question not in self._closed:
            self._closed.append(question)
        title = str(self._questions.loc[question, "title"])
        return {"said": f"{title} is closed. Its answers are below."}

    def _result(self, question: str) -> dict[str, Any]:
        """Return what was answered to one question, with what belongs to it."""
        row = self._questions.loc[question]
        table = answers_to(self._said, question, self._case)
        things = [
            {"thing": thing, "n": int(group["n"].iloc[0]), "rows": _value_rows(group)}
            for thing, group in table.groupby("thing", sort=False)
        ]
        passage, words = about(self._case, question.rpartition(" ")[2])
        result = {"title": row["title"], "prompt": row["prompt"], "things": things}
        texts = self._written.loc[self._written["question"] == question, "text"]
        result |= {"written": len(texts), "texts": self._picked(question, list(texts))}
        return result | {"passage": passage, "words": words, "readings": self._readings(question)}

    def _readings(self, question: str) -> str:
        """Return what readers A and B said of a judged thing, "" for an exercise."""
        table = self._splits
        own = table[(table["question"] + " " + table["thing"]) == question]
        if own.empty or not own["readings"].iloc[0]:
            return ""
        name = str(own["question"].iloc[0])
        return _in_words(self._case, name, str(own["readings"].iloc[0]))

    def _close_all(self) -> dict[str, Any]:
        """Close every question, and say where the class splits most."""
        self._closed = list(self._questions.index)
        table = self._splits
        judged = table[(table["passage"] != "") & table["split"].notna() & (table["split"] > 0)]
        rows = [_split_card(self._case, row) for row in rows_of(judged.head(_SPLITS))]
        self._paired = True
        agreed = _agreement(self._open_ones)
        said = (
            "All questions are closed."
            if rows
            else f"Fewer than {CLASS} answers to each thing: too few to say."
        )
        return {"said": said, "splits": rows, "agreement": agreed}

    @property
    def _open_ones(self) -> pd.DataFrame:
        """What was said to questions of judgement: no answer to them is right."""
        return self._said[~self._said["question"].isin(list(self._case.exercises.index))]

    def _partners(self) -> list[list[str]]:
        """Return who differs most from whom, each learner once: names, and on how many things.

        It is part of what is shown all the time, so that names go when they are turned off.
        """
        called = self._called()
        return [
            [called[row.learner], called[row.other], f"{round(row.n * row.differ)} of {row.n}"]
            for row in rows_of(partners(pairs(self._open_ones)))
        ]

    def _checks(self) -> dict[str, Any]:
        """Say what the checks say of the class: means with n and interval."""
        table = class_scores(class_checks(self.answers, self._case.check_items))
        rows = [_score_row(row) for row in rows_of(table)]
        label = class_label_effect(self.answers, self._case)
        labels = [_label_sentence(str(name), row) for name, row in label.iterrows()]
        said = "The figures are below." if rows else "Nobody has answered a check yet."
        return {"said": said, "checks": rows, "labels": [one for one in labels if one]}

    def _others(self, question: str) -> dict[str, Any]:
        """Pick the next three written answers to a question."""
        self._turns[question] = self._turns.get(question, 0) + 1
        return {"said": "Three others are shown."}

    def _picked(self, question: str, texts: list[str]) -> list[str]:
        """Return three written answers, others at each turn, in an order that tells nobody's."""
        start = _EXAMPLES * self._turns.get(question, 0)
        ordered = sorted(texts)
        count = min(_EXAMPLES, len(ordered))
        return [ordered[(start + place) % len(ordered)] for place in range(count)]

    def _challenges(self) -> dict[str, Any]:
        """Return what learners hold against the key, without names."""
        own = self.answers[self.answers["kind"] == "disagree"]
        given = [
            {"item": item.removesuffix(":disagree"), "text": value}
            for item, value in zip(own["item"], own["value"], strict=True)
            if isinstance(value, str)
        ]
        kept = sum(is_left_out(value) for value in own["value"])
        more = f" {counted(kept, 'more')} kept to themselves." if kept else ""
        return {"said": f"{counted(len(given), 'challenge')}.{more}", "challenges": given}

    def _file(self, what: str) -> dict[str, Any]:
        """Return a file for the gradebook, or for whoever studies the class."""
        roster = read_roster(self._roster) if self._roster else None
        points = marks(self._done, self.answers, self._case)
        making: dict[str, Callable[[], str]] = {
            "moodle": lambda: moodle_csv(self.learners, points, roster),
            "canvas": lambda: canvas_csv(self.learners, points, roster),
            "class": lambda: class_csv(self.answers),
            "codebook": lambda: codebook_csv(self._case),
        }
        if what not in making:
            return {"said": "There is no such file.", "failed": True}
        day = datetime.now(UTC).date().isoformat()
        name = f"two-voices-{what}_{day}.csv"
        return {"said": f"Saved as {name}.", "name": name, "text": making[what]()}


def class_view(
    case: Case, folder: str | Path | None = None, roster: str | Path | None = None
) -> ClassView:
    """Show what a class handed in: who is where, answers by question, splits, checks, marks.

    folder: where the hand-ins lie; None: where learners here hand in, else the folder `hand-ins`
    of the course. roster: a CSV file that says who stands behind each alias, for the gradebook.

    >>> from lessons import class_view, open_case
    >>> class_view(open_case("danang-2017"), "no such folder").learners.empty
    True
    """
    if folder is None:
        folder = hand_in_folder() or (course_folder() or Path()) / _FOLDER
    return ClassView(case, Path(folder), Path(roster) if roster else None)


# --- rows and sentences ------------------------------------------------------------------------


def _done(learners: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return what every learner has done of the lessons: learner, lesson, thing, done."""
    answered: dict[str, set[tuple[str, str]]] = {str(learner): set() for learner in learners.index}
    for row in rows_of(answers):
        answered[row.learner].add((row.case, row.item))
    return done_by(answered)


def _value_rows(group: pd.DataFrame) -> list[dict[str, Any]]:
    columns = [list(group[name]) for name in ("words", "count", "share")]
    rows = zip(*columns, strict=True)
    return [{"words": str(w), "count": int(c), "share": float(s)} for w, c, s in rows]


def _in_words(case: Case, question: str, readings: str) -> str:
    """Put the words of the page for the values in "A: 2, B: 4"."""
    parts = [part.split(": ", 1) for part in readings.split(", ")]
    said = [f"reading {reader}: {value_words(case, question, value)}" for reader, value in parts]
    return "; ".join(said)


def _split_card(case: Case, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of a table
    """Return one of the most split things with a prompt to talk about it."""
    first, second = (value_words(case, row.question, value) for value in (row.most, row.next))
    _, words = about(case, row.thing)
    prompt = (
        f"Some of you say \u201c{first}\u201d, others \u201c{second}\u201d. Which words of "
        f"{row.passage} speak for the one, and which for the other? What would you need to know to "
        "change your mind?"
    )
    readings = _in_words(case, row.question, row.readings) if row.readings else ""
    card = {"question": row.question, "thing": row.thing, "passage": row.passage, "words": words}
    card |= {"split": round(100 * float(row.split)), "n": int(row.n), "prompt": prompt}
    return card | {"readings": readings, "readings_split": bool(row.readers_split)}


def _agreement(judged: pd.DataFrame) -> list[list[Any]]:
    """Return how far the class agrees on each question of judgement: rows of a table."""
    answers = judged.rename(columns={"thing": "unit", "learner": "reader"})
    rows = []
    for row in rows_of(agreement(answers, needed=CLASS)):
        said_words = row.note or (
            f"{row.percent:.0%} the same; alpha {row.alpha:.2f} ({row.low:.2f} to {row.high:.2f})"
        )
        rows.append([row.question, row.readers, row.units, said_words])
    return rows


def _score_row(row: Any) -> list[Any]:  # noqa: ANN401 - a row of a table
    """Return a row of the table of checks: what, when, how many learners, mean with interval."""
    said = row.note or f"{row.mean:.2f} ({row.low:.2f} to {row.high:.2f})"
    return [_FIGURES[row.figure], _WHEN[row.when], row.n, said]


def _label_sentence(label: str, row: pd.Series) -> str:
    """Say how often cards with a printed label were called a fact, with it and without it."""
    if min(row["of_shown"], row["of_hidden"]) < CLASS:
        return ""
    return (
        f"Cards that the article labels \u201c{label}\u201d were called a checkable fact "
        f"{row['shown']} of {row['of_shown']} times with the label showing, and {row['hidden']} of "
        f"{row['of_hidden']} times with it hidden."
    )
