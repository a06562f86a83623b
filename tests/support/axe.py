"""axe-core: what an automatic check of accessibility finds in a page."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1] / "browser"
SCRIPT = HOME / "node_modules" / "axe-core" / "axe.min.js"


def axe_script() -> str:
    """Return axe-core's code, fetched by npm at the first use; a skip without npm, in CI a failure."""
    if not SCRIPT.exists():
        _install()
    return SCRIPT.read_text(encoding="utf-8")


def _install() -> None:
    """Install beside, then move into place: two test workers may come here at once."""
    npm = shutil.which("npm")
    if not npm:
        message = (
            "npm was not found. Install Node.js with npm: the accessibility checks need axe-core."
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with tempfile.TemporaryDirectory(dir=HOME) as beside:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HOME / name, beside)
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=beside, check=True)
        try:
            (Path(beside) / "node_modules").rename(HOME / "node_modules")
        except OSError:
            assert SCRIPT.exists()  # the other worker was first


def axe(page, scope):
    """What axe-core finds serious or critical inside `scope`, a line each."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(
            f"(() => {{ const define = undefined, module = undefined, exports = undefined; {axe_script()} }})()"
        )
    found = page.evaluate(
        """async scope => (await window.axe.run({include: [[scope]]}, {resultTypes: ['violations']}))
        .violations""",
        scope,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
