"""Links from one notebook into another: where they lead, and that the page stays."""

IN_VIEW = """words => {
  const shown = '.jp-NotebookPanel:not(.lm-mod-hidden) :is(h1, h2)';
  const head = [...document.querySelectorAll(shown)].find(h => h.textContent.startsWith(words));
  if (!head) return false;
  const box = head.getBoundingClientRect();
  return box.height > 0 && box.top > 0 && box.bottom < innerHeight; }"""


def leads_to(notebook, press, name, words):
    """Press a link: it opens the notebook `name` at the heading that begins with `words`."""
    page = notebook.page
    page.evaluate("() => window.same = true")
    press()
    page.wait_for_function(
        "name => jupyterapp.shell.currentWidget?.context?.path.endsWith(name)", arg=name
    )
    page.wait_for_function(IN_VIEW, arg=words)
    assert page.evaluate("() => window.same")  # the page was not loaded again
    assert page.locator(".jp-Dialog").count() == 0
    page.keyboard.press("Shift")  # whatever a learner does ends the leading, which may go on
