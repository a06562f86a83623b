"""What a learner reads in a notebook, and which boxes it has: for measures of words and minutes."""

import json
import re

import textstat

from lessons.document.sentences import find_sentences

# Code, the line of a fold that is pressed, what HTML and Markdown add to the words.
_CODE = re.compile(r"^(```|~~~).*?^\1.*?$", re.MULTILINE | re.DOTALL)
_SUMMARY = re.compile(r"<summary>.*?</summary>", re.DOTALL)
_MARKUP = (
    (re.compile(r"<[^>]+>"), ""),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"[*`]|\\(?=\W)"), ""),
)
_ITEM = re.compile(r"(?:-|\d+\.) +")
_CALL = re.compile(r"^(?:\w+ = )?(\w+)\((.*)\)$", re.MULTILINE)


def sources(path, kind):
    """Return the texts of a notebook's cells of one kind."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def paragraphs(markdown):
    """Return what is read in a text cell: its paragraphs and the items of its lists, plain.

    Folds are read, too. Left out are headings, the lines that open folds, tables and code.
    """
    text = _SUMMARY.sub("\n\n", _CODE.sub("", markdown))
    for pattern, left in _MARKUP:
        text = pattern.sub(left, text)
    found, begins = [], True
    for line in map(str.strip, text.splitlines()):
        item = _ITEM.match(line)
        if not line or line.startswith(("#", "|")):
            begins = True
        elif item or begins:
            found.append(_ITEM.sub("", line, count=1))
            begins = False
        else:
            found[-1] += f" {line}"
    return found


def sentences(blocks):
    """Return the sentences of some paragraphs, as pysbd ends them; a paragraph ends one as well."""
    found = [block[s.start : s.end] for block in blocks for s in find_sentences(block)]
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def words(text):
    """Count the words of a text."""
    return textstat.lexicon_count(text)


def sentence_length(blocks):
    """Return how many words a sentence has in the mean."""
    found = sentences(blocks)
    return sum(map(words, found)) / len(found)


def grade(blocks):
    """Return the Flesch-Kincaid grade of some paragraphs, with the sentences as we find them."""
    # textstat ends a sentence at every full stop: so each gets one, and no other mark.
    ended = [f"{re.sub(r'[.!?]', '', sentence).strip()}." for sentence in sentences(blocks)]
    return textstat.flesch_kincaid_grade(" ".join(ended))


def calls(path):
    """Return what a notebook calls, in its order: (name, what it is given, as it is written)."""
    return [call for source in sources(path, "code") for call in _CALL.findall(source)]


def exercises(path):
    """Return the exercises that a notebook asks: (id, is it asked again)."""
    given = [given for name, given in calls(path) if name == "exercise"]
    return [(re.search(r'"(\w+-\d+)"', one)[1], "again=True" in one) for one in given]
