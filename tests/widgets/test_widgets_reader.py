"""The reader's state and its saved page; how it behaves is tested in tests/browser."""

import re
from xml.etree import ElementTree as ET

import pytest
import traitlets

from lessons import reader
from lessons.charts.look import TONES
from lessons.widgets import reader as module


def one_sentence(error):
    """Return the message of an error; it must be one line and one sentence."""
    message = str(error.value)
    assert "\n" not in message
    assert message.strip().endswith(".")
    return message


def test_the_state_of_every_passage(danang):
    widget = reader(danang)
    assert [row["id"] for row in widget.passages] == list(danang.passages.index)
    for row in widget.passages:
        assert widget.text[row["start"] : row["end"]] == danang.quote(row["id"])
        assert row["voice"] in widget.voices
        assert set(row["events"]) <= set(widget.events)
        assert set(row["terms"]) <= set(widget.terms)
    assert {voice["tone"] for voice in widget.voices.values()} <= set(TONES)


def test_the_quotation_of_a_third_voice(danang):
    inner = module.inner_voices(danang)
    assert list(inner) == ["F7"]
    row = next(row for row in reader(danang).passages if row["id"] == "F7")
    assert row["inner"] == inner["F7"]
    for span in inner["F7"]:
        assert span["voice"] == "resolution"
        assert row["start"] < span["start"] < span["end"] < row["end"]
        assert danang.text[span["start"] - 1] in '"\u201c'


def test_the_card_of_an_event_has_words_place_and_date(danang):
    assert reader(danang).events["hamburg-2017"] == {
        "title": "Trump and Putin meet in Hamburg",
        "when": "7 July 2017",
        "where": "Hamburg, Germany",
    }


def test_the_sentence_counts_what_is_shown(danang):
    widget = reader(danang, layer="statement")
    assert widget.sentence == (
        "The article, 40 passages, 976 words: masthead 4 passages with 25 words, commentary 18 "
        "passages with 453 words, statement 13 passages with 446 words, end matter 5 passages "
        "with 52 words. Shown: statement."
    )
    widget.layer = "commentary"
    assert widget.sentence.endswith("Shown: commentary.")
    widget.voices_shown = False
    assert widget.sentence == (
        "The article as one page, whose voice is whose not shown yet: 40 passages, 976 words."
    )


def paragraphs(data):
    return re.findall(r"<p>(.*?)</p>", data["text/html"].partition("</summary>")[2], re.DOTALL)


def test_the_saved_text_is_the_layer_that_is_shown(danang, saved):
    for layer, count in (("interleaved", 40), ("statement", 13), ("commentary", 18)):
        said = paragraphs(saved(reader(danang, layer=layer))[0])
        assert len(said) == count
    first = paragraphs(saved(reader(danang, layer="statement"))[0])[0]
    assert first.startswith("<b>\u25a0 S1 Statement</b> JS: ")


def test_hidden_voices_are_hidden_in_what_is_saved_too(danang, saved):
    data, ((_, svg),), _ = saved(reader(danang, voices_shown=False))
    said = paragraphs(data)
    assert len(said) == 40
    text = " ".join(said)
    assert "JS:" not in text
    assert "Fact:" not in text
    assert "<b>" not in text
    # The picture has bars of one colour and no words.
    page = ET.fromstring(svg)  # noqa: S314  (our own)
    assert "".join(page.itertext()) == ""
    assert len(set(re.findall(r'fill="([^"]+)"', svg))) == 1


def test_the_picture_has_a_bar_a_passage_and_pales_what_is_not_shown(danang, saved):
    for layer, pale in (("interleaved", 0), ("statement", 27), ("commentary", 22)):
        _, ((_, svg),), _ = saved(reader(danang, layer=layer))
        assert svg.count("<rect") == 40
        assert svg.count('opacity=".15"') == pale
        labels = re.findall(r">([^<]+)</text>", svg)
        assert [label.split()[-1] for label in labels] == list(danang.passages.index)


def test_a_long_text_is_not_copied_into_the_notebook(danang, saved, monkeypatch):
    assert "<details>" in saved(reader(danang))[0]["text/html"]
    monkeypatch.setattr(module, "LONGEST_SAVED", len(danang.text) - 1)
    assert "<details>" not in saved(reader(danang))[0]["text/html"]


def test_an_unknown_passage_is_refused_in_one_sentence(danang):
    with pytest.raises(traitlets.TraitError, match="no passage 'X9' in danang-2017") as caught:
        reader(danang, selected="X9")
    one_sentence(caught)
    widget = reader(danang, selected="F7")
    with pytest.raises(traitlets.TraitError, match="no passage 'f7'"):
        widget.selected = "f7"
    assert widget.selected == "F7"
    widget.selected = ""


def test_an_unknown_layer_is_refused_in_one_sentence(danang):
    with pytest.raises(traitlets.TraitError, match="layer") as caught:
        reader(danang, layer="both")
    message = one_sentence(caught)
    assert "'both'" in message
    assert "interleaved" in message


def test_the_state_is_not_the_cases_own(danang):
    widget = reader(danang)
    widget.passages[0]["events"].append("x")
    widget.terms.clear()
    assert reader(danang).passages[0]["events"] == []
    assert reader(danang).terms


def test_highlights_are_sent_only_when_they_are_asked_for(danang):
    assert reader(danang).spans == []
    widget = reader(danang, highlights=["actors", "dates"])
    assert widget.highlights == widget.highlighted == ["dates", "actors"]
    assert {span["layer"] for span in widget.spans} == {"dates", "actors"}
    assert widget.sentence.endswith(" Marked: dates 14, actors 109.")
    off = reader(danang, highlights=["dates"], highlighted=[])
    assert off.highlighted == []
    assert "Marked" not in off.sentence
    off.highlighted = ["dates"]
    assert off.sentence.endswith(" Marked: dates 14.")


def test_highlights_that_are_not_offered_are_refused(danang):
    with pytest.raises(ValueError, match="There is no layer 'lies'"):
        reader(danang, highlights=["lies"])
    with pytest.raises(traitlets.TraitError, match="cannot mark 'actors'; it offers: dates"):
        reader(danang, highlights=["dates"], highlighted=["actors"])
    with pytest.raises(traitlets.TraitError, match="it offers: none"):
        reader(danang).highlighted = ["dates"]
