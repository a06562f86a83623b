import { AI_READERS, button, choice, frame, joinPicks, listen, make } from "./base.js";
import { disagreement, draftsOf, keeper } from "./keeping.js";
import { inLanguages, stepWord } from "./judging.js";

const CHECKER_KEYS = [
  ["Tab", "to the next part"],
  ["Enter", "open the source that has the focus"],
  ["\u2191 \u2193", "from source to source; in a list: choose"],
  ["?", "show or hide these keys"],
];
const SIDE_WORDS = { for: "for the claim", against: "against it", both: "both: one part for, one part against" };
const QUIETLY = { "data-lm-suppress-shortcuts": "true" };
const LEFT_ALONE = 800; // milliseconds after the last choice
const VERDICT = "verdict";

function render({ model, el, signal }) {
  const view = frame(el, { kind: "checker", title: model.get("title"), keys: CHECKER_KEYS, signal });
  const kept = keeper(model, signal);
  const tell = joinPicks(model, () => {}, signal);
  const state = stateOf(model, kept);
  const cards = model.get("cards").map((card, i) => sourceCard(model, card, i, state, view.say));
  const ask = verdictForm(model, state);
  const result = make("div", { class: "tv-result" });
  const against = disagreement(model, model.get("item"), kept, view.say);
  const count = make("span", { class: "tv-soft" });
  let heard = Boolean(model.get("revealed").done);

  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), count);
  view.body.append(
    claimQuote(model, tell),
    ...sourcesPart(cards),
    make("h4", { class: "tv-ck-step" }, "2. Your verdict"),
    ask.node, result, against.node, kept.node,
  );

  const show = () => {
    const had = result.contains(document.activeElement);
    const opened = state.opened().length;
    count.textContent = cards.length ? `${opened} of ${cards.length} ${cards.length === 1 ? "source" : "sources"} opened` : "";
    for (const card of cards) card.update();
    ask.update();
    result.replaceChildren(...(state.verdict() ? outcome(model, state.verdict()) : []));
    against.node.hidden = !model.get("revealed").done;
    if (had) result.querySelector("[tabindex]")?.focus({ preventScroll: true });
  };
  state.onchange = show;
  ask.onkept = () => result.querySelector("[tabindex]")?.focus({ preventScroll: true });
  listen(model, ["opened", "told", "ratings", "verdict", "revealed"], () => {
    show();
    if (heard || !model.get("revealed").done) return;
    heard = true;
    view.say(revealedWords(model));
  }, signal);
  listen(model, ["disagreed"], against.update, signal);
  show();
  view.onKey((event, typing) => !typing && walk(event, cards));
}

/** What was done so far: what Python has, and what is still on its way there. */
function stateOf(model, kept) {
  const id = model.get("claim").id;
  const waiting = (part) => kept.pending().filter(({ item }) => item.startsWith(`check:${id}:${part}`));
  const nameOf = ({ item }) => item.split(":").slice(3).join(":");
  const own = { opened: [], ratings: {}, verdict: null }; // saved a moment before it comes back
  const gather = () => {
    for (const record of waiting("opened:")) if (!own.opened.includes(nameOf(record))) own.opened.push(nameOf(record));
    for (const record of waiting("source:")) own.ratings[nameOf(record)] = record.value;
    own.verdict ??= waiting("verdict").find(({ kind }) => kind !== "disagree")?.value ?? null;
  };
  const state = {
    drafts: draftsOf(model), // of each source that is being weighed, and of the verdict
    onchange: () => {},
    opened: () => (gather(), [...new Set([...model.get("opened").map(({ source }) => source), ...own.opened])]),
    rating: (source) => (gather(), own.ratings[source] ?? model.get("ratings")[source]),
    verdict: () => (gather(), model.get("verdict").value ? model.get("verdict") : own.verdict),
    commit: (item, kind, value) => {
      kept.commit(item, kind, value);
      state.onchange();
    },
    open: (source) => state.commit(`check:${id}:opened:${source}`, "opened", true),
    rate: (source, value) => state.commit(`check:${id}:source:${source}`, "source", value),
  };
  return state;
}

function claimQuote(model, tell) {
  const { passage, word, symbol, parts: [before, quote, after] } = model.get("claim");
  const find = button({ class: "tv-ck-find", "aria-label": `Mark ${passage} in the reader`, onclick: () => tell({ passages: [passage], events: [] }) }, `${symbol} ${passage} ${word}`);
  const text = make("p", {}, before, make("mark", { class: "tv-ck-mark" }, quote), after);
  const hint = (before + after).trim().length > 2 ? make("p", { class: "tv-soft tv-ck-hint" }, "Check the marked words. The rest of the sentence is there so that you can read them.") : null;
  return make("div", { class: "tv-ck-claim" }, find, make("blockquote", {}, text), hint);
}

function sourcesPart(cards) {
  const head = make("h4", { class: "tv-ck-step" }, "1. The sources");
  if (!cards.length) return [head, make("p", {}, "No source is listed for this claim. Could any source settle it? Say what you would ask first.")];
  const how = make("p", { class: "tv-soft" }, "You see who speaks, when, and what is at stake for them. Open those that you want to hear. What a source shows is told in our own words; its own page lies behind the address.");
  return [head, how, make("ol", { class: "tv-ck-cards" }, cards.map(({ node }) => node))];
}

/** The arrows go from card to card; in a group of radio buttons they choose, as everywhere. */
function walk(event, cards) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = cards.findIndex(({ node }) => node.contains(event.target));
  if (by === undefined || at < 0 || event.target.matches("input")) return false;
  cards[at + by]?.focus();
  return true;
}

/** One source: closed until opened, then with what it shows and what the learner makes of it. */
function sourceCard(model, card, i, state, say) {
  const open = button({ class: "tv-ck-open", onclick: () => begin() }, `Open source ${i + 1}`);
  const place = make("span", { class: "tv-ck-place" });
  const account = make("div", { class: "tv-ck-account", tabindex: "-1" });
  const weigh = weighing(model, card, i, state);
  const head = make("div", { class: "tv-ck-head" }, make("h5", {}, `${i + 1}. ${card.publisher}`), place);
  const node = make("li", { class: "tv-ck-card" }, head, cardFacts(card), open, account, weigh.node);
  const begin = () => {
    state.open(card.id);
    account.focus({ preventScroll: true });
    say(`Source ${i + 1} opened. What it shows stands on its card.`);
  };
  const update = () => {
    const at = state.opened().indexOf(card.id);
    const found = model.get("told")[card.id];
    node.toggleAttribute("data-open", at >= 0);
    open.hidden = at >= 0;
    place.textContent = at >= 0 ? `opened ${ordinal(at + 1)}` : "";
    account.hidden = at < 0;
    weigh.node.hidden = !found;
    weigh.update();
    const said = found ? found.account : "Opening. What it shows comes as soon as the kernel answers.";
    if (account.dataset.said === said) return;
    account.dataset.said = said;
    account.replaceChildren(...(found ? accountOf(card, found) : [make("p", { class: "tv-soft" }, said)]));
  };
  return { node, update, focus: () => (open.hidden ? account : open).focus() };
}

function cardFacts({ kind, date, stake, url, found }) {
  const fact = (name, ...what) => [make("dt", {}, name), make("dd", {}, ...what)];
  const link = /^https?:/.test(url) ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...QUIETLY }, url) : url || "no address known";
  return make(
    "dl",
    { class: "tv-ck-facts" },
    fact("Kind", kind), fact("Stake", stake), fact("Date", date || "bears no date"), fact("Address", link),
    found === "yes" ? null : fact("Note", "known, not read by us"),
  );
}

function accountOf({ found }, { title, account }) {
  const by = found === "yes" ? "What it shows, in our words: " : "Known, not read by us. What is said of it: ";
  return [make("p", { class: "tv-ck-title" }, inLanguages(title)), make("p", {}, make("span", { class: "tv-soft" }, by), inLanguages(/[.!?]["\u201d]?$/.test(account) ? account : `${account}.`))];
}

/**
 * What the learner makes of an opened source. It is kept when both parts are chosen and have been
 * left alone for a moment: with the arrow keys one passes over steps that one does not mean.
 */
function weighing(model, card, i, state) {
  let soon = 0;
  const pick = (part) => {
    state.drafts.set(card.id, { ...current(), ...part });
    clearTimeout(soon);
    soon = setTimeout(settle, LEFT_ALONE);
    update();
  };
  const settle = () => {
    clearTimeout(soon);
    const draft = state.drafts.of(card.id);
    if (!draft.says || !draft.weight || state.verdict()) return;
    const { says: is, weight: has } = state.rating(card.id) ?? {};
    if (draft.says !== is || draft.weight !== has) state.rate(card.id, draft);
    state.drafts.drop(card.id);
  };
  const says = choice({ name: "says", label: `What does source ${i + 1} do?`, options: model.get("says"), onpick: (value) => pick({ says: value }) });
  const weight = choice({ name: "weight", label: "How much weight do you give it?", options: model.get("weights"), onpick: (value) => pick({ weight: value }) });
  const node = make("div", { class: "tv-ck-weigh" }, says.node, weight.node);
  soon = setTimeout(settle, LEFT_ALONE); // what was chosen just before a reload
  node.addEventListener("focusout", (event) => !node.contains(event.relatedTarget) && settle());
  const current = () => ({ ...state.rating(card.id), ...state.drafts.of(card.id) });
  const update = () => {
    says.show(current().says);
    weight.show(current().weight);
    for (const input of node.querySelectorAll("input")) input.disabled = Boolean(state.verdict());
  };
  return { node, update };
}

/** The verdict: which, how sure, and what to ask first. A draft lives through a reload. */
function verdictForm(model, state) {
  const draft = state.drafts.of(VERDICT);
  const name = `tv-verdict-${Math.random().toString(36).slice(2)}`;
  const pick = (part) => {
    state.drafts.set(VERDICT, Object.assign(draft, part));
    form.update();
  };
  const steps = model.get("steps");
  const inputs = steps.map(({ value }) => make("input", { type: "radio", name, value, onchange: () => pick({ value }), ...QUIETLY }));
  const labels = steps.map(({ word, hint }, i) => make("label", { class: "tv-step" }, inputs[i], make("span", { class: "tv-step-word" }, word), make("span", { class: "tv-soft" }, hint)));
  const sure = choice({ name: "sure", label: "How sure are you?", options: model.get("levels").map(([value, word]) => [String(value), word]), onpick: (value) => pick({ sure: Number(value) }) });
  const question = make("textarea", { class: "tv-field tv-ck-question", rows: 2, maxlength: 1000, oninput: () => pick({ question: question.value }), ...QUIETLY });
  const go = button({ class: "tv-do", onclick: () => give() }, "Give my verdict");
  const todo = make("p", { class: "tv-soft tv-ck-todo" });
  const words = make("label", { class: "tv-ck-ask" }, "Which one question would you ask first to check it?", question);
  const node = make("div", { class: "tv-ck-verdict" }, make("fieldset", { class: "tv-steps" }, make("legend", {}, "How well does the claim hold up?"), labels), sure.node, words, make("div", { class: "tv-ck-go" }, go, todo));
  question.value = draft.question ?? "";
  const give = () => {
    const value = { value: draft.value, sure: draft.sure, question: question.value.trim() };
    state.commit(model.get("item"), "verdict", value);
    state.drafts.drop(VERDICT);
    form.onkept();
  };
  const form = { node, onkept: () => {}, update: () => {
    const given = state.verdict();
    const shown = given ?? draft;
    for (const input of inputs) input.checked = input.value === shown.value;
    sure.show(String(shown.sure));
    if (given) question.value = given.question;
    for (const input of node.querySelectorAll("input")) input.disabled = Boolean(given);
    question.readOnly = Boolean(given);
    go.hidden = Boolean(given);
    const left = missing(draft);
    go.disabled = left !== "";
    todo.textContent = given ? "" : left || unrated(model, state);
  } };
  return form;
}

function missing({ value, sure, question }) {
  if (!value) return "Choose how well the claim holds up.";
  if (!sure) return "Now say how sure you are.";
  return question?.trim() ? "" : "Now write the question that you would ask first.";
}

/** A reminder, never a bar: nobody has to open or weigh anything. */
function unrated(model, state) {
  const opened = state.opened();
  const left = opened.filter((source) => !state.rating(source)).length;
  if (!opened.length && model.get("cards").length) return "You have opened no source yet. You may give your verdict all the same.";
  if (left) return `${left} opened ${left === 1 ? "source is" : "sources are"} not weighed yet. You may give your verdict all the same.`;
  return "A verdict is not changed any more once it is given.";
}

function ordinal(number) {
  return `${number}${["th", "st", "nd", "rd"][number % 10 > 3 || Math.floor(number / 10) === 1 ? 0 : number % 10]}`;
}

/** What is shown after the verdict. */
function outcome(model, own) {
  const found = model.get("revealed");
  const yours = make("li", {}, make("b", {}, "You: "), stepWord(model, own.value), `, ${own.sure} % sure.`);
  if (!found.done) return [make("h4", { tabindex: "-1" }, "Your verdict"), make("ul", {}, yours), make("p", { class: "tv-soft" }, "Kept here. The rest comes as soon as the kernel answers.")];
  const readings = found.readings.map(({ who, value, sure, why }) => make("li", {}, make("b", {}, `${who}: `), stepWord(model, value), ` (how sure: ${sure}). `, why));
  const changes = found.readings.filter(({ change }) => change);
  return [
    make("h4", { tabindex: "-1", class: "tv-ck-step" }, "3. Your verdict and two readings"),
    make("p", {}, found.done),
    make("ul", { class: "tv-readings" }, yours, readings),
    make("p", {}, found.agree ? "Both readers gave the same verdict. That does not make it certain." : "The two readers differ: the question is open."),
    make("p", { class: "tv-soft" }, AI_READERS),
    ...rightParts(model, found),
    ...(changes.length ? [make("h4", {}, "What would change the verdict"), make("ul", {}, changes.map(({ who, change }) => make("li", {}, make("b", {}, `${who}: `), change)))] : []),
    ...sidesParts(model, found),
    make("h4", {}, "The question to ask first"),
    make("ul", {}, make("li", {}, make("b", {}, "You: "), own.question), make("li", {}, make("b", {}, "This course: "), found.first)),
    make("h4", {}, "The claim in neutral words"),
    make("p", {}, `${found.plain}.`),
  ];
}

/** No claim is all wrong before somebody has looked for what is right in it. */
function rightParts(model, { right, sides }) {
  const speaking = model.get("cards").filter(({ id }) => ["for", "both"].includes(sides[id])).map(({ publisher }) => publisher);
  const names = [...new Set(speaking)].join("; ");
  return [
    make("h4", {}, "What is right in the claim"),
    right.length ? make("ul", {}, right.map(({ who, what }) => make("li", {}, make("b", {}, `${who}: `), what))) : null,
    make("p", {}, names ? `Sources that speak for it, or for a part of it: ${names}.` : "No source was found that speaks for it."),
  ].filter(Boolean);
}

/** Each source: what the learner made of it, and on which side this course put it. */
function sidesParts(model, { sides }) {
  const cards = model.get("cards");
  if (!cards.length) return [];
  const opened = model.get("opened").map(({ source }) => source);
  const words = (pairs, value) => pairs.find(([one]) => one === value)?.[1];
  const yours = (id) => {
    const rating = model.get("ratings")[id];
    if (!rating) return opened.includes(id) ? "opened, not weighed" : "not opened";
    return `${words(model.get("says"), rating.says)}, ${words(model.get("weights"), rating.weight)} weight`;
  };
  const row = ({ id, publisher }, i) => make("tr", {}, make("th", { scope: "row" }, `${i + 1}. ${publisher}`), make("td", {}, yours(id)), make("td", {}, SIDE_WORDS[sides[id]]));
  const head = make("tr", {}, ["Source", "You", "This course"].map((name) => make("th", { scope: "col" }, name)));
  const caption = "On which side each source was put";
  const table = make("table", { class: "tv-table" }, make("caption", {}, "You can still open the others."), make("thead", {}, head), make("tbody", {}, cards.map(row)));
  return [make("h4", {}, caption), make("div", { class: "tv-scroll", tabindex: "0", role: "region", "aria-label": caption, ...QUIETLY }, table)];
}

/** What is spoken once when the readings have come. */
function revealedWords(model) {
  const said = model.get("revealed").readings.map(({ who, value }) => `${who}: ${stepWord(model, value)}.`);
  return [`You: ${stepWord(model, model.get("verdict").value)}.`, ...said, "Explained in this box."].join(" ");
}

export default { render };
