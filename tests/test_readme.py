"""The README says what is true: its commands, code, links and figures."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python3 -m lessons (\w+)", README))))
def test_every_command_exists(command):
    said = subprocess.run(
        [sys.executable, "-m", "lessons", command, "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    assert "usage" in said.stdout


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_its_picture_has_words():
    pictures = re.findall(r"!\[([^\]]*)\]", README)
    assert pictures
    assert all(len(words) > 40 for words in pictures)


def test_its_code_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {}
    exec(compile(ast.parse(code), "README.md", "exec"), names)  # noqa: S102  (our own README)
    assert len(names["danang"].passages) == 40


def test_its_table_lists_the_lessons_with_their_minutes():
    listed = dict(re.findall(r"\| \[[^\]]+\]\((notebooks/[^)]+)\) \|.*\| (\d+) \(", README))
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert sorted(listed) == [path.relative_to(ROOT).as_posix() for path in lessons]
    for path in lessons:
        head = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        assert f"**Time:** {listed[path.relative_to(ROOT).as_posix()]} minutes" in head
