import { button, frame, joinPicks, listen, make } from "./base.js";
import { disagreement, draftsOf, keeper } from "./keeping.js";
import { sourceItem } from "./sources.js";
import { inTurn } from "./waiting.js";

const ACCOUNTS_KEYS = [
  ["Tab", "to the next part"],
  ["Space", "mark a passage, or take it back"],
  ["\u2191 \u2193", "in a list: choose"],
  ["?", "show or hide these keys"],
];
const CALM = { "data-lm-suppress-shortcuts": "true" };
const PAIR_ITEM = "accounts:pair";
const BOARD_ITEM = "accounts:board";

function render({ model, el, signal }) {
  const how = `${model.get("rows").length} questions, ${model.get("columns").length} accounts`;
  const what = { kind: "accounts", title: model.get("title"), how };
  inTurn({ model, el, signal, what, begin: () => boardOf({ model, el, signal }) });
}

function boardOf({ model, el, signal }) {
  const view = frame(el, { kind: "accounts", title: model.get("title"), keys: ACCOUNTS_KEYS, signal });
  const kept = keeper(model, signal);
  const tell = joinPicks(model, () => {}, signal);
  const sent = {}; // an answer is saved a moment before it comes back
  const given = (item, trait, empty) => {
    for (const record of kept.pending()) if (record.kind !== "disagree") sent[record.item] ??= record.value;
    return Object.keys(model.get(trait)).length ? model.get(trait) : (sent[item] ?? empty);
  };
  const state = { drafts: draftsOf(model), pair: () => given(PAIR_ITEM, "pair", []), board: () => given(BOARD_ITEM, "board", {}) };
  const commit = (item, kind, value) => (kept.commit(item, kind, value), show());
  const first = pairPart(model, state, tell, (pair) => commit(PAIR_ITEM, "pair", pair));
  const records = make("div", { class: "tv-acc-outside" });
  const board = boardPart(model, state, (cells) => {
    commit(BOARD_ITEM, "board", cells);
    board.focus();
  });
  const against = disagreement(model, BOARD_ITEM, kept, view.say);

  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")));
  view.body.append(first.node, records, board.node, against.node, kept.node);
  const show = () => {
    first.update();
    const count = String(model.get("outside").length);
    if (count !== records.dataset.count) records.replaceChildren(...outsideRecords(model));
    records.dataset.count = count;
    board.update();
    against.node.hidden = !isRevealed(model);
  };
  listen(model, ["pair", "found", "outside", "board", "revealed"], show, signal);
  listen(model, ["pair"], () => view.say(pairWords(model)), signal);
  listen(model, ["board"], () => view.say(boardWords(model)), signal);
  listen(model, ["disagreed"], against.update, signal);
  show();
}

function isRevealed(model) {
  return Object.keys(model.get("revealed")).length > 0;
}

/** Step 1: which two passages contradict each other? */
function pairPart(model, state, tell, onpair) {
  const quotes = model.get("quotes");
  const before = state.drafts.of(PAIR_ITEM).ticked ?? [];
  const ticked = () => {
    state.drafts.set(PAIR_ITEM, { ticked: picked() });
    update();
  };
  const inputs = quotes.map(({ id, word }) => make("input", { type: "checkbox", value: id, checked: before.includes(id), "aria-label": `${id}, ${word}`, onchange: ticked, ...CALM }));
  const cards = quotes.map(({ id, symbol, word, text }, i) => make("label", { class: "tv-acc-quote" }, inputs[i], make("span", {}, make("b", {}, `${symbol} ${id} ${word}`), make("span", { class: "tv-acc-text" }, text))));
  const go = button({ class: "tv-do", onclick: () => (onpair(picked()), state.drafts.drop(PAIR_ITEM), hint.focus({ preventScroll: true })) }, "These two contradict each other");
  const hint = make("p", { class: "tv-soft tv-acc-hint", tabindex: "-1" });
  const find = quotes.map(({ id }) => button({ class: "tv-acc-find", "aria-label": `Mark ${id} in the reader`, onclick: () => tell({ passages: [id], events: [] }) }, id));
  const legend = make("legend", {}, `1. ${model.get("prompt")}`);
  const node = make("div", {}, make("fieldset", { class: "tv-acc-quotes" }, legend, cards), make("div", { class: "tv-acc-row" }, go, hint), make("p", { class: "tv-soft" }, "In the reader: ", find));
  const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const update = () => {
    const given = state.pair();
    for (const input of inputs) {
      if (given.length) input.checked = given.includes(input.value);
      input.disabled = given.length > 0;
    }
    go.hidden = given.length > 0;
    go.disabled = picked().length !== 2;
    const words = given.length ? pairWords(model) : `${picked().length} of 2 marked. After that the outside records open.`;
    if (hint.textContent !== words) hint.textContent = words;
  };
  return { node, update };
}

function pairWords(model) {
  const [pair, found] = [model.get("pair"), model.get("found")];
  if (!pair.length) return "Kept here. The rest comes as soon as the kernel answers.";
  const same = found.some((two) => two.every((id) => pair.includes(id)));
  const which = found.map(([a, b]) => `${a} and ${b}`).join("; ");
  return same ? `Yes: ${pair.join(" and ")}, as they are worded. Now hear the outside records.` : `You marked ${pair.join(" and ")}. This course reads the contradiction in ${which}: compare their words. Now hear the outside records.`;
}

/** Step 2: what others tell of the same moment. */
function outsideRecords(model) {
  const items = model.get("outside").map((source) => {
    const item = sourceItem(source);
    item.append(make("p", { class: "tv-acc-account" }, make("span", { class: "tv-soft" }, "What it shows, in our words: "), /[.!?]["\u201d]?$/.test(source.account) ? source.account : `${source.account}.`));
    return item;
  });
  const how = items.length ? "Look at the stake first: who speaks, and was anybody there who is no party?" : "They open when you have marked two passages above.";
  return [make("h4", { class: "tv-acc-step" }, "2. Hear the outside records"), make("p", { class: "tv-soft" }, how), items.length ? make("ul", { class: "tv-sources tv-acc-records" }, items) : ""];
}

/** Step 3: every question to every account; never left blank. */
function boardPart(model, state, onboard) {
  const draft = state.drafts.of(BOARD_ITEM);
  const columns = model.get("columns");
  const cells = model.get("rows").flatMap(({ question, cells: names }) => columns.map((column) => boardCell(model, question, column, names[column.id], () => changed())));
  const rows = model.get("rows").map(({ question, cells: names }) =>
    make("div", { class: "tv-acc-question", role: "group", "aria-label": question }, make("h5", {}, question), make("div", { class: "tv-acc-cells" }, cells.filter(({ name }) => Object.values(names).includes(name)).map(({ node }) => node))),
  );
  const go = button({ class: "tv-do", onclick: () => give() }, "Compare");
  const left = make("p", { class: "tv-soft tv-acc-hint" });
  const head = make("h4", { class: "tv-acc-step", tabindex: "-1" }, "3. Fill every cell");
  const how = make("p", { class: "tv-soft" }, "Silence is an answer, too: if an account does not speak of it, choose \u201cdoes not say\u201d.");
  const node = make("div", {}, head, how, rows, make("div", { class: "tv-acc-row" }, go, left));
  const values = () => Object.fromEntries(cells.map(({ name, list }) => [name, list.value]).filter(([, value]) => value));
  const changed = () => {
    state.drafts.set(BOARD_ITEM, values());
    update();
  };
  const give = () => {
    state.drafts.drop(BOARD_ITEM);
    onboard(values());
  };
  for (const { name, list } of cells) list.value = draft[name] ?? "";
  const update = () => {
    const given = state.board();
    for (const cell of cells) cell.update(given, state.pair().length > 0 && model.get("outside").length > 0);
    const open = cells.length - Object.keys(values()).length;
    const done = Object.keys(given).length > 0;
    go.hidden = done;
    go.disabled = open > 0;
    left.textContent = done ? (isRevealed(model) ? boardWords(model) : "Kept here. The rest comes as soon as the kernel answers.") : open ? `${open} ${open === 1 ? "cell is" : "cells are"} still empty.` : "Every cell is filled.";
  };
  return { node, update, focus: () => head.focus({ preventScroll: true }) };
}

/** One account and one question; afterwards what fits, and why. */
function boardCell(model, question, column, name, onchange) {
  const options = model.get("choices").map(([value, word]) => make("option", { value }, word));
  const list = make("select", { "aria-label": `${column.word}: ${question}`, onchange, ...CALM }, make("option", { value: "" }, "choose ..."), options);
  const note = make("p", { class: "tv-soft tv-acc-note" });
  const after = make("div", { class: "tv-acc-after" });
  const node = make("div", { class: "tv-acc-cell" }, make("b", { "aria-hidden": "true" }, column.word), list, note, after);
  const outside = column.id === "outside";
  const words = Object.fromEntries(model.get("choices"));
  const update = (given, open) => {
    if (given[name]) list.value = given[name];
    const closed = outside && !open;
    list.disabled = closed || given[name] !== undefined;
    note.textContent = closed ? "opens after step 1" : "";
    const found = model.get("revealed")[name];
    if (!found || after.childElementCount) return;
    const fits = found.fits.includes(given[name]);
    const said = found.fits.map((value) => words[value]).join(" or ");
    node.dataset.ok = String(fits);
    after.append(make("p", {}, make("b", {}, fits ? "\u2713 Fits. " : `\u2717 This course: ${said}. `), found.reason), make("p", { class: "tv-soft" }, found.where.join("; ")));
  };
  return { node, name, list, update };
}

function boardWords(model) {
  const [board, revealed] = [model.get("board"), model.get("revealed")];
  const names = Object.keys(revealed);
  const fits = names.filter((name) => revealed[name].fits.includes(board[name])).length;
  return `${fits} of ${names.length} cells as this course reads them. That is a reading: if you disagree, say so below.`;
}

export default { render };
