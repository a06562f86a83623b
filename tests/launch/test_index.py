"""uv fetches from where pip does."""

from lessons.launch.index import uv_settings


def test_pip_settings_become_uv_settings():
    told = """global.index-url='https://a.example/simple'
install.trusted-host='a.example'
global.find-links='/one\\n/two'
global.no-such-setting='x'
"""
    settings = uv_settings(told, {})
    assert settings["UV_DEFAULT_INDEX"] == "https://a.example/simple"
    assert settings["UV_INSECURE_HOST"] == "a.example"
    assert settings["UV_FIND_LINKS"] == "/one,/two"
    assert "UV_INDEX_STRATEGY" not in settings


def test_the_environment_is_stronger_than_the_file_as_in_pip():
    told = (
        ":env:.index-url='https://env'\nglobal.index-url='https://g'\ninstall.index-url='https://i'"
    )
    assert uv_settings(told, {})["UV_DEFAULT_INDEX"] == "https://env"


def test_what_uv_was_told_itself_stands():
    told = "global.index-url='https://pip'"
    assert "UV_DEFAULT_INDEX" not in uv_settings(told, {"UV_DEFAULT_INDEX": "https://uv"})


def test_several_indexes_are_all_asked_as_pip_does():
    settings = uv_settings("global.extra-index-url='https://a https://b'", {})
    assert settings["UV_INDEX"] == "https://a https://b"
    assert settings["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_nothing_told_nothing_set():
    assert uv_settings("", {}) == {"UV_SYSTEM_CERTS": "1"}
