"""A JupyterHub of the course, as `python -m lessons hub` starts it, and a class that uses it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psutil
from support.lab import Notebook, answers
from support.learner import Learner

from lessons.launch.hub import PORTS, TEACHER, learner_environment
from lessons.launch.lab import is_free

LEARNERS, TEACHERS = "for learners", "a password of 32 letters or of more"


class Hub:
    """A JupyterHub in a folder; use as a context manager."""

    def __init__(self, folder):
        self.folder, self.hand_ins = Path(folder), Path(folder) / "hand-ins"
        self.port = _free_ports()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = (self.folder / "hub.log").open("wb")
        passwords = {"TWO_VOICES_HUB_LEARNERS": LEARNERS, "TWO_VOICES_HUB_TEACHER": TEACHERS}
        command = [sys.executable, "-m", "lessons.launch.hub", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--folder", str(self.folder), "--hand-ins", str(self.hand_ins)],
            env=os.environ | passwords,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        if answers(self.process, f"{self.url}/hub/login", seconds=90):
            return self
        log = (self.folder / "hub.log").read_text(errors="replace")
        self.__exit__()
        raise RuntimeError(f"JupyterHub did not start:\n{log}")

    def __exit__(self, *_):
        """Stop the hub as Ctrl+C does, and whatever it leaves behind."""
        family = [] if self.process.poll() is not None else self.processes()[1:]
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        _, self.left = psutil.wait_procs(family, timeout=5)
        for process in [*self.left, self.process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.log.close()

    def processes(self):
        """Return the hub's process and all that it started."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def home(self, name):
        """Return somebody's folder."""
        return self.folder / "learners" / name

    def log_in(self, page, name, path="", password=None):
        """Log somebody in who has a link to a notebook; their JupyterLab begins to start.

        The password is the right one if none is given.
        """
        if password is None:
            password = TEACHERS if name == TEACHER else LEARNERS
            self._expose(name)
        page.leaving = True  # from the page of logging in to that of waiting, and to JupyterLab
        link = quote(f"/hub/user-redirect/lab/tree/{path}", safe="")
        page.goto(f"{self.url}/hub/login?next={link}")
        page.fill("#username_input", name)
        page.fill("#password_input", password)
        page.click("#login_submit", no_wait_after=True)

    def _expose(self, name):
        """Let a test ask somebody's JupyterLab itself, as in `Lab`."""
        config = Path(learner_environment(self.home(name))["JUPYTER_CONFIG_DIR"])
        config.mkdir(parents=True, exist_ok=True)
        exposed = {"LabApp": {"expose_app_in_browser": True}}
        (config / "jupyter_lab_config.json").write_text(json.dumps(exposed))

    def notebook(self, page, name, path):
        """Run the notebook that the link led to, once somebody's JupyterLab has started."""
        page.wait_for_url(f"{self.url}/user/{name}/lab/tree/{path}", timeout=120_000)
        notebook = Notebook(page, self, path)
        notebook.wait_ready()
        page.leaving = False
        return notebook.run_all()

    def memory(self, name):
        """Return by kind of process what somebody's processes hold of the memory, in bytes.

        A page that several processes share is counted in parts, so that the sum over all is true.
        """
        held = {}
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if process.environ().get("JUPYTERHUB_USER") == name:
                    kind = "kernel" if "ipykernel_launcher" in process.cmdline() else "JupyterLab"
                    held[kind] = held.get(kind, 0) + process.memory_full_info().pss
        return held


def answer_exercises(notebook, count):
    """Answer the first exercises of a notebook with the mouse; returns how many were asked."""
    learner = Learner(notebook, "mouse")
    exercises = [one for one in learner.widgets() if one[0] == "exercise"][:count]
    learner.do(exercises)
    return learner.asked["exercise"]


def hand_in(notebook):
    """Press Hand in; returns what is said."""
    work = notebook.page.locator(".jp-Notebook .tv-mywork").last
    work.scroll_into_view_if_needed()
    work.get_by_role("button", name="Hand in", exact=True).click()
    said = work.locator(".tv-outcome", has_text="Handed in:")
    said.wait_for()
    return said.text_content()


def _free_ports():
    """Return the first of so many free ports in a row."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = probe.getsockname()[1]
        if first + len(PORTS) < 65_536 and all(is_free(first + place) for place in range(3)):
            return first
