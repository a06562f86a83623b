"""A kernel that is killed (-9) loses nothing that the page had called saved: through the page."""

import json
import os
import random
import signal

from playwright.sync_api import Error as PlaywrightError
from support.kills import BY_PAGE, in_database
from support.lab import Lab, Notebook, leaving, write_notebook

ITEMS = ("EX2-02", "EX3-07")
CELLS = "from lessons import exercise, open_case\ndanang = open_case('danang-2017')\ndanang"
STATE = "w => w.querySelector('.tv-kept').textContent"
SAVED = "() => document.querySelector('.tv-kept')?.textContent === 'Saved.'"
DIALOG = ".jp-Dialog button.jp-mod-accept"
IDLE = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"


class Learner:
    """One page with one notebook, in which one exercise is answered again and again."""

    def __init__(self, page, lab, course, item):
        self.page, self.item, self.given = page, item, []
        name = f"kills-{item}.ipynb"
        write_notebook(course / name, CELLS, f"exercise(danang, {item!r})")
        self.notebook = Notebook(page, lab, name).open(clear=True).run_all()

    def answer(self):
        """Give one more answer, and see at once what the page says of it."""
        root = self.page.locator(".tv-exercise")
        again = root.get_by_role("button", name="Try again")
        if again.is_visible():
            again.click()
        value = str(100 + len(self.given))
        root.get_by_label("Your number").fill(value)
        root.get_by_role("button", name="Answer").click()
        self.given.append(value)

    def said_saved(self):
        return self.page.locator(".tv-exercise").evaluate(STATE) == "Saved."

    def start_again(self):
        """Start a new kernel, as the menu does, and run all cells."""
        for last in (False, False, True):
            try:
                self.page.evaluate(
                    "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
                )
                self.page.wait_for_function(IDLE, timeout=20_000)
                self.notebook.run_all()
                self.page.wait_for_function(SAVED, timeout=20_000)
            except PlaywrightError as problem:
                if "Timeout" not in str(problem) and "restarting kernel" not in str(problem):
                    raise
                # The server found the dead kernel itself and started another one in between:
                # as the page says, the learner runs the cells once more.
                if last:
                    raise
            else:
                return


def test_what_the_page_called_saved_is_in_the_database(browser, course, tmp_path, capsys):
    seed = random.randrange(10**6)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    saved_at_kill = 0
    with Lab(course, tmp_path / "state") as lab:
        context = browser.new_context()
        pages = [context.new_page() for _ in ITEMS]
        for page in pages:
            page.leaving = False
            page.set_default_timeout(60_000)
            # Where the server was quicker, JupyterLab says that the kernel has died.
            page.add_locator_handler(page.locator(DIALOG), lambda button: button.click())
        learners = [
            Learner(page, lab, course, item) for page, item in zip(pages, ITEMS, strict=True)
        ]
        for kill in range(BY_PAGE):
            learner = learners[kill % 2]
            pid = int(learner.notebook.python("import os; print(os.getpid())"))
            for one in (learners[1 - kill % 2], learner):
                one.answer()
            learner.page.wait_for_timeout(chance.uniform(0, 40))
            os.kill(pid, signal.SIGKILL)
            learner.page.wait_for_timeout(200)
            values = [json.loads(value) for value in in_database(lab.work).values()]
            if learner.said_saved():
                saved_at_kill += 1
                assert learner.given[-1] in values, f"seed {seed}, kill {kill}"
            learner.start_again()
            # What was only kept in the page is saved by the new kernel; nothing was lost.
            values = [json.loads(value) for value in in_database(lab.work).values()]
            assert set(learner.given) <= set(values), f"seed {seed}, kill {kill}"
        for page in pages:
            with leaving(page):
                page.close()
        context.close()
        given = sum(len(learner.given) for learner in learners)
        assert len(in_database(lab.work)) == given
    with capsys.disabled():
        print(
            f"\n{BY_PAGE} kernels killed through the page (seed {seed}): {given} answers given,"
            f" {saved_at_kill} of the killed said saved, all {given} in the database at the end."
        )
