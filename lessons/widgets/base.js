// What every widget shares in the browser. Text from a document or a learner is always text:
// nothing here or in a widget ever sets innerHTML.

/** What stands wherever readings are shown. */
export const AI_READERS = "Readers A and B are AI readers. No human coder has checked them. Where they differ, the question is open: neither is an answer key.";

/** An element: make("button", {class: "tv-x", onclick: f, "aria-pressed": true}, "text", child). */
export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A button that JupyterLab's own shortcuts leave alone. */
export function button(props, ...children) {
  return make("button", { type: "button", "data-lm-suppress-shortcuts": "true", ...props }, ...children);
}

/**
 * The frame of a widget: its region, a bar for controls, the help on keys, a live region.
 * Returns {root, bar, body, say(text), onKey(handler)}.
 */
export function frame(el, { kind, title, keys, signal }) {
  const live = make("div", { class: "tv-live", role: "status", "aria-live": "polite" });
  const list = keys.map(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]);
  const help = make("dl", { class: "tv-keys", hidden: true }, ...list);
  const toggle = () => {
    help.hidden = !help.hidden;
    ask.setAttribute("aria-expanded", String(!help.hidden));
  };
  const ask = button({ class: "tv-icon", "aria-label": "Keys", "aria-expanded": "false", title: "Keys (?)", onclick: toggle }, "?");
  const bar = make("div", { class: "tv-bar" });
  const tools = make("div", { class: "tv-tools" }, projectorSwitch(signal), ask);
  const body = make("div", { class: "tv-body" });
  const head = make("div", { class: "tv-head" }, bar, tools);
  const root = make("div", { class: `tv tv-${kind}`, role: "group", "aria-label": title }, head, help, body, live);
  let handle = () => false;
  root.addEventListener("keydown", (event) => {
    // In command mode JupyterLab would take these keys: arrows move between cells, "x" cuts one.
    if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
    const typing = event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "?" && !typing) toggle();
    else if (event.key === "Escape" && !help.hidden) toggle();
    else if (!handle(event, typing)) return;
    event.preventDefault();
  });
  el.append(root);
  return { root, bar, body, say: speaker(live), onKey: (handler) => (handle = handler) };
}

/** Speak through a live region; the same sentence twice is spoken twice. */
function speaker(live) {
  return (text) => {
    live.textContent = "";
    requestAnimationFrame(() => (live.textContent = text));
  };
}

const SIZE_KEY = "two-voices:size";

/** One switch for the whole page: everything larger, for the back row of the classroom. */
function projectorSwitch(signal) {
  const large = () => document.documentElement.dataset.tvSize === "projector";
  const node = button({ class: "tv-icon", "aria-label": "Projector size", title: "Projector size" }, "A+");
  const show = () => node.setAttribute("aria-pressed", String(large()));
  const set = (on) => {
    document.documentElement.dataset.tvSize = on ? "projector" : "desk";
    document.dispatchEvent(new CustomEvent("tv-size"));
  };
  if (document.documentElement.dataset.tvSize === undefined) set(recall(SIZE_KEY)?.large === true);
  node.addEventListener("click", () => {
    set(!large());
    keep(SIZE_KEY, { large: large() });
  });
  document.addEventListener("tv-size", show, { signal });
  show();
  return node;
}

/** Keep a small value in this browser; a browser that forbids it just forgets. */
export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    /* private window or full storage: nothing to keep it in */
  }
}

/** What was kept under a key, or null. */
export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/**
 * Keep the named traits in the browser as the learner changes them, and bring them back when the
 * cell runs again or the kernel was restarted. A model that is already in use is left as it is.
 */
export function keepTraits(model, names) {
  const key = `two-voices:${model.get("_place")}`;
  const state = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const before = recall(key);
  if (before && !model.get("_opened")) {
    for (const name of names) if (name in before) model.set(name, before[name]);
  }
  if (!model.get("_opened")) {
    model.set("_opened", true);
    model.save_changes();
  }
  return () => keep(key, state());
}

/** Set traits and tell Python. */
export function put(model, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  model.save_changes();
}

/** Listen to traits until the view goes. */
export function listen(model, names, handler, signal) {
  for (const name of names) model.on(`change:${name}`, handler);
  signal.addEventListener("abort", () => {
    for (const name of names) model.off(`change:${name}`, handler);
  });
}

const PICKS = Symbol.for("two-voices.picks");

/**
 * What is picked in one widget is marked in the others of its scope (one case in one notebook).
 * `follow(pick)` is called with what another widget picked: {passages, events}, lists of ids, both
 * empty when nothing is picked any more. Returns tell(pick), which tells the others. What widgets
 * change in their models while they follow is not told again: no pick goes round in circles.
 */
export function joinPicks(model, follow, signal) {
  const channel = (globalThis[PICKS] ??= new EventTarget());
  const own = Symbol("this view");
  channel.addEventListener("pick", ({ detail }) => {
    if (detail.from !== own && detail.scope === model.get("_scope")) follow(detail.pick);
  }, { signal });
  return (pick) => {
    if (channel.telling) return;
    channel.telling = true;
    channel.dispatchEvent(new CustomEvent("pick", { detail: { from: own, scope: model.get("_scope"), pick } }));
    channel.telling = false;
  };
}

/** A group of radio buttons as one control. Returns {node, show(value)}. */
export function choice({ name, label, options, onpick }) {
  const id = `${name}-${Math.random().toString(36).slice(2)}`;
  const inputs = options.map(([value]) =>
    make("input", { type: "radio", name: id, value, "data-lm-suppress-shortcuts": "true", onchange: () => onpick(value) }),
  );
  const labels = options.map(([, text], i) => make("label", { class: "tv-choice" }, inputs[i], make("span", {}, text)));
  const node = make("fieldset", { class: "tv-choices" }, make("legend", {}, label), ...labels);
  return { node, show: (value) => inputs.forEach((input) => (input.checked = input.value === value)) };
}

/** A table whose columns sort by their head buttons. rows: arrays of [shown, sortable] or plain values. */
export function sortableTable({ caption, columns, rows }) {
  const body = make("tbody");
  const heads = columns.map((name, i) => {
    const head = make("th", { scope: "col", "aria-sort": "none" });
    head.append(button({ onclick: () => sort(i) }, name));
    return head;
  });
  const cell = (value) => (Array.isArray(value) ? value : [value, value]);
  const fill = (list) =>
    body.replaceChildren(...list.map((row) => make("tr", {}, row.map((value) => make("td", {}, String(cell(value)[0] ?? ""))))));
  const sort = (column) => {
    const up = heads[column].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head, i) => head.setAttribute("aria-sort", i === column ? (up ? "ascending" : "descending") : "none"));
    const order = (a, b) => compare(cell(a[column])[1], cell(b[column])[1]);
    fill([...rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
  };
  fill(rows);
  const table = make("table", { class: "tv-table" }, make("caption", {}, caption), make("thead", {}, make("tr", {}, heads)), body);
  return make("div", { class: "tv-scroll", tabindex: "0", role: "region", "aria-label": caption, "data-lm-suppress-shortcuts": "true" }, table);
}

function compare(a, b) {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

/** Something closed until opened. */
export function fold(summary, ...inside) {
  return make("details", { class: "tv-fold" }, make("summary", { "data-lm-suppress-shortcuts": "true" }, summary), ...inside);
}

/**
 * Code points to UTF-16 units, once, at the border: Python counts code points, JavaScript strings
 * count UTF-16 units. Returns at(codePointOffset) -> offset in the string.
 */
export function utf16Offsets(text) {
  const wide = []; // code point offsets of the characters that take two units
  let count = 0;
  for (const character of text) {
    if (character.length === 2) wide.push(count);
    count += 1;
  }
  return (offset) => offset + countBelow(wide, offset);
}

function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A chart widget of its own within another: the one in the trait `picture`, once it is there. */
export function innerPicture(model, host, kind, signal) {
  const node = make("div", { class: kind });
  let shown = null;
  const show = async () => {
    const reference = model.get("picture");
    if (!reference || reference === shown) return;
    shown = reference;
    const el = make("div");
    node.replaceChildren(el);
    const chart = await host.getWidget(reference);
    if (!signal.aborted) await chart.render({ el, signal });
  };
  return { node, show };
}
