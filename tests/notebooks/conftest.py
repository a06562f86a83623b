"""For the tests of the notebooks: support/ is found, and the notebooks of the course."""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
if str(TESTS) not in sys.path:  # importlib mode leaves the path alone; support/ is for all tests
    sys.path.insert(0, str(TESTS))


def pytest_generate_tests(metafunc):
    if "lesson_path" in metafunc.fixturenames:
        paths = sorted((TESTS.parent / "notebooks").glob("*.ipynb"))
        metafunc.parametrize("lesson_path", paths, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def lesson_paths():
    """The notebooks of the course in their order."""
    return sorted((TESTS.parent / "notebooks").glob("*.ipynb"))
