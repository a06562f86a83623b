"""A part of another package that takes a second to load and that nothing here uses is put off.

`jsonschema`, which both JupyterLab and Altair import, imports `rfc3987_syntax`; that one makes 38
parsers of web addresses while it is imported (about a second of computing, at every start of
JupyterLab and in every kernel that draws a chart). They are for schemas that ask for "iri" and
are checked for formats, too: neither JupyterLab nor Altair has one.

Standard library only: JupyterLab is started through this.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

_NAME = "rfc3987_syntax"


def put_off_address_parsers() -> None:
    """Let `rfc3987_syntax` load at its first use, no longer at its import.

    Nothing happens where it is loaded already or not installed. Whoever uses it gets what it
    always gave, a second later.
    """
    if _NAME not in sys.modules and (spec := find_spec(_NAME)) is not None:
        _put_off(spec)


def _put_off(spec: ModuleSpec) -> None:
    module: Any = module_from_spec(spec)

    def load() -> None:
        if "__getattr__" not in vars(module):
            return  # whoever took our function out of the module before keeps calling it
        del module.__getattr__
        spec.loader.exec_module(module)  # type: ignore[union-attr]  # found, so it has a loader

    def is_valid_syntax(*arguments: object, **named: object) -> object:
        """Load the module, which puts its own function in this one's place, and ask that."""
        load()
        return module.is_valid_syntax(*arguments, **named)

    def missing(name: str) -> object:
        # The import system itself asks for names with underscores: that is no use of the module.
        if name.startswith("__"):
            raise AttributeError(name)
        load()
        return getattr(module, name)

    module.is_valid_syntax = is_valid_syntax
    module.__getattr__ = missing
    sys.modules[spec.name] = module
