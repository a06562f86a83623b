"""How fast the marker answers: on the real document, and on made ones of 1 MB.

`python benchmarks/marker.py` opens the widget's own front end in Chromium, without a kernel, and
prints, for each text, how long it takes to show and how long a key press or a new mark takes until
the page is laid out again (median and slowest of 60).
"""

import json
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.chromium import ARGUMENTS, chromium  # noqa: E402

from lessons import marker, open_case  # noqa: E402

MEGABYTE = 1_000_000
HARNESS = """
const state = %s;
const model = {get: n => state[n], set: (n, v) => (state[n] = v), save_changes() {}, on() {}, off() {}};
const el = document.getElementById('place');
const begin = performance.now();
widget.render({model, el, signal: new AbortController().signal});
document.body.offsetHeight;
window.shown = performance.now() - begin;
window.press = (key, more = {}) => {
  const text = document.querySelector('.tv-marking');
  const target = text.contains(document.activeElement) ? text : document.activeElement;
  const start = performance.now();
  target.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}));
  document.body.offsetHeight;
  return performance.now() - start; };
window.ready = true;
"""


def passages(text, count):
    """Cut a text into so many passages, as the widget gets them."""
    size = len(text) // count
    starts = range(0, size * count, size)
    return [
        {"id": f"P{n}", "word": "Statement", "voice": "statement", "symbol": "x"}
        | {"start": start, "text": text[start : start + size]}
        for n, start in enumerate(starts)
    ]


def state_of(widget, cards):
    """Return what the page gets, with other passages."""
    unsent = {"comm", "layout", "tabbable", "tooltip", "_esm", "_css"}
    names = [name for name in widget.keys if name not in unsent]
    return {name: getattr(widget, name) for name in names} | {"passages": cards}


def measure(page, widget, cards):
    """Return how long showing, moving, extending, the End key and marking take (milliseconds)."""
    source = widget._esm.replace("export default { render };", "globalThis.widget = { render };")
    page.goto("about:blank")
    page.set_content(f"<style>{widget._css}</style><div id=place></div>")
    page.add_script_tag(content=source, type="module")
    page.wait_for_function("globalThis.widget")
    page.add_script_tag(content=f"{{{HARNESS % json.dumps(state_of(widget, cards))}}}")
    page.locator(".tv-marking").focus()
    page.wait_for_timeout(500)
    found = {"show": [page.evaluate("shown")]}
    many = "async ([keys, more]) => { const t = []; for (let i = 0; i < 60; i += 1) for (const k of keys) { t.push(press(k, more)); await new Promise(requestAnimationFrame); } return t; }"
    found["arrow"] = page.evaluate(many, [["ArrowRight"], {}])
    found["extend"] = page.evaluate(many, [["ArrowRight"], {"shiftKey": True}])
    found["to the end and back"] = page.evaluate(many, [["End", "Home"], {}])[:60]
    found["mark"] = page.evaluate(many, [["ArrowRight", "1"], {}])[1::2]
    return found


def main():
    """Measure and print."""
    case = open_case("danang-2017")
    widget = marker(case, "loaded words", help="alone")
    word = "The \U0001f600 council passed its plan by 12 votes to 11, and the heating works again. "
    long = (word * (MEGABYTE // len(word.encode()) + 1))[:MEGABYTE]
    texts = {
        "the real document": widget.passages,
        "1 MB in 5,000 passages": passages(long, 5000),
        "1 MB in one passage": passages(long, 1),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("pageerror", lambda error: print("error:", error))
        for name, cards in texts.items():
            for what, times in measure(page, widget, cards).items():
                middle, most = statistics.median(times), max(times)
                print(f"{name:24} {what:20} median {middle:7.1f} ms   slowest {most:7.1f} ms")
        browser.close()


if __name__ == "__main__":
    main()
