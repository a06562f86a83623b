"""The rules of the house: layers, types, style, small functions, notebooks without logic."""

import ast
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lessons"
NOTEBOOKS = ROOT / "notebooks"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
# import-linter has no `python -m`; its console script does the same.
LAYERS = "import sys; from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
TOOLS = {
    "import-linter": ["-c", LAYERS],
    "ruff check": ["-m", "ruff", "check", "--no-cache", "."],
    "ruff format": ["-m", "ruff", "format", "--no-cache", "--check", "."],
    # In CI nobody comes again, for whom a cache would be written.
    "mypy": ["-m", "mypy", *(["--cache-dir=/dev/null"] if os.environ.get("CI") else [])],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_finds_nothing(tool):
    run = subprocess.run(
        [sys.executable, *TOOLS[tool]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]


# --- functions ---------------------------------------------------------------------------------


def python_files():
    return sorted(PACKAGE.rglob("*.py"))


def trees():
    for path in python_files():
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def body_lines(function):
    """Count the lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def functions():
    """Yield (file:name, body lines) of every function and method of the package."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTION):
                yield f"{path}:{node.name}", body_lines(node)


def test_counting_body_lines():
    source = (
        'def f():\n    """Say.\n\n    More.\n    """\n    a = 1\n\n    return (\n        a\n    )'
    )
    assert body_lines(ast.parse(source).body[0]) == 5
    assert body_lines(ast.parse('def f():\n    """Nothing."""').body[0]) == 0


def test_functions_are_small():
    sizes = dict(functions())
    counts = sorted(sizes.values())
    assert len(counts) > 100
    assert [name for name, lines in sizes.items() if lines > 50] == []
    assert statistics.median(counts) <= 8
    assert statistics.quantiles(counts, n=10)[-1] < 25


def public(node, inside=""):
    """Yield (name, node) of public functions, classes and methods, not those inside functions."""
    for child in node.body:
        if not isinstance(child, (*FUNCTION, ast.ClassDef)) or child.name.startswith("_"):
            continue
        # A setter is documented where its property is.
        if "setter" not in {getattr(decorator, "attr", "") for decorator in child.decorator_list}:
            yield inside + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{inside}{child.name}.")


def test_everything_public_says_what_it_is():
    silent = [path for path, tree in trees() if ast.get_docstring(tree) is None]
    silent += [
        f"{path}:{name}"
        for path, tree in trees()
        for name, node in public(tree)
        if ast.get_docstring(node) is None
    ]
    assert silent == []


# --- notebooks ---------------------------------------------------------------------------------

LOGIC = (
    *FUNCTION,
    *(ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try, ast.With),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def code_cells():
    """Yield (notebook and number, source) of every code cell."""
    for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        for number, cell in enumerate(cells, 1):
            if cell["cell_type"] == "code":
                yield f"{path.name}, cell {number}", "".join(cell["source"])


def logic(source):
    """Return the kinds of logic in a cell's source, magic lines included."""
    if re.search(r"^\s*[%!?]|\?\s*$", source, flags=re.MULTILINE):
        return ["magic"]
    return [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, LOGIC)]


@pytest.mark.parametrize(
    "source",
    [
        "def f(): pass",
        "x = [i for i in y]",
        "f(lambda a: a)",
        "if a: b",
        "%matplotlib inline",
        "a?",
    ],
)
def test_logic_is_known_when_it_is_seen(source):
    assert logic(source)
    assert logic("from lessons import open_case\ndanang = open_case('danang-2017')\ndanang") == []


def test_no_notebook_holds_logic():
    cells = dict(code_cells())
    assert cells
    assert {where: found for where, source in cells.items() if (found := logic(source))} == {}


def test_a_code_cell_has_at_most_three_lines():
    long = [where for where, source in code_cells() if len(source.strip().splitlines()) > 3]
    assert long == []


def test_the_package_names_no_notebook():
    """Numbers of lessons change; `NN-name` in an example of a command is one, too."""
    texts = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".json"}]
    named = [
        f"{path.relative_to(ROOT).as_posix()}: {found}"
        for path in texts
        for found in re.findall(r"(?<![\w-])0\d-[a-z][\w-]*", path.read_text(encoding="utf-8"))
    ]
    assert len(texts) > 40
    assert named == []
