"""For authors: run notebooks and save them as the repository keeps them.

Kept: sources, outputs, cell ids, execution counts 1, 2, 3... Left out: what differs from run to
run or from machine to machine, and what needs a kernel (widget views and their state).
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from lessons.launch.folder import ROOT
from lessons.launch.notebooks import all_notebooks

if TYPE_CHECKING:
    from pathlib import Path

VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SECONDS_A_CELL = 120


def main(names: list[str]) -> int:
    """Refresh the notebooks at these paths (default: all); return 1 when one could not be run."""
    results = [refresh(ROOT / name) for name in names or all_notebooks()]
    for name, problem in zip(names or all_notebooks(), results, strict=True):
        print(f"{name}: {problem or 'refreshed'}")
    return 1 if any(results) else 0


def refresh(path: Path) -> str:
    """Run the notebook in its own folder and save it clean; "" when that went well.

    When a cell fails, the file stays as it was and what is wrong comes back, in one line.
    """
    notebook = _read(path)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as failure:
        return f"NOT saved, because {_what_failed(notebook, failure)}"
    text: str = nbformat.writes(cleaned(notebook))  # type: ignore[no-untyped-call]
    _write(path, text.rstrip("\n") + "\n")
    return ""


def cleaned(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out of a notebook, in place, all that would differ in the next run."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.pop("signature", None)
    notebook.metadata["kernelspec"] = dict(KERNEL)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for passing in ("execution", "collapsed", "trusted", "scrolled"):
            cell.metadata.pop(passing, None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
            output.get("metadata", {}).pop("two_voices", None)
    return notebook


def _read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook, old outputs left out, and a steady id given to a cell without one."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    raw["nbformat"], raw["nbformat_minor"] = 4, 5
    for number, cell in enumerate(raw["cells"], start=1):
        cell.setdefault("id", f"cell-{number:02}")
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook: nbformat.NotebookNode = nbformat.reads(  # type: ignore[no-untyped-call]
        json.dumps(raw),
        as_version=4,
    )
    return notebook


def _write(path: Path, text: str) -> None:
    """Put the whole text in the place of the file at once, so that no half of it can be seen."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_bytes(text.encode("utf-8"))
    unfinished.chmod(path.stat().st_mode)
    os.replace(unfinished, path)  # noqa: PTH105  (replaces also on Windows)


def _what_failed(notebook: nbformat.NotebookNode, failure: Exception) -> str:
    """Say which cell failed and with which error."""
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"cell {number} ({cell.id}) failed: {output.ename}: {output.evalue}"
    return f"it did not run to its end: {type(failure).__name__}: {str(failure).splitlines()[0]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
