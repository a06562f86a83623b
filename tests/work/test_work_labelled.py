"""Labelled marks as W3C Web Annotations: there and back to the byte, and hostile ones refused."""

import copy
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.web_annotations import fails_the_model

from lessons.work import Answer, Background, WorkError, open_work

# Emoji (one of them of several code points), quotes, line ends, right-to-left, letters with marks.
TEXT = (
    '\U0001f600\U0001f468\u200d\U0001f469 He said “no” and "never".\r\n\n'
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd then "
    "\u202eabc\u202c Đà Nẵng \u2028 e\u0301nd, again and again and again."
)
LABELS = {"doubt": "Doubt", "loaded-language": "Loaded language", "a b/ạ%": "An odd one: \u05d0"}
GROUND = Background(TEXT, LABELS)
CASE, ITEM = "danang-2017", "marks:techniques:all"
OLD = Path(__file__).with_name("exported_schema_1.json")


def lookup(case):
    return GROUND if case == CASE else None


def mark(start, end, label="doubt", reason="", sure=""):
    return {
        "start": start,
        "end": end,
        "quote": TEXT[start:end],
        "label": label,
        "reason": reason,
        "sure": sure,
    }


def marks(number, value, item=ITEM, **more):
    kind = "compare" if item.endswith(":compare") else "marks"
    at = f"2026-11-20T08:{number:02d}:00.123Z"
    return replace(Answer(f"m-{number}", CASE, item, kind, value, at), **more)


def in_full(work):
    """Return everything but the time of saving, values as JSON with the order of their keys."""
    table = work.answers.drop(columns="saved_at")
    return table.assign(value=[json.dumps(one) for one in table["value"]]).to_csv().encode()


def there_and_back(folder, answers, look=lookup):
    """Export, wipe, take in here and elsewhere; return the file, its answers being the same."""
    here, there = open_work(folder / "here"), open_work(folder / "there")
    here.keep(*answers)
    before, text = in_full(here), here.export_text(look)
    here.delete_all()
    for work in (here, there):
        assert work.take_in(text.encode("utf-8"), lookup=look).new == len(answers)
        assert in_full(work) == before
        assert work.take_in(text, lookup=look).known == len(answers)
    return json.loads(text)


# --- out ---------------------------------------------------------------------------------------


def test_an_annotation_in_full(work):
    at = TEXT.index("never")
    work.keep(marks(1, [mark(at, at + 5, "loaded-language", 'Too "strong"\n\U0001f600', "high")]))
    found = json.loads(work.export_text(lookup))
    (note,) = found["annotations"]
    assert found["answers"][0]["value"] == [note["id"]]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", note.pop("id"))
    assert note == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "tagging",
        "created": "2026-11-20T08:01:00.123Z",
        "body": [
            {
                "id": "urn:two-voices:label:loaded-language",
                "type": "TextualBody",
                "purpose": "tagging",
                "format": "text/plain",
                "value": "Loaded language",
            },
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "value": 'Too "strong"\n\U0001f600',
            },
            {"type": "TextualBody", "purpose": "assessing", "value": "sure: high"},
        ],
        "target": {
            "source": "urn:two-voices:case:danang-2017",
            "selector": [
                {"type": "TextPositionSelector", "start": at, "end": at + 5},
                {
                    "type": "TextQuoteSelector",
                    "exact": "never",
                    "prefix": TEXT[max(0, at - 32) : at],
                    "suffix": TEXT[at + 5 : at + 37],
                },
            ],
        },
    }


def test_without_the_text_there_is_no_prefix_and_the_label_is_its_own_name(work):
    work.keep(marks(1, [mark(3, 9)]))
    found = json.loads(work.export_text())
    (note,) = found["annotations"]
    assert list(note["target"]["selector"][1]) == ["type", "exact"]
    assert [(body["id"], body["value"]) for body in note["body"]] == [
        ("urn:two-voices:label:doubt", "doubt")
    ]
    assert found["editions"] == {}


def test_a_mark_that_many_answers_hold_stands_there_once(tmp_path):
    kept = [mark(n, n + 4, reason=f"reason {n}") for n in range(60)]
    answers = [marks(n, kept[: n + 1]) for n in range(59)]
    compared = marks(59, kept[:59], f"{ITEM}:compare")
    found = there_and_back(tmp_path, [*answers, compared])
    assert len(found["annotations"]) == 59
    assert sum(len(one["value"]) for one in found["answers"]) == 59 * 60 // 2 + 59
    # Answers that name marks need less room than answers that hold them.
    written = json.dumps([one.value for one in [*answers, compared]], indent=2, ensure_ascii=False)
    assert len(json.dumps(found, indent=2, ensure_ascii=False)) < len(written)


def test_two_learners_never_make_the_same_annotation(tmp_path):
    ids = set()
    for name in ("a", "b"):
        work = open_work(tmp_path / name)
        work.keep(marks(1, [mark(3, 9)], id=name))
        ids |= {note["id"] for note in json.loads(work.export_text(lookup))["annotations"]}
    assert len(ids) == 2


# --- there and back ----------------------------------------------------------------------------

OVERLAPPING = [
    *[mark(0, n, "doubt", sure="low") for n in (1, 5, 20)],
    *[mark(n, len(TEXT), "loaded-language", f"because {n}\r\n\u202e") for n in (0, 4, 30)],
    *[mark(4, 9, label) for label in LABELS],
    *[mark(4, 9, reason='"', sure=sure) for sure in ("", "high", "medium", "low")],
    mark(4, 9),
    mark(4, 9),
]


@pytest.mark.parametrize("look", [lookup, None], ids=["with the text", "without"])
def test_overlapping_marks_revisions_and_comparisons_come_back(tmp_path, look):
    answers = [
        marks(1, OVERLAPPING[:1]),
        marks(2, OVERLAPPING),
        marks(3, OVERLAPPING, f"{ITEM}:compare"),
        marks(4, OVERLAPPING[::-1]),
        marks(5, []),
        marks(6, [], f"{ITEM}:compare"),
        marks(7, OVERLAPPING[3:5], "marks:loaded words:S1"),
        marks(8, OVERLAPPING[3:5]),
        Answer("s-1", CASE, "EX4", "mark-span", OVERLAPPING[:0], "2026-11-20T08:30:00.000Z"),
    ]
    spans = [{key: one[key] for key in ("start", "end", "quote")} for one in OVERLAPPING]
    answers.append(replace(answers[-1], id="s-2", value=spans))
    found = there_and_back(tmp_path, answers, look)
    assert {type(one) for a in found["answers"] for one in a["value"]} == {str}
    for note in found["annotations"]:
        assert list(fails_the_model(note)) == []


ODD = {
    "a key more": [mark(0, 3) | {"extra": 1}],
    "no reason": [{key: one for key, one in mark(0, 3).items() if key != "reason"}],
    "keys in another order": [dict(reversed(mark(0, 3).items()))],
    "a float": [mark(0, 3) | {"start": 0.0}],
    "a truth": [mark(0, 3) | {"start": False}],
    "another text": [mark(0, 3) | {"quote": "xyz"}],
    "a quote too short": [mark(0, 3) | {"quote": "x"}],
    "behind the text": [mark(0, 3) | {"start": 10**6, "end": 10**6 + 3}],
    "no label": [mark(0, 3, "")],
    "an unknown label": [mark(0, 3, "of another course")],
    "a label that is no text": [mark(0, 3, None)],
    "half a character in a label": [mark(0, 3, "\ud800")],
    "a long reason": [mark(0, 3, reason="x" * 2001)],
    "how sure, in other words": [mark(0, 3, sure="very")],
    "one good, one odd": [mark(0, 3), None],
    "texts": ["urn:uuid:", "x"],
    "no list": {"annotations": ["x"]},
    "a text": "urn:uuid:11111111-1111-5111-8111-111111111111",
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_complete_mark_travels_as_it_is(tmp_path, name):
    found = there_and_back(tmp_path, [marks(1, ODD[name]), marks(2, [mark(3, 9)])])
    assert found["answers"][0]["value"] == ODD[name]
    assert len(found["annotations"]) == 1


def test_half_a_character_in_a_reason_comes_back(tmp_path):
    found = there_and_back(tmp_path, [marks(1, [mark(3, 9, reason="\ud83d x \udc00")])])
    assert len(found["annotations"]) == 1


def test_ids_of_annotations_are_no_marks(work):
    with pytest.raises(ValueError, match="expected a mark written out"):
        work.keep(marks(1, ["urn:uuid:11111111-1111-5111-8111-111111111111"]))


ranges = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(
    lambda found: (found[0], min(sum(found), len(TEXT)))
)
good_marks = st.builds(
    lambda span, label, reason, sure: mark(*span, label, reason, sure),
    ranges,
    st.sampled_from([*LABELS, "unknown"]),
    st.text(st.characters(), max_size=40),
    st.sampled_from(["", "high", "medium", "low"]),
)
any_marks = st.lists(good_marks, max_size=6) | st.lists(
    st.fixed_dictionaries(
        {
            "start": st.integers(-2, 99) | st.booleans(),
            "end": st.integers(0, 99) | st.none(),
            "quote": st.text(st.characters(), max_size=5),
            "label": st.text(st.characters(), max_size=5) | st.none(),
            "reason": st.text(st.characters(), max_size=5) | st.integers(),
            "sure": st.text(max_size=4) | st.sampled_from(["", "high"]),
        }
    ),
    max_size=3,
)
items = st.sampled_from([ITEM, f"{ITEM}:compare", "marks:loaded words:S1,S2"])


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(items, any_marks), max_size=6), st.booleans())
def test_any_marks_come_back(tmp_path_factory, found, with_text):
    folder = tmp_path_factory.mktemp("any")
    answers = [marks(n, value, item) for n, (item, value) in enumerate(found)]
    document = there_and_back(folder, answers, lookup if with_text else None)
    for note in document["annotations"]:
        assert list(fails_the_model(note)) == []
        position, exact = note["target"]["selector"]
        words = TEXT[position["start"] : position["end"]]
        if with_text:
            around = exact["prefix"] + exact["exact"] + exact["suffix"]
            assert exact["exact"] == words
            assert around in TEXT


# --- files of the version before ---------------------------------------------------------------


@pytest.mark.parametrize("look", [lookup, None], ids=["with another text", "without"])
def test_a_file_of_the_version_before_is_taken_in_and_travels_on(work, tmp_path, look):
    old = json.loads(OLD.read_text(encoding="utf-8"))
    assert old["schema"] == 1
    assert isinstance(old["answers"][2]["value"][0], dict)
    assert work.take_in(OLD.read_bytes(), lookup=look).new == len(old["answers"]) == 7
    for one in old["answers"]:
        (found,) = [answer for answer in work.of(CASE, one["item"]) if answer.id == one["id"]]
        assert (found.kind, found.answered_at) == (one["kind"], one["answered_at"])
        if one["kind"] != "mark-span":
            assert json.dumps(found.value) == json.dumps(one["value"])
    other = open_work(tmp_path / "other")
    new = work.export_text(look)
    assert json.loads(new)["schema"] == 2
    assert other.take_in(new, lookup=look).new == 7
    assert in_full(other) == in_full(work)
    assert other.take_in(OLD.read_bytes()).known == 7


def test_a_file_made_on_another_edition_of_the_text_is_taken_in(work, tmp_path):
    work.keep(marks(1, [mark(3, 9), mark(10, 20, "loaded-language")]))
    text = work.export_text(lookup)
    newer = Background(f"A word before. {TEXT}", {"doubt": "Doubt"})
    other = open_work(tmp_path / "other")
    assert other.take_in(text, lookup=lambda _case: newer).new == 1
    assert in_full(other) == in_full(work)
    # What does not fit the text here goes on as it is, so nothing is lost on the way.
    third = open_work(tmp_path / "third")
    third.take_in(other.export_text(lambda _case: newer), lookup=lookup)
    assert in_full(third) == in_full(work)


# --- hostile -----------------------------------------------------------------------------------


def good():
    """Return a file with one answer, its text known, to be made worse."""
    tag = {"id": "urn:two-voices:label:doubt", "type": "TextualBody", "purpose": "tagging"}
    note = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:11111111-1111-5111-8111-111111111111",
        "type": "Annotation",
        "motivation": "tagging",
        "created": "2026-11-20T08:00:00.000Z",
        "body": [
            tag | {"format": "text/plain", "value": "Doubt"},
            {"type": "TextualBody", "purpose": "commenting", "value": "why"},
            {"type": "TextualBody", "purpose": "assessing", "value": "sure: high"},
        ],
        "target": {
            "source": "urn:two-voices:case:danang-2017",
            "selector": [
                {"type": "TextPositionSelector", "start": 4, "end": 9},
                {
                    "type": "TextQuoteSelector",
                    "exact": TEXT[4:9],
                    "prefix": TEXT[:4],
                    "suffix": TEXT[9:41],
                },
            ],
        },
    }
    answer = {"id": "m-1", "case": CASE, "item": ITEM, "kind": "marks", "value": [note["id"]]}
    return {
        "format": "two-voices-work",
        "schema": 2,
        "exported_at": "2026-11-20T08:00:00.000Z",
        "learner": "k7f3qd",
        "alias": "",
        "answers": [answer | {"answered_at": "2026-11-20T08:00:00.000Z"}],
        "annotations": [note],
        "editions": {CASE: GROUND.edition},
    }


def worse(path, value):
    """Return the good file with one cell replaced; the path leads into the annotation."""
    found = good()
    *way, last = path
    at = found["annotations"][0]
    for step in way:
        at = at[step]
    at[last] = value
    return found


POSITION, EXACT = ("target", "selector", 0), ("target", "selector", 1)
BODIES = good()["annotations"][0]["body"]
URN = good()["annotations"][0]["id"]
WORSE = {
    "start as a text": (worse((*POSITION, "start"), "4"), "expected whole numbers from 0"),
    "negative": (worse((*POSITION, "start"), -1), "expected whole numbers from 0"),
    "backwards": (worse((*POSITION, "end"), 4), "the end behind the start"),
    "huge": (worse((*POSITION, "end"), 10**40), "expected whole numbers from 0"),
    "in UTF-16 units": (
        worse(
            ("target", "selector"),
            [
                {"type": "TextPositionSelector", "start": 6, "end": 11},
                {"type": "TextQuoteSelector", "exact": TEXT[4:9]},
            ],
        ),
        "a mark from 6 to 11 quotes",
    ),
    "behind the text": (
        worse(POSITION, {"type": "TextPositionSelector", "start": 9000, "end": 9005}),
        "as in the text",
    ),
    "selectors of two lengths": (worse((*POSITION, "end"), 8), "has 5 characters, expected 4"),
    "another quote": (worse((*EXACT, "exact"), "abcde"), "quotes 'abcde', expected '"),
    "another prefix": (worse((*EXACT, "prefix"), "abcd"), "the prefix of a mark is 'abcd'"),
    "another suffix": (worse((*EXACT, "suffix"), "abcd"), "the suffix of a mark is 'abcd'"),
    "more before than there is": (worse((*EXACT, "prefix"), "abcde"), "at most 4 characters"),
    "a huge suffix": (worse((*EXACT, "suffix"), "x" * 10**6), "at most 32 characters"),
    "a prefix that is none": (worse((*EXACT, "prefix"), None), "the prefix of a mark is 'null'"),
    "a quote that is none": (worse((*EXACT, "exact"), ["x"]), "the quote of a mark is"),
    "a selector more": (worse((*EXACT, "refinedBy"), {}), "has the key 'refinedBy'"),
    "three selectors": (
        worse(("target", "selector"), [{}, {}, {}]),
        "expected position and quote",
    ),
    "one selector, an object": (worse(("target", "selector"), {}), "expected position and quote"),
    "another source": (worse(("target", "source"), "file:///etc/passwd"), "the source of an"),
    "an unknown label": (
        worse(("body", 0, "id"), "urn:two-voices:label:evil"),
        "the label of a mark is 'evil', expected one of this course",
    ),
    "an empty label": (worse(("body", 0, "id"), "urn:two-voices:label:"), "the id of a tag is"),
    "a label elsewhere": (worse(("body", 0, "id"), "javascript:alert(1)"), "the id of a tag is"),
    "a label of bad bytes": (worse(("body", 0, "id"), "urn:two-voices:label:%FF"), "id of a tag"),
    "a label written oddly": (
        worse(("body", 0, "id"), "urn:two-voices:label:%64oubt"),
        "the id of a tag is",
    ),
    "a label with a line end": (
        worse(("body", 0, "id"), "urn:two-voices:label:a%0Ab"),
        "expected a text without control characters",
    ),
    "a label as a number": (worse(("body", 0, "id"), 7), "the id of a tag is '7'"),
    "a huge name": (worse(("body", 0, "value"), "x" * 201), "the name of a label is"),
    "a name with controls": (worse(("body", 0, "value"), "a\x1bb"), "the name of a label is"),
    "HTML": (worse(("body", 0, "format"), "text/html"), "the tag's format of an annotation"),
    "a huge reason": (worse(("body", 1, "value"), "x" * 2001), "a text of 1 to 2000 characters"),
    "a very huge reason": (worse(("body", 1, "value"), "x" * 4 * 10**6), "1 to 2000 characters"),
    "an empty reason": (worse(("body", 1, "value"), ""), "a text of 1 to 2000 characters"),
    "a reason that is none": (worse(("body", 1, "value"), {"a": 1}), "a text of 1 to 2000"),
    "two reasons": (worse(("body", 2), BODIES[1]), "'commenting' is there twice"),
    "another purpose": (worse(("body", 2, "purpose"), "linking"), "purpose 'linking', expected"),
    "a purpose as a list": (worse(("body", 2, "purpose"), ["tagging"]), "expected commenting or"),
    "surely sure": (worse(("body", 2, "value"), "sure: very"), "certainty is 'very', expected"),
    "sure of nothing": (worse(("body", 2, "value"), "sure: "), "a mark's certainty is"),
    "only sure": (worse(("body", 2, "value"), "high"), "a mark's certainty is 'high'"),
    "no bodies": (worse(("body",), []), "the body of an annotation is '[]'"),
    "one body, no list": (worse(("body",), BODIES[0]), "the body of an annotation is"),
    "ten thousand bodies": (worse(("body",), BODIES[:1] * 10**4), "expected a list of 1 to 3"),
    "the tag last": (worse(("body",), BODIES[::-1]), "the tag of an annotation has"),
    "a body that is none": (worse(("body", 1), None), "a body of an annotation is 'null'"),
    "an image as body": (worse(("body", 1, "type"), "Image"), "the body's type of an annotation"),
    "another motivation": (worse(("motivation",), "highlighting"), "has the key 'body'"),
    "another context": (worse(("@context",), "http://evil.example"), "the @context of an"),
    "another id": (worse(("id",), "urn:uuid:1"), "expected urn:uuid: and a UUID"),
    "no such annotation": (good() | {"annotations": []}, "expected an annotation of its own"),
    "named by nobody": (good() | {"answers": []}, "no answer holds the annotation"),
    "twice": (good() | {"annotations": good()["annotations"] * 2}, "is there twice"),
    "editions": (good() | {"editions": []}, "editions is '[]', expected an object"),
    "an edition": (good() | {"editions": {CASE: 7}}, "the edition of a case is '7'"),
    "of another case": (
        good() | {"answers": [good()["answers"][0] | {"case": "other"}]},
        "the source of an annotation is",
    ),
    "as marks without labels": (
        good() | {"answers": [good()["answers"][0] | {"kind": "mark-span"}]},
        "the motivation of an annotation is 'tagging', expected 'highlighting'",
    ),
    "old, with what is new": (good() | {"schema": 1}, "has the key 'editions'"),
}


def test_the_good_file_is_good(work):
    assert work.take_in(json.dumps(good()), lookup=lookup).new == 1
    assert work.of(CASE, ITEM)[0].value == [mark(4, 9, reason="why", sure="high")]


@pytest.mark.parametrize("name", WORSE)
def test_a_hostile_annotation_gives_one_sentence_and_changes_nothing(work, make_some, name):
    work.keep(*make_some())
    before = work.path.read_bytes()
    document, words = copy.deepcopy(WORSE[name])
    with pytest.raises(WorkError) as found:
        work.take_in(json.dumps(document), lookup=lookup)
    said = str(found.value)
    assert re.fullmatch(r"This file was not taken in: [^\n\r]+\.", said)
    assert words in said
    assert said.isprintable()
    assert len(said) < 400
    assert work.path.read_bytes() == before
