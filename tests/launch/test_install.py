"""Installing: whole or not at all, once, one at a time. uv and pip are stand-ins: no network."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lessons.launch import install
from lessons.launch.folder import ROOT, environment, venv_python


class StandIn:
    """Takes the place of pip and uv: notes each step, makes a real (empty) environment."""

    def __init__(self):
        self.steps = []
        self.fail_at = None

    def __call__(self, command, env, root):
        words = [str(word) for word in command]
        marks = {"-e": "course", "uv": "uv", "config": "config", "pip": "pip", "venv": "venv"}
        step = next(name for word, name in marks.items() if word in words)
        self.steps.append(step)
        if step == self.fail_at:
            raise install.InstallError(step)
        if step == "venv":
            subprocess.run(
                [sys.executable, "-m", "venv", "--clear", "--without-pip", root / ".venv"],
                check=True,
            )
        return ["Downloading numpy (16.0MiB)"] if step == "uv" else []


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "a folder with spaces"
    root.mkdir()
    for name in (install.INSTALLER, *install.LISTS["test"]):
        (root / name).write_text(f"{name} 1\n")
    return root


@pytest.fixture
def tools(monkeypatch):
    stand_in = StandIn()
    monkeypatch.setattr(install, "_run", stand_in)
    return stand_in


ALL_STEPS = ["venv", "config", "pip", "uv", "course"]


def test_first_start_installs_and_second_does_nothing(folder, tools, capsys):
    assert install.ensure("course", folder) == venv_python(folder / ".venv")
    assert tools.steps == ALL_STEPS
    assert "downloaded 17 MB" in capsys.readouterr().out
    tools.steps.clear()
    install.ensure("course", folder)
    assert tools.steps == []
    assert capsys.readouterr().out == ""


def test_open_after_test_installs_nothing_but_test_after_open_does(folder, tools):
    install.ensure("test", folder)
    tools.steps.clear()
    install.ensure("course", folder)
    assert tools.steps == []
    (folder / "requirements-test.txt").write_text("changed\n")
    install.ensure("course", folder)
    assert tools.steps == []
    install.ensure("test", folder)
    assert tools.steps == ALL_STEPS[1:]  # the environment itself stays


def test_paper_is_installed_once_and_stays_when_something_else_comes(folder, tools):
    install.ensure("course", folder)
    tools.steps.clear()
    install.ensure("paper", folder)
    assert tools.steps == ALL_STEPS[1:]
    install.ensure("test", folder)
    tools.steps.clear()
    for kind in ("paper", "course", "test"):
        install.ensure(kind, folder)
    assert tools.steps == []
    (folder / "requirements.txt").write_text("changed\n")
    install.ensure("course", folder)
    tools.steps.clear()
    install.ensure("paper", folder)  # made for another version of the course list
    assert tools.steps == ALL_STEPS[1:]


@pytest.mark.parametrize("step", ALL_STEPS)
def test_interrupted_installation_is_begun_again(folder, tools, step):
    tools.fail_at = step
    with pytest.raises(install.InstallError):
        install.ensure("course", folder)
    assert not install.is_current("course", folder)
    tools.fail_at = None
    tools.steps.clear()
    install.ensure("course", folder)
    assert tools.steps == ALL_STEPS
    assert install.is_current("course", folder)


def test_changed_list_is_installed_again(folder, tools):
    install.ensure("course", folder)
    (folder / "requirements.txt").write_text("numpy==3\n")
    assert not install.is_current("course", folder)


def test_moved_folder_is_installed_again(folder, tools):
    install.ensure("course", folder)
    moved = folder.rename(folder.with_name("moved"))
    assert not install.is_current("course", moved)


def test_environment_whose_python_was_removed_is_made_anew(folder, tools):
    install.ensure("course", folder)
    venv_python(folder / ".venv").unlink()
    tools.steps.clear()
    install.ensure("course", folder)
    assert tools.steps[0] == "venv"


def test_damaged_stamp_counts_as_none(folder, tools):
    install.ensure("course", folder)
    for rubbish in ("{", "[]", "\x00"):
        (folder / ".venv" / "two-voices.json").write_text(rubbish)
        assert not install.is_current("course", folder)


def test_two_starts_at_once_install_once(folder):
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import time
from pathlib import Path
from lessons.launch import install
root = Path({str(folder)!r})
install._runs = lambda python: True
def slowly(kind, root):
    with (root / "log").open("a") as log: log.write("x")
    time.sleep(0.6)
    (root / ".venv").mkdir()
    install._write_stamp(root, install._wanted(kind, root))
install._install = slowly
install.ensure("course", root)
"""
    both = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert (folder / "log").read_text() == "x"


def test_lock_of_a_killed_process_is_free(tmp_path):
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import time
from pathlib import Path
from lessons.launch.install import only_one
with only_one(Path({str(tmp_path / "lock")!r})):
    print("in", flush=True); time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "in\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    begun = time.monotonic()
    with install.only_one(tmp_path / "lock"):
        assert time.monotonic() - begun < 5


@pytest.mark.skipif(os.name == "nt", reason="a lock is not inherited on Windows")
def test_lock_holds_while_a_tool_of_a_killed_start_goes_on(tmp_path):
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import os
from pathlib import Path
from lessons.launch import install
with install.only_one(Path({str(tmp_path / "lock")!r})):
    sleep = "import os, time; print('Downloading x (1 MB)', flush=True); time.sleep(1.5)"
    install._run([sys.executable, "-c", sleep], dict(os.environ), Path.cwd())
"""
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert "downloading x" in holder.stdout.readline()
    begun = time.monotonic()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with install.only_one(tmp_path / "lock"):
        assert 0.8 < time.monotonic() - begun < 20


def test_missing_venv_is_one_sentence_with_the_fix(folder, monkeypatch):
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(install.InstallError, match="apt-get install python3-venv") as caught:
        install.ensure("course", folder)
    assert "\n" not in str(caught.value)


def test_no_network_is_one_sentence_with_the_fix(folder):
    """The real pip, asked to fetch from a port of this machine where nobody answers."""
    (folder / install.INSTALLER).write_text("uv==0.1 --hash=sha256:" + "0" * 64 + "\n")
    env = environment(folder / ".course") | {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_RETRIES": "0",
    }
    with pytest.raises(install.InstallError, match="connect it to the internet") as caught:
        install._run([sys.executable, *install._pip_command(), "--retries=0"], env, folder)
    assert "\n" not in str(caught.value)


def test_another_failure_shows_the_last_words():
    text = install._explain(["first", "ERROR: hashes do not match"])
    assert "hashes do not match" in text
    assert "internet" not in text


def test_all_that_is_written_stays_inside_the_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    env = environment(tmp_path / ".course")
    assert "PYTHONPATH" not in env
    for name in (
        "UV_CACHE_DIR",
        "PIP_CACHE_DIR",
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    ):
        assert Path(env[name]).is_relative_to(tmp_path / ".course")


def test_stamp_is_written_whole(folder):
    (folder / ".venv").mkdir()
    install._write_stamp(folder, {"a": "b"})
    assert json.loads((folder / ".venv" / "two-voices.json").read_text()) == {"a": "b"}
    assert [path.name for path in (folder / ".venv").iterdir()] == ["two-voices.json"]
