"""A JupyterLab server extension: a saved notebook shows pictures, never "model not found".

A widget lives in its kernel. What autosave writes on the first day holds the widget's view
beside our HTML (picture and sentence); on a later day there is no kernel to that view, and
JupyterLab shows an error although the HTML is there. A page that is reloaded while its kernel
lives, on the other hand, gets its widgets back by that very view, so saving must keep it.
So the view is left out when a notebook is *read* and the kernel that wrote the output is gone.
The file on disk is never changed.

Our widgets say which kernel wrote an output: output.metadata.two_voices.pid, the kernel's
os.getpid().
"""

from __future__ import annotations

import copy
import logging
from typing import TYPE_CHECKING, Any

import psutil
from jupyter_server.utils import ensure_async

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jupyter_server.serverapp import ServerApp

VIEW = "application/vnd.jupyter.widget-view+json"

log = logging.getLogger(__name__)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "lessons.launch.saved_outputs"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Let pages read notebooks through us; the server's own reading and writing stays as it is."""
    settings = server.web_app.settings
    settings["contents_manager"] = ReadingContents(settings["contents_manager"], server)


class ReadingContents:
    """The server's contents manager with a `get` that leaves out the views of lost widgets.

    It stands before the manager, not in it: what the manager itself reads, to sign a notebook as
    trusted or to copy it, must be what is on disk.
    """

    def __init__(self, manager: Any, server: Any) -> None:  # noqa: ANN401  (any manager will do)
        self._manager = manager
        self._server = server

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the manager has)
        return getattr(self._manager, name)

    async def get(self, path: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        """Return what the manager gives, notebooks without the views of lost widgets."""
        model = await ensure_async(self._manager.get(path, *args, **options))
        try:
            if not _has_view(model):
                return model
            kernel = await _live_kernel(self._server, path)
            return {**model, "content": without_lost_views(model["content"], kernel)}
        except Exception:  # a notebook must open, whatever is wrong with us
            log.exception("Could not look for lost widgets in %s", path)
            return model


class Kernel:
    """A running kernel; `pid` is its process, None where that is not known."""

    def __init__(self, pid: int | None) -> None:
        self.pid = pid

    def wrote(self, output: dict[str, Any]) -> bool:
        """Say whether this kernel wrote the output; where neither can tell, believe it did."""
        written_by = output.get("metadata", {}).get("two_voices", {}).get("pid")
        if self.pid is None or written_by is None:
            return True
        return self.pid in (written_by, _parent(written_by))


def without_lost_views(notebook: dict[str, Any], kernel: Kernel | None) -> dict[str, Any]:
    """Return a copy of the notebook without the widget views that nothing stands behind.

    A view goes when there is HTML or a picture beside it and `kernel` (None: there is no live
    one) did not write it.
    """
    notebook = copy.deepcopy(notebook)
    for output in _outputs(notebook):
        if _can_do_without_view(output) and not (kernel and kernel.wrote(output)):
            del output["data"][VIEW]
    return notebook


def _outputs(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in notebook.get("cells", []):
        yield from cell.get("outputs", [])


def _can_do_without_view(output: dict[str, Any]) -> bool:
    kinds = output.get("data", {})
    return VIEW in kinds and any(k == "text/html" or k.startswith("image/") for k in kinds)


def _has_view(model: dict[str, Any]) -> bool:
    if model.get("type") != "notebook" or not model.get("content"):
        return False
    return any(_can_do_without_view(output) for output in _outputs(model["content"]))


async def _live_kernel(server: Any, path: str) -> Kernel | None:  # noqa: ANN401
    """Return the kernel that runs for the notebook at this path, if one does."""
    for session in await ensure_async(server.session_manager.list_sessions()):
        if session.get("path", "").strip("/") == path.strip("/") and session.get("kernel"):
            manager = server.kernel_manager.get_kernel(session["kernel"]["id"])
            if await ensure_async(manager.is_alive()):
                # A kernel on another machine has no process here.
                return Kernel(getattr(getattr(manager, "provisioner", None), "pid", None))
    return None


def _parent(pid: int) -> int | None:
    """Return the parent of a process (on Windows a kernel in .venv is the child of a starter)."""
    try:
        return psutil.Process(pid).ppid()
    except (psutil.Error, ValueError, TypeError):
        return None
