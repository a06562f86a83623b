"""The palette: readable, told apart in greyscale, and the only colours there are."""

from itertools import product

import pytest

from lessons.charts.look import SHAPES, TONES, colour, css_variables, fixed_colours, tone_name
from lessons.widgets.chart import spec_and_rows

THEMES = ("light", "dark")
GROUNDS = ("paper", "panel")
READ = ("ink", "soft", "statement", "commentary", "masthead", "end-matter", "resolution")
READ += ("both", "outside", "you")


def luminance(value):
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast ratio of WCAG 2.2: from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(value):
    """CIE L* of #rrggbb: from 0 (black) to 100 (white)."""
    y = luminance(value)
    return 116 * y ** (1 / 3) - 16 if y > (6 / 29) ** 3 else y * (29 / 3) ** 3


def test_the_formulas_of_this_test():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert lightness("#777777") == pytest.approx(50.0, abs=0.1)


@pytest.mark.parametrize(("theme", "ground", "tone"), [*product(THEMES, GROUNDS, READ)])
def test_every_tone_can_be_read(theme, ground, tone):
    assert contrast(getattr(TONES[tone], theme), getattr(TONES[ground], theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_found_words_can_be_read(theme):
    assert contrast(getattr(TONES["ink"], theme), getattr(TONES["found"], theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_two_main_voices_differ_in_greyscale(theme):
    lights = [lightness(getattr(TONES[voice], theme)) for voice in ("statement", "commentary")]
    assert abs(lights[0] - lights[1]) >= 12


def test_every_voice_of_the_case_has_its_own_mark_or_tone(danang):
    tones = [tone_name(voice) for voice in danang.voices.index]
    assert "soft" not in tones
    assert danang.voices["symbol"].is_unique


def test_shapes_in_charts_are_the_symbols_of_the_text(danang):
    drawn = {"square": "■", "triangle-up": "▲", "diamond": "◇◆", "circle": "○●"}
    for voice, symbol in danang.voices["symbol"].items():
        if tone_name(voice) in SHAPES:
            assert symbol in drawn[SHAPES[tone_name(voice)]]


def test_tone_names():
    assert tone_name("end matter") == "end-matter"
    assert tone_name("a voice of another case") == "soft"
    with pytest.raises(KeyError):
        colour("no-such-tone")


@pytest.mark.parametrize("name", TONES)
def test_a_colour_falls_back_to_its_light_value(name):
    assert colour(name) == f"var(--tv-{name}, {TONES[name].light})"
    assert fixed_colours(f'fill="{colour(name)}"') == f'fill="{TONES[name].light}"'


def test_the_style_sheet_knows_every_tone_in_light_dark_and_print():
    light, dark, printed = css_variables().strip().split("\n")
    assert "data-jp-theme-light" not in light
    assert 'data-jp-theme-light="false"' in dark
    assert printed.startswith("@media print")
    for name, tone in TONES.items():
        assert f"--tv-{name}:{tone.light};" in light
        assert f"--tv-{name}:{tone.dark};" in dark
        assert f"--tv-{name}:{tone.light};" in printed


def texts(node):
    """Yield every text of a spec."""
    if isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str):
        yield node


def test_a_chart_names_colours_only_by_their_tone(chart):
    """That nothing else is drawn, such as "red", is seen in its picture: test_charts_drawing."""
    spec, _ = spec_and_rows(chart)
    named = {text for text in texts(spec) if "#" in text or "--" in text or "rgb" in text}
    assert named <= {colour(name) for name in TONES}
    assert {colour("ink"), colour("statement"), colour("paper")} & named
