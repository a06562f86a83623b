"""What the tests of the document share: the article, and how its voices show themselves."""

from pathlib import Path

import pytest

from lessons.document import Marks

DANANG = Path(__file__).parents[2] / "data" / "danang-2017"

VOICES = [
    {"voice": "masthead", "role": "masthead", "prefix": "M"},
    {"voice": "statement", "prefix": "S", "label": "JS", "quoted": True},
    {"voice": "commentary", "prefix": "F", "label": "Fact", "prefix_unlabelled": "A"},
    {
        "voice": "end matter",
        "role": "end-matter",
        "prefix": "E",
        "opens_with": ["VISIT MY NEW WEB SITE"],
    },
    {"voice": "resolution", "role": "inner", "quoted_in": ["F7"]},
]


@pytest.fixture(scope="session")
def article():
    return (DANANG / "document.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def marks():
    return Marks.from_dicts(VOICES)
