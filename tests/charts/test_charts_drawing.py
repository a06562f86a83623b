"""Still pictures, and the cache that saves drawing them twice."""

import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lessons.charts import drawing
from lessons.charts.look import TONES, colour
from lessons.widgets.chart import spec_and_rows, with_rows

SPEC = {
    "data": {"values": [{"x": 1, "y": 2}, {"x": 3, "y": 1}]},
    "mark": {"type": "line", "clip": True, "stroke": colour("statement")},
    "encoding": {
        "x": {"field": "x", "type": "quantitative"},
        "y": {"field": "y", "type": "quantitative"},
    },
}


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache folder."""
    folder = tmp_path / "drawing"
    monkeypatch.setattr(drawing, "CACHE", folder)
    return folder


@pytest.fixture
def no_engine(monkeypatch):
    """Return a function after which nothing can be drawn, only taken from the cache."""

    def refuse():
        raise AssertionError("the engine was started")

    return lambda: monkeypatch.setattr(drawing, "_convert", refuse)


def whole(chart):
    return with_rows(*spec_and_rows(chart))


def test_the_same_spec_gives_the_same_bytes_whatever_was_drawn_before(chart, tmp_path, monkeypatch):
    pictures = []
    for turn in range(2):
        monkeypatch.setattr(drawing, "CACHE", tmp_path / str(turn))
        pictures.append(drawing.still_picture(whole(chart)))
        drawing.still_picture(SPEC)  # makes the engine count on
    assert pictures[0] == pictures[1]


def test_a_picture_is_whole_svg_in_the_light_colours_and_names_no_machine(chart):
    svg = drawing.still_picture(whole(chart))
    root = ET.fromstring(svg)  # noqa: S314  (our own)
    assert root.tag.endswith("svg")
    assert "var(" not in svg
    light = {tone.light for tone in TONES.values()} | {"none", "transparent"}
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= light
    for folder in (
        Path.home(),
        Path.cwd(),
        tempfile.gettempdir(),
        Path(drawing.__file__).parents[2],
    ):
        assert str(folder) not in svg
    assert not re.search(r"file:|href=|https?://(?!www\.w3\.org/)", svg)


def test_names_inside_a_picture_still_belong_together(chart):
    svg = drawing.still_picture(whole(chart))
    made, used = set(re.findall(r'id="([^"]+)"', svg)), set(re.findall(r"url\(#([^)]+)\)", svg))
    assert used <= made
    assert all(re.fullmatch(r"n\d+", name) for name in used)


def test_slimming_leaves_what_is_seen(cache):
    svg = drawing.still_picture(SPEC)
    texts = re.findall(r">([^<]+)</text>", svg)
    assert {"x", "y", "0.0", "2.0"} <= set(texts)
    assert not re.search(r"\d\.\d{3}|aria-|role=", svg)
    assert len(svg) < 0.8 * len(drawing._convert().vegalite_to_svg(SPEC, drawing.VEGA_LITE))


def test_what_is_in_the_cache_is_not_drawn_again(cache, no_engine):
    first = drawing.still_picture(SPEC)
    assert len(list(cache.iterdir())) == 1
    no_engine()
    assert drawing.still_picture(SPEC) == first


def test_another_spec_is_another_picture(cache):
    first = drawing.still_picture(SPEC)
    assert drawing.still_picture(SPEC | {"mark": "bar"}) != first
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data.replace(b"<svg", b"<svh"),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\xff\xfe" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: bytes(len(data)),
    ],
    ids=["empty", "half", "cut", "changed", "headless", "no UTF-8", "line ends", "zeros"],
)
def test_a_damaged_cache_file_is_made_anew(damage, cache, no_engine):
    first = drawing.still_picture(SPEC)
    (file,) = cache.iterdir()
    kept = file.read_bytes()
    file.write_bytes(damage(kept))
    assert drawing.still_picture(SPEC) == first
    assert file.read_bytes() == kept
    no_engine()
    assert drawing.still_picture(SPEC) == first


def test_a_cache_that_cannot_be_written_changes_nothing(cache, monkeypatch):
    first = drawing.still_picture(SPEC)
    file = cache.parent / "a file, no folder"
    file.write_text("")
    monkeypatch.setattr(drawing, "CACHE", file / "drawing")
    assert drawing.still_picture(SPEC) == first
    assert file.read_text() == ""


def test_a_folder_in_the_place_of_a_cache_file_changes_nothing(cache):
    first = drawing.still_picture(SPEC)
    (file,) = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert drawing.still_picture(SPEC) == first
    assert list(cache.iterdir()) == [file]  # nothing half-written is left beside it


def test_a_full_disk_leaves_nothing_behind(cache, monkeypatch):
    def full(*_args):
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert drawing.still_picture(SPEC).startswith("<svg")
    assert list(cache.iterdir()) == []


def test_the_library_for_the_page_exports_what_the_widgets_use():
    code = drawing.vega_bundle()
    assert re.search(r"export\s*\{[^}]*\bas embed\b[^}]*\}", code)
    assert not re.search(r"""(?:from|import)\s*["'](?:https?:|/)""", code)
