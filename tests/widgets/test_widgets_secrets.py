"""What is for after the learner's own answer is not sent to the browser before it.

Everything a widget sends is searched for every text of the case that is a judgement. A whole
sentence must not be part of anything that is sent; a single word, such as "supported", may well
stand in a sentence, but must not be sent as a value of its own.
"""

import pytest

from lessons import (
    accounts,
    charts,
    check_form,
    checker,
    contents,
    guess,
    judge,
    marker,
    my_work,
    place_map,
    portfolio,
    reader,
    rewrite,
    show,
    side_by_side,
    sorter,
    timeline,
)
from lessons.widgets.accounts import Accounts
from lessons.widgets.check_form import CheckForm
from lessons.widgets.checker import Checker
from lessons.widgets.guess import Guess
from lessons.widgets.rewrite import Rewrite
from lessons.widgets.sorter import Sorter

# By table: the columns that hold a judgement, a reading or what a source shows.
SECRET = {
    "events": ["contested"],
    "sources": ["shows"],
    "claims": ["neutral", "evidence_for", "evidence_against", "first_question"],
    "claim_readings": ["kind", "assessment", "checkable", "why", "what_would_change"],
    "replies": ["engages", "note"],
    "spans": ["technique_id", "rationale", "alternative"],
    "loaded_words": ["note"],
    "actor_readings": ["polarity", "agency"],
    "speech_acts": ["commits_whom", "commits_to", "vagueness_note"],
    "speech_act_readings": ["note"],
    "variants": ["matters"],
    "exercises": ["key", "feedback_right", "feedback_wrong"],
    "exercise_options": ["explanation"],
    "exercise_samples": ["sample", "why"],
    "accounts": ["reason"],  # what fits is one of three words that everybody sees
    "guesses": ["reflect"],
    "check_items": ["sound", "explain_sound_choice", "explain_unsound_choice", "hard_because"],
}
IDS = ["claims", "claim_readings", "replies", "spans", "loaded_words", "actor_readings"]
IDS += ["speech_act_readings", "exercises", "check_items"]
IDS += ["exercise_options", "exercise_samples"]
# Names of columns that must not turn up as keys.
COLUMNS = {"contested", "shows", "engages", "assessment", "why", "what_would_change", "reader"}
COLUMNS |= {"reading", "readings", "rationale", "checkable", "confidence", "polarity", "agency"}
COLUMNS |= {"neutral", "key", "sound", "evidence_for", "evidence_against"}
COLUMNS |= {"explanation", "sample", "readings_from"}

MAKERS = {
    "reader": reader,
    "hidden reader": lambda case: reader(case, voices_shown=False),
    "reader with dates": lambda case: reader(case, highlights=["dates"]),
    "timeline": timeline,
    "timeline with later": lambda case: timeline(case, later=True),
    "strip": lambda case: show(charts.voice_strip(case), pick="passage_id"),
    "bars": lambda case: show(charts.word_shares(case)),
    "sentences": lambda case: judge(case, "sentences"),
    "differences": lambda case: judge(case, "differences"),
    "sides": side_by_side,
    "map": place_map,
    "map with later": lambda case: place_map(case, later=True),
    "kinds of differences": lambda case: show(charts.variants_chart(case)),
    "check before": lambda case: check_form(case, "before"),
    "check after": lambda case: check_form(case, "after"),
    "check later": lambda case: check_form(case, "later"),
    "checker of the commentary": lambda case: checker(case, "F3.2"),
    "checker of the statement": lambda case: checker(case, "S9.1"),
    "accounts": accounts,
    "work": lambda case: my_work(),
    "contents": lambda case: contents(),
    "portfolio": portfolio,
    "sorter": sorter,
    "guess at kinds": lambda case: guess(case, "GU-kinds", charts.claim_kinds_chart(case)),
    "guess at deeds": lambda case: guess(case, "GU-deeds", charts.deeds_chart(case)),
    "guess at loaded words": lambda case: guess(case, "GU-loaded", charts.loaded_words_chart(case)),
    "guess at evidence": lambda case: guess(case, "GU-evidence", charts.evidence_grid(case)),
    "rewrite of the commentary": lambda case: rewrite(case, "F13"),
    "rewrite of the statement": lambda case: rewrite(case, "S6"),
    "marker": lambda case: marker(case, "techniques"),
    "marker half guided": lambda case: marker(case, "techniques", ["S1", "F4"], "half guided"),
    "marker alone": lambda case: marker(case, "techniques", help="alone"),
    "marker of loaded words": lambda case: marker(case, "loaded words"),
}


def texts(cells):
    """Yield every text of some cells, those in lists too; empty ones left out."""
    for cell in cells:
        for text in cell if isinstance(cell, list) else [cell]:
            if str(text).strip() and str(text) != "<NA>":
                yield str(text)


@pytest.fixture(scope="module")
def secrets(danang):
    """Every text of the case that is a judgement, and the ids of all readings."""
    found = {
        text
        for table, columns in SECRET.items()
        for column in columns
        for text in texts(getattr(danang, table)[column])
    }
    found |= {row_id for table in IDS for row_id in getattr(danang, table).index}
    found -= {"yes", "no"}  # also said of a source: was it found
    # The key of choose-one is one of the options, which everybody sees (test_widgets_exercise.py
    # looks whether anything tells which).
    return found - {option for options in danang.exercises["options"] for option in options}


@pytest.fixture(scope="module")
def later(danang):
    """Ids, titles and descriptions of the events after the article's own days."""
    start = danang.events["start"].str[:10]
    table = danang.events[start > "2017-11-12"]
    assert len(table) == 5
    return {*table.index, *table["title"], *table["what"], *table["contested"]} - {""}


def leaves(node):
    """Yield keys and values of what is sent, each as (is it a key, text)."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield True, str(key)
            yield from leaves(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from leaves(value)
    elif isinstance(node, str):
        yield False, node


def leaked(sent, secret_texts):
    """Return the secrets in what is sent: sentences anywhere, words as a whole value or key."""
    values = [text for _, text in leaves(sent)]
    whole, everything = set(values), "\n".join(values)
    return {s for s in secret_texts if s in whole or (" " in s and s in everything)}


def sent_by(widget):
    """Return everything that a widget sends and that a notebook saves, without its code."""
    state = {key: value for key, value in widget.get_state().items() if key not in ("_esm", "_css")}
    if "steps" in state:  # the words of the scale: the same for every answer, so no judgement
        scales = widget._case.scales
        assert {tuple(step.values()) for step in state.pop("steps")} <= set(
            scales[["value", "word", "hint"]].itertuples(index=False, name=None)
        )
    data, metadata = widget._repr_mimebundle_()
    return {"state": state, "saved": data, "metadata": metadata}


def test_this_search_finds_what_is_hidden(danang, secrets):
    assert len(secrets) > 1500
    contested = danang.events.loc["hamburg-2017", "contested"]
    assert leaked({"rows": [{"note": f"Note: {contested}"}]}, secrets) == {contested}
    assert leaked({"a": [["partly-supported"]]}, secrets) == {"partly-supported"}
    assert leaked({"A1.1-A": 1}, secrets) == {"A1.1-A"}
    assert leaked({"a": "This is supported."}, secrets) == set()


def own_names(widget):
    """Return the names that a widget may send: under them the answers to its cards are kept."""
    if isinstance(widget, (CheckForm, Sorter)):
        return {item["id"] for item in widget.items}
    if isinstance(widget, Checker):  # the sources of both sides, shuffled together
        return {widget.claim["id"], *(card["id"] for card in widget.cards)}
    # The exercises to answer first, by the names that they show.
    return set(widget.waits_for) if isinstance(widget, (Guess, Accounts, Rewrite)) else set()


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_no_judgement_travels(make, danang, secrets):
    widget = make(danang)
    sent = sent_by(widget)
    # A marker sends the names of its labels: which of them a passage has is not among them.
    labels = {label["id"] for label in getattr(widget, "labels", [])}
    assert leaked(sent, secrets - own_names(widget) - labels) == set()
    assert {text for is_key, text in leaves(sent) if is_key}.isdisjoint(COLUMNS)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_no_later_event_travels_before_later_is_on(make, danang, later):
    widget = make(danang)
    widget_has_later = getattr(widget, "later", False)
    assert bool(leaked(sent_by(widget), later)) == widget_has_later


def test_later_events_travel_only_while_later_is_on(danang, later):
    widget = timeline(danang)
    widget.later = True
    assert {"sochi-2017", "Putin receives Assad in Sochi"} <= leaked(sent_by(widget), later)
    assert leaked(sent_by(widget), set(danang.events["contested"]) - {""}) == set()
    widget.later = False
    assert leaked(sent_by(widget), later) == set()


def test_no_day_after_the_article_is_drawn_before_later_is_on(danang):
    for row in timeline(danang).rows:
        assert row["first"] <= "2017-11-12"


@pytest.mark.parametrize("name", ["sentences", "differences", "sides"])
def test_a_judgement_travels_with_the_answer_to_its_own_item_and_no_other(name, danang, secrets):
    widget = MAKERS[name](danang)
    value = widget.steps[0]["value"]
    seen = set()
    for item in [item["id"] for item in widget.items]:
        widget.answers = {item: value}
        found = leaked(sent_by(widget), secrets)
        own = leaked(widget._reveal(item), secrets)
        assert own, item
        assert found - {value} == own - {value}  # the learner's own answer is among what is sent
        seen |= own
    everything = {"sentences": "speech_acts", "differences": "variants", "sides": "replies"}[name]
    for column in SECRET[everything]:
        assert {text for text in getattr(danang, everything)[column] if " " in text} <= seen
    widget.answers = {}
    assert leaked(sent_by(widget), secrets) == set()


def answered(widget, ids):
    """Answer cards of a check, as the page does."""
    widget.outbox = {
        "count": widget.outbox.get("count", 0) + 1,
        "records": [
            {
                "id": f"a-{item}",
                "item": item,
                "kind": "check",
                "value": {"answer": "unsound", "sure": 70},
                "answered_at": "2026-11-25T08:14:10.123Z",
            }
            for item in ids
        ],
    }


@pytest.mark.parametrize("form", ["before", "after", "later"])
def test_what_is_right_on_a_card_travels_when_it_may_and_never_what_it_was_made_from(
    form, danang, secrets
):
    widget = check_form(danang, form)
    ids = [item["id"] for item in widget.items]
    rows = danang.check_items.loc[ids]
    others = secrets - set(ids)
    for count in range(1, 16):
        answered(widget, ids[:count])
        assert len(widget.given) == count
        assert leaked(sent_by(widget), others) == set()
    answered(widget, ids)
    if form == "before":  # waits until the check after the course is done
        assert leaked(sent_by(widget), others) == set()
        after = check_form(danang, "after")
        answered(after, [item["id"] for item in after.items])
        widget = check_form(danang, "before")
    expected = {*rows["explain_sound_choice"], *rows["explain_unsound_choice"]}
    assert leaked(sent_by(widget), others) == expected
    whole = {text for _, text in leaves(sent_by(widget))}
    assert whole.isdisjoint({*rows["hard_because"], *rows["skill"], *rows["voice"]})
    assert {text for is_key, text in leaves(sent_by(widget)) if is_key}.isdisjoint(COLUMNS)


def test_a_made_case_keeps_its_secrets_too(hostile):
    """In the hostile case everything reads alike, but what a source shows has its own column."""
    for make in (reader, timeline):
        keys = {text for is_key, text in leaves(sent_by(make(hostile))) if is_key}
        assert keys.isdisjoint(COLUMNS)
