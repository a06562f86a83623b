import { button, make } from "./base.js";

// One control for each way to answer. Each returns {node, value(), set(value), lock(on), focus()}:
// value() is undefined as long as the answer is not complete; onchange is called when it may have
// changed; onenter when Enter says that the answer is ready.

const QUIET = { "data-lm-suppress-shortcuts": "true" };

/** Radio buttons or tick boxes. */
export function chooser({ options, legend, many, onchange, onenter }) {
  const name = `tv-choose-${Math.random().toString(36).slice(2)}`;
  const inputs = options.map((option) => make("input", { type: many ? "checkbox" : "radio", name, value: option, onchange, ...QUIET }));
  const labels = options.map((option, i) =>
    make("label", { class: "tv-option" }, inputs[i], make("span", { class: "tv-number", "aria-hidden": "true" }, String(i + 1)), make("span", {}, option)),
  );
  const wide = options.every((option) => option.length < 6);
  const node = make("fieldset", { class: `tv-options${wide ? " tv-options-short" : ""}` }, make("legend", {}, legend), labels);
  node.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && onenter());
  const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    node,
    value: () => (many ? (picked().length ? picked() : undefined) : picked()[0]),
    set: (value) => inputs.forEach((input) => (input.checked = many ? (value ?? []).includes(input.value) : input.value === value)),
    lock: (on) => inputs.forEach((input) => (input.disabled = on)),
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
    press: (number) => pressed(inputs[number - 1], many, onchange),
  };
}

/** A number key picks an option. */
function pressed(input, many, onchange) {
  if (!input || input.disabled) return false;
  input.checked = many ? !input.checked : true;
  input.focus();
  onchange();
  return true;
}

const LONG_RIGHT = 40; // characters: a right side that a list beside its left side would cut off

/** One list of right sides for each left side; long ones get a line of their own. */
export function matcher({ options, rights, onchange }) {
  const long = rights.some((right) => right.length > LONG_RIGHT);
  const lists = options.map((left) => {
    const list = make("select", { onchange, "aria-label": `${left} goes with`, ...QUIET }, make("option", { value: "" }, "choose ..."), rights.map((right) => make("option", { value: right }, right)));
    return [left, list];
  });
  // Where even that is too narrow, what was chosen stands in full below; the list itself says it.
  const chosen = lists.map(() => make("span", { class: "tv-chosen", "aria-hidden": "true" }));
  const spell = () => lists.forEach(([, list], i) => (chosen[i].textContent = long ? list.value : ""));
  const rows = lists.map(([left, list], i) => make("div", { class: "tv-pairing" }, make("span", { class: "tv-left" }, left), list, chosen[i]));
  return {
    node: make("div", { class: long ? "tv-matching tv-matching-long" : "tv-matching", role: "group", "aria-label": "Choose what goes with each", onchange: spell }, rows),
    value: () => (lists.every(([, list]) => list.value) ? Object.fromEntries(lists.map(([left, list]) => [left, list.value])) : undefined),
    draft: () => Object.fromEntries(lists.map(([left, list]) => [left, list.value])),
    set: (value) => {
      for (const [left, list] of lists) list.value = value?.[left] ?? "";
      spell();
    },
    lock: (on) => lists.forEach(([, list]) => (list.disabled = on)),
    focus: () => lists[0]?.[1].focus(),
  };
}

/** A list to put in order: the arrow buttons or the arrow keys move what has the focus. */
export function orderer({ options, onchange, say }) {
  let order = [...options];
  let locked = false;
  const list = make("ol", { class: "tv-ordering" });
  const node = make("div", {}, make("p", { class: "tv-soft" }, "Move each line with its arrows, or take hold of it. First on top."), list);
  const move = (item, by, key) => {
    const from = order.indexOf(item);
    const to = Math.max(0, Math.min(order.length - 1, from + by));
    if (locked || to === from) return;
    order.splice(to, 0, ...order.splice(from, 1));
    show();
    const line = [...list.children].find((child) => child.dataset.item === item);
    const wanted = line.querySelector(`[data-by="${by < 0 ? -1 : 1}"]`);
    (wanted.disabled ? line.querySelector("button:not(:disabled)") : wanted)?.focus();
    say(`${item}: place ${to + 1} of ${order.length}.`);
    onchange();
    return key;
  };
  const arrow = (item, by, sign) => {
    const end = order.indexOf(item) === (by < 0 ? 0 : order.length - 1);
    return button({ class: "tv-icon", "data-by": by, disabled: locked || end, "aria-label": `Move ${by < 0 ? "up" : "down"}: ${item}`, onclick: () => move(item, by) }, sign);
  };
  const line = (item) => {
    const row = make("li", { "data-item": item, draggable: locked ? null : "true" }, make("span", { class: "tv-line" }, item), arrow(item, -1, "\u2191"), arrow(item, 1, "\u2193"));
    row.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      move(item, by);
    });
    row.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", item));
    row.addEventListener("dragover", (event) => event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const dragged = event.dataTransfer.getData("text/plain");
      if (order.includes(dragged)) move(dragged, order.indexOf(item) - order.indexOf(dragged));
    });
    return row;
  };
  const show = () => list.replaceChildren(...order.map(line));
  show();
  return {
    node,
    value: () => [...order],
    set: (value) => {
      if (Array.isArray(value) && value.length === options.length) order = [...value];
      show();
    },
    lock: (on) => {
      locked = on;
      show();
    },
    focus: () => list.querySelector("button:not(:disabled)")?.focus(),
  };
}

/** A field for one whole number. */
export function numberField({ label, onchange, onenter }) {
  const input = make("input", { type: "text", inputmode: "numeric", class: "tv-field", autocomplete: "off", maxlength: 12, oninput: onchange, ...QUIET });
  input.addEventListener("keydown", (event) => event.key === "Enter" && onenter());
  return {
    node: make("label", { class: "tv-asked" }, label, input),
    value: () => (/^-?\d+([.,]\d+)?$/.test(input.value.trim()) ? input.value.trim().replace(",", ".") : undefined),
    set: (value) => (input.value = value ?? ""),
    lock: (on) => (input.disabled = on),
    focus: () => input.focus(),
  };
}

/** How many words a text has: what stands between spaces and has a letter or a digit, as in Python. */
export function countWords(text) {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * A field for some sentences of the learner's own. `most` is how many words are asked for at most, 0
 * for as many as one likes; `longest` how many characters go in, null where what is longer is told
 * in words and not cut.
 */
export function writer({ label, onchange, rows = 4, most = 0, longest = 4000 }) {
  const input = make("textarea", { class: "tv-field", rows, maxlength: longest, ...QUIET });
  const count = make("span", { class: "tv-soft tv-word-count" });
  const recount = () => {
    const words = countWords(input.value);
    const unit = words === 1 && !most ? "word" : "words";
    count.textContent = `${words.toLocaleString("en")} ${most ? `of at most ${most} ` : ""}${unit}`;
  };
  input.addEventListener("input", () => {
    recount();
    onchange();
  });
  recount();
  return {
    node: make("div", {}, make("label", { class: "tv-asked tv-asked-long" }, label, input), count),
    value: () => input.value.trim() || undefined,
    set: (value) => {
      input.value = value ?? "";
      recount();
    },
    lock: (on) => (input.readOnly = on),
    focus: () => input.focus(),
    draft: () => input.value,
  };
}

/** How sure, from 0 to 100; no answer before it was moved. */
export function slider({ label, onchange }) {
  let moved = false;
  const shown = make("output", { class: "tv-sure" });
  const input = make("input", { type: "range", min: 0, max: 100, step: 1, value: 50, "aria-label": label, ...QUIET });
  const show = () => {
    shown.textContent = moved ? `${input.value} %` : "not set yet";
    input.setAttribute("aria-valuetext", moved ? `${input.value} percent` : "not set yet");
  };
  const touch = () => {
    moved = true;
    show();
    onchange();
  };
  input.addEventListener("input", touch);
  // Who wants to leave it in the middle says so with Enter, Space or a click.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    touch();
  });
  input.addEventListener("click", touch);
  show();
  const ends = make("div", { class: "tv-ends tv-soft", "aria-hidden": "true" }, make("span", {}, "0 % not at all"), make("span", {}, "100 % certain"));
  return {
    node: make("div", { class: "tv-sliding" }, make("div", { class: "tv-asked" }, label, shown), input, ends),
    value: () => (moved ? Number(input.value) : undefined),
    set: (value) => {
      moved = value !== undefined && value !== null;
      if (moved) input.value = value;
      show();
    },
    lock: (on) => (input.disabled = on),
    focus: () => input.focus(),
  };
}
