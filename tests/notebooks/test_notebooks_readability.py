"""How hard the words of the lessons are to read, by textstat (Flesch-Kincaid) and pysbd.

For each notebook twice: its text cells, and the exercises that it asks (prompt, feedback, the
explanation of each answer and of each sample). The rule would allow quotations and the terms of
the glossary as exceptions. None is made: all of them are counted.
"""

import pytest
from support.prose import exercises, grade, paragraphs, sentence_length, sentences, sources

from lessons import open_case

CASE = open_case("danang-2017")
LONGEST = 18  # words a sentence, in the mean
HARDEST = 9  # years at school


def prose(path):
    return [block for text in sources(path, "markdown") for block in paragraphs(text)]


def questions(path):
    """The texts of the exercises that a notebook asks for the first time."""
    own = [name for name, again in exercises(path) if not again]
    asked = CASE.exercises.loc[own]
    found = [*asked["prompt"], *asked["feedback_right"], *asked["feedback_wrong"]]
    for table, column in [(CASE.exercise_options, "explanation"), (CASE.exercise_samples, "why")]:
        found += list(table.loc[table["exercise_id"].isin(own), column])
    return [text for text in found if text]


@pytest.mark.parametrize("part", [prose, questions])
def test_what_a_learner_reads_is_easy_to_read(lesson_path, part):
    read = part(lesson_path)
    assert len(sentences(read)) > 30
    assert sentence_length(read) <= LONGEST
    assert grade(read) <= HARDEST


def test_no_list_makes_the_prose_look_shorter_than_it_is(lesson_path):
    """Items of lists are short: without them the sentences keep to the limit as well."""
    texts = sources(lesson_path, "markdown")
    lines = ["\n".join(x for x in t.splitlines() if not x.startswith(("- ", "1. "))) for t in texts]
    read = [block for text in lines for block in paragraphs(text)]
    assert sentence_length(read) <= LONGEST
    assert grade(read) <= HARDEST


def test_what_is_measured_is_what_is_read():
    text = """## A heading

**Time:** two *short* words. And [a link](x.ipynb),
on two lines.

| a | table |
|---|---|

- first item;
- second item.

<details><summary>Press here</summary>

In the fold. "One. Two," he said.

</details>

```
code
```
"""
    read = paragraphs(text)
    assert read == [
        "Time: two short words. And a link, on two lines.",
        "first item;",
        "second item.",
        'In the fold. "One. Two," he said.',
    ]
    assert sentences(read) == [
        "Time: two short words.",
        "And a link, on two lines.",
        "first item;",
        "second item.",
        "In the fold.",
        '"One. Two," he said.',
    ]
    assert sentence_length(read) == (4 + 6 + 2 + 2 + 3 + 4) / 6


def test_hard_words_and_long_sentences_fail():
    hard = ["Institutional considerations necessitated comprehensive reconsideration of policy."]
    long = [" ".join(["the cat sat on the mat and"] * 6) + "."]
    assert grade(hard) > HARDEST
    assert sentence_length(hard) <= LONGEST
    assert sentence_length(long) > LONGEST
