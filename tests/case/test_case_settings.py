"""case.toml: every fault is found, and none is a traceback."""

import pytest

FILE = "case.toml"


@pytest.fixture
def toml(copy):
    return copy.path(FILE).read_text(encoding="utf-8")


def faults(copy, text):
    return copy.faults_with(FILE, text.encode())


def places(*keys):
    return sorted(((FILE, None, key) for key in keys), key=str)


def test_a_missing_file_is_refused(copy):
    assert copy.faults_with(FILE, None) == places(None)


def test_broken_toml_is_refused_with_its_line(copy, toml):
    lines = toml.splitlines()
    lines[2] = "title ="
    assert faults(copy, "\n".join(lines)) == [(FILE, 3, None)]


def test_an_unfinished_text_is_refused(copy):
    assert faults(copy, 'title = "Joint') == [(FILE, 1, None)]


def test_a_byte_that_is_no_utf8_is_refused_with_its_line(copy, toml):
    lines = toml.encode().splitlines()
    lines[3] = b'language = "\xff"'
    assert copy.faults_with(FILE, b"\n".join(lines)) == [(FILE, 4, None)]


@pytest.mark.parametrize("key", ["title", "language", "content_note", "provenance.sha256"])
@pytest.mark.parametrize("value", ["", '""', "3", "[]"])
def test_a_text_that_is_missing_or_none_is_refused(copy, toml, key, value):
    name = key.rpartition(".")[2]
    start = toml.index(f"\n{name} = ") + 1
    end = toml.index("\n\n" if name == "content_note" else "\n", start)
    line = f"{name} = {value}" if value else ""
    assert faults(copy, toml[:start] + line + toml[end:]) == places(key)


def test_an_unknown_key_is_refused(copy, toml):
    assert faults(copy, 'titel = "x"\n' + toml) == places("titel")


def test_a_wrong_hash_is_refused(copy, toml):
    assert faults(copy, toml.replace("2b26b62e", "2b26b62f")) == places("provenance.sha256")


def test_no_provenance_is_refused(copy, toml):
    start, end = toml.index("[provenance]"), toml.index("# Events that begin after")
    assert faults(copy, toml[:start] + toml[end:]) == places("provenance")


def test_no_timeline_is_refused(copy, toml):
    start, end = toml.index("[timeline]"), toml.index("# How each voice")
    assert faults(copy, toml[:start] + toml[end:]) == places("timeline")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('ends = "2017-11-12"', 'ends = "2017-11-31"', "timeline.ends"),
        ('ends = "2017-11-12"', 'ends = "20171112"', "timeline.ends"),
        ('ends = "2017-11-12"', "ends = 2017-11-12", "timeline.ends"),
        ('name = "2011 to 2017"', 'name = ""', "timeline.windows[1].name"),
        ('first = "2017-07-01"', 'first = "2017-07"', "timeline.windows[2].first"),
        (', last = "2017-11-30"', "", "timeline.windows[2].last"),
    ],
)
def test_a_timeline_needs_real_days_and_names(copy, toml, old, new, key):
    assert old in toml
    assert faults(copy, toml.replace(old, new)) == places(key)


def test_no_voices_are_refused(copy, toml):
    assert faults(copy, toml[: toml.index("[[voices]]")]) == places("voices")


@pytest.mark.parametrize("key", ["voice", "name", "word", "symbol"])
def test_a_voice_must_show_itself(copy, toml, key):
    head, _, voices = toml.partition("[[voices]]")
    lines = [line for line in voices.splitlines() if not line.startswith(f"{key} = ")]
    broken = head + "[[voices]]" + "\n".join(lines)
    assert faults(copy, broken) == places(*(f"voices[{number}].{key}" for number in range(1, 6)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quoted = true", 'quoted = "yes"'),
        ('prefix = "E"', 'prefix = "M"'),
        ('voice = "resolution"', 'voice = "statement"'),
        ('label = "JS"', 'lable = "JS"'),
        ('role = "inner"', 'role = "outer"'),
    ],
)
def test_marks_that_cannot_tell_the_voices_apart_are_refused(copy, toml, old, new):
    found = faults(copy, toml.replace(old, new))
    assert found
    assert set(found) == set(places("voices"))


def test_a_voice_quoted_in_no_passage_is_refused(copy, toml):
    broken = toml.replace('quoted_in = ["F7"]', 'quoted_in = ["F7", "F77"]')
    assert faults(copy, broken) == places("voices[5].quoted_in")


def test_a_voice_of_passages_that_is_not_in_case_toml_is_refused(copy, toml):
    found = faults(copy, toml.replace('voice = "end matter"', 'voice = "footer"'))
    assert found == [("passages.csv", number, "voice") for number in range(37, 42)]


def test_two_faults_give_two_lines(copy, toml):
    broken = toml.replace('language = "en"', "").replace('word = "Statement"\n', "")
    assert faults(copy, broken) == places("language", "voices[3].word")


@pytest.mark.parametrize("text", ["voices = [3]", "voices = 3", "provenance = 3", "[[voices]]", ""])
def test_odd_toml_is_refused_without_a_traceback(copy, text):
    assert faults(copy, text)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(copy, toml):
    data = b"\xef\xbb\xbf" + toml.replace("\n", "\r\n").encode()
    assert copy.faults_with(FILE, data) == []


COMPARED = '[provenance.compared]\nwords = 229\nchanged = 0\nnot_compared = ["S10", "S12", "S13"]'


@pytest.mark.parametrize(
    ("instead", "key"),
    [
        (COMPARED.replace("229", '"229"'), "provenance.compared.words"),
        (COMPARED.replace("229", "-1"), "provenance.compared.words"),
        (COMPARED.replace("changed = 0", "changed = true"), "provenance.compared.changed"),
        (COMPARED.replace("changed = 0\n", ""), "provenance.compared.changed"),
        (COMPARED.replace('"S12"', "12"), "provenance.compared.not_compared"),
        (COMPARED.replace('"S12"', '"S99"'), "provenance.compared.not_compared"),
    ],
)
def test_what_was_compared_is_checked(copy, toml, instead, key):
    assert faults(copy, toml.replace(COMPARED, instead)) == places(key)


def test_what_was_compared_may_be_left_out(copy, toml):
    assert faults(copy, toml.replace(COMPARED, "")) == []


MAP = "west = 33.5\nsouth = 30.5\neast = 43.0"


@pytest.mark.parametrize(
    ("instead", "key"),
    [
        (MAP.replace("33.5", '"33.5"'), "map[1].west"),
        (MAP.replace("east = 43.0", ""), "map[1].east"),
        (MAP.replace("43.0", "30"), "map[1]"),
    ],
)
def test_the_insets_of_the_map_are_checked(copy, toml, instead, key):
    assert faults(copy, toml.replace(MAP, instead)) == places(key)


def test_the_map_may_be_left_out(copy, toml):
    start, end = toml.index("# What the map shows"), toml.index("# How each voice shows itself")
    assert faults(copy, toml[:start] + toml[end:]) == []
