"""How much memory a learner takes on a JupyterHub of the course, with eight of them at once.

    .venv/bin/python benchmarks/hub.py [8]

Starts the hub of deploy/ on this machine and opens a browser for each learner. All are logged in
before the first one's JupyterLab has started; each opens lesson 01, runs it, answers three
exercises and hands in; then the teacher opens the class view. Prints the memory (proportional set
size) of each learner's JupyterLab and kernel, and that of the hub itself.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.chromium import Chromium  # noqa: E402
from support.hub import Hub, answer_exercises, hand_in  # noqa: E402
from support.lab import watched  # noqa: E402

LESSON, CLASS_VIEW = "notebooks/01-two-voices.ipynb", "notebooks/teacher/class-view.ipynb"
EXERCISES = 3
MB = 1e6


def main(count: int) -> None:
    """Let a class use the hub and print what it took."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        hub = stack.enter_context(Hub(folder / "hub"))
        browser = stack.enter_context(
            Chromium(stack.enter_context(sync_playwright()), folder / "profile")
        )
        names = [f"learner-{number}" for number in range(1, count + 1)]
        pages = {name: _page(browser, hub) for name in [*names, "teacher"]}
        start = time.perf_counter()
        for name in names:
            hub.log_in(pages[name], name, LESSON)
        for name in names:
            notebook = hub.notebook(pages[name], name, LESSON)
            assert answer_exercises(notebook, EXERCISES) == EXERCISES
            print(f"{name}: {hand_in(notebook)}", flush=True)
        print(f"{count} learners were done after {time.perf_counter() - start:.0f} s")
        _print_memory(hub, names)
        hub.log_in(pages["teacher"], "teacher", CLASS_VIEW)
        view = hub.notebook(pages["teacher"], "teacher", CLASS_VIEW)
        print("class view:", view.python(COUNTED))
        for name, page in pages.items():
            found = {kind: notes for kind, notes in page.notes.items() if notes}
            print(f"{name}'s page: {found or 'nothing that is not allowed'}")


# Of the widget that the teacher sees: what stands in the tables under it.
COUNTED = """
import gc
from lessons.widgets.class_view import ClassView
(view,) = [one for one in gc.get_objects() if isinstance(one, ClassView)]
answers = view.answers
print(f"{answers['learner'].nunique()} learners, {len(answers)} answers")
"""


def _page(browser: Chromium, hub: Hub) -> object:
    page = browser.new_context().new_page()
    page.set_default_timeout(120_000)
    page.notes = watched(page, hub.url)
    return page


def _print_memory(hub: Hub, names: list[str]) -> None:
    held = {name: hub.memory(name) for name in names}
    print("learner      JupyterLab  kernel  together (MB)")
    for name, parts in held.items():
        lab, kernel = parts["JupyterLab"] / MB, parts["kernel"] / MB
        print(f"{name:12s} {lab:10.0f}  {kernel:6.0f}  {lab + kernel:8.0f}")
    together = [sum(parts.values()) / MB for parts in held.values()]
    print(f"a learner: {sum(together) / len(together):.0f} MB on average")
    own = [p for p in hub.processes() if p.environ().get("JUPYTERHUB_USER") is None]
    print(f"hub and proxy: {sum(p.memory_full_info().pss for p in own) / MB:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
