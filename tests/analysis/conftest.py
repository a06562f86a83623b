"""What the tests of the analysis share."""

import pytest

from lessons.case import open_case


@pytest.fixture(scope="session")
def danang():
    return open_case("danang-2017")
