"""The parsers of web addresses load at their first use, and then give what they always gave."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOADED = "'rfc3987_syntax.syntax_helpers' in sys.modules"


def run(code):
    """What a fresh Python prints, read as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "first",
    [
        "from lessons import show",
        "from lessons import timeline",
        "from lessons.charts import places_chart",
        "from lessons.late import put_off_address_parsers as off; off(); import jupyterlab.labapp",
    ],
)
def test_they_are_not_loaded_where_nothing_uses_them(first):
    assert run(f"{first}\nprint(json.dumps([{LOADED}, 'jsonschema' in sys.modules]))") == [
        False,
        True,
    ]


CHECKED = """
import jsonschema
def says(kind, text):
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator({"format": kind}, format_checker=checker).is_valid(text)
answers = [says(kind, text) for kind in ("iri", "iri-reference", "uri")
    for text in ("http://example.org/\\u00e4", "no address", "a/b", "<", "", "urn:x:y")]
"""


def test_what_is_checked_is_checked_as_before():
    ours = run(
        "from lessons import show\n"
        f"before = {LOADED}\n{CHECKED}\nprint(json.dumps([before, {LOADED}, answers]))"
    )
    plain = run(f"{CHECKED}\nprint(json.dumps([{LOADED}, answers]))")
    assert ours == [False, *plain]
    assert plain[0]
    assert {True, False} == set(plain[1])


@pytest.mark.parametrize(
    "use",
    [
        "import rfc3987_syntax as r; r.is_valid_syntax_iri('a:b')",
        "from rfc3987_syntax import is_valid_syntax_iri as f; f('a:b')",
        "from rfc3987_syntax.syntax_helpers import is_valid_syntax_iri as f; f('a:b')",
        "from rfc3987_syntax import is_valid_syntax as f; f('iri', 'a:b'); f('iri', 'a:b')",
        "from rfc3987_syntax import is_valid_syntax as f; f(term='iri', value='a:b')",
    ],
)
def test_every_way_to_them_loads_them(use):
    code = "from lessons.late import put_off_address_parsers as off\noff(); off()\n"
    assert run(f"{code}before = {LOADED}\n{use}\nprint(json.dumps([before, {LOADED}]))") == [
        False,
        True,
    ]


def test_one_that_is_loaded_or_missing_is_left_alone():
    code = "from lessons.late import put_off_address_parsers as off\n"
    assert run(
        "import rfc3987_syntax as r\n" + code + "off()\n"
        "print(json.dumps(sys.modules['rfc3987_syntax'] is r))"
    )
    assert run(
        code + "import lessons.late as late; late.find_spec = lambda name: None\noff()\n"
        "print(json.dumps('rfc3987_syntax' not in sys.modules))"
    )
