"""A widget whose model comes in the very moment in which JupyterLab gives it up is drawn after all."""

from support.lab import Notebook

# The page's clock jumps past JupyterLab's two seconds as the kernel's answer (the large frame) comes.
LATE = """(() => { const now = Date.now.bind(Date); let skew = 0; Date.now = () => now() + skew;
  const Plain = WebSocket;
  window.WebSocket = class extends Plain { constructor(...all) { super(...all);
    this.addEventListener('message', ({data}) => { if ((data.byteLength ?? 0) > 1e6) {
      window.cameLate = true; skew = 3000; setTimeout(() => (skew = 0), 400); } }); } }; })()"""


def test_views_are_there_when_their_models_come_late(new_page, lab):
    """Whatever JupyterLab says in the console fails it, too."""
    notebook = Notebook(new_page(lab), lab, "notebooks/02-the-statement.ipynb")
    notebook.open(clear=True).run_all()
    widgets = notebook.page.locator(".jp-Notebook .tv").count()
    notebook.page.add_init_script(LATE)
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    notebook.page.wait_for_function("window.cameLate")
    notebook.page.wait_for_function(
        "count => document.querySelectorAll('.jp-Notebook .tv').length === count", arg=widgets
    )
    assert "model not found" not in notebook.outputs_text()
