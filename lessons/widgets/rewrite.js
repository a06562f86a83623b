import { AI_READERS, button, fold, frame, joinPicks, listen, make } from "./base.js";
import { disagreement, draftsOf, keeper } from "./keeping.js";
import { inTurn } from "./waiting.js";
import { countWords, writer } from "./answering.js";
import { feedbackContent, levelOf } from "./feedback.js";

const REWRITE_KEYS = [["Tab", "to the next part"], ["?", "show or hide these keys"]];

const OFTEN = "You may change your version and check it as often as you like.";
const CHANGED = "You have changed your version since the last check.";

function render({ model, el, signal }) {
  const what = { kind: "rewrite", title: model.get("title"), how: model.get("how") };
  inTurn({ model, el, signal, what, begin: () => workspace({ model, el, signal }) });
}

function workspace({ model, el, signal }) {
  const item = model.get("item");
  const view = frame(el, { kind: "rewrite", title: model.get("title"), keys: REWRITE_KEYS, signal });
  const kept = keeper(model, signal);
  const tell = joinPicks(model, () => {}, signal);
  const drafts = draftsOf(model);
  const version = writer({ label: "Your version", rows: 8, most: model.get("most"), longest: null, onchange: () => changed() });
  const check = button({ class: "tv-do", onclick: () => commit() }, "Check");
  const note = make("p", { class: "tv-rw-note" });
  const result = make("div", { class: "tv-result" });
  const rubric = make("div", { class: "tv-result" });
  const level = levelOf(model, kept, view.say);
  const disagree = disagreement(model, item, kept, view.say);

  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), make("span", { class: "tv-soft" }, model.get("how")));
  view.body.append(
    make("p", { class: "tv-prompt" }, model.get("prompt")),
    make("div", { class: "tv-rw-desk" }, originalOf(model, tell), make("div", {}, version.node, make("div", { class: "tv-do-row" }, check, note))),
    result, rubric, level.node, disagree.node, kept.node,
  );

  const checked = () => {
    const known = model.get("attempts");
    const ids = new Set(known.map(({ id }) => id));
    return [...known, ...kept.pending().filter((record) => record.item === item && !ids.has(record.id))];
  };
  const changed = () => {
    const text = version.draft();
    drafts.set(item, { value: text });
    remark();
  };
  const remark = () => {
    const last = checked().at(-1)?.value;
    note.textContent = last === undefined ? OFTEN : last === version.draft().trim() ? "" : CHANGED;
  };
  const commit = () => {
    const text = version.value() ?? "";
    const { empty, long } = model.get("refusals");
    if (!countWords(text)) return refuse(empty);
    if ([...text].length > model.get("longest")) return refuse(long);
    const last = checked().at(-1);
    if (last?.value === text) view.say(model.get("revealed").spoken ?? "");
    else kept.commit(item, "rewrite", text);
    drafts.drop(item);
    show();
    result.querySelector("[tabindex]")?.focus({ preventScroll: true });
  };
  const refuse = (why) => {
    note.textContent = why;
    view.say(why);
    version.focus();
  };
  const show = () => {
    const last = checked().at(-1);
    const found = model.get("revealed");
    const fresh = last && found.attempt === last.id;
    const had = result.contains(document.activeElement);
    check.textContent = last ? "Check again" : "Check";
    remark();
    result.replaceChildren(...(last ? (fresh ? foundParts(found) : onItsWay()) : []));
    if (had) result.querySelector("[tabindex]")?.focus({ preventScroll: true });
    const judged = fresh && found.rubric.verdict;
    if (judged && !rubric.childElementCount) rubric.append(...feedbackContent({ found: found.rubric, attempts: [], tell }));
    rubric.hidden = !judged;
    level.show(judged);
    disagree.node.hidden = !fresh;
  };

  let heard = model.get("revealed").attempt;
  listen(model, ["attempts", "revealed"], () => {
    const last = checked().at(-1);
    if (version.draft() === "" && last) version.set(last.value);
    show();
    const found = model.get("revealed");
    if (!found.attempt || found.attempt === heard || found.attempt !== last?.id) return;
    heard = found.attempt;
    view.say(found.spoken);
  }, signal);
  listen(model, ["disagreed"], disagree.update, signal);
  listen(model, ["level"], level.update, signal);
  version.set(drafts.of(item).value ?? checked().at(-1)?.value);
  show();
}

/** The original with the mark of its voice; the mark leads to it in the reader. */
function originalOf(model, tell) {
  const { id, word, symbol, text } = model.get("passage");
  const find = button({ class: "tv-rw-find", "aria-label": `Mark ${id} in the reader`, onclick: () => tell({ passages: [id], events: [] }) }, `${symbol} ${id} ${word}`);
  return make("div", { class: "tv-rw-original" }, make("div", { class: "tv-rw-head" }, "The original ", find), make("blockquote", { class: "tv-rw-text" }, text));
}

function onItsWay() {
  return [make("h4", { tabindex: "-1" }, "Your version is kept"), make("p", { class: "tv-soft" }, "What was found in it comes as soon as the kernel answers.")];
}

/** What was found in the version that was checked last: in sentences, then part by part. */
function foundParts(found) {
  return [
    make("h4", { tabindex: "-1", class: "tv-verdict" }, "Your version beside the original"),
    make("ul", { class: "tv-rw-said" }, found.sentences.map((text) => make("li", {}, text))),
    found.change ? make("p", { class: "tv-rw-change" }, found.change) : null,
    make("p", { class: "tv-soft" }, found.by_words),
    loadedPart(found.loaded),
    saidPart(found.said),
    claimsPart(found.claims),
    partsPart(found.parts),
    differencePart(found.differences),
  ].filter(Boolean);
}

/** A part of what was found: open where there is something to look at. */
function lookPart(title, open, ...inside) {
  const node = fold(title, ...inside.filter(Boolean));
  node.classList.add("tv-rw-part");
  node.open = open;
  return node;
}

/** A line of a part; one to look at has a broad edge. */
function lookLine(look, ...inside) {
  return make("li", { class: look ? "tv-rw-look" : null }, ...inside);
}

function loadedPart(loaded) {
  if (!loaded.length) return null;
  const left = loaded.filter((one) => one.left);
  const rows = left.map(({ words, written, readers, neutral }) =>
    lookLine(true, make("b", {}, written), make("p", {}, `In the original: \u201c${words}\u201d. Marked by ${readers.length > 1 ? "readers" : "reader"} ${readers}.`, neutral ? ` Calmer: ${neutral}.` : "")),
  );
  const hint = rows.length ? "You decide which of them you need." : "Other forms of these words were looked for, too.";
  return lookPart(`Loaded words left: ${left.length} of ${loaded.length}`, rows.length > 0, rows.length ? make("ul", { class: "tv-rw-rows" }, rows) : null, make("p", {}, hint), make("p", { class: "tv-soft" }, AI_READERS));
}

function saidPart({ count, rows }) {
  const lines = rows.map(({ sentence, by }) => lookLine(!by, make("q", {}, sentence), make("p", {}, by ? `Says who claims this: \u201c${by}\u201d.` : "Does not say who claims this.")));
  return lookPart(`Who says so: ${rows.filter(({ by }) => by).length}${count > rows.length ? "" : ` of ${count}`} ${count === 1 ? "sentence" : "sentences"}`, rows.some(({ by }) => !by), make("ul", { class: "tv-rw-rows" }, lines), moreThan(count, rows));
}

function claimsPart(claims) {
  if (!claims.length) return null;
  const rows = claims.map(({ quote, found, by }) =>
    lookLine(!found, make("q", {}, quote), make("p", {}, found ? `Found by: ${by.join(", ")}.` : "Not found by these words. Perhaps you said it in other words: look yourself.")),
  );
  const kept = claims.filter(({ found }) => found).length;
  return lookPart(`Claims found: ${kept} of ${claims.length}`, kept < claims.length, make("ul", { class: "tv-rw-rows" }, rows));
}

function partsPart({ count, rows }) {
  if (!count) return null;
  const lines = rows.map((part) => lookLine(true, make("q", {}, part), make("p", {}, "This may be new: is it in the original?")));
  return lookPart(`What may be new: ${count}`, true, make("ul", { class: "tv-rw-rows" }, lines), moreThan(count, rows));
}

function moreThan(count, rows) {
  return count > rows.length ? make("p", { class: "tv-soft" }, `And ${(count - rows.length).toLocaleString("en")} more.`) : null;
}

/** Both texts side by side; what is left out and what is new has a sign, a line and a name. */
function differencePart(rows) {
  const names = { same: "the same", out: "left out", new: "new" };
  const side = (title, own, tag) =>
    make("div", { class: "tv-rw-side" }, make("h5", {}, title), make("p", {}, rows.filter(([kind]) => kind === "same" || kind === own).flatMap(([kind, words]) => [kind === own ? make(tag, { class: `tv-rw-${own}` }, words) : words, " "])));
  const lines = rows.map(([kind, words]) => make("tr", {}, make("th", { scope: "row" }, names[kind]), make("td", {}, words)));
  const table = make("table", { class: "tv-table" }, make("caption", {}, "Both texts, piece by piece"), make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Piece"), make("th", { scope: "col" }, "Words"))), make("tbody", {}, lines));
  const scroll = make("div", { class: "tv-scroll", tabindex: "0", role: "region", "aria-label": "Both texts, piece by piece", "data-lm-suppress-shortcuts": "true" }, table);
  return lookPart(
    "Word by word",
    true,
    make("p", { class: "tv-soft" }, "Struck through, with \u2212 before it: left out. Underlined, with + before it: new. Capitals and punctuation make no difference."),
    make("div", { class: "tv-rw-sides" }, side("The original", "out", "del"), side("Your version", "new", "ins")),
    fold("The same as a table", scroll),
  );
}

export default { render };
