"""Where there is no Chromium: a failure in CI, elsewhere a skip that says what to install."""

import pytest
from support import chromium as module


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    monkeypatch.delenv("CHROMIUM", raising=False)


def test_in_ci_it_is_a_failure(no_chromium, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        module.chromium()


def test_elsewhere_it_is_a_skip_that_says_what_to_install(no_chromium, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        module.chromium()


def test_a_named_program_is_taken(no_chromium, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/somewhere/chrome")
    assert module.chromium() == "/somewhere/chrome"
