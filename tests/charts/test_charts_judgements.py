"""Pictures of what was judged: marks, words, counts."""

from lessons import charts, open_case
from lessons.analysis.judgements import beside, readings_of

CASE = open_case("danang-2017")
STEPS = CASE.scales[CASE.scales["scale"] == "engages"]
READINGS = readings_of(CASE.replies, "commentary_id", "engages")
NAMES = {item: item for item in dict.fromkeys(CASE.replies["commentary_id"])}


def chart(answers):
    return charts.judgements_chart(beside(answers, READINGS), STEPS, NAMES)


def test_a_mark_for_you_and_one_for_each_reader():
    table = chart({"F2": "partly", "F1": "directly"}).data
    assert list(table["item"]) == ["F1"] * 3 + ["F2"] * 3  # in the order of the text
    assert list(table["who"]) == ["You", "Reader A", "Reader B"] * 2
    words = dict(zip(STEPS["value"], STEPS["word"], strict=True))
    assert table["answer"].iloc[1] == words["asserts-opposite"]
    assert list(table["place"].iloc[:3]) == [0, 3, 0]
    assert not table.duplicated(["item", "lane"]).any()  # no mark hides another


def test_the_sentence_and_the_title_count_what_is_drawn():
    drawn = chart({"F2": "partly", "F1": "directly"})
    assert drawn.description == (
        "2 answers of yours beside two readings: Reader A chose the same in 0 of 2 and "
        "Reader B chose the same in 1 of 2."
    )
    assert drawn.title.text == "The two readers chose the same in 1 of 2"
    assert chart({"F1": "partly"}).description.startswith("1 answer of yours")


def test_a_word_with_an_apostrophe_is_no_code():
    steps = STEPS.assign(word=["isn't", 'say "so"', "c", "d"])
    spec = charts.judgements_chart(beside({"F1": "partly"}, READINGS), steps, NAMES).to_dict()
    (axis,) = [
        layer["encoding"]["x"]["axis"]
        for layer in spec["layer"]
        if "axis" in layer["encoding"]["x"]
    ]
    assert '"isn\'t"' in axis["labelExpr"]
    assert '"say \\"so\\""' in axis["labelExpr"]


def test_kinds_of_differences():
    drawn = charts.variants_chart(CASE)
    assert list(drawn.data.columns) == ["kind", "variants"]
    assert drawn.title.text == "25 differences, 10 of them in wording"
    assert drawn.description.endswith(
        "by kind: wording 10, framing 5, omission 3, formatting 2, "
        "ordering 2, spelling 2, punctuation 1."
    )
