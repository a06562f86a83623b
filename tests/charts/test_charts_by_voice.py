"""The pictures of both voices: one function, the same defaults, the same kind of result."""

import inspect
import re
import shutil
from xml.etree import ElementTree as ET

import pytest
from vl_convert import vegalite_to_svg

from lessons import charts
from lessons.case import open_case
from lessons.charts.drawing import VEGA_LITE
from lessons.widgets.chart import spec_and_rows, with_rows

SVG = "{http://www.w3.org/2000/svg}"
MAIN = ("statement", "commentary")


@pytest.fixture(scope="module")
def bare(danang, tmp_path_factory):
    """A made case that knows who speaks where, and nothing else."""
    folder = tmp_path_factory.mktemp("case") / "bare"
    shutil.copytree(danang.folder, folder)
    for file in folder.glob("*.csv"):
        if file.name != "passages.csv":
            head = file.read_text(encoding="utf-8").partition("\n")[0]
            file.write_text(f"{head}\n", encoding="utf-8")
    settings = (folder / "case.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^sources = \[.*?\]\n", "", settings, flags=re.DOTALL | re.MULTILINE)
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    return open_case(folder)


def picture(chart):
    """Return the texts of a chart's picture."""
    svg = vegalite_to_svg(with_rows(*spec_and_rows(chart)), VEGA_LITE)
    assert "<script" not in svg
    drawn = ET.fromstring(svg)  # noqa: S314  (our own picture)
    return [" ".join(node.itertext()) for node in drawn.iter(f"{SVG}text")]


def test_the_same_defaults_for_all(draw):
    parameters = inspect.signature(draw).parameters
    assert list(parameters)[:3] == ["case", "voices", "readers"]
    assert parameters["voices"].default == MAIN
    assert parameters["readers"].default == ("A", "B")
    # What else there is has to be named, and has a default.
    for name in list(parameters)[3:]:
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[name].default is not inspect.Parameter.empty


def test_each_voice_alone_gives_the_same_kind_of_result(draw, danang):
    both = draw(danang)
    for voice in MAIN:
        one = draw(danang, voice)
        assert list(one.data) == list(both.data)
        assert set(one.data["voice"]) == {voice}
        counts = {"claims", "marks", "deeds"} & set(one.data)
        own = both.data[both.data["voice"] == voice]
        if counts:
            (column,) = counts
            assert one.data[column].sum() == own[column].sum()
        else:
            assert len(one.data) == len(own)
        said = re.findall(rf"{voice} .*?(?=;|\.$)", both.description)[0].rstrip(".")
        assert said in one.description


def test_the_order_of_voices_and_readers_is_the_callers(draw, danang):
    turned = draw(danang, ("commentary", "statement"), ("B", "A"))
    assert turned.data["voice"].iloc[0] == "commentary" or draw is charts.techniques_chart
    texts = picture(turned)
    assert {"■ Statement", "▲ Commentary"} <= set(texts)


@pytest.mark.parametrize("reader", ["A", "B"])
def test_one_reader(draw, danang, reader):
    chart = draw(danang, readers=reader)
    assert f"reader {reader}, an AI reader," in chart.description
    columns = set(chart.data)
    assert set(chart.data["reader"]) == {reader} if "reader" in columns else True
    other = "B" if reader == "A" else "A"
    assert f"reader {other}" not in chart.description
    assert picture(chart)


def test_the_sentence_says_who_read(draw, danang):
    said = draw(danang).description
    assert "two AI readers (A and B)" in said
    assert re.fullmatch(r"\d+ .*\.", said)
    assert said.count("statement") == said.count("commentary") == 1


def test_no_words_of_the_text_are_in_a_picture(draw, danang):
    drawn = " ".join(picture(draw(danang)))
    quotes = [*danang.claims["quote"], *danang.spans["quote"], *danang.actors["quote"]]
    assert not [quote for quote in quotes if len(quote) > 25 and quote in drawn]
    assert not {"quote", "neutral", "why", "rationale", "note"} & set(draw(danang).data)


def test_plain_characters_only(draw, danang):
    symbols = set("".join(danang.voices["symbol"]))
    assert all(
        set(text) - symbols <= set(map(chr, range(32, 127))) for text in picture(draw(danang))
    )


def test_a_voice_or_reader_that_is_not_there(draw, danang):
    with pytest.raises(ValueError, match="Found voice 'nobody', expected one of"):
        draw(danang, "nobody")
    with pytest.raises(ValueError, match="Found reader 'C', expected one of A, B"):
        draw(danang, readers=("A", "C"))


def test_a_case_without_its_tables(draw, bare):
    chart = draw(bare)
    assert chart.data.empty
    assert chart.description.startswith("0 ")
    assert re.search(r"too few to say|statement 0", chart.description)
    assert picture(chart)


def test_each_voice_is_named_once_over_its_panel(draw, danang):
    texts = picture(draw(danang))
    assert texts.count("■ Statement") == texts.count("▲ Commentary") == 1


def test_it_asks_for_the_room_that_it_needs(draw, danang):
    spec = draw(danang).to_dict()
    assert spec["width"] < spec["usermeta"]["narrowest"] <= 1040


def test_kinds_of_claim(danang):
    chart = charts.claim_kinds_chart(danang)
    assert chart.description == (
        "77 claims by kind as two AI readers (A and B) judged them: statement 15, most often "
        "attribution (reader A: 6), checkable fact and attribution (reader B: 4); commentary 62, "
        "most often checkable fact (reader A: 24), generalisation (reader B: 20)."
    )
    assert chart.title.text == [
        "Statement: most often attribution or checkable fact",
        "Commentary: most often checkable fact or generalisation",
    ]
    passages = [p for p, v in danang.passages["voice"].items() if v in MAIN]
    texts = picture(chart)
    assert sorted(text for text in texts if text in passages) == sorted(passages)
    assert {"A 24", "B 20"} <= set(texts)


def test_loaded_words(danang):
    chart = charts.loaded_words_chart(danang)
    assert (
        "statement (446 words): reader A 41 (praise 23, neutral 17, blame 1; 9.2 in 100 words)"
        in (chart.description)
    )
    assert "reader B 62 (praise 20, neutral 9, blame 33; 13.7 in 100 words)." in chart.description
    assert chart.title.text[1] == "Commentary: most often blame"
    assert {"A 23", "B 33"} <= set(picture(chart))


def test_techniques(danang):
    chart = charts.techniques_chart(danang)
    assert chart.title.text == "Marks in 100 words: statement 4.7, commentary 12.6 or 11.3"
    texts = picture(chart)
    assert {"A  3.8 (17)", "B  2: too few to say", "A  none"} <= set(texts)
    by_name = charts.techniques_chart(danang, by="technique")
    assert by_name.data["marks"].sum() == chart.data["marks"].sum()
    assert not [text for text in picture(by_name) if "[" in text or "…" in text]
    with pytest.raises(ValueError, match="Found by='voice', expected one of category, technique"):
        charts.techniques_chart(danang, by="voice")


def test_deeds(danang):
    chart = charts.deeds_chart(danang)
    assert chart.description.startswith(
        "109 deeds as two AI readers (A and B) saw them painted; statement 39 (most by: both "
        "presidents, 13), reader A: constructive 37, destructive 1, neutral 1, reader B: "
    )
    assert any("need not be so" in line for line in chart.title.subtitle)
    texts = picture(chart)
    assert texts.count("United States") == 1
    assert not [text for text in texts if "…" in text]
    for _, own in chart.data.groupby("voice"):
        assert own["line"].is_unique
    firsts = chart.data.groupby(["doer", "voice"])["line"].min().unstack().dropna()
    assert (firsts["statement"] == firsts["commentary"]).all()


def test_deeds_of_one_doer(danang):
    chart = charts.deeds_chart(danang, doers="Russia")
    assert set(chart.data["doer"]) == {"Russia"}
    assert "Russia, 3" in chart.description
    with pytest.raises(ValueError, match="Found doer 'Nobody', expected one of Hezbollah"):
        charts.deeds_chart(danang, doers=["Russia", "Nobody"])


def test_few_deeds_have_no_verdict(danang):
    chart = charts.deeds_chart(danang, doers="Jordan")
    assert chart.title.text == ["Statement: too few to say", "Commentary: too few to say"]


def test_named_and_unnamed(danang):
    chart = charts.naming_chart(danang)
    assert chart.title.text == "No named doer: statement 15 of 39 deeds, commentary 8 of 70 deeds"
    assert "statement 15 of 39 (38 %), of these by reader A 0 active and 4 passive" in (
        chart.description
    )
    texts = picture(chart)
    assert {"A  14 named, 0 not", "B  6 named, 6 not"} <= set(texts)
