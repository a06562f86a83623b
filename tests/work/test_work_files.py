"""The export file, and what is taken in: all of it or nothing, one sentence for what is wrong."""

import copy
import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from lessons.work import Answer, WorkError, files, open_work

TWELVE = [{"start": 3, "end": 9, "quote": "Đà Nẵng"}] * 12


@pytest.fixture
def full(work, make_some):
    work.keep(*make_some())
    work.rename("Anna")
    return work


@pytest.fixture
def other(tmp_path):
    return open_work(tmp_path / "other")


def without_saving_time(work):
    return work.answers.drop(columns="saved_at")


# --- out ---------------------------------------------------------------------------------------


def test_the_file_in_full(work, make):
    work.keep(make(1), make(2, kind="mark-span", value=TWELVE[:1]))
    work.rename("Anna")
    found = json.loads(work.export_text())
    assert list(found) == [
        *["format", "schema", "exported_at", "learner", "alias", "answers", "annotations"],
        "editions",
    ]
    assert (found["format"], found["schema"], found["alias"]) == ("two-voices-work", 2, "Anna")
    assert found["learner"] == work.learner
    assert found["answers"][0] == {
        "id": make(1).id,
        "case": "danang-2017",
        "item": "EX2-01",
        "kind": "choose-one",
        "value": make(1).value,
        "answered_at": make(1).answered_at,
    }
    assert found["answers"][1]["value"] == [found["annotations"][0]["id"]]
    assert "Đà Nẵng" in work.export_text()
    assert work.export_text().startswith('{\n  "format"')


def test_exporting_twice_gives_the_same(full):
    first, second = (json.loads(full.export_text()) for _ in range(2))
    del first["exported_at"], second["exported_at"]
    assert first == second


@pytest.mark.parametrize(
    ("alias", "part"),
    [
        ("", "no-alias"),
        ("Anna", "Anna"),
        ("Anna Müller", "Anna-Muller"),
        ("../../etc/passwd", "etc-passwd"),
        ("Đ ạ", "a"),
        ("日本", "no-alias"),
        ("x" * 40, "x" * 20),
        ("<b>a</b>", "b-a-b"),
    ],
)
def test_the_name_of_the_file(work, alias, part):
    work.rename(alias)
    today = datetime.now(UTC).date().isoformat()
    assert work.export_name() == f"two-voices_{part}_{work.learner}_{today}.json"


def test_nothing_is_overwritten(full, tmp_path):
    paths = [full.export(tmp_path / "out" / "deep") for _ in range(3)]
    stem = paths[0].stem
    assert [path.name for path in paths] == [f"{stem}.json", f"{stem}-2.json", f"{stem}-3.json"]
    for path in paths:
        assert json.loads(path.read_text(encoding="utf-8"))["alias"] == "Anna"


def test_a_folder_that_cannot_be_written(full, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for bad in (tmp_path / "file", "a\0b"):
        with pytest.raises(WorkError, match=r"^Your work could not be exported to [^\n]+\.$"):
            full.export(bad)


# --- there and back ----------------------------------------------------------------------------


def test_export_wipe_and_take_in_elsewhere(full, other, tmp_path):
    before = without_saving_time(full)
    path = full.export(tmp_path / "out")
    assert full.delete_all() == len(before)
    taken = other.take_in(path.read_bytes())
    assert_frame_equal(without_saving_time(other), before)
    assert taken.sentence == f"{len(before)} answers taken in."
    assert other.alias == "Anna"
    full.take_in(path.read_text(encoding="utf-8"))
    assert_frame_equal(without_saving_time(full), before)


def test_twelve_overlapping_marks_at_the_same_place(work, other, make):
    work.keep(make(1, kind="mark-span", value=TWELVE), make(2, kind="mark-span", value=[]))
    other.take_in(work.export_text())
    assert other.of("danang-2017", "EX2-01")[0].value == TWELVE
    assert other.of("danang-2017", "EX2-02")[0].value == []


def test_a_byte_order_mark_is_no_fault(full, other):
    count = len(full.answers)
    assert other.take_in(b"\xef\xbb\xbf" + full.export_text().encode()).new == count
    assert other.take_in("\ufeff" + full.export_text()).known == count


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: _depth(value) <= 8)
mark_lists = st.lists(
    st.builds(
        lambda start, length, quote: {"start": start, "end": start + length, "quote": quote},
        st.integers(0, 10**6),
        st.integers(1, 10**6),
        st.text(st.characters()),
    ),
    max_size=4,
)


def _depth(value):
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, list | dict) else 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(json_values, max_size=4), st.lists(mark_lists, max_size=3))
def test_any_value_and_any_marks_come_back(tmp_path_factory, values, marks):
    folder = tmp_path_factory.mktemp("any")
    at = "2026-11-20T08:00:00.000Z"
    made = [Answer(f"v-{n}", "c", f"v{n}", "check", one, at) for n, one in enumerate(values)]
    made += [Answer(f"m-{n}", "c", f"m{n}", "mark-span", one, at) for n, one in enumerate(marks)]
    here, there = open_work(folder / "a"), open_work(folder / "b")
    here.keep(*made)
    there.take_in(here.export_text().encode("utf-8"))
    for one in made:
        # As text, because 1 == 1.0 == True.
        (found,) = there.of("c", one.item)
        assert json.dumps(found.value) == json.dumps(json.loads(json.dumps(one.value)))
    assert there.take_in(here.export_text()).known == len(made)


def test_halves_of_characters_come_back(work, other, make):
    work.keep(make(1, value=["\ud83d", "\udc00x", "\\ud800"]))
    other.take_in(work.export_text().encode("utf-8"))
    assert other.of("danang-2017", "EX2-01")[0].value == ["\ud83d", "\udc00x", "\\ud800"]


def test_scripts_are_just_text(work, other, make):
    nasty = "<script>alert(1)</script>'; DROP TABLE answers; --\u202e{{7*7}}\x00"
    work.keep(make(1, item="<img src=x onerror=alert(1)>", value=nasty))
    work.rename("<b>bold</b>")
    other.take_in(work.export_text())
    assert other.of("danang-2017", "<img src=x onerror=alert(1)>")[0].value == nasty
    assert other.alias == "<b>bold</b>"


# --- merging -----------------------------------------------------------------------------------


def test_merging_counts_and_says_what_it_did(work, other, make):
    later = "2026-11-21T08:00:00.000Z"
    other.keep(make(1), make(2), replace(make(3), value="mine", answered_at=later))
    work.keep(make(1), replace(make(2), value="new", answered_at=later), make(3), make(4), make(5))
    taken = other.take_in(work.export_text())
    assert (taken.new, taken.known, taken.replaced, taken.older) == (2, 1, 1, 1)
    assert taken.sentence == (
        "2 answers taken in. 1 was here already. 1 replaced an older one here. "
        "1 left out, because the one here is newer."
    )
    assert other.of("danang-2017", "EX2-02")[0].value == "new"
    assert other.of("danang-2017", "EX2-03")[0].value == "mine"
    again = other.take_in(work.export_text())
    assert (again.new, again.known, again.older) == (0, 4, 1)
    assert again.sentence.startswith("No answers taken in. 4 were here already.")


def test_one_and_true_are_not_the_same(work, other, make):
    work.keep(make(1, value=1))
    other.keep(make(1, value=True))
    assert other.take_in(work.export_text()).older == 1
    assert other.of("danang-2017", "EX2-01")[0].value is True


def test_an_alias_that_is_here_stays(full, other):
    other.rename("Ben")
    other.take_in(full.export_text())
    assert other.alias == "Ben"


def test_only_the_cases_that_are_welcome(work, other, make):
    work.keep(make(1), make(2, case="other-case"))
    text = work.export_text()
    with pytest.raises(WorkError, match="the case is 'other-case', expected one of 'danang-2017'"):
        other.take_in(text, cases={"danang-2017"})
    assert len(other.answers) == 0
    assert other.take_in(text, {"danang-2017", "other-case"}).new == 2


# --- hostile -----------------------------------------------------------------------------------


def good():
    """Return a small export file as a dict, to be made worse."""
    return {
        "format": "two-voices-work",
        "schema": 1,
        "exported_at": "2026-11-20T08:00:00.000Z",
        "learner": "k7f3qd",
        "alias": "Anna",
        "answers": [entry(), entry(id="b-2", kind="mark-span", value=[note()["id"]])],
        "annotations": [note()],
    }


def entry(**more):
    made = {"id": "a-1", "case": "c", "item": "i", "kind": "check", "value": 1}
    return made | {"answered_at": "2026-11-20T08:00:00.000Z"} | more


def note(**more):
    made = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:11111111-1111-5111-8111-111111111111",
        "type": "Annotation",
        "motivation": "highlighting",
        "created": "2026-11-20T08:00:00.000Z",
        "target": target(0, 3),
    }
    return made | more


def target(start, end, exact="abc", source="urn:two-voices:case:c"):
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": exact},
        ],
    }


def answers(*entries):
    return {"answers": [*entries, good()["answers"][1]]}


FUTURE = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
WORSE = {
    "another format": {"format": "other"},
    "no format": {"format": None},
    "newer": {"schema": 3},
    "much newer": {"schema": 10**30},
    "older": {"schema": 0},
    "negative": {"schema": -1},
    "schema as text": {"schema": "1"},
    "schema as truth": {"schema": True},
    "schema as float": {"schema": 1.0},
    "unknown key": {"extra": 1},
    "unknown key with a line end": {"a\nb\u2028\x1b[31m": 1},
    "export time": {"exported_at": "yesterday"},
    "learner": {"learner": 5},
    "long learner": {"learner": "x" * 1000},
    "alias": {"alias": ["x"]},
    "long alias": {"alias": "x" * 41},
    "alias with controls": {"alias": "a\x07b"},
    "answers no list": {"answers": {}},
    "annotations no list": {"annotations": "x"},
    "answer no object": answers(7),
    "answer null": answers(None),
    "answer without a key": answers({"id": "x"}),
    "answer with a key": answers(entry(more=1)),
    "saved_at": answers(entry(saved_at="2026-11-20T08:00:00.000Z")),
    "id empty": answers(entry(id="")),
    "id long": answers(entry(id="x" * 65)),
    "id with SQL": answers(entry(id="'; DROP TABLE answers; --")),
    "id number": answers(entry(id=5)),
    "id with a line end": answers(entry(id="abc\n")),
    "id twice": answers(entry(), entry(value=2)),
    "case": answers(entry(case=None)),
    "item long": answers(entry(item="i" * 201)),
    "item with controls": answers(entry(item="a\x00b")),
    "kind": answers(entry(kind={"a": 1})),
    "time": answers(entry(answered_at="2026-02-30T08:00:00.000Z")),
    "time without milliseconds": answers(entry(answered_at="2026-11-20T08:00:00Z")),
    "time of another zone": answers(entry(answered_at="2026-11-20T08:00:00.000+02:00")),
    "time in other digits": answers(entry(answered_at="٢٠٢٦-11-20T08:00:00.000Z")),
    "year nought": answers(entry(answered_at="0000-11-20T08:00:00.000Z")),
    "future": answers(entry(answered_at=FUTURE)),
    "value long": answers(entry(value="x" * 100_001)),
    "value deep": answers(entry(value=[[[[[[[[[1]]]]]]]]])),
    "marks no list": answers(entry(kind="mark-span", value="x")),
    "marks written out": answers(entry(kind="mark-span", value=[{"start": 0, "end": 1}])),
    "mark unknown": answers(entry(kind="mark-span", value=["urn:uuid:nowhere"])),
    "mark used twice": answers(entry(kind="mark-span", value=[note()["id"]])),
    "annotation of nobody": {"annotations": [note(), note(id=note()["id"][:-1] + "2")]},
    "annotation twice": {"annotations": [note(), note()]},
    "annotation missing": {"annotations": []},
    "annotation no object": {"annotations": [None]},
    "annotation's context": {"annotations": [note(**{"@context": "http://evil.example"})]},
    "annotation's id": {"annotations": [note(id="javascript:alert(1)")]},
    "annotation's type": {"annotations": [note(type="Note")]},
    "annotation's motivation": {"annotations": [note(motivation=["x"])]},
    "annotation's time": {"annotations": [note(created="now")]},
    "annotation's body": {"annotations": [note(body="x")]},
    "target": {"annotations": [note(target="x")]},
    "source": {"annotations": [note(target=target(0, 3, source="file:///etc/passwd"))]},
    "no selectors": {"annotations": [note(target={"source": "x", "selector": []})]},
    "selectors in another order": {
        "annotations": [note(target={"source": "x", "selector": target(0, 3)["selector"][::-1]})]
    },
    "offsets backwards": {"annotations": [note(target=target(3, 3))]},
    "offset negative": {"annotations": [note(target=target(-1, 3))]},
    "offset huge": {"annotations": [note(target=target(0, 10**40))]},
    "offset as text": {"annotations": [note(target=target("0", 3))]},
    "offset as truth": {"annotations": [note(target=target(*[False, True]))]},
    "offset as float": {"annotations": [note(target=target(0.0, 3.0))]},
    "quote": {"annotations": [note(target=target(0, 3, exact=None))]},
}
PLAIN = json.dumps(good())
RAW = {
    "nothing": b"",
    "blank": b"   ",
    "no JSON": b"<html><script>alert(1)</script></html>",
    "half": PLAIN[: len(PLAIN) // 2],
    "more behind": PLAIN + "x",
    "two files": PLAIN + PLAIN,
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a text": b'"two-voices-work"',
    "UTF-16": PLAIN.encode("utf-16"),
    "Latin-1": PLAIN.replace("Anna", "Ann\xe9").encode("latin-1"),
    "zeros": bytes(1000),
    "SQLite": b"SQLite format 3\0",
    "too large": PLAIN.encode() + b" " * 5_000_000,
    "too large as text": PLAIN + "ạ" * 2_000_000,
    "deep lists": b"[" * 2_000_000,
    "deep objects": b'{"a":' * 500_000,
    "thirteen deep": b"[" * 13 + b"]" * 13,
    "NaN": PLAIN.replace('"value": 1', '"value": NaN'),
    "Infinity": PLAIN.replace('"value": 1', '"value": -Infinity'),
    "infinite by size": PLAIN.replace('"value": 1', '"value": 1e999'),
    "a number of many digits": PLAIN.replace('"value": 1', '"value": ' + "9" * 5000),
    "a key twice": PLAIN.replace('"alias"', '"alias": "Ben", "alias"'),
    "a key twice inside": PLAIN.replace('"value": 1', '"value": {"x\\n": 1, "x\\n": 2}'),
    "a line end in a text": PLAIN.replace("Anna", "An\nna"),
    "half a character": PLAIN.replace("k7f3qd", "\\ud800"),
    "half a character as text": PLAIN.replace("k7f3qd", "\ud800"),
    "an open text": b'"' + b'\\"' * 100_000,
    "no schema": json.dumps({key: one for key, one in good().items() if key != "schema"}),
    "no alias": json.dumps({key: one for key, one in good().items() if key != "alias"}),
    "too many": json.dumps(good() | {"answers": [0] * 20_001}),
}


def refused(work, data):
    """Take in what must be refused, and return the sentence."""
    before = work.path.read_bytes()
    with pytest.raises(WorkError) as found:
        work.take_in(data)
    said = str(found.value)
    assert re.fullmatch(r"This file was not taken in: [^\n\r]+\.", said)
    assert said.isprintable()
    assert len(said) < 400
    assert work.path.read_bytes() == before
    return said


def test_the_good_file_is_good(work):
    assert work.take_in(PLAIN).new == 2


@pytest.mark.parametrize("name", WORSE)
def test_a_hostile_file_changes_nothing(full, name):
    said = refused(full, json.dumps(copy.deepcopy(good()) | WORSE[name]))
    if "newer" in name:
        assert "made by a newer version" in said
    if name in ("older", "negative"):
        assert "made by an older version" in said


@pytest.mark.parametrize("name", RAW)
def test_a_hostile_text_changes_nothing(full, name):
    refused(full, RAW[name])


def test_every_key_is_needed():
    for key in good():
        with pytest.raises(WorkError):
            files.read(json.dumps({name: one for name, one in good().items() if name != key}), None)


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_random_faults_is_taken_in_or_refused(tmp_path, seed):
    rng = random.Random(seed)  # noqa: S311
    data = bytearray(PLAIN.encode())
    for _ in range(rng.randrange(1, 4)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    work = open_work(tmp_path / "w")
    try:
        work.take_in(bytes(data))
    except WorkError as error:
        assert str(error).isprintable()  # noqa: PT017
        assert len(work.answers) == 0
    assert work.notice == ""


def test_brackets_in_texts_do_not_count_as_depth(work, make, other):
    work.keep(make(1, value='[[[[[[[[[[[[[[[{"\\'))
    assert other.take_in(work.export_text()).new == 1


def test_twenty_thousand_answers_are_taken_in(work):
    many = [entry(id=f"n-{n}") for n in range(20_000)]
    taken = work.take_in(json.dumps(good() | {"answers": many, "annotations": []}))
    assert taken.new == 20_000
