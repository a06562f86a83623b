"""Run All Cells waits for the kernel, and leaves the page where it is."""

from support.lab import Notebook

LESSON = "notebooks/01-two-voices.ipynb"
BOXES = 14
# The kernel comes as late as on slow wifi.
SLOW = """(() => { const plain = window.fetch;
  window.fetch = async (...all) => {
    const [asked, how] = all, method = asked.method ?? how?.method;
    if (method === 'POST' && (asked.url ?? asked).includes('/api/sessions')) {
      window.askedForKernel = true; await new Promise(done => setTimeout(done, 3000)); }
    return plain(...all); }; })()"""
NUMBERS = """() => jupyterapp.shell.currentWidget.content.widgets
  .filter(cell => cell.model.type === 'code').map(cell => cell.model.executionCount)"""
BEGUN = "() => jupyterapp.shell.currentWidget.sessionContext.kernelDisplayStatus"


def by_the_menu(page):
    """Press Run, Run All Cells."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()


def boxes(page):
    """Wait until all boxes are there."""
    page.wait_for_function(
        f"() => document.querySelectorAll('.jp-Notebook .tv').length === {BOXES}"
    )


def place(notebook):
    """Which cell is the active one, and whether it is in view."""
    return notebook.page.evaluate(
        """() => { const { content } = jupyterapp.shell.currentWidget;
        const box = content.activeCell.node.getBoundingClientRect();
        return [content.activeCellIndex, box.top < innerHeight && box.bottom > 0]; }"""
    )


def test_pressed_before_the_kernel_is_there_the_cells_run_once_it_is(new_page, lab):
    """Who is impatient presses twice."""
    page = new_page(lab)
    lab.stop_kernels()
    page.add_init_script(SLOW)
    page.goto(f"{lab.url}/lab/tree/{LESSON}?token={lab.token}&reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    for _ in range(2):
        by_the_menu(page)
    assert page.evaluate(BEGUN) != "idle"
    boxes(page)
    assert page.evaluate("window.askedForKernel")  # and it was late
    notebook = Notebook(page, lab, LESSON)
    notebook.wait_ready()
    assert page.locator(".jp-Dialog").count() == 0
    assert page.evaluate(NUMBERS) == list(range(1, BOXES + 2))  # each cell ran, and once
    assert place(notebook) == [0, True]


def test_the_page_stays_where_it_is(open_notebook):
    """Whoever begins sees the beginning; whoever runs it again half way is half way."""
    notebook = open_notebook(LESSON)
    assert place(notebook) == [0, True]
    box = notebook.page.locator(".jp-Notebook .tv-exercise").nth(1)
    box.scroll_into_view_if_needed()
    box.get_by_label("Keys").click()
    half_way = place(notebook)
    assert half_way[0] > 5
    by_the_menu(notebook.page)
    notebook.wait_ready()
    boxes(notebook.page)
    notebook.settle()
    assert place(notebook) == half_way
