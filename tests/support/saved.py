"""What a saved notebook shows: its file, and its cells in a page."""

import json
import time

VIEW = "application/vnd.jupyter.widget-view+json"
BAD_WORDS = (
    "Error displaying widget",
    "Loading widget",
    "Error creating widget",
    "Traceback",
    "model not found",
)

# By code cell: is it trusted, is there a live widget, do its pictures really show, what does it say.
SHOWN = """async () => { const cells = [];
for (const cell of jupyterapp.shell.currentWidget.content.widgets) {
  if (cell.model.type !== 'code') continue;
  cell.node.scrollIntoView({block: 'center'});
  await new Promise(done => setTimeout(done, 150));
  const out = cell.node.querySelector('.jp-OutputArea'); const box = node => node.getBoundingClientRect();
  cells.push({trusted: cell.model.trusted, live: out.querySelectorAll('.tv').length,
    pictures: [...out.querySelectorAll('img')].map(i => [i.naturalWidth, box(i).width, box(i).height, i.alt]),
    sentences: [...out.querySelectorAll('p')].filter(p => box(p).height > 0).map(p => p.textContent.trim()),
    text: out.innerText}); }
return cells; }"""


def read(file, tries=50):
    """A saved notebook's code cells.

    JupyterLab writes over the file that is there: who looks just then finds half of it, and looks
    again.
    """
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError:
        if not tries:
            raise
        time.sleep(0.1)
        return read(file, tries - 1)
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def views(file):
    """How many widgets the saved notebook shows."""
    outputs = [output for cell in read(file) for output in cell["outputs"]]
    return sum(VIEW in output.get("data", {}) for output in outputs)


def assert_pictures_and_sentences(notebook, *, trusted, file):
    """Every code cell but the first shows its picture and its sentence, and nothing is live."""
    cells = notebook.page.evaluate(SHOWN)
    assert len(cells) == len(read(file)) > 2
    assert [cell["trusted"] for cell in cells] == [trusted] * len(cells)
    for number, cell in enumerate(cells):
        assert cell["live"] == 0
        assert not [words for words in BAD_WORDS if words in cell["text"]]
        said = cell["sentences"]
        assert [text for text in said if text.endswith(".") and len(text.split()) > 2], cell
        assert bool(cell["pictures"]) == (number > 0)
        for natural, width, height, alt in cell["pictures"]:
            assert natural > 0
            assert width > 100
            assert height > 50
            assert alt in cell["sentences"]
