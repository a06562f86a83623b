"""The picture of two checks: bars of right answers by voice and kind, and two lines of title."""

from support.simulated_checks import scored

from lessons import charts
from lessons.analysis.change import right_answers
from lessons.widgets.chart import spec_and_rows


def test_its_table_has_a_row_a_bar(answers):
    shown = charts.before_after_chart(right_answers(answers)).data
    assert shown[["sentences", "when", "right", "of", "share"]].to_numpy().tolist() == [
        ["officials: hold up", "before", 4, 4, 100],
        ["officials: hold up", "after", 4, 4, 100],
        ["critics: hold up", "before", 0, 4, 0],
        ["critics: hold up", "after", 4, 4, 100],
        ["officials: do not hold up", "before", 0, 4, 0],
        ["officials: do not hold up", "after", 4, 4, 100],
        ["critics: do not hold up", "before", 4, 4, 100],
        ["critics: do not hold up", "after", 4, 4, 100],
    ]
    assert list(shown["said"][:2]) == ["before: 4 of 4", "after: 4 of 4"]


def test_the_title_has_a_line_for_each_kind_and_no_total(answers):
    chart = charts.before_after_chart(right_answers(answers))
    assert chart.title.text == [
        "Believed what holds up: 4 of 8, then 8 of 8",
        "Doubted what does not: 4 of 8, then 8 of 8",
    ]
    assert "of 16" not in str(chart.title.to_dict()) + chart.description


def test_the_sentence_has_all_counts(answers):
    assert charts.before_after_chart(right_answers(answers)).description == (
        "16 answers before and 16 after; right were of sentences by officials that hold up 4 of 4 "
        "before and 4 of 4 after, of sentences by critics that hold up 0 of 4 before and 4 of 4 "
        "after, of sentences by officials that do not hold up 0 of 4 before and 4 of 4 after, of "
        "sentences by critics that do not hold up 4 of 4 before and 4 of 4 after."
    )


def test_other_times_may_be_compared(danang):
    answers = scored(danang.check_items, after="trusting", later="ideal")
    chart = charts.before_after_chart(right_answers(answers, "after", "later"), "after", "later")
    assert set(chart.data["when"]) == {"after", "later"}
    assert chart.title.subtitle[1] == "The upper bar: after. The lower bar: later."
    assert chart.description.startswith("16 answers after and 16 later; ")


def test_too_few_answers_are_said_and_none_is_no_error(answers):
    few = answers[answers["when"] == "before"]
    chart = charts.before_after_chart(right_answers(few))
    assert chart.title.text == "Before and after: too few answers to say"
    assert chart.description.endswith("That is too few to say what changed.")
    after = chart.data[chart.data["when"] == "after"]
    assert set(after["said"]) == {"after: no answers"}
    assert after["share"].isna().all()
    nothing = charts.before_after_chart(right_answers(answers.head(0)))
    assert nothing.description.startswith("0 answers before and 0 after")
    assert len(nothing.data) == 8


def test_bars_are_told_apart_without_colour(answers):
    drawn = charts.before_after_chart(right_answers(answers)).to_dict()["layer"]
    fill = drawn[1]["encoding"]["fill"]
    assert fill["condition"]["value"].startswith("var(--tv-paper")
    assert fill["value"].startswith("var(--tv-you")
    assert drawn[1]["mark"]["stroke"].startswith("var(--tv-you")


def test_what_travels_is_the_table_and_small(answers):
    spec, rows = spec_and_rows(charts.before_after_chart(right_answers(answers)))
    assert len(rows) == 8
    assert not spec.get("datasets")
    assert len(str(spec)) < 6000
