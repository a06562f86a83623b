"""The land of the base map as polygons in pixels: read, cut to a view, projected."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from lessons.case.schema import DATA

FILE = DATA / "base_map.json"
Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A part of the world in degrees, and where it is drawn: left, top and width in pixels."""

    west: float
    south: float
    east: float
    north: float
    left: float
    top: float
    width: float

    @property
    def _per_degree(self) -> float:
        """Pixels for a degree of latitude; a degree of longitude is narrower (equirectangular)."""
        return self.width / ((self.east - self.west) * self._squeeze)

    @property
    def _squeeze(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """How high the view is in pixels."""
        return (self.north - self.south) * self._per_degree

    def pixel(self, lon: float, lat: float) -> Point:
        """Return where a place is drawn: x and y, y downwards."""
        x = self.left + (lon - self.west) * self._squeeze * self._per_degree
        return x, self.top + (self.north - lat) * self._per_degree


@cache
def rings() -> tuple[tuple[Point, ...], ...]:
    """Return the outlines of the land: rings of (longitude, latitude), from the TopoJSON file."""
    topology = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["land"]["geometries"]
    return tuple(
        tuple(_joined(ring, arcs)) for shape in shapes for part in shape["arcs"] for ring in part
    )


def _arc(arc: list[list[int]], transform: dict[str, Any]) -> list[Point]:
    """Decode one arc: each of its points is told by its distance to the point before."""
    (a, b), (c, d) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * a + c, y * b + d))
    return points


def _joined(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join the arcs of a ring; a number below 0 is an arc that runs the other way."""
    ring: list[Point] = []
    for number in numbers:
        ring += arcs[number] if number >= 0 else arcs[~number][::-1]
    return _unrolled(ring)


def _unrolled(ring: list[Point]) -> list[Point]:
    """Let a ring that crosses the date line go on beyond 180 degrees instead of jumping back."""
    turn = 0.0
    points = [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        turn += 360 * ((lon - before < -180) - (lon - before > 180))  # noqa: PLR2004  (half round)
        points.append((lon + turn, lat))
    middle = (min(lon for lon, _ in points) + max(lon for lon, _ in points)) / 2
    back = 360 * round(middle / 360)  # most of it shall lie between -180 and 180
    return [(lon - back, lat) for lon, lat in points]


def land_in(view: View, grain: int = 1) -> dict[str, Any]:
    """Return the land of a view as one GeoJSON feature in pixels, cut at the view's edges.

    `grain` is how many pixels a step is: a picture of coarse grain needs fewer bytes.
    """
    polygons = []
    for ring in rings():
        cut = _cut(list(ring), view)
        pixels = [
            (grain * round(x / grain), grain * round(y / grain))
            for x, y in (view.pixel(*point) for point in cut)
        ]
        kept = [p for n, p in enumerate(pixels) if n == 0 or p != pixels[n - 1]]
        if len(kept) > 2:  # noqa: PLR2004  (two points have no inside)
            polygons.append([[list(point) for point in [*kept, kept[0]]]])
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _cut(ring: list[Point], view: View) -> list[Point]:
    """Cut a ring at the four edges of a view (Sutherland and Hodgman)."""
    edges = [(0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1)]
    for axis, limit, sign in edges:
        if not ring:
            break
        ring = _cut_at(ring, axis, limit, sign)
    return ring


def _cut_at(ring: list[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """Keep what lies on one side of a line; where the ring crosses it, a point is added."""
    kept = []
    before = ring[-1]
    for point in ring:
        if (sign * point[axis] >= sign * limit) != (sign * before[axis] >= sign * limit):
            part = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + part * (point[0] - before[0]),
                    before[1] + part * (point[1] - before[1]),
                )
            )
        if sign * point[axis] >= sign * limit:
            kept.append(point)
        before = point
    return kept
