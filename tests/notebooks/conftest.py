"""For the tests of the notebooks: support/ is found, and the notebooks of the course."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def pytest_generate_tests(metafunc):
    if "lesson_path" in metafunc.fixturenames:
        paths = sorted((TESTS.parent / "notebooks").glob("*.ipynb"))
        metafunc.parametrize("lesson_path", paths, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def lesson_paths():
    """The notebooks of the course in their order."""
    return sorted((TESTS.parent / "notebooks").glob("*.ipynb"))
