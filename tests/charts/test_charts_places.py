"""The map: its land, its points, and labels that never lie over one another."""

import json
from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import open_case
from lessons.analysis.places import inside, places_table
from lessons.case.schema import DATA
from lessons.charts.labels import HEIGHT, Box, label_width, place_labels
from lessons.charts.land import View, land_in, rings
from lessons.charts.places import WIDTHS, places_chart, views_of

CASE = open_case("danang-2017")
PLACES = places_table(CASE, date(2017, 11, 12))
PICTURE = Box(0, 0, 600, 400)
POINT = st.tuples(st.floats(0, 600), st.floats(0, 400), st.text("abcdefghij", max_size=14))


def test_the_base_map_is_small():
    assert (DATA / "base_map.json").stat().st_size < 60_000


@settings(max_examples=60, deadline=None)
@given(st.lists(POINT, max_size=20))
def test_no_label_lies_over_another_or_over_a_point_or_outside(points):
    boxes = place_labels(points, PICTURE)
    assert len(boxes) == len(points)
    found = [box for box in boxes if box]
    assert not any(a.overlaps(b) for a, b in combinations(found, 2))
    for box in found:
        assert box.within(PICTURE)
        assert box.height == HEIGHT
        for x, y, _ in points:
            assert not (box.left < x < box.left + box.width and box.top < y < box.top + box.height)
    for box, (_, _, text) in zip(boxes, points, strict=True):
        assert box is None or box.width == label_width(text)
    assert boxes == place_labels(points, PICTURE)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_place_of_the_case_has_its_point_and_its_label(width):
    chart = places_chart(CASE, PLACES, width)
    rows = chart.data
    assert sorted(rows["label"]) == sorted(PLACES.index)
    assert rows["left"].notna().all()
    boxes = [Box(r.left, r.top, r.right - r.left, HEIGHT) for r in rows.itertuples()]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert rows["right"].max() <= width
    views = views_of(CASE, PLACES, width)
    assert [label for _, labels in views for label in labels] != []
    assert set(views[1][1]) == set(PLACES.index[inside(PLACES, CASE.map[0])])
    assert "Amman" in views[1][1]
    assert chart.description.startswith("16 places on the map, where 25 events happened;")


def test_the_outlines_never_jump_across_the_world():
    """A ring that crosses the date line goes on; each is closed or as good as closed."""
    for ring in rings():
        assert all(abs(a[0] - b[0]) < 180 for a, b in pairwise(ring))
    assert 100 < len(rings()) < 200


def test_land_is_cut_at_the_edges_of_the_view():
    view = View(-10, 35, 30, 60, left=5, top=7, width=400)
    feature = land_in(view)
    points = [p for polygon in feature["geometry"]["coordinates"] for p in polygon[0]]
    assert len(points) > 100
    assert all(5 <= x <= 405 and 7 <= y <= 8 + 7 + view.height for x, y in points)
    coarse = land_in(view, grain=5)
    assert len(json.dumps(coarse)) < len(json.dumps(feature))
    assert view.pixel(-10, 60) == (5, 7)
    x, y = view.pixel(30, 35)
    assert (round(x), round(y)) == (405, round(7 + view.height))


def test_a_case_without_insets_has_one_view(monkeypatch):
    monkeypatch.setattr(type(CASE), "map", property(lambda _: []))
    assert len(views_of(CASE, PLACES, 740)) == 1
    assert views_of(CASE, PLACES.iloc[:0], 740) == []
