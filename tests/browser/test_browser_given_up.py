"""A widget whose model comes in the very moment in which JupyterLab gives it up is drawn after all."""

from support.lab import opened

# The page's clock jumps past JupyterLab's two seconds as the kernel's answer (the large frame) comes.
LATE = """(() => { const now = Date.now.bind(Date); let skew = 0; Date.now = () => now() + skew;
  const Plain = WebSocket;
  window.WebSocket = class extends Plain { constructor(...all) { super(...all);
    this.addEventListener('message', ({data}) => { if ((data.byteLength ?? 0) > 1e6) {
      skew = 3000; setTimeout(() => (skew = 0), 400); } }); } }; })()"""
GIVEN_UP = "Error: widget model not found"


def test_views_come_back_when_jupyterlab_gives_them_up(browser, lab):
    with opened(browser, lab, "notebooks/02-the-statement.ipynb") as notebook:
        widgets = notebook.page.locator(".jp-Notebook .tv").count()
        said = []
        notebook.page.on("console", lambda message: said.append(message.text))
        notebook.page.add_init_script(LATE)
        notebook.save()
        notebook.reload()
        notebook.wait_ready()
        notebook.page.wait_for_function(
            "count => document.querySelectorAll('.jp-Notebook .tv').length === count", arg=widgets
        )
        assert [text for text in said if text.startswith(GIVEN_UP)]  # else nothing was given up
        assert "model not found" not in notebook.outputs_text()
        assert notebook.page.evaluate("!jupyterapp.shell.currentWidget.context.model.dirty")
