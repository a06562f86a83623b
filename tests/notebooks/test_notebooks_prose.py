"""The figures in the prose are typed by hand; here each is worked out again from the case.

Every sentence of FIGURES must stand in its notebook word for word, with the numbers as they come
out of the data now; and no number may stand in the prose that is not in such a sentence.
"""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lessons import judge, open_case
from lessons.analysis.dates import LANES, days_between, days_words, printed_dates, timeline_table
from lessons.analysis.exposure import asked_before
from lessons.analysis.links import leads_to
from lessons.analysis.places import places_table
from lessons.analysis.rewriting import exercise_for, most_words
from lessons.analysis.voices import longest_run, words_by_voice
from lessons.widgets.course import things_to_do

FOLDER = Path(__file__).parents[2] / "notebooks"
CASE = open_case("danang-2017")
PASSAGES = CASE.passages.sort_values("order")
EVENTS = timeline_table(CASE.events, CASE.date_mentions)
WORDS = "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905


def prose(name):
    notebook = json.loads(next(FOLDER.glob(f"{name}-*.ipynb")).read_text(encoding="utf-8"))
    return "\n\n".join(
        "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
    )


def holding(words):
    """The passages in which the words stand, in the order of the text."""
    return list(PASSAGES.index[PASSAGES["text"].str.contains(words, case=False, regex=False)])


def listed(ids):
    return f"{', '.join(ids[:-1])} and {ids[-1]}" if len(ids) > 1 else ids[0]


def between(first, second):
    bounds = [(EVENTS.loc[event, "first"], EVENTS.loc[event, "last"]) for event in (first, second)]
    return days_words(*days_between(*bounds))


def above():
    ids = holding("all of the above")
    assert set(PASSAGES.loc[ids, "voice"]) == {"commentary"}
    passages = f"{WORDS[len(ids)].capitalize()} passages of the commentary"
    return [
        f'{passages} point back with the words "all of the above"',
        f"They are {listed(ids)}.",
    ]


def last_words():
    last = PASSAGES[PASSAGES["voice"] == "commentary"].iloc[-1]
    assert last["label"] == ""
    return (
        f"The last words of the commentary are {last.name}. They carry no label. *Find {last.name}"
    )


def cut():
    run = longest_run(PASSAGES, "commentary")
    ids = list(PASSAGES.index)
    before, after = ids[ids.index(run[0]) - 1], ids[ids.index(run[-1]) + 1]
    assert {PASSAGES.loc[near, "voice"] for near in (before, after)} == {"statement"}
    return [
        (
            f"{WORDS[len(run)].capitalize()} paragraphs of commentary, {run[0]} to {run[-1]}, "
            f"stand between {before} and {after}."
        ),
        f"A reader who comes to {after} has not heard the statement for a long time.",
    ]


def ceasefire():
    ids = holding("ceasefire")
    places = len(re.findall("ceasefire", CASE.text, flags=re.IGNORECASE))
    by_voice = {
        voice: [i for i in ids if PASSAGES.loc[i, "voice"] == voice] for voice in PASSAGES["voice"]
    }
    assert {voice for voice, found in by_voice.items() if found} == {"commentary", "statement"}
    return (
        f"{places} places in {len(ids)} passages: {listed(by_voice['commentary'])} "
        f"in the commentary; {listed(by_voice['statement'])} in the statement."
    )


def third_voice():
    voice = CASE.voices.loc["resolution"]
    passage = voice["quoted_in"][0]
    resolution = re.search(r"Resolution (\d+)", CASE.events.loc["unscr-2254", "title"])[1]
    return [
        f"The reader is open at {passage}.",
        f"*Find the words in {passage} that are neither",
        f"come from Security Council resolution {resolution}.",
        f"The reader marks them with {voice['symbol']} and the word {voice['word']}.",
    ]


def hunt():
    """Passages 5 to 12 hold both voices; searching for 20 and 19 finds every printed date."""
    five_to_twelve = PASSAGES[PASSAGES["order"].between(5, 12)]["voice"]
    assert Counter(five_to_twelve) == {"statement": 4, "commentary": 4}
    return "*Read passages 5 to 12. For each one, write down who speaks"


def search_for_dates():
    printed = list(printed_dates(CASE.date_mentions)["printed"])
    assert all("20" in text or "19" in text for text in printed)
    assert len(re.findall("20|19", CASE.text)) == len(printed)
    return "*Then search the article. Type* 20 *in the search, then* 19."


def today():
    ids = list(CASE.date_mentions[CASE.date_mentions["quote"] == "today"]["passage_id"])
    event = EVENTS.loc["joint-statement-2017"]
    assert "from outside" in event["provenance"]
    assert event["when"] not in CASE.text
    assert "November 11" not in CASE.text
    return [
        f'*Also look at the word "today" in {listed(ids)}.',
        f'The text only says "today", in {listed(ids)}.',
        f"The day comes from a source outside the article: {event['when']}.",
    ]


def honest():
    protests, referendum = EVENTS.loc["syria-protests-2011"], EVENTS.loc["referendum-2012"]
    days = (protests["last"] - protests["first"]).days + 1
    return [
        f'"{protests["when"]}" is a month with {days} days.',
        f"from the protests in Syria to the referendum of {referendum['first'].year}.",
        f"So the answer is a range: {between('syria-protests-2011', 'referendum-2012')}.",
    ]


def far_back():
    shown = EVENTS[EVENTS["first"] <= date.fromisoformat(CASE.timeline["ends"])]
    years = {
        voice: sorted(
            {
                first.year
                for first in shown["first"][shown["lane"].str.startswith(f"Only the {voice}")]
            }
        )
        for voice in ("statement", "commentary")
    }
    (only,) = years["statement"]
    before = [str(year) for year in years["commentary"] if year < only]
    return [
        f"Of the events that only the statement mentions, all are from {only}.",
        f"The commentary alone goes back to {listed(before)}.",
    ]


def cards_to_judge():
    names = [item["name"] for item in judge(CASE, "sentences").items]
    tasks = [
        ["S1", "S3a", "S5", "S9", "S12", "S13a"],
        ["S3a", "S8", "S11"],
    ]
    assert all(set(task) <= set(names) for task in tasks)
    return [f"*Judge {listed(tasks[0])}.", f"*Take {listed(tasks[1])}."]


def verbs():
    """What step 2 of the second lesson says of verbs, and of how firm the readings found them."""
    acts = CASE.speech_acts
    by_verb = acts.set_index("verb")["passage_id"]
    strength = CASE.speech_act_readings.pivot(index="row_id", columns="reader", values="strength")
    assert strength.max(axis=None) < 5
    firmest = strength[(strength == strength.max(axis=None)).all(axis=1)].index
    text = " ".join(acts.loc[firmest, "commits_to"])
    assert "keeping existing contact lines open" in text
    assert "joint monitoring through a named centre" in text
    for verb in ("took note", "reviewed"):
        assert acts.set_index("verb").loc[verb, "commits_whom"] == "nobody"
    return [
        f"In {by_verb['agreed (to maintain)']} the presidents agree *to do* something.",
        f"In {by_verb['agreed (that)']} they agree *that* something is so.",
        f"**Took note** in {by_verb['took note']} and **reviewed** in {by_verb['reviewed']}",
    ]


def clearest():
    note = CASE.speech_acts.set_index("passage_id").loc["S10", "vagueness_note"]
    assert note.startswith("Clearest sentence for who, where and when.")
    assert between("amman-mop-2017", "joint-statement-2017") == "3 days"
    (foreign,) = [i for i in holding("foreign forces") if PASSAGES.loc[i, "voice"] == "statement"]
    return [
        "S10 is the clearest about who, where and when.",
        f'{foreign} speaks of "foreign forces".',
    ]


def quoted():
    """The signs of the copied text are those of the table, and their publications, too."""
    signs = CASE.variants.loc[["V02", "V03", "V04"]]
    for row, (here, there) in zip(
        signs.itertuples(), [("Danang", "Da Nang"), ("Assad", "Asad"), ("US", "U.S.")], strict=True
    ):
        assert here in row.in_article
        assert there in row.in_publication
    assert CASE.variants.loc["V01", "matters"].startswith(
        "The article stops where the Kremlin text stops."
    )
    assert "not a proven cut" in CASE.variants.loc["V01", "matters"]
    assert "secular" in CASE.variants.loc["V05", "in_publication"]
    return [
        "Then look at V05, V01 and V02 below.",
        f"{listed(list(signs.index))} are these signs.",
        "V01 fits, too.",
        "V05 is another matter.",
    ]


def replies():
    run = longest_run(PASSAGES, "commentary")
    ids = list(PASSAGES.index)
    before, after = ids[ids.index(run[0]) - 1], ids[ids.index(run[-1]) + 1]
    assert {"F1", "F2", "F9", "F15"} <= set(CASE.replies["commentary_id"])
    assert "ISIS" in CASE.quote("S1")
    assert {"S8", "S9", "S11", "S12"} <= set(holding("ceasefire"))
    return [
        "S1 says that both want to defeat ISIS. S8 to S12 are about a ceasefire.",
        "under F1, F2, F9 and F15, and judge.",
        f"What happens between {before} and {after}?",
        (
            f"{WORDS[len(run)].capitalize()} paragraphs of commentary stand between {before} and "
            f"{after}."
        ),
    ]


def looked_up():
    """The passages that lesson 3 sends to are those that its exercises ask about."""
    prompts = CASE.exercises["prompt"]
    assert "F10" in prompts["EX4-02"]
    assert "(F2)" in prompts["EX4-04"]
    assert "F12" in prompts["EX4-05"]
    return [
        "The article is open here at F10.",
        "*Look up F2 in the article above.*",
        "*Now F12. Two things are said there",
    ]


def on_the_map():
    places = places_table(CASE, date.fromisoformat(CASE.timeline["ends"]))
    (hamburg,) = places.loc["Hamburg", "passages"]
    amman = places.loc["Amman", "passages"]
    leads = leads_to(PASSAGES, CASE.events)
    assert leads[hamburg] == ["hamburg-2017"]
    assert (places["lane"] == LANES["outside"]).sum() > 5
    return [
        f"Pick {hamburg} in the article above.",
        f"{hamburg} leads to Hamburg. Amman leads to {listed(amman)}.",
    ]


def checked():
    """The passages that lesson 6 sends to are those of the claims that it checks."""
    claims = CASE.claims.loc[["F14.3", "S9.1"]]
    commentary, statement = claims["passage_id"]
    sources = {s for row in claims.itertuples() for s in row.evidence_for + row.evidence_against}
    prompts = CASE.exercises["prompt"]
    assert prompts["EX7-05"].startswith("F7 says that the resolution")
    assert prompts["EX7-06"].startswith("Compare S6 with")
    return [
        f"The article is open here at {commentary}.",
        f"*First pick {statement} in the article above.",
        f"Now all {WORDS[len(sources)]} sources in one picture.",
        f"{commentary} lists what Russia supports.",
        "F7 quotes a resolution: pick it in the article",
        "S6 stands in the box.",
    ]


def told_offline():
    """What lesson 6 tells of sources to those who cannot search, against what they show."""
    shows, sources = CASE.sources["shows"], CASE.sources
    adopted = EVENTS.loc["unscr-2254", "when"]
    assert adopted in shows["wiki-2254"]
    assert "ISIL and al-Nusra excluded" in shows["wiki-2254"]
    assert "demands that all parties" in shows["wiki-2254"]
    summary = shows["un-press-2015-12-18"]
    assert all(
        words in summary
        for words in ("six months", "within 18 months", "transparency and accountability")
    )
    assert sources.loc["un-press-2015-12-18", "date"] == "2015-12-18"
    title = sources.loc["un-press-2015-12-18", "title"].partition(" (")[0]
    return [
        "Search for *Security Council Resolution 2254 text*.",
        f"the Council adopted the resolution on {adopted}.",
        f"with the title *{title}*.",
        f"a page that the United Nations published on {adopted}, the day of the vote.",
        "Within 18 months there are to be elections.",
    ]


def compared_copies():
    shows, sources = CASE.sources["shows"], CASE.sources
    copies = ["copy-alayham-2017-11-11", "copy-newspeak-2017-11-11", "eir-2017-11-11"]
    assert "S1, S2, S3 and the first sentence of S4 match" in shows[copies[0]]
    assert "Quotes S1 to S5 in full" in shows[copies[1]]
    assert "Da Nang, U.S. and Asad. No other word differs" in shows[copies[1]]
    assert "the whole of S9" in shows[copies[2]]
    undated = shows[copies].str.contains("Page undated")
    texts = ["kremlin-en-text-2017-11-11", "state-dept-en-2017-11-11"]
    assert list(sources.loc[texts, "found"]) == ["no", "no"]
    return [
        f"{WORDS[undated.sum()].capitalize()} of the pages show no date.",
        "S1, S2, S3 and the first sentence of S4 match the article word for word.",
        "quotes S1 to S5 in full.",
        "It quotes all of S9.",
    ]


def observers():
    reports = CASE.sources.loc[["telesur-lainfo-2014-06-04", "ap-trend-2014"]]
    assert set(reports["date"]) == {"2014-06-04"}
    assert "from over 30 countries" in reports.loc["ap-trend-2014", "shows"]
    return [
        f"{WORDS[len(reports)].capitalize()} reports of 4 June 2014",
        "a delegation from over 30 countries called the vote democratic and transparent.",
    ]


def own_voice():
    """What lesson 7 says of the masthead and the end matter."""
    above, below = (
        list(PASSAGES.index[PASSAGES["voice"] == voice]) for voice in ("masthead", "end matter")
    )
    first, second = (f"{ids[0]} to {ids[-1]}" for ids in (above, below))
    pulls = {"E1": "VISIT", "E2": "My newest book", "E3": "Join us", "E4": "Share this page"}
    assert all(words in PASSAGES.loc[name, "text"] for name, words in pulls.items())
    assert PASSAGES.loc["E5", "text"] == "Free Talk Live"
    assert any("Free Talk Live" in gap for gap in CASE.provenance["not_known"])
    asks = ["visit a site", "take note of a book", "join the page", "pass the page on"]
    return [
        f"in {first}, and below it, in {second}.",
        f"*Read {first}. Then go down to {second}. What",
        f"*Read {second} once more in the article of step 1.",
        *(f"**{name}:** {words}" for name, words in zip(pulls, asks, strict=True)),
        f"**E5:** {WORDS[len(PASSAGES.loc['E5', 'text'].split())]} words, and no request.",
    ]


def dated_copies():
    page = CASE.sources.loc["article-freedomsphoenix-2017-11-11"]
    day = date.fromisoformat(page["date"])
    assert page["date"] in page["url"]
    list_ = CASE.sources.loc["article-lendman-site-2017-11", "shows"]
    assert f"Lists the article under {day.day} November {day.year}" in list_
    return f"the address of the page holds the date {day.day} November {day.year}."


def profiled():
    """Each account of lesson 7 says no more than the table has."""
    found = CASE.source_profile["finding"]
    known = {
        "PR02": ["born 1934", "by himself or by friends", "from about 2005"],
        "PR03": ["Two sources say that he died in May 2023"],
        "PR04": ["Two awards", "not checked"],
        "PR10": ["Founded in 2005 by Ernest Hancock"],
        "PR11": ["In 2009 a local paper"],
        "PR14": ["in 2020 by the US State Department as one of seven"],
    }
    assert all(words in found[row] for row, some in known.items() for words in some)
    return [
        "Stephen Lendman was born in 1934.",
        "He wrote full time from about 2005.",
        "**Two sources** say that he died in May 2023.",
        "it was founded in 2005 by Ernest Hancock",
        "**A local paper in 2009**",
        "In 2020 the US State Department counted it among seven sites",
        f"All {len(found)} findings about author, site and copies",
    ]


def same_resolution():
    exercises = CASE.exercises
    assert "F7" in exercises.loc["EX8-04", "prompt"]
    for name, passage in (("EX7-05", "F7"), ("EX7-06", "S6")):
        assert exercises.loc[name, "target"] == [passage, "unscr-2254"]
    first, word = (
        int(exercises.loc[name, "lesson"]) for name in (*asked_before(CASE, "EX8-04"), "EX7-05")
    )
    return [
        "*Find F7 in the article of step 1.",
        "S6 leans on the same resolution",
        f"The box may wait for an answer of lesson {first}.",
        f"The word of the Council in lesson {word} rests on summaries.",
    ]


def statement_asked():
    compared = CASE.provenance["compared"]
    said = PASSAGES[PASSAGES["voice"] == "statement"]
    words = said["words"].sum() - (said["label"] != "").sum()  # without the author's labels
    note = CASE.sources.loc["kremlin-en-note-2017-11-11", "shows"]
    assert "that experts drafted it, that Lavrov and Tillerson coordinated it" in note
    assert compared["changed"] == 0
    return [
        f"{compared['words']} of its {words} words were compared with published texts. No word",
        "praises their own work, as in S2.",
    ]


def sources_read():
    read = CASE.sources["found"].value_counts()
    return (
        f"its list holds {len(CASE.sources)} sources. Of {read['yes']} only the opening was read, "
        f"about 2,000 characters, and not to the end. The other {read['no']} were not read."
    )


def lesson_with(item):
    """The number of the lesson that asks for a thing whose name begins so."""
    lessons = things_to_do(FOLDER)
    (found,) = [one for one in lessons if any(t.item.startswith(item) for t in one.things)]
    return int(found.name[:2])


def rewritten():
    exercises, cards = CASE.exercises, CASE.check_items["form"].value_counts()
    assert [PASSAGES.loc[name, "voice"] for name in ("S2", "F13")] == ["statement", "commentary"]
    assert exercises.loc["EX9-03", "prompt"].startswith("Copy F6 and exchange")
    most = most_words(exercises, "F13")
    assert exercise_for(exercises, "F13") == "EX9-01"
    assert cards["post"] == 16
    assert "skip passages F8 and F13, which hold the harshest words" in CASE.content_note
    return [
        "The article is open here at S2, a passage of the statement.",
        "*Write S2 as a careful reporter would.*",
        "F13 holds some of the harshest words of the article. You may leave it out: then do S2",
        f"*Write F13 in at most {most} words.",
        "*Pick F6 in the article of step 1",
        "Sixteen new cards, all invented.",
        "Sixteen cards are few.",
        f"You find some in lesson {lesson_with('marks:')}, behind your own marks.",
        f"The task is the one from lesson {lesson_with('before')}.",
        f"The box in lesson {lesson_with('before')} says it then, too.",
    ]


FIGURES = [
    ("01", above),
    ("01", cut),
    ("01", last_words),
    ("01", ceasefire),
    ("01", third_voice),
    ("01", hunt),
    ("02", cards_to_judge),
    ("02", verbs),
    ("02", clearest),
    ("02", quoted),
    ("02", replies),
    ("03", looked_up),
    ("05", search_for_dates),
    ("05", today),
    ("05", honest),
    ("05", far_back),
    ("05", on_the_map),
    ("06", checked),
    ("06", told_offline),
    ("06", compared_copies),
    ("06", observers),
    ("07", own_voice),
    ("07", dated_copies),
    ("07", profiled),
    ("07", same_resolution),
    ("07", statement_asked),
    ("07", sources_read),
    ("08", rewritten),
]
# Numbers that are no figures: numbered heads and lists, minutes, the article's month, step names,
# and a passage named as an example.
FREE = (
    r"^# \d \u00b7|\[\d \u00b7 [^\]]*\]\([^)]*\)|^## Step \d \u00b7|(?:in|from|of) step \d|^\d\. "
    r"|\*\*Time:\*\* \d+ minutes|web article from November 2017|such as S9"
)


def claims(work_out):
    found = work_out()
    return [found] if isinstance(found, str) else found


@pytest.mark.parametrize(
    ("name", "work_out"), FIGURES, ids=lambda value: getattr(value, "__name__", value)
)
def test_the_figures_in_the_prose_are_those_of_the_case(name, work_out):
    for sentence in claims(work_out):
        assert sentence in prose(name)


@pytest.mark.parametrize("name", ["00", "01", "02", "03", "05", "06", "07", "08"])
def test_no_number_stands_in_the_prose_that_is_not_worked_out(name):
    left = prose(name)
    for of, work_out in FIGURES:
        if of == name:
            for sentence in claims(work_out):
                left = left.replace(sentence, "")
    left = re.sub(FREE, "", left, flags=re.MULTILINE)
    assert re.findall(r".*\d.*", left) == []


def test_example_of_a_passage_number_exists():
    assert "S9" in PASSAGES.index


def test_words_about_the_whole_article_hold():
    """What step 4 of the first lesson says without a number."""
    text = prose("01")
    assert "The two main voices fill almost the same space." in text
    shares = words_by_voice(PASSAGES, CASE.voices).set_index("voice")["percent"]
    assert abs(shares["Commentary"] - shares["Statement"]) < 5
    assert "who comes first, who comes last" in text
    main = PASSAGES[PASSAGES["voice"].isin(["commentary", "statement"])]
    assert [main["voice"].iloc[0], main["voice"].iloc[-1]] == ["commentary", "commentary"]
    labels = set(main["label"]) - {""}
    assert all(f"<b>{label}:</b>" in text for label in labels)
