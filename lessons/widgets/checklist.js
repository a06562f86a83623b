import { make } from "./base.js";
import { SAVED } from "./keeping.js";

const PATIENCE = 20000; // milliseconds until a kernel that says nothing is called silent
const PAUSE = 2000; // and between two looks that nobody asked for
const OPENING = 15000; // how long a notebook may take to open
const STEP = 500;

/** What stands where Python does not answer. */
export const SILENT = "Nothing has come back yet. Press Run, then Run All Cells, and try again.";

/**
 * Messages to Python and back, each with one answer. Returns ask(content, buffers), which promises
 * the answer; what it says of the state goes to `onstate`, also when it comes late.
 */
export function courier(model, onstate, signal) {
  const own = Math.random().toString(36).slice(2);
  const waiting = new Map();
  const settle = (n, answer) => {
    waiting.get(n)?.(answer);
    waiting.delete(n);
  };
  const receive = (answer) => {
    if (answer.state) onstate(answer.state);
    settle(answer.n, answer);
  };
  model.on("msg:custom", receive);
  signal.addEventListener("abort", () => model.off("msg:custom", receive));
  let count = 0;
  return (content, buffers = []) => {
    const n = `${own}-${(count += 1)}`;
    const answer = new Promise((resolve) => waiting.set(n, resolve));
    setTimeout(() => settle(n, { said: SILENT, failed: true }), PATIENCE);
    try {
      model.send({ ...content, n }, undefined, buffers);
    } catch {
      settle(n, { said: SILENT, failed: true }); // its kernel was started anew or is gone
    }
    return answer;
  };
}

/**
 * Look now, and whenever the page or this part of it comes into view again; with `saved`, also when
 * an answer was saved, here or in another notebook of this page.
 */
export function whenSeen(root, look, signal, { saved = false } = {}) {
  let [last, waits] = [0, 0];
  const again = () => {
    clearTimeout(waits);
    if (document.visibilityState !== "visible") return;
    if (Date.now() - last < PAUSE) return;
    last = Date.now();
    look();
  };
  // Many answers may be saved one after the other: one look after the last of them.
  const soon = () => {
    clearTimeout(waits);
    waits = setTimeout(again, PAUSE);
  };
  document.addEventListener("visibilitychange", again, { signal });
  if (saved) document.addEventListener(SAVED, soon, { signal });
  const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && again());
  watch.observe(root);
  signal.addEventListener("abort", () => {
    watch.disconnect();
    clearTimeout(waits);
  });
  again();
}

/** New nodes in the place of others: what had the focus has it again, known by its data-key. */
export function inPlace(list, nodes) {
  const key = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.replaceChildren(...nodes);
  if (key) [...list.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key)?.focus({ preventScroll: true });
}

/** A bar of as many pieces as there are things, full where one is done; words stand beside it. */
export function meter(done) {
  return make("span", { class: "tv-meter", "aria-hidden": "true" }, done.map((full) => make("i", { class: full ? "tv-full" : "" })));
}

/** A link to a step of a lesson; in JupyterLab it opens the notebook in the same page. */
export function stepLink(model, lesson, { step, fragment }, key) {
  if (!lesson.path) return make("span", {}, step);
  const path = lesson.path.split("/").map(encodeURIComponent).join("/");
  const link = make("a", { href: `${path}#${encodeURIComponent(fragment)}`, "data-key": `${key}:${lesson.name}:${step}`, "data-lm-suppress-shortcuts": "true" }, step);
  const { resolver, linkHandler } = model.widget_manager?.rendermime ?? {};
  if (!resolver || !linkHandler) return link; // no JupyterLab: a link like any other
  // What JupyterLab does with the links of a text cell. Its command linker would ask first, and an
  // address with % in it would find no heading that is not plain ASCII.
  const lead = (node, full) => linkHandler.handleLink(node, decodeURIComponent(full), `#heading=${fragment}`);
  const follow = (full) => {
    lead(link, full);
    link.addEventListener("click", () => onceOpened(link, fragment, () => leadOnce((node) => lead(node, full))));
  };
  resolver.resolveUrl(path).then(follow, () => {});
  return link;
}

/** Press a link that is nowhere in the page. */
function leadOnce(lead) {
  const link = make("a");
  lead(link);
  link.click();
}

/**
 * Lead to a heading of another notebook until it is in view. JupyterLab looks for the heading when
 * the notebook is read, but before its text is drawn; so a notebook that was closed has to be led
 * to it again. Whatever the learner does meanwhile ends this.
 */
function onceOpened(node, fragment, lead) {
  const own = node.closest(".jp-NotebookPanel");
  const over = new AbortController();
  let [left, seen] = [OPENING / STEP, 0];
  const step = () => {
    const panels = [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden)")];
    const other = panels.find((panel) => panel !== own && panel.querySelector(".jp-MarkdownCell.jp-mod-rendered [data-jupyter-id]"));
    const top = other?.querySelector(`[data-jupyter-id="${CSS.escape(fragment)}"]`)?.getBoundingClientRect().top;
    seen = top > 0 && top < innerHeight ? seen + 1 : 0;
    if (seen > 1 || (left -= 1) < 0) over.abort();
    else if (other && !seen) lead();
  };
  const timer = setInterval(step, STEP);
  over.signal.addEventListener("abort", () => clearInterval(timer));
  for (const kind of ["wheel", "keydown", "pointerdown"]) {
    document.addEventListener(kind, () => over.abort(), { capture: true, signal: over.signal });
  }
}
