"""The teacher's guide: for each lesson aim, plan, words to say, questions, answers with reasons.

Everything comes from the notebooks and the tables. The plans of minutes are worked out: an exercise
counts as exercises.csv says and anything else as much as an exercise does on average; the minutes
of the lesson, reading and looking included, are spread over the steps in these proportions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.analysis.rows import records_of
from lessons.paper.answers import answers_to
from lessons.paper.blocks import Block, Grid, Heading, Points, Sheet, Text
from lessons.widgets.course import EXERCISE

if TYPE_CHECKING:
    from lessons.case import Case
    from lessons.widgets.course import Lesson, Thing

SHORT = "(short path)"
LENGTHS = (20, 45, 90)
_TALK = 5  # minutes at the end for the closing question
_LETTER = """\
Dear parents,

in the next weeks your child reads one short text, "{title}". The class learns to tell who is \
speaking in it, what kind of claim a sentence makes, and how a claim could be checked. Nobody has \
to agree with the text, and nobody is marked for an opinion.

This is what the class reads before it begins: "{note}"

Answers stay on the computers of the school. Your child hands in an alias, a short number and \
answers, and own words only if they choose to. The explanations were written with AI readers, and \
no human coder has checked them; your child may disagree with any of them, which never costs marks.

You can look at every page of the course, and at the key with its reasons. Write to me if you have \
a question."""


def guide(case: Case, lesson: Lesson) -> Sheet:
    """Return the guide to one lesson."""
    title = f"{lesson.title}: for the teacher"
    plan = records_of(case.lesson_plans).get(lesson.name.partition("-")[0])
    blocks: list[Block] = [Heading(1, title), Text(lesson.about)]
    if lesson.aims:
        blocks += [Heading(2, "Afterwards learners can"), Points(lesson.aims)]
    if plan:
        blocks += [
            Heading(2, "Say first"),
            Text(f"\u201c{plan['say_first']}\u201d"),
        ]
    blocks += [Heading(2, "Plans for 20, 45 and 90 minutes"), *_plans(case, lesson)]
    if plan:
        blocks += _talk(case, plan)
    blocks += [Heading(2, "Expected answers, and why")]
    for thing in lesson.things:
        blocks += [Heading(3, thing.words), *answers_to(case, thing)]
    return Sheet(f"{lesson.name.removesuffix('.ipynb')}-guide", title, tuple(blocks))


def letter(case: Case) -> Sheet:
    """Return a letter to parents, to be changed and signed."""
    title = "A letter to parents"
    words = _LETTER.format(title=case.title, note=case.content_note)
    paragraphs = (Text(text) for text in words.split("\n\n"))
    return Sheet("letter-to-parents", title, (Heading(1, title), *paragraphs))


def _talk(case: Case, plan: dict[str, object]) -> list[Block]:
    standards = records_of(case.standards)
    serves = [standards[one] for one in _listed(plan["standards"])]
    rows = tuple((f"{s['framework']}: {s['code']}", str(s["words"])) for s in serves)
    return [
        Heading(2, "To talk about: the same question to both voices"),
        Text(f"The statement: {plan['ask_statement']}"),
        Text(f"The commentary: {plan['ask_commentary']}"),
        Heading(2, "Watch for"),
        Text(str(plan["watch_for"])),
        Heading(2, "Short of time"),
        Text(str(plan["leave_out"])),
        Heading(2, "Close"),
        Text(f"\u201c{plan['close']}\u201d One answer each, on paper."),
        Heading(2, "Serves"),
        Grid(("Standard", "What it asks for"), rows, (2, 3)),
        Text(
            "Serves, not certified by: nobody but the makers of this course has compared them.",
            quiet=True,
        ),
    ]


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


# --- minutes ------------------------------------------------------------------------------------


def minutes_of(case: Case, lesson: Lesson) -> dict[str, int]:
    """Return how long each step of a lesson takes, in the order of the lesson."""
    exercises = records_of(case.exercises)

    def own(thing: Thing) -> int:
        known = exercises.get(thing.item.partition(":")[0]) if thing.kind == EXERCISE else None
        return int(known["minutes"]) if known else 0

    known = [own(thing) for thing in lesson.things if own(thing)]
    usual = sum(known) / len(known) if known else 1
    steps: dict[str, float] = {}
    for thing in lesson.things:
        steps[thing.step] = steps.get(thing.step, 0) + (own(thing) or usual)
    spread = (lesson.minutes - _TALK) / sum(steps.values()) if steps else 0
    return {step: max(1, round(minutes * spread)) for step, minutes in steps.items()}


def plan_of(steps: dict[str, int], length: int) -> dict[str, int]:
    """Return which steps fit into so many minutes, with those that they get.

    The shortest plan has the steps of the short path, the last one cut short if need be; the others
    take steps in their order as long as they fit. What is left over is for talking. Five minutes
    stay to close.
    """
    room, shortest = length - _TALK, length == LENGTHS[0]
    wanted = [step for step in steps if SHORT in step] if shortest else list(steps)
    plan: dict[str, int] = {}
    for step in wanted or list(steps)[:1]:
        minutes = min(steps[step], room)
        if minutes <= 0 or (plan and minutes < steps[step] and not shortest):
            break
        plan[step] = minutes
        room -= minutes
    return plan


def _plans(case: Case, lesson: Lesson) -> list[Block]:
    steps = minutes_of(case, lesson)
    plans = [plan_of(steps, length) for length in LENGTHS]
    rows = [(step, *(str(plan.get(step, "")) for plan in plans)) for step in steps]
    rest = [length - sum(plan.values()) for length, plan in zip(LENGTHS, plans, strict=True)]
    rows.append(("Talk and close", *(str(minutes) for minutes in rest)))
    columns = ("Step", *(f"{length} min" for length in LENGTHS))
    note = "Worked out from the exercises; no class has tried it. An empty cell: leave it out."
    return [Grid(columns, tuple(rows), (5, 1, 1, 1)), Text(note, quiet=True)]
