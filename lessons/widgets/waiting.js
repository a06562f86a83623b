import { button, frame, listen, make, put } from "./base.js";

const WHY = "Answer there first: then nothing is shown twice before you have judged it.";
const LOOK_AGAIN = 5000; // milliseconds until a waiting question looks whether it may be asked

/**
 * Begin a question when its turn has come: until then nothing of it is in the page, which says what
 * is to be answered first and looks again by itself. `what`: {kind, title, how} of the
 * widget, and `why` it waits where that is not for the claims that it shows.
 */
export function inTurn({ model, el, signal, what, begin }) {
  if (!model.get("waits_for").length) return begin();
  const view = frame(el, { kind: what.kind, title: what.title, keys: [["Tab", "to the next part"]], signal });
  const look = button({ onclick: () => ask() }, "Look again");
  const ask = () => put(model, { asked: model.get("asked") + 1 });
  const text = make("p", { class: "tv-prompt tv-waiting" });
  const tell = () => {
    text.textContent = `This question waits for your answer to ${inWords(model.get("waits_for"))}. ${what.why ?? WHY}`;
  };
  view.bar.append(make("h3", { class: "tv-title" }, what.title), make("span", { class: "tv-soft" }, what.how));
  view.body.append(text, look);
  tell();
  const come = new AbortController();
  listen(model, ["waits_for", "prompt"], () => {
    if (model.get("waits_for").length || !model.get("prompt")) return tell();
    if (come.signal.aborted) return;
    come.abort();
    const here = el.contains(document.activeElement);
    el.replaceChildren();
    begin();
    if (here) el.querySelector("input, select, textarea, .tv-body button")?.focus({ preventScroll: true });
  }, come.signal);
  signal.addEventListener("abort", () => come.abort());
  const watch = setInterval(ask, LOOK_AGAIN);
  come.signal.addEventListener("abort", () => clearInterval(watch));
}

/** "EX1-01, EX1-02 and Sort the claims". */
function inWords(names) {
  const last = names.at(-1);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
