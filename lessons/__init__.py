"""Two Voices: the names that a notebook uses.

`import lessons` costs nothing: each name is fetched from its module when it is first used, so
that a learner's first cell waits only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.case import Case, open_case
    from lessons.widgets.accounts import accounts
    from lessons.widgets.chart import show
    from lessons.widgets.check_form import check_form
    from lessons.widgets.checker import checker
    from lessons.widgets.class_view import class_view
    from lessons.widgets.contents import contents
    from lessons.widgets.exercise import exercise
    from lessons.widgets.guess import guess
    from lessons.widgets.judge import judge
    from lessons.widgets.marker import marker
    from lessons.widgets.my_work import my_work
    from lessons.widgets.place_map import place_map
    from lessons.widgets.portfolio import portfolio
    from lessons.widgets.reader import reader
    from lessons.widgets.rewrite import rewrite
    from lessons.widgets.side_by_side import side_by_side
    from lessons.widgets.sorter import sorter
    from lessons.widgets.timeline import timeline

__version__ = "0.5.0"
__all__ = [
    "Case",
    "accounts",
    "check_form",
    "checker",
    "class_view",
    "contents",
    "exercise",
    "guess",
    "judge",
    "marker",
    "my_work",
    "open_case",
    "place_map",
    "portfolio",
    "reader",
    "rewrite",
    "show",
    "side_by_side",
    "sorter",
    "timeline",
]

_HOMES = {
    "Case": "lessons.case",
    "accounts": "lessons.widgets.accounts",
    "check_form": "lessons.widgets.check_form",
    "checker": "lessons.widgets.checker",
    "class_view": "lessons.widgets.class_view",
    "contents": "lessons.widgets.contents",
    "exercise": "lessons.widgets.exercise",
    "guess": "lessons.widgets.guess",
    "judge": "lessons.widgets.judge",
    "marker": "lessons.widgets.marker",
    "my_work": "lessons.widgets.my_work",
    "open_case": "lessons.case",
    "place_map": "lessons.widgets.place_map",
    "portfolio": "lessons.widgets.portfolio",
    "reader": "lessons.widgets.reader",
    "rewrite": "lessons.widgets.rewrite",
    "show": "lessons.widgets.chart",
    "side_by_side": "lessons.widgets.side_by_side",
    "sorter": "lessons.widgets.sorter",
    "timeline": "lessons.widgets.timeline",
}


def __getattr__(name: str) -> object:
    """Fetch a public name at its first use (PEP 562)."""
    if name not in _HOMES:
        message = f"lessons has no {name!r}; it has {', '.join(__all__)}"
        raise AttributeError(message)
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, for the Tab key."""
    return [*__all__, "__version__"]
