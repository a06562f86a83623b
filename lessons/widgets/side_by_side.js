import { button, choice, frame, innerPicture, joinPicks, keepTraits, listen, make, put, utf16Offsets } from "./base.js";
import { keeper } from "./keeping.js";
import { judgement, revealedSentence, stepWord, watchRevealed } from "./judging.js";

const ORDERS = [["answers", "Beside what it answers"], ["printed", "As printed"]];
const LONG = 4; // so many passages of commentary in a row are an interruption worth a word
const KEYS = [
  ["\u2191 \u2193", "passage before or after, down the page"],
  ["\u2190 \u2192", "to the statement, to its replies"],
  ["Tab", "into the passage: its question, what it answers"],
  ["Enter", "mark the passage here and in the other boxes"],
  ["1 2 3 4", "choose, while the question is open"],
  ["Esc", "close the question"],
  ["?", "show or hide these keys"],
];

function render({ model, el, host, signal }) {
  const keepState = keepTraits(model, ["order", "selected", "marked", "at"]);
  const view = frame(el, { kind: "sides", title: model.get("title"), keys: KEYS, signal });
  const kept = keeper(model, signal);
  const page = make("ol", { class: "tv-sides-page", "aria-label": model.get("title") });
  const count = make("p", { class: "tv-count" });
  const orders = choice({ name: "order", label: "Order", options: ORDERS, onpick: (value) => put(model, { order: value }) });
  // The answers beside the readings, from the first answer on.
  const picture = innerPicture(model, host, "tv-answers", signal);
  view.bar.append(orders.node, count);
  view.body.append(heads(model), page, picture.node, kept.node);

  const sides = passages(model, { kept, say: view.say, select: (id) => select(id), goTo: (id) => goTo(id) });
  const select = (id) => {
    put(model, { selected: id === model.get("selected") ? "" : id, marked: [] });
    const item = sides.get(model.get("selected"));
    view.say(item ? spoken(item.data, model) : "Nothing is marked.");
  };
  const focusOn = (item) => {
    for (const other of sides.values()) other.activate(other === item);
    item.cite.focus();
  };
  const goTo = (id) => focusOn(sides.get(id));
  const tell = joinPicks(model, (pick) => put(model, { marked: pick.passages, selected: "" }), signal);

  const lay = () => {
    const shown = model.get("order");
    orders.show(shown);
    page.replaceChildren(...rows(model, sides).map(rowNode));
    const first = [...sides.values()].find((item) => page.contains(item.cite));
    for (const item of sides.values()) item.activate(item === first);
  };
  const mark = () => {
    const [selected, marked] = [model.get("selected"), model.get("marked")];
    const linked = linkedTo(sides.get(selected)?.data);
    for (const [id, item] of sides) item.mark(id === selected, marked.includes(id), linked.includes(id));
  };
  const judged = () => {
    const done = Object.keys(model.get("answers")).length;
    count.textContent = `${done} of ${model.get("items").length} replies judged`;
    for (const item of sides.values()) item.judged();
  };
  lay();
  mark();
  judged();
  picture.show();

  const fresh = watchRevealed(model);
  listen(model, ["order"], () => { lay(); view.say(orderSentence(model)); }, signal);
  listen(model, ["selected", "marked"], mark, signal);
  listen(model, ["selected"], () => {
    const data = sides.get(model.get("selected"))?.data;
    tell(data ? { passages: [data.id], events: data.leads_to } : { passages: [], events: [] });
  }, signal);
  listen(model, ["at", "answers"], judged, signal);
  listen(model, ["revealed"], () => {
    judged();
    const ids = fresh();
    const item = model.get("items").find(({ id }) => ids.includes(id) && id === model.get("at"));
    if (item) view.say(revealedSentence(model, item));
  }, signal);
  listen(model, ["picture"], picture.show, signal);
  listen(model, ["order", "selected", "marked", "at"], keepState, signal);
  page.addEventListener("focusin", (event) => {
    const item = sides.get(event.target.closest("[data-passage]")?.dataset.passage);
    if (item && event.target === item.cite) for (const other of sides.values()) other.activate(other === item);
  }, { signal });

  view.onKey((event, typing) => {
    if (typing) return false;
    const item = sides.get(event.target.closest("[data-passage]")?.dataset.passage);
    if (!item) return false;
    if (event.target !== item.cite) return item.key(event);
    const to = neighbour(event.key, item, sides, page);
    if (to) focusOn(to);
    return to !== undefined || item.key(event);
  });
}

/** Where an arrow leads from a passage: null for nowhere, undefined for a key that is no arrow. */
function neighbour(key, item, sides, page) {
  const inOrder = [...page.querySelectorAll(".tv-cite")].map((cite) => sides.get(cite.closest("[data-passage]").dataset.passage));
  const here = inOrder.indexOf(item);
  const across = linkedTo(item.data)[0];
  return {
    ArrowUp: inOrder[here - 1] ?? null, ArrowDown: inOrder[here + 1] ?? null,
    ArrowLeft: item.data.answers.length ? (sides.get(across) ?? null) : null,
    ArrowRight: item.data.answered_by.length ? (sides.get(across) ?? null) : null,
  }[key];
}

const linkedTo = (data) => (data ? [...data.answers, ...data.answered_by] : []);

function spoken(data, model) {
  const voice = model.get("voices")[data.voice].word;
  const links = linkedTo(data);
  const words = data.voice === model.get("left") ? "answered by" : "answers";
  return `${data.id}, ${voice}${links.length ? `, ${words} ${links.join(", ")}` : ""}.`;
}

function orderSentence(model) {
  return model.get("order") === "printed" ? "As printed: everything where the article has it." : "Each reply beside the first passage that it answers.";
}

function heads(model) {
  const one = (voice) => {
    const { symbol, word, tone } = model.get("voices")[voice];
    const head = make("h3", {}, `${symbol} ${word}`);
    head.style.color = `var(--tv-${tone})`;
    return head;
  };
  return make("div", { class: "tv-sides-heads", "aria-hidden": "true" }, one(model.get("left")), one(model.get("right")));
}

/** The rows of the page: a passage of the statement, or null, and the commentary beside it. */
function rows(model, sides) {
  const printed = model.get("order") === "printed";
  const onLeft = (item) => item.data.voice === model.get("left");
  const all = [{ left: null, right: [] }];
  for (const item of sides.values()) if (onLeft(item)) all.push({ left: item, right: [] });
  let last = all[0];
  for (const item of sides.values()) {
    if (onLeft(item)) last = all.find((row) => row.left === item);
    else if (printed || !item.data.answers.length) last.right.push(item);
    else all.find((row) => row.left?.data.id === item.data.answers[0]).right.push(item);
  }
  const next = (row) => all[all.indexOf(row) + 1]?.left;
  for (const row of all) row.cut = printed && row.left && next(row) && row.right.length >= LONG ? cutWords(model, row, next(row)) : "";
  return all.filter((row) => row.left || row.right.length);
}

function cutWords(model, row, next) {
  const voice = model.get("voices")[model.get("right")].word.toLowerCase();
  const words = row.right.reduce((sum, item) => sum + item.data.words, 0);
  return `Here the article breaks off. ${row.right.length} paragraphs of ${voice}, ${words} words, stand before ${next.data.id}.`;
}

function rowNode({ left, right, cut }) {
  const leftSide = make("div", { class: "tv-side" }, left?.node, cut ? make("div", { class: "tv-cut" }, make("p", {}, cut)) : null);
  return make("li", { class: cut ? "tv-sides-row tv-interrupted" : "tv-sides-row" }, leftSide, make("div", { class: "tv-side" }, right.map((item) => item.node)));
}

/** Every passage of both columns by its id, in the order of the text. */
function passages(model, actions) {
  const text = model.get("text");
  const at = utf16Offsets(text);
  const replies = new Map(model.get("items").map((item) => [item.id, item]));
  const made = model.get("passages").map((data) => {
    const said = text.slice(at(data.start), at(data.end));
    return [data.id, passage(model, data, said, replies.get(data.id), actions)];
  });
  return new Map(made);
}

/** One passage in its column: its number, its text, what it goes with, and for a reply the question. */
function passage(model, data, said, reply, { kept, say, select, goTo }) {
  const voice = model.get("voices")[data.voice];
  const cite = button({ class: "tv-cite", "aria-pressed": "false", "aria-label": spoken(data, model), onclick: () => select(data.id) }, `${voice.symbol} ${data.id}`);
  const flag = make("span", { class: "tv-flag", hidden: true }, "marked");
  const link = (id) => button({ class: "tv-passage-link", "aria-label": `Go to ${id}`, onclick: () => goTo(id) }, id);
  const links = linkedTo(data);
  const where = links.length ? make("p", { class: "tv-goes-with" }, data.voice === model.get("left") ? "Answered by " : "Answers ", links.map(link)) : null;
  const question = reply ? replyQuestion(model, reply, kept, say) : null;
  const node = make("div", { class: `tv-side-passage tv-${voice.tone}`, "data-passage": data.id },
    make("div", { class: "tv-side-head" }, cite, flag), make("p", { class: "tv-said" }, said), where, question?.node);
  node.style.setProperty("--tv-voice", `var(--tv-${voice.tone})`);
  return {
    data, node, cite,
    activate: (on) => node.querySelectorAll("button, input").forEach((control) => (control.tabIndex = on ? 0 : -1)),
    mark: (selected, marked, linked) => {
      cite.setAttribute("aria-pressed", String(selected));
      node.classList.toggle("tv-selected", selected);
      node.classList.toggle("tv-linked", linked);
      node.classList.toggle("tv-marked", marked);
      flag.hidden = !(marked || linked);
      flag.textContent = marked ? "marked" : "goes with it";
    },
    judged: () => question?.update(),
    key: (event) => question?.key(event) ?? false,
  };
}

/** The question of a reply, closed until it is asked for; only one is open at a time. */
function replyQuestion(model, reply, kept, say) {
  const ask = button({ class: "tv-ask", onclick: () => put(model, { at: model.get("at") === reply.id ? "" : reply.id }) });
  const place = make("div", {});
  const node = make("div", { class: "tv-question" }, ask, place);
  let asked = null;
  const update = () => {
    const open = model.get("at") === reply.id;
    const given = model.get("answers")[reply.id];
    ask.textContent = given === undefined ? "How does it answer?" : `You: ${stepWord(model, given)}`;
    ask.setAttribute("aria-expanded", String(open));
    ask.setAttribute("aria-label", `${reply.id}: ${ask.textContent}`);
    if (open && !asked) asked = judgement(model, reply, kept, say);
    // Put back where it is, it would lose the focus.
    if (place.contains(asked?.node ?? null) !== open) place.replaceChildren(...(open ? [asked.node] : []));
    if (open) asked.update();
  };
  const key = (event) => {
    const open = model.get("at") === reply.id;
    if (!open) return false;
    if (event.key === "Escape") return put(model, { at: "" }), ask.focus(), true;
    if (event.key === "Enter" && event.target.matches("input[type=radio]")) return asked.commit(), true;
    return /^[1-9]$/.test(event.key) && asked.choose(Number(event.key));
  };
  return { node, update, key };
}

export default { render };
