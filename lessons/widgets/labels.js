import { button, make } from "./base.js";

const FLAT = 9; // up to so many labels stand in one list, a number key for each
const PARTS = [["definition", ""], ["how", "How to spot it: "], ["example", "For example (invented): "], ["not", "Looks like it, but is not: "], ["near", "For example (invented): "]];

/**
 * The labels on offer, each with its card one key away ("?"). Many labels stand in groups: a number
 * key opens a group, the next one picks in it. With `hints`, one label at a time. onpick(label)
 * hears the choice, onleave() Escape. Returns {node, press(number), focus(), show(words)}.
 */
export function labelPalette({ labels, hints, passages, step, onstep, onpick, onleave }) {
  const guided = hints !== null;
  const grouped = !guided && labels.length > FLAT;
  let at = Math.max(0, Math.min(labels.length - 1, step));
  const words = make("p", { class: "tv-mk-words" });
  const body = make("div", { class: "tv-mk-labels" });
  const names = [...new Set(labels.map(({ group }) => group))];
  let groups = [];
  let rows = [];

  const fill = () => {
    if (guided) return one();
    if (!grouped) return body.replaceChildren(list(labels));
    groups = names.map((name, i) => groupOf(name, i));
    body.replaceChildren(...groups.map(({ node }) => node));
  };
  const list = (some) => {
    rows = some.map((label, i) => labelRow(label, i + 1, onpick));
    return make("ol", { class: "tv-mk-list" }, rows.map(({ node }) => node));
  };
  const one = () => {
    const label = labels[at];
    if (!label) return;
    rows = [labelRow(label, 1, onpick, true)];
    const found = hints[at] ?? 0;
    const hint = `Reading A or B found this in ${found} of ${passages} ${passages === 1 ? "passage" : "passages"}.`;
    const move = (by) => {
      at = (at + by + labels.length) % labels.length;
      onstep(at);
      one();
      rows[0].focus();
    };
    body.replaceChildren(
      make("p", { class: "tv-mk-step" }, `Label ${at + 1} of ${labels.length}`),
      make("ol", { class: "tv-mk-list" }, rows[0].node),
      make("p", { class: "tv-soft" }, hint),
      labels.length > 1 ? make("div", { class: "tv-mk-row" }, button({ onclick: () => move(-1) }, "Label before"), button({ onclick: () => move(1) }, "Next label")) : "",
    );
  };
  const groupOf = (name, i) => {
    const inside = make("div", { hidden: true });
    const head = button({ class: "tv-mk-group", "aria-expanded": "false", onclick: () => open(i) }, number(i + 1), name);
    return { head, inside, name, node: make("div", {}, head, inside) };
  };
  const opened = () => groups.findIndex(({ inside }) => !inside.hidden);
  const open = (i) => {
    const was = opened();
    groups.forEach(({ head, inside, name }, place) => {
      const on = place === i && was !== i;
      inside.hidden = !on;
      head.setAttribute("aria-expanded", String(on));
      inside.replaceChildren(...(on ? [list(labels.filter(({ group }) => group === name))] : []));
    });
  };
  const press = (digit) => {
    if (grouped && opened() < 0) {
      if (!groups[digit - 1]) return false;
      open(digit - 1);
      rows[0].focus();
      return true;
    }
    if (!rows[digit - 1]) return false;
    rows[digit - 1].pick();
    return true;
  };
  const close = () => {
    if (!grouped || opened() < 0) return onleave();
    const { head } = groups[opened()];
    open(opened());
    head.focus();
  };
  const buttons = () => [...body.querySelectorAll("button:not(.tv-mk-ask)")].filter((node) => node.checkVisibility());
  const step_ = (by) => {
    const all = buttons();
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + by))]?.focus();
  };
  const node = make("div", { class: "tv-mk-palette", role: "group", "aria-label": "Labels" }, words, body);
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.find((some) => some.node.contains(document.activeElement));
    if (/^[1-9]$/.test(event.key)) press(Number(event.key));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step_(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "?" && row) row.ask();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  fill();
  return {
    node,
    press,
    focus: () => (rows.find((row) => row.node.checkVisibility()) ?? { focus: () => groups[0]?.head.focus() }).focus(),
    fold: () => grouped && opened() >= 0 && open(opened()),
    show: (quote) => words.replaceChildren(...(quote ? ["You chose ", make("q", {}, quote), ". What is it?"] : ["First choose words in the text."])),
  };
}

/** One label: its number, its name as a button, and its card. */
function labelRow(label, place, onpick, isOpen = false) {
  const card = make("div", { class: "tv-mk-card", hidden: !isOpen }, PARTS.filter(([name]) => label[name]).map(([name, word]) => make("p", {}, word ? make("b", {}, word) : null, label[name])));
  const pick = button({ class: "tv-mk-label", onclick: () => onpick(label) }, number(place), label.name);
  const ask = button({ class: "tv-icon tv-mk-ask", "aria-label": `What is ${label.name}?`, "aria-expanded": String(isOpen), onclick: () => toggle() }, "?");
  const toggle = () => {
    card.hidden = !card.hidden;
    ask.setAttribute("aria-expanded", String(!card.hidden));
  };
  const node = make("li", {}, make("div", { class: "tv-mk-row" }, pick, ask), card);
  return { node, pick: () => onpick(label), ask: toggle, focus: () => pick.focus() };
}

function number(place) {
  return make("span", { class: "tv-mk-number", "aria-hidden": "true" }, String(place));
}
