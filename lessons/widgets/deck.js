import { button, frame, innerPicture, joinPicks, keepTraits, listen, make, put } from "./base.js";
import { keeper } from "./keeping.js";
import { inLanguages, judgement, revealedSentence, watchRevealed } from "./judging.js";

const KEYS = [
  ["\u2190 \u2192", "card before or after"],
  ["Home, End", "first or last card"],
  ["1 2 3 \u2026", "choose a step"],
  ["Enter", "compare, once a step is chosen"],
  ["?", "show or hide these keys"],
];

function render({ model, el, host, signal }) {
  const keepState = keepTraits(model, ["at"]);
  const view = frame(el, { kind: "deck", title: model.get("title"), keys: KEYS, signal });
  const items = model.get("items");
  const kept = keeper(model, signal);
  const count = make("p", { class: "tv-count" });
  const move = (by) => open(items[place() + by]);
  const before = button({ class: "tv-icon", "aria-label": "Card before", onclick: () => move(-1) }, "\u2190");
  const next = button({ class: "tv-icon", "aria-label": "Next card", onclick: () => move(1) }, "\u2192");
  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), make("div", { class: "tv-move" }, before, count, next));
  const strip = chips(model, items, (item) => open(item));
  const card = make("div", { class: "tv-deck-card", role: "group" });
  // The answers beside the readings, from the first answer on.
  const picture = innerPicture(model, host, "tv-answers", signal);
  const note = model.get("note") ? make("p", { class: "tv-note" }, model.get("note")) : null;
  view.body.append(...[note, strip.node, card, picture.node, kept.node].filter(Boolean));
  const tell = joinPicks(model, () => {}, signal);
  const place = () => items.findIndex((item) => item.id === model.get("at"));
  const forward = button({ class: "tv-forward", onclick: () => move(1) }, "Next card \u2192");
  let asked = null;

  const open = (item) => {
    if (!item || item.id === model.get("at")) return;
    put(model, { at: item.id });
    const head = card.querySelector("h3");
    head.focus({ preventScroll: true });
    view.say(`${head.textContent}.`);
  };
  const showCard = () => {
    const item = items[place()];
    if (!item) return card.replaceChildren(make("p", {}, "There is nothing to judge."));
    asked = judgement(model, item, kept, view.say);
    card.setAttribute("aria-label", `${model.get("thing")} ${place() + 1}`);
    card.replaceChildren(...cardHead(model, item, place(), tell), asked.node, forward);
    showState();
  };
  const showState = () => {
    const done = items.filter((item) => item.id in model.get("answers")).length;
    count.textContent = `${place() + 1} of ${items.length}, ${done} judged`;
    before.disabled = place() <= 0;
    next.disabled = place() === items.length - 1;
    forward.hidden = next.disabled || !(model.get("at") in model.get("answers"));
    strip.update();
    asked?.update();
  };
  showCard();
  picture.show();

  const fresh = watchRevealed(model);
  listen(model, ["at"], showCard, signal);
  listen(model, ["answers"], showState, signal);
  listen(model, ["revealed"], () => {
    showState();
    const ids = fresh();
    const item = items.find(({ id }) => ids.includes(id) && id === model.get("at"));
    if (item) view.say(revealedSentence(model, item));
  }, signal);
  listen(model, ["picture"], picture.show, signal);
  listen(model, ["at"], keepState, signal);

  view.onKey((event, typing) => {
    if (typing) return false;
    if (event.target.closest(".tv-answers, .tv-scroll")) return false;
    const step = event.target.matches("input[type=radio]");
    const to = { ArrowLeft: place() - 1, ArrowRight: place() + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && !step) return open(items[to]), true;
    if (event.key === "Enter" && step) return asked.commit(), true;
    return /^[1-9]$/.test(event.key) && asked.choose(Number(event.key));
  });
}

/** One small button a card, in groups where the cards have groups; a tick on those that were judged. */
function chips(model, items, open) {
  const chip = (item) => button({ class: "tv-chip", "data-item": item.id, onclick: () => open(item) }, item.name);
  const buttons = items.map(chip);
  const groups = [...new Set(items.map((item) => item.group))];
  const lists = groups.map((group) => {
    const own = buttons.filter((_, i) => items[i].group === group);
    return make("div", { class: "tv-chips", role: "group", "aria-label": group || model.get("title") }, group ? make("span", { class: "tv-label" }, group) : null, own);
  });
  const update = () => {
    buttons.forEach((node, i) => {
      const done = items[i].id in model.get("answers");
      node.classList.toggle("tv-done", done);
      node.setAttribute("aria-label", `${items[i].name}${done ? ", judged" : ""}`);
      if (items[i].id === model.get("at")) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
  };
  return { node: make("div", { class: "tv-strip" }, lists), update };
}

/** What stands on a card before the question: where it is from, and the words themselves. */
function cardHead(model, item, place, tell) {
  const mark = (id) => button({ class: "tv-passage-link", onclick: () => tell({ passages: [id], events: [] }), "aria-label": `Mark ${id} in the reader` }, id);
  const head = make("h3", { tabindex: "-1" }, `${model.get("thing")} ${place + 1} of ${model.get("items").length}: ${item.name}`);
  const where = make("p", { class: "tv-soft" }, `${item.passages.length > 1 ? "In passages" : "In passage"} `, item.passages.length > 3 ? `${item.passages[0]} to ${item.passages.at(-1)}` : item.passages.map(mark));
  const words = item.quote
    ? [make("blockquote", { class: "tv-quote" }, item.quote)]
    : [make("dl", { class: "tv-pair" }, item.pair.map(([heading, text]) => make("div", {}, make("dt", {}, heading), make("dd", {}, inLanguages(text)))))];
  return [head, where, ...words];
}

export default { render };
