"""A real JupyterLab, started by the course's own code, and a page in it."""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import psutil
from support.chromium import VIEW
from support.forks import PLACE, SETTINGS

from lessons.launch.folder import environment
from lessons.launch.lab import is_free
from lessons.work import open_work

CLEAN = (
    "console_errors",
    "page_errors",
    "failed_requests",
    "outside_requests",
    "refused_requests",
)


# Each worker's own. Taken again and again: a browser knows compiled code by its address.
PORTS = []


def free_port():
    """Return the first of this worker's ports that nobody listens at, or one more."""
    for port in PORTS:
        if is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        PORTS.append(probe.getsockname()[1])
    return PORTS[-1]


def answers(process, address, seconds=60):
    """Wait until a server answers; False when its process ended before, or took too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=2).read()
            return True
        time.sleep(0.05)
    return False


class Lab:
    """JupyterLab on a folder, as `python -m lessons open` starts it; use as a context manager.

    `state` holds its settings, trust and workspaces: the same `state` twice is the same person on
    another day, a new one is somebody who has never seen the notebooks.
    """

    def __init__(self, folder, state, *, windowing=None, dark=False, **more):
        self.more = more  # further variables of the environment
        self.folder, self.state, self.token = Path(folder), Path(state), secrets.token_hex(16)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.work = self.state / "work"  # what the learner answers, for this person only
        self._settings(windowing, dark)

    def _settings(self, windowing, dark):
        settings = {
            "@jupyterlab/docmanager-extension/plugin": {"autosave": False, "autosaveInterval": 3}
        }
        if windowing:
            settings["@jupyterlab/notebook-extension/tracker"] = {"windowingMode": windowing}
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        settings["@jupyterlab/apputils-extension/themes"] = {"theme": theme}
        for name, value in settings.items():
            file = self.state / "jupyter/settings" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(value))
        config = self.state / "jupyter/config/jupyter_lab_config.json"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
        if PLACE in os.environ:
            config.with_suffix(".py").write_text(SETTINGS)

    def __enter__(self):
        self.log = (self.state / "server.log").open("wb")
        command = [
            sys.executable,
            "-m",
            "lessons.launch.lab",
            "--no-browser",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            [*command, "--folder", str(self.folder)],
            cwd=self.folder,
            env=environment(self.state)
            | {"JUPYTER_TOKEN": self.token, "TWO_VOICES_WORK": str(self.work), **self.more},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        if answers(self.process, f"{self.url}/api?token={self.token}"):
            return self
        log = (self.state / "server.log").read_text(errors="replace")
        self.__exit__()
        raise RuntimeError(f"JupyterLab did not start:\n{log}")

    def forget(self, *before):
        """Throw away what was answered: the next test starts as somebody new, who gave `before`."""
        shutil.rmtree(self.work, ignore_errors=True)
        if before:
            open_work(self.work).keep(*before)

    def stop_kernels(self):
        """Stop every kernel that a test left behind."""
        for session in json.loads(self.ask("GET", "sessions")):
            self.ask("DELETE", f"sessions/{session['id']}")

    def ask(self, method, what):
        """Ask the server; returns the bytes that it answers."""
        request = urllib.request.Request(f"{self.url}/api/{what}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        return urllib.request.urlopen(request, timeout=30).read()

    def __exit__(self, *_):
        """Stop the server and its kernels: those of this server only."""
        with contextlib.suppress(psutil.NoSuchProcess):
            family = psutil.Process(self.process.pid).children(recursive=True)
            self.process.terminate()
            _, alive = psutil.wait_procs([psutil.Process(self.process.pid), *family], timeout=10)
            for left in alive:
                with contextlib.suppress(psutil.NoSuchProcess):
                    left.kill()
        self.process.wait(10)
        self.log.close()


def watched(page, url):
    """Note everything that a page may not do; returns the lists, by the names in CLEAN."""
    notes = {name: [] for name in CLEAN}

    def tidy(text):
        return re.sub(r"token=[0-9a-f]+", "token=...", text or "")[:500]

    ours = (url, url.replace("http", "ws", 1), "data:", "blob:", "about:")
    # While a page or a notebook leaves (see `leaving`) it cuts short what it had asked of our own
    # server or of the kernel: that is no failure. At any other time it is one.
    page.leaving = False
    cut = (
        "Could not restore the debugger state: Canceled future",
        "Canceled future for ",
        "Comm not found for comm id ",
    )
    page.on(
        "console",
        lambda m: (
            m.type == "error"
            and not (page.leaving and m.text.startswith(cut))
            and notes["console_errors"].append(tidy(m.text))
        ),
    )
    # Playwright takes over choosers of files from the first listener on, but a little later: a key
    # that is pressed meanwhile opens nothing. So it listens from the start.
    page.on("filechooser", lambda _: None)
    page.on(
        "pageerror",
        lambda error: (
            (page.leaving and error.message.startswith(cut))
            or notes["page_errors"].append(tidy(str(error)))
        ),
    )
    page.on(
        "requestfailed",
        lambda r: (
            (page.leaving and r.failure == "net::ERR_ABORTED" and r.url.startswith(url))
            or notes["failed_requests"].append(f"{tidy(r.url)} {r.failure}")
        ),
    )
    page.on(
        "request", lambda r: r.url.startswith(ours) or notes["outside_requests"].append(tidy(r.url))
    )
    page.on(
        "response",
        lambda r: r.status >= 400 and notes["refused_requests"].append(f"{r.status} {tidy(r.url)}"),
    )
    return notes


@contextlib.contextmanager
def leaving(page):
    """For the time of a reload, a new address, another notebook or a closing of the page."""
    page.leaving = True
    yield
    page.leaving = False


# Is a notebook there, with a kernel that has nothing to do?
READY = """() => { const w = window.jupyterapp?.shell.currentWidget;
  return w?.context?.isReady && document.querySelector('.jp-Notebook .jp-Cell')
    && w.sessionContext.session?.kernel?.status === 'idle'; }"""
MISSING = """() => { const w = window.jupyterapp?.shell.currentWidget, context = w?.sessionContext;
  const kernel = context?.session?.kernel;
  return {open: w?.context?.path, isReady: w?.context?.isReady, kernel: kernel?.id,
    cells: document.querySelectorAll('.jp-Notebook .jp-Cell').length, status: kernel?.status,
    connection: kernel?.connectionStatus, shown: context?.kernelDisplayStatus,
    dialog: document.querySelector('.jp-Dialog')?.textContent ?? null}; }"""
CELL = "w => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].indexOf(w.closest('.jp-Cell'))"
FOCUSED = """() => { const a = document.activeElement, cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
  return `cell ${cells.indexOf(a.closest('.jp-Cell'))}: ${a.tagName} ${a.className} ${a.textContent.slice(0, 30)}`; }"""
# Is this notebook, and no other one, open in the page, with a kernel that has nothing to do?
ALONE = """path => { const open = [...jupyterapp.shell.widgets('main')], [one] = open;
  return open.length === 1 && one.context?.path === path
    && one.sessionContext.session?.kernel?.status === 'idle'; }"""
# What makes a kernel forget who used it: its widgets, and the database that it has open.
FORGET = """
from ipywidgets import Widget
from lessons.widgets.keeping import work
Widget.close_all()
work.cache_clear()
%reset -f
"""


class Notebook:
    """One notebook in one page of a Lab."""

    def __init__(self, page, lab, path):
        self.page, self.lab, self.path = page, lab, path

    def open(self, *, clear=False):
        """Load the notebook and wait for its kernel; with `clear`, drop the saved outputs."""
        with leaving(self.page):
            self.page.goto(f"{self.lab.url}/lab/tree/{self.path}?token={self.lab.token}&reset")
        self.wait_ready()
        if clear:
            self.command("notebook:clear-all-cell-outputs")
        self.page.evaluate(
            "() => { const s = jupyterapp.shell; s.collapseLeft(); s.collapseRight(); }"
        )
        return self

    def follow(self):
        """Go to this notebook from another one in the same page, as its links do; that one closes."""
        self.page.evaluate(
            """async path => { const old = jupyterapp.shell.currentWidget;
            await jupyterapp.commands.execute('docmanager:open', {path});
            old.dispose(); }""",
            self.path,
        )
        self.page.wait_for_function(
            "path => jupyterapp.shell.currentWidget?.context?.path === path", arg=self.path
        )
        self.wait_ready()
        return self

    def open_anew(self, *, clear=True, before=()):
        """Open the notebook as somebody new does, in a page that may have been somebody else's.

        With `clear`, the saved outputs are dropped; `before` are answers that the learner has given
        already. Where the notebook is open already its kernel goes on, and knows nothing of who was
        there: to start a kernel and import the course takes seconds.
        """
        if self.page.url == "about:blank":
            self.lab.forget(*before)
            return self.open(clear=clear)
        if clear and self.page.evaluate(ALONE, self.path):
            return self._begin_anew(before)
        self.close_all()
        self.lab.forget(*before)  # now: a kernel that still saves would bring answers back
        with leaving(self.page):
            self.page.evaluate(
                "async path => { await jupyterapp.commands.execute('docmanager:open', {path}); }",
                self.path,
            )
            self.wait_ready()
        if clear:
            self.command("notebook:clear-all-cell-outputs")
        return self

    def _begin_anew(self, before):
        with leaving(self.page):
            self.command("notebook:clear-all-cell-outputs")
            self.python(FORGET)
            self.page.wait_for_timeout(100)  # what was cut short is said a moment later
        self.lab.forget(*before)
        self.page.evaluate(
            """() => { localStorage.clear(); jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
            document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0; }"""
        )
        self._screen_as_it_comes()
        return self

    def close_all(self):
        """Close what the page has open, with its kernels; its screen is as it comes."""
        if self.page.url == "about:blank":
            return
        # One that is closed while its kernel starts has questions open that nobody answers.
        self.page.wait_for_function(
            """() => [...jupyterapp.shell.widgets('main')].every(one =>
              !one.sessionContext || one.sessionContext.session?.kernel?.status === 'idle')"""
        )
        with leaving(self.page):
            self.page.evaluate(
                """async () => { for (const old of [...jupyterapp.shell.widgets('main')]) {
                  await old.sessionContext?.shutdown(); old.dispose(); } localStorage.clear(); }"""
            )
            self.page.wait_for_timeout(100)  # what was cut short is said a moment later
        self._screen_as_it_comes()

    def _screen_as_it_comes(self):
        self.page.set_viewport_size(VIEW)
        self.page.emulate_media(media="null", reduced_motion="null", forced_colors="null")
        if self.page.evaluate("() => document.body.dataset.jpThemeName") != "JupyterLab Light":
            self.theme("Light")

    def windowing(self, mode):
        """Change which cells are in the page ("full": only those in view) from the next load on."""
        self.page.evaluate(
            """mode => jupyterapp.serviceManager.settings.save(
            '@jupyterlab/notebook-extension:tracker', JSON.stringify({windowingMode: mode}))""",
            mode,
        )

    def toggle_autosave(self):
        """Let JupyterLab save what is open every three seconds, or not any more."""
        self.command("docmanager:toggle-autosave")

    def wait_ready(self):
        """Wait for the notebook and for a kernel that has nothing to do; says what is missing."""
        from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415

        try:
            self.page.wait_for_function(READY)
        except TooLate:
            raise AssertionError(f"{self.path} is not ready: {self._what_is_missing()}") from None

    def _what_is_missing(self):
        """What the page knows of its kernel, what the server knows, and what the server said last."""
        log = (self.lab.state / "server.log").read_text(errors="replace")
        return json.dumps(
            {
                "page": self.page.evaluate(MISSING),
                "server": json.loads(self.lab.ask("GET", "kernels")),
                "log": log.splitlines()[-20:],
            },
            indent=1,
        )

    def reload(self):
        """Load the page again, as the browser's own button does."""
        with leaving(self.page):
            self.page.reload()

    def command(self, name):
        self.page.evaluate("name => window.jupyterapp.commands.execute(name)", name)

    def run_all(self):
        """Run all cells and wait until the kernel is idle and the page is quiet."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
        )
        self.settle()
        return self

    def settle(self, quiet=0.6, most=15):
        """Wait until nothing in the notebook has changed for `quiet` seconds."""
        self.page.evaluate(
            """([quiet, most]) => new Promise(done => {
            const start = performance.now(); let last = start;
            const watch = new MutationObserver(() => last = performance.now());
            watch.observe(document.querySelector('.jp-Notebook'), {subtree: true, childList: true, characterData: true, attributes: true});
            const timer = setInterval(() => { const now = performance.now();
              if (now - last > quiet * 1000 || now - start > most * 1000) { clearInterval(timer); watch.disconnect(); done(); } }, 50);
            })""",
            [quiet, most],
        )

    def scroll(self, pixels, wait=250):
        """Scroll the notebook and wait some milliseconds; False when it did not move any more."""
        moved = self.page.evaluate(
            """pixels => { const box = document.querySelector('.jp-WindowedPanel-outer');
            const before = box.scrollTop; box.scrollTop += pixels; return box.scrollTop !== before; }""",
            pixels,
        )
        self.page.wait_for_timeout(wait)
        return moved

    def save(self):
        self.command("docmanager:save")
        self.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
        )

    def model(self):
        """The notebook as the page holds it."""
        return self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
        )

    def python(self, code):
        """Run code in the notebook's kernel and return what it prints."""
        return self.page.evaluate(
            """async code => { const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            let text = ''; const future = kernel.requestExecute({code});
            future.onIOPub = m => { if (m.header.msg_type === 'stream') text += m.content.text;
              if (m.header.msg_type === 'error') text += m.content.evalue; };
            await future.done; return text; }""",
            code,
        ).strip()

    def python_says(self, code, expected, seconds=15):
        """Wait until code prints `expected`: what the page changed may reach Python a little later."""
        said = None
        for _ in range(seconds * 5):
            said = self.python(code)
            if said == expected:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{code} printed {said!r}, expected {expected!r}")

    def theme(self, name):
        """Change to JupyterLab's theme "Light" or "Dark", as its menu does."""
        wanted = f"JupyterLab {name}"
        self.page.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", wanted
        )
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name", arg=wanted
        )
        if self.page.locator(".jp-Notebook").count():
            self.settle(0.4)

    def look_at_pictures(self):
        """Bring each picture into view and wait until one that is wider than its box can be scrolled
        by key: what is out of view is not laid out.
        """
        for box in self.page.locator(".jp-Notebook .tv-sideways:visible").all():
            box.scroll_into_view_if_needed()
            until(box, "w.scrollWidth <= w.clientWidth || w.tabIndex === 0")

    def open_folds(self):
        """Open all that is closed until opened."""
        self.page.evaluate("document.querySelectorAll('.tv details').forEach(d => d.open = true)")
        self.settle(0.4)

    def restart_kernel(self):
        """Start the kernel anew; what it knew is gone."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        self.wait_ready()

    def survives(self, still_there):
        """Run all cells again, with a new kernel, and load the page again; look after each."""
        self.run_all()
        still_there()
        self.restart_kernel()
        self.run_all()
        still_there()
        self.save()
        self.reload()
        self.wait_ready()
        still_there()

    def command_mode(self):
        """Leave all editing: the state in which JupyterLab's own single-key shortcuts are on."""
        self.command("notebook:enter-command-mode")

    def enter_widget(self, kind, number=0):
        """Go into a widget by keyboard alone: arrows to its cell in command mode, then Tab.

        `number` counts the widgets of this kind from the top. Returns the widget's root.
        """
        root, passed = self.page.locator(f".jp-Notebook .tv-{kind}").nth(number), []
        for _ in range(2):  # what is drawn anew meanwhile may take the focus: then once more
            found = root.element_handle()
            cell = found.evaluate(CELL)
            self._go_to_cell(cell)
            for _ in range(30):
                self.page.keyboard.press("Tab")
                if found.evaluate("w => w.contains(document.activeElement)"):
                    return root
                passed.append(self.page.evaluate(FOCUSED))
        raise AssertionError(f"Tab never reached the {kind} in cell {cell}; it passed {passed}")

    def _go_to_cell(self, number):
        """Go to a cell by the arrow keys, as in command mode."""
        self.command("notebook:enter-command-mode")
        self.page.evaluate("() => jupyterapp.shell.currentWidget.content.activeCell.node.focus()")
        for _ in range(80):
            active = self.page.evaluate(
                "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
            )
            if active == number:
                return
            self.page.keyboard.press("ArrowDown" if active < number else "ArrowUp")

    def focused(self):
        """The accessible words of what has the focus."""
        return self.page.evaluate(
            "() => { const a = document.activeElement; return a.getAttribute('aria-label') || a.labels?.[0]?.textContent || a.textContent; }"
        )

    def tab_to(self, words, most=40, key="Tab"):
        """Press Tab until what has the focus says `words`."""
        for _ in range(most):
            if words in self.focused():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never reached {words!r}; stopped at {self.focused()!r}")

    def sources(self):
        """What stands in the cells: unchanged unless a stray key reached JupyterLab."""
        return [cell["source"] for cell in self.model()["cells"]]

    def outputs_text(self):
        return "\n".join(self.page.locator(".jp-OutputArea-output").all_inner_texts())


@contextlib.contextmanager
def opened(page, lab, path, before=()):
    """A notebook that was opened by somebody new in the file's page and run whole.

    It may stay open for all tests of a file. Whatever the page does that is not allowed fails in
    the test in which it happens, or when the file is done (see `shared_page`).
    """
    page.set_default_timeout(60_000)
    notebook = Notebook(page, lab, path)
    with Overheard(page) as notebook.heard:
        yield notebook.open_anew(before=before).run_all()


class Overheard:
    """All that comes to a page while this is open; begin it before the notebook is opened."""

    def __init__(self, page):
        self.page, self.frames = page, []

    def __enter__(self):
        self.page.on("websocket", self._listen)
        return self

    def __exit__(self, *_):
        self.page.remove_listener("websocket", self._listen)

    def _listen(self, socket):
        socket.on("framereceived", lambda frame: self.frames.append(frame))  # noqa: PLW0108 - Playwright needs a Python function

    @property
    def sizes(self):
        """How long each frame was, in bytes."""
        return [len(frame) for frame in self.frames]

    def of(self, texts, notebook):
        """Return those of some texts that were sent to the page or stand in it or its notebook."""
        assert self.frames  # else nothing was listened to
        page = [self.page.content(), *self.page.locator(".jp-Notebook .tv").all_inner_texts()]
        frames = [f if isinstance(f, str) else f.decode("utf-8", "replace") for f in self.frames]
        everything = "\n".join([*frames, *page, json.dumps(notebook.model())])
        # In a frame a text is JSON: quotation marks and other scripts are escaped.
        return {t for t in texts if t and (t in everything or json.dumps(t)[1:-1] in everything)}


def until(root, code, arg=None):
    """Wait until a piece of JavaScript about a widget's root `w` (and `arg`) is true."""
    root.page.wait_for_function(f"([w, arg]) => {code}", arg=[root.element_handle(), arg])


def write_notebook(path, *cells):
    """A notebook made for a test: each text becomes a code cell."""
    code = [nbformat.v4.new_code_cell(text, id=f"cell-{i}") for i, text in enumerate(cells)]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=code, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
