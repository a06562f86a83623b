"""The check: short invented texts to judge, before, after and later, without any feedback.

What is right and why is sent to the page when the form is done and not before; that of the form
before the course waits until the form after it is done, too, so that the two can be compared.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from lessons.analysis.checks import FORMS, cards_of, parts_of, within_words
from lessons.analysis.rows import rows_of
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.keeping import SURE, Keeping, work
from lessons.widgets.page import grid_picture
from lessons.work import WorkError

if TYPE_CHECKING:
    from lessons.case import Case
    from lessons.work import Answer

KIND = "check"
CHOICES = {"sound": "Yes, it holds up", "unsound": "No, it claims more than the card supports"}
NOTE = "All names and places are invented. Everything you need is on the card."
KEPT = "That was the last card. Your answers are kept."
WAITS = {
    "before": f"{KEPT} What is right and why comes with the check at the end of the course: "
    "so the two can be compared.",
    "after": f"{KEPT} What is right and why comes here as soon as they have arrived.",
    "later": f"{KEPT} What is right and why comes here as soon as they have arrived.",
}


class CheckForm(Keeping):
    """The cards of one form, judged one at a time; the first answer to a card counts.

    `at` is the id of the open card. `given` holds the answers by card: {answer, sure}. As soon as
    it may be shown, `explained` holds for each card what is right and why: pairs of a choice and
    a text, that of the learner's own choice first. `table` puts the answers in one table.
    """

    _esm = front_end("keeping.js", "check_form.js")
    _css = style_sheet("keeping.css", "judging.css", "deck.css", "check_form.css")
    _opened = t.Bool(default_value=False).tag(sync=True)
    title = t.Unicode().tag(sync=True)
    note = t.Unicode(NOTE).tag(sync=True)
    waits = t.Unicode().tag(sync=True)
    choices: t.List[Any] = t.List().tag(sync=True)
    levels: t.List[Any] = t.List().tag(sync=True)
    items: t.List[Any] = t.List().tag(sync=True)
    at = t.Unicode().tag(sync=True)
    given = t.Dict().tag(sync=True)
    explained = t.Dict().tag(sync=True)

    def __init__(self, case: Case, form: str) -> None:
        self._case, self._case_name = case, case.name
        self._form = form
        self._cards = cards_of(case.check_items, form)
        # Read by Python only: what the page sets in `given` opens nothing.
        self._answers: dict[str, Answer] = {}
        items = _items_of(self._cards)
        super().__init__(
            title=f"Check {within_words(form)}",
            waits=WAITS[form],
            choices=[list(pair) for pair in CHOICES.items()],
            levels=[list(pair) for pair in SURE.items()],
            items=items,
            at=items[0]["id"] if items else "",
            _place=place("check", case.name, form=form),
            _scope=scope(case.name),
        )
        self._restore()
        left = [item["id"] for item in items if item["id"] not in self._answers]
        self.at = left[0] if left else self.at

    @property
    def sentence(self) -> str:
        """How many cards there are to judge, and when."""
        when = within_words(self._form)
        return (
            f"{len(self.items)} cards to judge {when}: does the marked sentence hold "
            "up, and how sure are you? All names and places are invented."
        )

    @property
    def table(self) -> pd.DataFrame:
        """Your answers, in the order of the cards: item, answer, sure, answered_at."""
        return table_of_answers(
            [self._answers[item] for item in self._cards.index if item in self._answers]
        )

    def _picture(self) -> str:
        names = [f"Card {number}" for number in range(1, len(self.items) + 1)]
        return grid_picture(names, list(CHOICES.values()))

    def _details(self) -> dict[str, str]:
        cards = [_card_html(number, item) for number, item in enumerate(self.items, 1)]
        return {"Read the cards here": "\n".join(cards)}

    def _items(self) -> set[str]:
        return set(self._cards.index)

    def _read_outbox(self) -> tuple[list[Answer], str]:
        answers, refused = super()._read_outbox()
        good = [answer for answer in answers if self._is_answer(answer)]
        if len(good) < len(answers):
            refused = "The page sent something that is no answer to a card; it was left out."
        return good, refused

    def _is_answer(self, answer: Answer) -> bool:
        return answer.item in self._cards.index and _is_check(answer)

    def _take(self, answers: list[Answer]) -> None:
        for answer in answers:
            first = self._answers.get(answer.item, answer)
            if self._is_answer(answer) and answer.answered_at <= first.answered_at:
                self._answers[answer.item] = answer
        self.given = {item: dict(answer.value) for item, answer in self._answers.items()}
        self.explained = self._explanations() if self._may_explain() else {}

    def _may_explain(self) -> bool:
        """Say whether what is right may be shown: this form is done, and the one it waits for.

        The form before the course opens with the one at its end.
        """
        done = self._answers.keys() == set(self._cards.index)
        return done and (self._form != "before" or is_done(self._case, "after"))

    def _explanations(self) -> dict[str, list[list[str]]]:
        """Return for each card the two explanations, that of the learner's own choice first."""
        explained = {}
        for row in rows_of(self._cards):
            pairs = [
                ["sound", row.explain_sound_choice],
                ["unsound", row.explain_unsound_choice],
            ]
            own = self._answers[row.Index].value["answer"]
            explained[row.Index] = pairs if own == "sound" else pairs[::-1]
        return explained

    @t.validate("at")
    def _check_at(self, proposal: dict[str, Any]) -> str:
        at = str(proposal["value"])
        if at and at not in self._cards.index:
            raise t.TraitError(f"There is no card {at!r} in this check.")
        return at


def check_form(case: Case, form: str) -> CheckForm:
    """Judge short invented texts, and say how sure you are; the first answer to each counts.

    `form`: "before" (the course), "after" (at its end) or "later" (some time after it). What is
    right and why comes when all cards are answered; for "before", when those of "after" are
    answered, too. Raises ValueError for any other form.

    >>> from lessons import check_form, open_case
    >>> len(check_form(open_case("danang-2017"), "before").items)
    16
    """
    if form not in FORMS:
        names = ", ".join(repr(name) for name in FORMS)
        raise ValueError(f"There is no check {form!r}: expected one of {names}.")
    return CheckForm(case, form)


def answers_to(case: Case, form: str) -> list[Answer]:
    """Return the first answer to each card of a form that has one, in the order of the cards.

    `form` is as in `check_form`. Raises WorkError where the learner's work cannot be read.
    """
    found = work().many(case.name, list(cards_of(case.check_items, form).index))
    good = [[answer for answer in answers if _is_check(answer)] for answers in found.values()]
    return [min(answers, key=lambda answer: answer.answered_at) for answers in good if answers]


def is_done(case: Case, form: str) -> bool:
    """Say whether every card of a form is answered; not, where the work cannot be read."""
    try:
        return len(answers_to(case, form)) == len(cards_of(case.check_items, form))
    except WorkError:
        return False


def table_of_answers(answers: list[Answer]) -> pd.DataFrame:
    """Put answers to cards in a table: item, answer, sure, answered_at; a row an answer."""
    table = pd.DataFrame(
        {
            "item": [answer.item for answer in answers],
            "answer": [answer.value["answer"] for answer in answers],
            "sure": [answer.value["sure"] for answer in answers],
            "answered_at": [answer.answered_at for answer in answers],
        }
    )
    # An empty column would be one of numbers.
    return table.astype({"item": "str", "answer": "str", "sure": "int64", "answered_at": "str"})


def _items_of(cards: pd.DataFrame) -> list[dict[str, Any]]:
    """Return of each card what the page may have: nothing of what is right, or why."""
    return [
        {"id": row.Index, "parts": list(parts_of(row.text)), "question": row.question}
        for row in rows_of(cards)
    ]


def _is_check(answer: Answer) -> bool:
    """Say whether an answer is one to a card: a choice, and how sure."""
    value = answer.value
    return (
        answer.kind == KIND
        and isinstance(value, dict)
        and set(value) == {"answer", "sure"}
        and value["answer"] in tuple(CHOICES)
        # True is 1 for Python; a step is a whole number.
        and type(value["sure"]) is int
        and value["sure"] in SURE
    )


def _card_html(number: int, item: dict[str, Any]) -> str:
    """Write a card for a page where nothing runs: its text, what is to be judged, the question."""
    before, judged, after = (html.escape(part) for part in item["parts"])
    return (
        f"<p><b>Card {number}.</b> {before}<b>[Judge this sentence: {judged}]</b>{after}</p>"
        f"<p>{html.escape(item['question'])}</p>"
    )
