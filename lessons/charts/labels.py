"""Labels beside points, none over another: one pure function, the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 24  # pixels: a button lies over each label, and it must be easy to hit
_LETTER = 7.8  # pixels a letter at 12 px, more than any of the fonts in use needs on average
_PAD = 6
_POINT = 7  # half the side of the square that a point needs
_GRID = 12  # when no near place is free, these steps over the whole picture are tried


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two have any inside in common."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def within(self, other: Box) -> bool:
        """Tell whether this one lies inside the other."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.left + self.width <= other.left + other.width
            and self.top + self.height <= other.top + other.height
        )


def label_width(text: str) -> float:
    """Return how much room a label needs, rather too much than too little."""
    return _LETTER * len(text) + 2 * _PAD


def place_labels(points: Sequence[tuple[float, float, str]], picture: Box) -> list[Box | None]:
    """Find a box for each label (x, y, text), near its point and free of all points and labels.

    The boxes lie inside the picture. None where nothing is free: the picture is too small for
    that label. The same input gives the same boxes; earlier points choose first.
    """
    taken = [Box(x - _POINT, y - _POINT, 2 * _POINT, 2 * _POINT) for x, y, _ in points]
    found: list[Box | None] = []
    for x, y, text in points:
        box = next(
            (
                box
                for box in _candidates(x, y, label_width(text), picture)
                if box.within(picture) and not any(box.overlaps(other) for other in taken)
            ),
            None,
        )
        found.append(box)
        if box:
            taken.append(box)
    return found


def _candidates(x: float, y: float, width: float, picture: Box) -> list[Box]:
    """Return where a label may stand: right, left, above, below, then anywhere, nearest first."""
    gap = _POINT + 1
    near = [
        Box(x + gap, y - HEIGHT / 2, width, HEIGHT),
        Box(x - gap - width, y - HEIGHT / 2, width, HEIGHT),
        Box(x - width / 2, y - gap - HEIGHT, width, HEIGHT),
        Box(x - width / 2, y + gap, width, HEIGHT),
    ]
    columns = range(int(picture.left), int(picture.left + picture.width - width) + 1, _GRID)
    rows = range(int(picture.top), int(picture.top + picture.height - HEIGHT) + 1, _GRID)
    anywhere = [Box(float(left), float(top), width, HEIGHT) for left in columns for top in rows]
    return near + sorted(anywhere, key=lambda box: _distance(box, x, y))


def _distance(box: Box, x: float, y: float) -> float:
    """Return how far the nearest edge of a box is from a point (its square)."""
    dx = max(box.left - x, 0, x - box.left - box.width)
    dy = max(box.top - y, 0, y - box.top - box.height)
    return float(dx * dx + dy * dy)
