"""Make uv fetch packages from where this machine's pip does.

A school or a company may have told pip to use its own package index, certificate or proxy. uv
does not read pip's settings, so we hand them on. Where uv has been told something itself, that
stands. Standard library only.
"""

from __future__ import annotations

import ast
import re

# pip's setting -> uv's environment variable, and what uv wants between several values
_SAME = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "proxy": ("ALL_PROXY", " "),
}
_LINE = re.compile(r"(?P<section>global|install|:env:)\.(?P<name>[a-z-]+)=(?P<value>.*)")
_STRONGER = ("global", "install", ":env:")  # the later one wins, as in pip


def uv_settings(pip_config: str, environ: dict[str, str]) -> dict[str, str]:
    """Return environment variables that tell uv what pip has been told.

    `pip_config` is what `pip config list` printed; `environ` the variables that are set already.
    """
    told = _by_strength(pip_config)
    settings = {"UV_SYSTEM_CERTS": "1"}  # a school's firewall may bring its own certificate
    for name, value in told.items():
        variable, between = _SAME[name]
        settings[variable] = between.join(value.split())
    if "UV_INDEX" in settings:
        # pip takes the best version from all its indexes; the hashes say what may be taken.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in settings.items() if name not in environ}


def _by_strength(pip_config: str) -> dict[str, str]:
    """Return pip's settings that we know, each from the strongest section that has it."""
    found = [match for line in pip_config.splitlines() if (match := _LINE.fullmatch(line.strip()))]
    found.sort(key=lambda match: _STRONGER.index(match["section"]))
    return {m["name"]: str(ast.literal_eval(m["value"])) for m in found if m["name"] in _SAME}
