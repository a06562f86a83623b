"""Where things lie in the course folder, and the settings that keep everything inside it.

Standard library only: this is read before anything is installed.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # the course folder
VENV = ROOT / ".venv"  # the Python environment that we install
STATE = ROOT / ".course"  # caches and JupyterLab's settings

_NOT_OURS = (
    # A person's own Python settings would let other versions in, or send packages elsewhere.
    *("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "VIRTUAL_ENV"),
    # With it every kernel compiles the course again, which takes a quarter of a second.
    "PYTHONDONTWRITEBYTECODE",
)


def venv_python(venv: Path) -> Path:
    """Return where the Python of an environment is, on this kind of system."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(state: Path) -> dict[str, str]:
    """Return the environment variables for all that runs in the course: this process's and ours."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return {**kept, **own_variables(state)}


def own_variables(state: Path) -> dict[str, str]:
    """Return the variables that are ours.

    Every program that we start keeps its caches and settings below `state`, so that nothing is
    written outside the course folder and nothing of the person's own JupyterLab is changed.
    """
    jupyter = state / "jupyter"
    places = {
        "UV_CACHE_DIR": state / "uv-cache",
        "PIP_CACHE_DIR": state / "pip-cache",
        "JUPYTER_CONFIG_DIR": jupyter / "config",
        "JUPYTER_DATA_DIR": jupyter / "data",
        "JUPYTER_RUNTIME_DIR": jupyter / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": jupyter / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": jupyter / "workspaces",
        "IPYTHONDIR": state / "ipython",
    }
    return {
        **{name: str(place) for name, place in places.items()},
        "PYTHONNOUSERSITE": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
