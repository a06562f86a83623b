import { button, choice, frame, keepTraits, listen, make, put } from "./base.js";
import { answersBy, draftsOf, keeper } from "./keeping.js";

const KEYS = [
  ["\u2190 \u2192", "card before or after"],
  ["Home, End", "first or last card"],
  ["1 2", "yes or no"],
  ["Tab", "on to how sure you are"],
  ["Enter", "keep the answer and go on"],
  ["?", "show or hide these keys"],
];
const OPEN = "Go through the cards again: under each stands what is right and why.";

function render({ model, el, signal }) {
  const keepState = keepTraits(model, ["at"]);
  const view = frame(el, { kind: "check", title: model.get("title"), keys: KEYS, signal });
  const items = model.get("items");
  const kept = keeper(model, signal);
  const given = answersBy(model, kept, ({ item }) => item);
  const drafts = draftsOf(model);
  const place = () => items.findIndex((item) => item.id === model.get("at"));
  const count = make("p", { class: "tv-count" });
  const move = (by) => open(items[place() + by]);
  const before = button({ class: "tv-icon", "aria-label": "Card before", onclick: () => move(-1) }, "\u2190");
  const next = button({ class: "tv-icon", "aria-label": "Next card", onclick: () => move(1) }, "\u2192");
  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), make("div", { class: "tv-move" }, before, count, next));
  const strip = numbers(model, (item) => open(item));
  const end = endCard(model, () => open(items[0], true));
  const card = make("div", { class: "tv-deck-card", role: "group" });
  view.body.append(make("p", { class: "tv-note" }, model.get("note")), strip.node, end.node, card, kept.node);
  let asked = null;

  const open = (item, again = false) => {
    if (!item || (item.id === model.get("at") && !again)) return;
    put(model, { at: item.id });
    focusHead(card);
    view.say(`${card.querySelector("h3").textContent}.`);
  };
  const commit = () => {
    const answer = asked?.answer();
    if (!answer) return view.say(asked?.hint() ?? "This answer is kept already.");
    const done = place();
    drafts.drop(items[done].id);
    kept.commit(items[done].id, "check", answer);
    const to = [...items.slice(done + 1), ...items.slice(0, done)].find((item) => !(item.id in given()));
    if (to) put(model, { at: to.id });
    else show();
    focusHead(to ? card : end.node);
    view.say(to ? `Kept. Card ${place() + 1} of ${items.length}.` : "Kept. All cards are answered.");
  };
  const show = () => {
    const item = items[place()];
    if (!item) return card.replaceChildren(make("p", {}, "There is nothing to judge."));
    const own = given()[item.id];
    asked = own ? null : question(model, item, drafts, commit);
    card.setAttribute("aria-label", `Card ${place() + 1}`);
    card.replaceChildren(...cardFace(item, place(), items.length), ...(own ? lockedAnswer(model, item, own) : [asked.node]));
    showState();
  };
  const showState = () => {
    const own = given();
    count.textContent = `${place() + 1} of ${items.length}, ${Object.keys(own).length} answered`;
    before.disabled = place() <= 0;
    next.disabled = place() === items.length - 1;
    strip.update(own);
    end.update(items.every((item) => item.id in own));
  };
  show();

  listen(model, ["at", "explained"], () => holdFocus(card, show), signal);
  listen(model, ["explained"], () => isOpen(model) && view.say(OPEN), signal);
  // A draft on the open card stays as it is when an answer to another card has arrived.
  listen(model, ["given"], () => (asked && model.get("at") in given() ? holdFocus(card, show) : showState()), signal);
  listen(model, ["at"], keepState, signal);

  view.onKey((event) => {
    const step = event.target.matches("input[type=radio]");
    const to = { ArrowLeft: place() - 1, ArrowRight: place() + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && !step) return open(items[to]), true;
    if (event.key === "Enter" && !event.target.closest("button, summary")) return commit(), true;
    return /^[12]$/.test(event.key) && asked !== null && asked.choose(Number(event.key));
  });
}

/** One small button a card; a tick on those that were answered, and nothing else. */
function numbers(model, open) {
  const items = model.get("items");
  const buttons = items.map((item, i) => button({ class: "tv-chip", onclick: () => open(item) }, String(i + 1)));
  const update = (own) => {
    buttons.forEach((node, i) => {
      const done = items[i].id in own;
      node.classList.toggle("tv-done", done);
      node.setAttribute("aria-label", `Card ${i + 1}${done ? ", answered" : ""}`);
      if (items[i].id === model.get("at")) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
  };
  return { node: make("div", { class: "tv-chips tv-strip", role: "group", "aria-label": "Cards" }, buttons), update };
}

/** The words on a card, with the sentence in question marked by a word, a border and its weight. */
function cardFace(item, place, count) {
  const [before, judged, after] = item.parts;
  const label = make("span", { class: "tv-judged-label" }, "Judge this sentence: ");
  const text = make("p", { class: "tv-check-text" }, before, make("mark", { class: "tv-judged" }, label, judged), after);
  return [make("h3", { tabindex: "-1" }, `Card ${place + 1} of ${count}`), text];
}

/**
 * The two questions of a card. Returns {node, answer(), hint(), choose(number)}: answer() is null
 * as long as one of them is open, and hint() says what is to be done next.
 */
function question(model, item, drafts, commit) {
  const draft = () => drafts.of(item.id);
  const pick = (part) => {
    drafts.set(item.id, { ...draft(), ...part });
    show();
  };
  const holds = choice({ name: "holds", label: item.question, options: model.get("choices").map(([value, word], i) => [value, `${i + 1}\u2002${word}`]), onpick: (answer) => pick({ answer }) });
  const sure = choice({ name: "sure", label: "How sure are you?", options: model.get("levels").map(([value, word]) => [String(value), word]), onpick: (value) => pick({ sure: Number(value) }) });
  const todo = make("p", { class: "tv-todo" });
  const go = button({ class: "tv-do", onclick: () => commit() }, "Keep and go on");
  const answer = () => (draft().answer && draft().sure ? { answer: draft().answer, sure: draft().sure } : null);
  const hint = () => (answer() ? "A kept answer is not changed any more." : draft().answer ? "Now say how sure you are." : "Choose yes or no first.");
  const show = () => {
    holds.show(draft().answer);
    sure.show(String(draft().sure));
    go.disabled = answer() === null;
    todo.textContent = hint();
  };
  const choose = (number) => {
    const [value] = model.get("choices")[number - 1];
    pick({ answer: value });
    holds.node.querySelectorAll("input")[number - 1].focus();
    return true;
  };
  show();
  const node = make("div", { class: "tv-check-form" }, holds.node, sure.node, make("div", { class: "tv-go" }, go, todo));
  return { node, answer, hint, choose };
}

/** An answer that is kept and, where it may be shown, what is right and why. */
function lockedAnswer(model, item, own) {
  const word = (value) => model.get("choices").find(([name]) => name === value)?.[1] ?? value;
  const locked = make("p", { class: "tv-locked" }, make("span", { class: "tv-label" }, "Your answer is kept"), make("b", {}, word(own.answer)), ", ", make("span", { class: "tv-percent" }, `${own.sure} % sure`));
  const texts = (model.get("explained")[item.id] ?? []).flatMap(([value, text], i) => [
    make("h4", {}, i === 0 ? "About your answer" : `About the other answer: ${word(value)}`),
    make("p", {}, text),
  ]);
  const asked = make("p", { class: "tv-asked" }, item.question);
  return [asked, locked, texts.length ? make("div", { class: "tv-result" }, texts) : null].filter(Boolean);
}

/** What stands above the cards when all are answered. */
function endCard(model, again) {
  const words = make("p");
  const look = button({ onclick: again }, "Look at card 1 again");
  const node = make("div", { class: "tv-end", hidden: true }, make("h3", { tabindex: "-1" }, "All cards are answered"), words, look);
  const update = (done) => {
    node.hidden = !done;
    words.textContent = isOpen(model) ? OPEN : model.get("waits");
  };
  return { node, update };
}

/** Whether what is right and why has come. */
function isOpen(model) {
  return Object.keys(model.get("explained")).length > 0;
}

function focusHead(node) {
  node.querySelector("h3")?.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

/** Draw anew; what had the focus inside is gone then, so the head gets it. */
function holdFocus(node, draw) {
  const had = node.contains(document.activeElement);
  draw();
  if (had) node.querySelector("h3")?.focus({ preventScroll: true });
}

export default { render };
