import { AI_READERS, button, choice, fold, frame, keepTraits, listen, make, put, sortableTable } from "./base.js";
import { answersBy, disagreement, draftsOf, keeper } from "./keeping.js";
import { stepWord } from "./judging.js";

const KEYS = [
  ["1 to 8", "put the card into this bin"],
  ["Tab", "on to how sure you are"],
  ["Enter", "keep the card and go on"],
  ["\u2190 \u2192", "card before or after"],
  ["Home, End", "first or last card"],
  ["?", "show or hide these keys"],
];
const HOW = "Read the marked words. Put the card into a bin: drag it, press the bin or its number, or use the menu. Then say how sure you are. No bin is better than another.";
const REASONS = "A reader's reason speaks of the whole claim, not only of its kind.";
const QUIETLY = { "data-lm-suppress-shortcuts": "true" };

function render({ model, el, signal }) {
  const keepState = keepTraits(model, ["at", "layout_of", "compared"]);
  const view = frame(el, { kind: "sorter", title: model.get("title"), keys: KEYS, signal });
  const items = model.get("items");
  const kept = keeper(model, signal);
  const own = answersBy(model, kept, ({ item, kind }) => (kind === "sorted" ? item.slice("kind:".length) : undefined));
  const drafts = draftsOf(model);
  const place = () => items.findIndex((item) => item.id === model.get("at"));
  const kindOf = (id) => own()[id]?.kind ?? drafts.of(id).kind;

  const count = make("p", { class: "tv-count" });
  const move = (by) => open(items[place() + by]);
  const before = button({ class: "tv-icon", "aria-label": "Card before", onclick: () => move(-1) }, "\u2190");
  const next = button({ class: "tv-icon", "aria-label": "Next card", onclick: () => move(1) }, "\u2192");
  const layout = choice({ name: "layout", label: "Show", options: [["one", "One card"], ["all", "All cards"]], onpick: (value) => put(model, { layout_of: value }) });
  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), make("div", { class: "tv-move" }, before, count, next), layout.node);

  const pick = (id, part) => {
    if (own()[id]) return view.say("This card is kept already.");
    drafts.set(id, { ...drafts.of(id), ...part });
    if (id !== model.get("at")) put(model, { at: id });
    show();
    if (part.kind) view.say(`Card ${place() + 1}: ${stepWord(model, part.kind)}. ${cards[place()].hint()}`);
  };
  const commit = (id) => {
    const draft = drafts.of(id);
    const card = cards.find((one) => one.id === id);
    if (own()[id] || !draft.kind || !draft.sure) return view.say(card.hint());
    const done = items.findIndex((item) => item.id === id);
    kept.commit(`kind:${id}`, "sorted", { kind: draft.kind, sure: draft.sure, label_shown: items[done].shown });
    drafts.drop(id);
    const to = [...items.slice(done + 1), ...items.slice(0, done)].find((item) => !(item.id in own()));
    put(model, { at: to?.id ?? id });
    show();
    if (to) cards[place()].focus();
    else compare.focus();
    view.say(to ? `Kept. Card ${place() + 1} of ${items.length}.` : "Kept. All cards are sorted: you can compare.");
  };
  const cards = items.map((item, i) => sortCard(model, item, i, { own, drafts, pick, commit, here: () => model.get("at") === item.id || put(model, { at: item.id }) }));
  const bins = binsOf(model, { drop: pick, press: (kind) => items[place()] && pick(items[place()].id, { kind }), open: (id) => open(items.find((item) => item.id === id)) });
  const compare = button({ class: "tv-do", onclick: () => askForReadings() }, "Compare");
  const todo = make("p", { class: "tv-soft" });
  const result = make("div", { class: "tv-result tv-sorting-result" });
  const list = make("div", { class: "tv-sorting-cards" }, cards.map((card) => card.node), items.length ? null : make("p", {}, "There is nothing to sort."));
  view.body.append(make("p", { class: "tv-note" }, HOW), make("div", { class: "tv-sorting" }, list, bins.node), make("div", { class: "tv-sorting-go" }, compare, todo), result, kept.node);

  const open = (item) => {
    if (!item) return;
    put(model, { at: item.id });
    show();
    cards[place()].focus();
    view.say(`Card ${place() + 1} of ${items.length}.`);
  };
  const askForReadings = () => {
    const done = items.filter((item) => item.id in own()).map((item) => item.id);
    if (!done.length) {
      result.replaceChildren(make("p", { class: "tv-sorting-said" }, model.get("nothing")));
      return view.say(model.get("nothing"));
    }
    wanted = true;
    put(model, { compared: done });
    showResult(); // nothing new comes from Python when all of these were compared before
  };
  let wanted = false;
  let drawn = "";
  const showResult = () => {
    const found = model.get("revealed");
    const asked = model.get("compared").filter((id) => id in own());
    if (!Object.keys(found).length && !asked.length) return;
    const waits = asked.some((id) => !(id in found));
    const now = JSON.stringify([Object.keys(found), model.get("summary"), waits]);
    if (now !== drawn) {
      drawn = now;
      result.replaceChildren(...(waits ? [make("p", { class: "tv-soft" }, "Kept here. The readings come as soon as the kernel answers.")] : resultOf(model, items, own(), kept, view.say)));
    }
    if (!wanted || waits) return;
    wanted = false;
    result.querySelector("h3")?.focus({ preventScroll: true });
    result.scrollIntoView({ block: "nearest" });
    view.say([...model.get("summary"), "Each card is explained below."].join(" "));
  };
  const show = () => {
    const given = own();
    const done = items.filter((item) => item.id in given).length;
    const all = model.get("layout_of") === "all";
    const fresh = items.filter((item) => item.id in given && !(item.id in model.get("revealed"))).length;
    count.textContent = `${items.length ? place() + 1 : 0} of ${items.length}, ${done} sorted`;
    before.disabled = place() <= 0;
    next.disabled = place() === items.length - 1;
    layout.show(model.get("layout_of"));
    view.root.classList.toggle("tv-is-list", all);
    cards.forEach((card) => card.update(all));
    bins.update(items.map((item, i) => ({ id: item.id, number: i + 1, kind: kindOf(item.id), kept: item.id in given })), items[place()] && kindOf(model.get("at")));
    compare.textContent = done && done < items.length ? `Compare these ${done}` : "Compare";
    todo.textContent = done === items.length ? (fresh ? "All cards are sorted. See what two readers made of them." : "") : `${items.length - done} to sort. You may compare earlier, too: a kept card stays as it is.`;
  };
  show();
  showResult();

  listen(model, ["at", "layout_of", "given"], show, signal);
  listen(model, ["revealed", "given"], () => { show(); showResult(); }, signal);
  listen(model, ["at", "layout_of", "compared"], keepState, signal);
  view.onKey((event, typing) => {
    if (typing || event.target.closest(".tv-sorting-result, .tv-scroll")) return false;
    const radio = event.target.matches("input[type=radio]");
    const to = { ArrowLeft: place() - 1, ArrowRight: place() + 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && !radio) return open(items[to]), true;
    if (event.key === "Enter" && !event.target.closest("button, summary")) return items.length && commit(model.get("at")), true;
    const step = model.get("steps")[Number(event.key) - 1];
    if (!/^[1-9]$/.test(event.key) || !step || !items.length) return false;
    const id = model.get("at");
    pick(id, { kind: step.value });
    if (!own()[id]) cards[place()].focusSure();
    return true;
  });
}

/** One card: its words on a slip that can be dragged, the menu, how sure, and what was kept. */
function sortCard(model, item, i, { own, drafts, pick, commit, here }) {
  const head = make("h4", { tabindex: "-1" }, `Card ${i + 1}`);
  const slip = make("blockquote", { class: "tv-quote tv-slip", draggable: "true" }, cardWords(item));
  slip.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", item.id);
    event.dataTransfer.effectAllowed = "move";
  });
  const options = model.get("steps").map((step, n) => make("option", { value: step.value }, `${n + 1}  ${step.word}`));
  const menu = make("select", { onchange: () => menu.value && pick(item.id, { kind: menu.value }), ...QUIETLY }, make("option", { value: "" }, "choose ..."), options);
  const sure = choice({ name: "sure", label: "How sure are you?", options: model.get("levels").map(([value, word]) => [String(value), word]), onpick: (value) => pick(item.id, { sure: Number(value) }) });
  const go = button({ class: "tv-do", onclick: () => commit(item.id) }, "Keep and go on");
  const todo = make("p", { class: "tv-soft" });
  const form = make("div", { class: "tv-sorting-form" }, make("label", { class: "tv-sorting-menu" }, make("span", {}, "It is mainly"), menu), sure.node, make("div", { class: "tv-sorting-go" }, go, todo));
  const done = make("p", { class: "tv-sorting-kept" });
  const node = make("div", { class: "tv-sorting-card", role: "group", "aria-label": `Card ${i + 1}` }, head, slip, form, done);
  // In the list, the card that has the focus is the one that the number keys move.
  node.addEventListener("focusin", here);
  const hint = () => {
    const { kind, sure: level } = drafts.of(item.id);
    if (own()[item.id]) return "This card is kept already.";
    return kind && level ? "A kept card is not moved any more." : kind ? "Now say how sure you are." : "Choose a kind first.";
  };
  const update = (all) => {
    const given = own()[item.id];
    const draft = drafts.of(item.id);
    const current = model.get("at") === item.id;
    node.hidden = !all && !current;
    node.classList.toggle("tv-is-current", all && current);
    slip.draggable = !given;
    form.hidden = Boolean(given);
    done.hidden = !given;
    menu.value = draft.kind ?? "";
    sure.show(String(draft.sure));
    go.disabled = !draft.kind || !draft.sure;
    todo.textContent = hint();
    if (given) done.replaceChildren(make("span", { class: "tv-label" }, "Your answer is kept"), make("b", {}, stepWord(model, given.kind)), `, ${given.sure} % sure`);
  };
  const focus = () => {
    head.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  };
  const focusSure = () => (sure.node.querySelector("input:checked") ?? sure.node.querySelector("input")).focus();
  return { id: item.id, node, update, hint, focus, focusSure };
}

/** The words of a card: the printed label where it is shown, the sentence, the claim in it marked. */
function cardWords({ parts, label, opens }) {
  const [start, claim, end] = parts;
  const printed = label ? [make("b", { class: "tv-printed" }, `${label}:`), opens ? " " : " ... "] : [];
  return [...printed, start, make("mark", { class: "tv-claim" }, claim), end];
}

/** The bins: each a button with its number, its word and a hint, and below it the cards in it. */
function binsOf(model, { drop, press, open }) {
  const bins = model.get("steps").map((step, i) => {
    const top = button({ class: "tv-bin-top", "aria-pressed": "false", onclick: () => press(step.value) }, make("b", {}, `${i + 1}\u2002${step.word}`), make("span", { class: "tv-soft" }, step.hint));
    const inside = make("div", { class: "tv-bin-cards" });
    const node = make("div", { class: "tv-bin", role: "group", "aria-label": `Bin ${i + 1}, ${step.word}` }, top, inside);
    const over = (on) => node.classList.toggle("tv-over", on);
    node.addEventListener("dragover", (event) => {
      event.preventDefault();
      over(true);
    });
    node.addEventListener("dragleave", () => over(false));
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      const id = event.dataTransfer.getData("text/plain");
      if (model.get("items").some((item) => item.id === id)) drop(id, { kind: step.value });
    });
    return { kind: step.value, top, inside, node, shown: "" };
  });
  const chip = ({ id, number, kept }) => button({ class: `tv-chip${kept ? " tv-done" : ""}`, "aria-label": `Card ${number}${kept ? ", kept" : ", not kept yet"}`, onclick: () => open(id) }, String(number));
  const update = (cards, current) => {
    for (const bin of bins) {
      bin.top.setAttribute("aria-pressed", String(bin.kind === current));
      const inside = cards.filter(({ kind }) => kind === bin.kind);
      const now = JSON.stringify(inside);
      if (now === bin.shown) continue; // buttons that did not change keep the focus
      bin.shown = now;
      bin.inside.replaceChildren(...inside.map(chip));
    }
  };
  return { node: make("div", { class: "tv-bins", role: "group", "aria-label": "Bins" }, bins.map(({ node }) => node)), update };
}

/** What came of it: sentences, then each card with both readings, then all in one table. */
function resultOf(model, items, given, kept, say) {
  const found = model.get("revealed");
  const shown = items.map((item, i) => ({ item, number: i + 1 })).filter(({ item }) => item.id in found);
  const labels = model.get("labels");
  return [
    make("h3", { tabindex: "-1" }, "Your cards and two readings"),
    ...model.get("summary").map((text) => make("p", { class: "tv-sorting-said" }, text)),
    make("p", { class: "tv-soft" }, `${AI_READERS} ${REASONS}`),
    make("div", { class: "tv-sorting-each" }, shown.map((one) => comparedCard(model, one, found[one.item.id], given[one.item.id], kept, say))),
    ...(labels.length ? [make("h4", {}, "What the printed labels did"), make("ul", {}, labels.map((text) => make("li", {}, text)))] : []),
    fold(`As a table (${shown.length})`, tableOf(model, shown, found, given)),
  ];
}

/** One compared card: closed, its line says all three kinds; open, it says why. */
function comparedCard(model, { item, number }, { passage, voice, said, two }, own, kept, say) {
  const kinds = new Set(two.map(([, kind]) => kind));
  const state = kinds.size > 1 ? "The readings differ: the question is open." : two.length ? "The readings agree." : "";
  const against = disagreement(model, `kind:${item.id}`, kept, say);
  const readings = two.map(([who, kind, why]) => make("li", {}, make("b", {}, `${who}: `), stepWord(model, kind), why ? `. ${why}` : ""));
  const line = make("span", { class: "tv-compared-line" }, make("b", {}, `Card ${number}`), make("span", {}, `you: ${stepWord(model, own.kind)}`), ...two.map(([who, kind]) => make("span", { class: "tv-soft" }, `${who}: ${stepWord(model, kind)}`)));
  return fold(
    line,
    make("p", { class: "tv-soft" }, `${passage}, ${voice}. ${labelWords(own, item)}`),
    make("blockquote", { class: "tv-quote tv-compared" }, item.parts[1]),
    make("p", {}, make("b", {}, "In neutral words: "), `${said}.`),
    make("ul", { class: "tv-readings" }, make("li", {}, make("b", {}, "You: "), `${stepWord(model, own.kind)}, ${own.sure} % sure`), readings),
    make("p", { class: "tv-soft" }, state),
    against.node,
  );
}

function labelWords({ label_shown: shown }) {
  if (shown === null || shown === undefined) return "No label is printed there.";
  return shown ? "Its label was shown on the card." : "Its label was hidden on the card.";
}

function tableOf(model, shown, found, given) {
  const readers = [...new Set(shown.flatMap(({ item }) => found[item.id].two.map(([who]) => who)))];
  const row = ({ item, number }) => {
    const { passage, two, printed } = found[item.id];
    const { kind, sure, label_shown: on } = given[item.id];
    const label = printed ? `${printed}: ${on ? "shown" : "hidden"}` : "none";
    const kinds = readers.map((who) => stepWord(model, two.find(([name]) => name === who)?.[1] ?? ""));
    return [[number, number], passage, item.parts[1], label, stepWord(model, kind), [`${sure} %`, sure], ...kinds];
  };
  return sortableTable({ caption: "The cards that you compared", columns: ["Card", "Passage", "Claim", "Label", "You", "How sure", ...readers], rows: shown.map(row) });
}

export default { render };
