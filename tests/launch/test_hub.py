"""What a learner and the teacher get on a JupyterHub, without starting one."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from lessons.launch import hub
from lessons.launch.folder import ROOT
from lessons.launch.install import InstallError
from lessons.launch.notebooks import all_notebooks

VALUES = yaml.safe_load((ROOT / "deploy/zero-to-jupyterhub.yaml").read_text(encoding="utf-8"))
CLASS_VIEW = "notebooks/teacher/class-view.ipynb"


def there(home):
    return {path.relative_to(home).as_posix() for path in home.rglob("*.ipynb")}


def test_a_learner_gets_the_lessons_and_the_teacher_the_class_view_too(tmp_path):
    hub.furnish(tmp_path / "anna", teacher=False)
    hub.furnish(tmp_path / "teacher", teacher=True)
    assert there(tmp_path / "anna") == set(all_notebooks())
    assert there(tmp_path / "teacher") == {*all_notebooks(), CLASS_VIEW}
    assert hub.page_for(teacher=False) == f"/lab/tree/{all_notebooks()[0]}"
    assert hub.page_for(teacher=True) == f"/lab/tree/{CLASS_VIEW}"


def test_what_somebody_changed_stays_and_what_is_gone_comes_back(tmp_path):
    hub.furnish(tmp_path, teacher=False)
    first, second = (tmp_path / name for name in all_notebooks()[:2])
    first.write_text("changed")
    second.unlink()
    hub.furnish(tmp_path, teacher=False)
    assert first.read_text() == "changed"
    assert second.read_bytes() == (ROOT / all_notebooks()[1]).read_bytes()


def test_all_that_a_learner_writes_stays_in_their_folder(tmp_path):
    own = hub.learner_environment(tmp_path / "anna")
    places = [value for value in own.values() if os.sep in value]
    assert len(places) >= 8
    assert all(place.startswith(str(tmp_path / "anna") + os.sep) for place in places)
    assert own["TWO_VOICES_WORK"] == str(tmp_path / "anna/work")


def test_nobody_outside_is_asked_for_news(tmp_path):
    assert "--LabApp.news_url=None" in hub.learner_options()
    hub.furnish(tmp_path, teacher=False)
    settings = Path(hub.learner_environment(tmp_path)["JUPYTERLAB_SETTINGS_DIR"])
    (file,) = settings.rglob("*.jupyterlab-settings")
    assert json.loads(file.read_text()) == {"checkForUpdates": False, "fetchNews": "false"}


def test_passwords_are_drawn_anew_or_are_those_that_were_given(tmp_path):
    names = ("TWO_VOICES_HUB_LEARNERS", "TWO_VOICES_HUB_TEACHER")
    drawn = [hub.hub_environment(8000, tmp_path, tmp_path, {}) for _ in range(2)]
    assert all(drawn[0][name] != drawn[1][name] for name in names)
    assert len(drawn[0][names[0]]) >= 8  # what JupyterHub asks of a password
    assert len(drawn[0][names[1]]) >= 32
    given = dict.fromkeys(names, "a")
    assert given.items() <= hub.hub_environment(8000, tmp_path, tmp_path, given).items()


def test_a_port_that_is_taken_is_named(monkeypatch, capsys):
    monkeypatch.setattr(hub, "is_free", lambda port: port != 8002)
    assert hub.main(["--port", "8000"]) == 1
    assert capsys.readouterr().err == "Port 8002 is taken by another program: try --port.\n"


def test_the_link_that_is_printed_opens_a_lesson(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(hub, "is_free", lambda port: True)
    monkeypatch.setattr(hub, "install_proxy", lambda: None)
    monkeypatch.setattr(hub, "serve", lambda folder, env: 0)
    assert hub.main(["--port", "8300", "--folder", str(tmp_path)]) == 0
    link = "http://127.0.0.1:8300/hub/user-redirect/lab/tree/"
    (path,) = [line.partition(link)[2] for line in capsys.readouterr().out.split() if link in line]
    assert path in all_notebooks()


@pytest.fixture
def no_proxy(monkeypatch, tmp_path):
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(hub, "DEPLOY", tmp_path)
    monkeypatch.setattr(hub, "PROXY", tmp_path / "node_modules/.bin/proxy")


def test_without_node_a_sentence_says_what_to_install(no_proxy, monkeypatch):
    monkeypatch.setattr(hub.shutil, "which", lambda _: None)
    with pytest.raises(InstallError, match=r"Node\.js \(18 or newer\)"):
        hub.install_proxy()


def test_what_npm_says_is_told_when_it_fails(no_proxy, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "npm error network")
    monkeypatch.setattr(hub.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(hub.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(InstallError, match="npm error network"):
        hub.install_proxy()


def test_the_proxy_is_brought_once_and_again_when_its_lock_changes(no_proxy, monkeypatch):
    runs = []

    def npm(command, **_):
        runs.append(command[1])
        hub.PROXY.parent.mkdir(parents=True, exist_ok=True)
        hub.PROXY.touch()
        (hub.DEPLOY / "node_modules/.package-lock.json").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(hub.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(hub.subprocess, "run", npm)
    hub.install_proxy()
    hub.install_proxy()
    assert runs == ["ci"]
    os.utime(hub.DEPLOY / "package-lock.json", (2**32, 2**32))
    hub.install_proxy()
    assert runs == ["ci", "ci"]


def test_the_values_for_a_cluster_name_what_the_course_reads():
    learner = VALUES["singleuser"]
    variables, home = learner["extraEnv"], learner["storage"]["homeMountPath"]
    assert set(variables) == {"TWO_VOICES_WORK", "TWO_VOICES_HAND_IN"}
    assert variables["TWO_VOICES_WORK"].startswith(home + "/")
    (mount,) = learner["storage"]["extraVolumeMounts"]
    (volume,) = learner["storage"]["extraVolumes"]
    assert variables["TWO_VOICES_HAND_IN"] == mount["mountPath"]
    assert volume["name"] == mount["name"]
    assert VALUES["hub"]["config"]["Spawner"]["notebook_dir"] == home
    page = learner["defaultUrl"].removeprefix("/lab/tree/")
    assert (ROOT / page).is_file()
    copied = learner["lifecycleHooks"]["postStart"]["exec"]["command"][-1]
    assert f"cp -n /srv/two-voices/notebooks/*.ipynb {home}/notebooks/" in copied


def test_the_proxy_is_pinned_and_names_no_place_to_fetch_from():
    lock = json.loads((ROOT / "deploy/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
