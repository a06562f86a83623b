import { button, choice, frame, keep, listen, make, recall } from "./base.js";
import { disagreement, keeper } from "./keeping.js";
import { inTurn } from "./waiting.js";
import { decorateMarked, wordPage } from "./marking.js";
import { labelPalette } from "./labels.js";
import { comparedContent, comparedSentence } from "./compared.js";

const KEYS = [
  ["\u2190 \u2192 \u2191 \u2193", "to a word"],
  ["Shift + \u2190 \u2192", "more words, fewer words"],
  ["Enter", "to the labels"],
  ["1 2 3 \u2026", "choose a group, then a label"],
  ["? on a label", "what it means"],
  ["Delete", "take back the mark at the cursor"],
  ["[ ]", "move the nearer edge of the mark left, right"],
  ["Ctrl + Z, Ctrl + Y", "undo, redo"],
  ["Esc", "back to the text"],
];
const SURE = [["high", "high"], ["medium", "medium"], ["low", "low"]];
const MOST = 90000; // characters that the marks may have together: no answer is kept that is longer
const EDGES = /^[.,;:!?"'()[\]\u2013\u2014\u2018\u2019\u201c\u201d\u2026-]+|[.,;:!?"'()[\]\u2013\u2014\u2018\u2019\u201c\u201d\u2026-]+$/gu; // as in scoring.py
const LONGEST = 4000; // code points of one mark

function render({ model, el, signal }) {
  const what = { kind: "marker", title: model.get("title"), how: HELP[model.get("help")] ?? "" };
  inTurn({ model, el, signal, what, begin: () => mark({ model, el, signal }) });
}

function mark({ model, el, signal }) {
  const flat = model.get("labels").length <= 9 || model.get("help") === "guided";
  const keys = KEYS.map(([key, what]) => [key, flat && key.startsWith("1") ? "choose a label" : what]);
  const view = frame(el, { kind: "marker", title: model.get("title"), keys: [["Tab", "to the next part"], ...keys, ["?", "show or hide these keys"]], signal });
  const kept = keeper(model, signal);
  const names = new Map(model.get("labels").map(({ id, name }) => [id, name]));
  const nameOf = (id) => names.get(id) ?? id;
  const state = marksOf(model, kept);
  let page = null;
  let current = null; // the mark whose reason and edges are shown
  let who = "both";
  let touched = false;

  const at = (word) => (page ? state.marks().filter((mark) => mark.start < page.endOf(word) && page.startOf(word) < mark.end) : []);
  const readingsAt = (word) => shownReadings().filter(({ mark }) => mark.start < page.endOf(word) && page.startOf(word) < mark.end);
  const shownReadings = () => (fresh() ? model.get("revealed").sides.filter((side) => who === "both" || side.who === who).flatMap((side) => side.rows.filter(({ mark }) => mark).map(({ mark }) => ({ mark, who: side.who }))) : []);
  const decorate = (node, word) => {
    if (!page) return;
    const here = at(word);
    decorateMarked(node, here.length);
    node.classList.toggle("tv-mk-current", Boolean(current) && here.some((mark) => same(mark, current)));
    const first = here.filter((mark) => mark.start >= page.startOf(word)).map((mark) => state.marks().indexOf(mark) + 1);
    if (first.length) node.dataset.tags = first.join(" ");
    else delete node.dataset.tags;
    const readers = fresh() ? readingsAt(word).map((one) => one.who) : [];
    for (const reader of ["A", "B"]) node.classList.toggle(`tv-mk-read-${reader.toLowerCase()}`, readers.includes(reader));
  };
  const fresh = () => Boolean(model.get("revealed").answer) && model.get("revealed").answer === asked();
  const asked = () => kept.pending().filter(({ item }) => item === `${model.get("item")}:compare`).at(-1)?.id ?? model.get("revealed").answer;

  page = wordPage({
    passages: model.get("passages"),
    decorate,
    enabled: () => true,
    onmove: () => moved(),
    onchosen: (tapped) => {
      touched = true;
      current = tapped ? shortest(at(page.cursor())) : null;
      show();
    },
    onkey: (event) => textKey(event),
  });
  const palette = labelPalette({
    labels: model.get("labels"),
    hints: model.get("help") === "guided" ? model.get("hints") : null,
    passages: model.get("passages").length,
    step: recall(stepName(model)) ?? 0,
    onstep: (step) => keep(stepName(model), step),
    onpick: (label) => add(label),
    onleave: () => page.node.focus(),
  });
  const details = detailsOf({ change: (next) => change(next), edge: (side, by) => moveEdge(current, side, by), drop: () => drop(current ? [current] : []), say: view.say });
  const list = make("ol", { class: "tv-mk-marks", "aria-label": "Your marks" });
  const undo = button({ class: "tv-mk-undo", "aria-disabled": "true", onclick: () => step("undo") }, "Undo");
  const redo = button({ class: "tv-mk-redo", "aria-disabled": "true", onclick: () => step("redo") }, "Redo");
  const compare = button({ class: "tv-do", onclick: () => ask() }, "Compare");
  const result = make("div", { class: "tv-mk-result" });
  const disagree = disagreement(model, model.get("item"), kept, view.say);

  view.bar.append(make("h3", {}, model.get("title")), make("span", { class: "tv-soft" }, HELP[model.get("help")] ?? ""));
  view.body.append(
    make("p", { class: "tv-mk-question" }, model.get("prompt")),
    make("p", { class: "tv-soft" }, "Drag over words, or tap one. Keys: arrows to a word, Shift and arrows for more, Enter for the labels."),
    make("div", { class: "tv-mk-columns" },
      make("div", { class: "tv-mk-text" }, page.node),
      make("div", { class: "tv-mk-aside" }, palette.node, details.node),
      make("div", { class: "tv-mk-own" }, make("div", { class: "tv-mk-row tv-mk-tools" }, make("h4", {}, "Your marks"), undo, redo), list)),
    make("div", { class: "tv-mk-row" }, compare, make("span", { class: "tv-soft" }, "When you are done: see what two readers marked.")),
    result, disagree.node, kept.node,
  );

  const moved = () => {
    touched = true;
    const [first, last] = page.chosen();
    const found = first === last ? shortest(at(first)) : null;
    if (!same(found, current)) {
      const before = current;
      current = found;
      for (const mark of [before, found]) if (mark) page.paint(page.wordAt(mark.start), page.wordAt(mark.end - 1));
      details.show(current, nameOf);
    }
    chose();
  };
  const chose = () => {
    view.root.classList.toggle("tv-mk-touched", touched);
    const [start, end] = touched && page.count ? page.spanOf(...page.chosen()) : [0, 0];
    palette.show(end ? short(trimmed(page, [start, Math.min(end, start + 200)]).quote) : "");
  };
  const show = () => {
    page.paintAll();
    const marks = state.marks();
    list.replaceChildren(...marks.map((mark, i) => markRow(mark, i)));
    undo.setAttribute("aria-disabled", String(!state.can("undo")));
    redo.setAttribute("aria-disabled", String(!state.can("redo")));
    details.show(current, nameOf);
    chose();
  };
  const markRow = (mark, i) => {
    const sure = mark.sure ? `, sure: ${mark.sure}` : "";
    const see = button({ class: "tv-mk-see", "aria-label": `Show mark ${i + 1}: ${mark.quote}`, onclick: () => see_(mark) }, make("b", {}, `${i + 1} `), make("q", {}, short(mark.quote)));
    const gone = button({ class: "tv-icon", "aria-label": `Take back mark ${i + 1}: ${mark.quote}`, onclick: () => { drop([mark]); page.node.focus(); } }, "\u00d7");
    return make("li", { "data-current": same(mark, current) ? "true" : undefined }, make("div", { class: "tv-mk-row" }, see, gone), make("span", { class: "tv-soft" }, `${nameOf(mark.label)}${sure}`));
  };
  const see_ = (mark) => {
    page.choose(page.wordAt(mark.start), page.wordAt(mark.end - 1));
    current = state.marks().find((one) => same(one, mark)) ?? null;
    show();
  };
  const set = (next, said) => {
    if (!state.set(next)) view.say("These are as many marks as can be kept. Take one back first.");
    else view.say(said);
    show();
  };
  const add = (label) => {
    if (!touched || !page.count) return view.say("First choose words in the text.");
    const span = page.spanOf(...page.chosen());
    if (span[1] - span[0] > LONGEST) return view.say("These are too many words for one mark.");
    const mark = { ...trimmed(page, span), label: label.id, reason: "", sure: "" };
    const there = state.marks().find((one) => same(one, mark));
    current = there ?? mark;
    palette.fold();
    if (there) {
      view.say(`This is already marked: ${label.name}.`);
      show();
    } else set([...state.marks(), mark], `Marked ${short(mark.quote)}: ${label.name}. ${counted(state.marks().length + 1)}.`);
    page.node.focus();
  };
  const drop = (gone) => {
    if (!gone.length) return view.say("There is no mark here.");
    if (gone.some((mark) => same(mark, current))) current = null;
    set(state.marks().filter((mark) => !gone.some((one) => same(one, mark))), `Taken back: ${gone.map(({ quote }) => short(quote)).join(", ")}. ${counted(state.marks().length - gone.length)}.`);
  };
  const change = (values) => {
    if (!current) return;
    const before = current;
    current = { ...before, ...values };
    set([...state.marks().filter((mark) => !same(mark, before)), current], "Kept with your mark.");
  };
  const moveEdge = (mark, side, by) => {
    if (!mark) return view.say("There is no mark here.");
    const words = [page.wordAt(mark.start), page.wordAt(mark.end - 1)];
    words[side] += by;
    const [first, last] = words;
    if (first > last || first < 0 || last >= page.count || page.passageOf(first) !== page.passageOf(last)) return view.say("The edge cannot go further.");
    const next = { ...mark, ...trimmed(page, page.spanOf(first, last)) };
    if (state.marks().some((one) => same(one, next))) return view.say("There is such a mark already.");
    page.choose(words[side], words[side]);
    current = next;
    set([...state.marks().filter((one) => !same(one, mark)), next], `Now: ${short(next.quote)}.`);
  };
  const step = (which) => {
    current = null;
    view.say(state[which]() ? `${which === "undo" ? "Undone" : "Done again"}. ${counted(state.marks().length)}.` : `Nothing to ${which}.`);
    show();
  };
  const textKey = (event) => {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if ((event.key === "[" || event.key === "]") && (!held || event.getModifierState("AltGraph"))) {
      const mark = current ?? shortest(at(page.cursor()));
      if (!mark) view.say("There is no mark here.");
      else moveEdge(mark, page.cursor() - page.wordAt(mark.start) < page.wordAt(mark.end - 1) - page.cursor() ? 0 : 1, event.key === "[" ? -1 : 1);
    } else if (held) return false;
    else if (event.key === "Enter" || event.key === " ") {
      touched = true;
      chose();
      palette.focus();
    } else if (/^[1-9]$/.test(event.key)) {
      touched = true;
      return palette.press(Number(event.key));
    } else if (event.key === "Delete" || event.key === "Backspace") drop([current ?? shortest(at(page.cursor()))].filter(Boolean));
    else return false;
    return true;
  };
  const ask = () => {
    kept.commit(`${model.get("item")}:compare`, "compare", state.marks());
    drawResult();
    result.querySelector("[tabindex]")?.focus({ preventScroll: true });
  };
  const drawResult = () => {
    const had = result.contains(document.activeElement);
    disagree.node.hidden = !fresh();
    if (fresh()) {
      result.replaceChildren(...comparedContent({ found: model.get("revealed"), who, nameOf, onshow: see_, onwho: (value) => {
        who = value;
        page.paintAll();
      } }));
    } else if (asked()) {
      result.replaceChildren(make("h4", { tabindex: "-1" }, "Your marks are kept"), make("p", { class: "tv-soft" }, "The readings come as soon as the kernel answers."));
    }
    compare.textContent = asked() ? "Compare again" : "Compare";
    if (had) result.querySelector("[tabindex]")?.focus({ preventScroll: true });
    page.paintAll();
  };
  let heard = model.get("revealed").answer;
  listen(model, ["revealed"], () => {
    drawResult();
    if (!fresh() || model.get("revealed").answer === heard) return;
    heard = model.get("revealed").answer;
    view.say(comparedSentence(model.get("revealed")));
  }, signal);
  listen(model, ["marks", "marked_at"], () => {
    if (state.take()) {
      current = null;
      show();
    }
  }, signal);
  listen(model, ["disagreed"], disagree.update, signal);
  view.onKey((event, typing) => {
    if (typing || event.altKey || !(event.ctrlKey || event.metaKey)) return false;
    const key = event.key.toLowerCase();
    const which = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
    if (!which) return false;
    event.stopPropagation();
    step(which);
    return true;
  });
  show();
  drawResult();
}

const HELP = {
  guided: "With help: one label at a time",
  "half guided": "With some help: a few labels",
  alone: "On your own: all labels",
};

/** The marks, their past and their future. What is newest counts, here or in the kernel. */
function marksOf(model, kept) {
  const item = model.get("item");
  const newest = () => {
    const mine = kept.pending().filter((record) => record.item === item).at(-1);
    const known = { value: model.get("marks"), answered_at: model.get("marked_at") };
    return mine && mine.answered_at >= known.answered_at ? mine : known;
  };
  let { value: marks, answered_at: stamp } = newest();
  let past = [];
  let future = [];
  const commit = (next) => {
    marks = next;
    stamp = kept.commit(item, "marks", next).answered_at;
  };
  const step = (from, to) => {
    if (!from.length) return false;
    to.push(marks);
    commit(from.pop());
    return true;
  };
  return {
    marks: () => marks,
    can: (which) => (which === "undo" ? past : future).length > 0,
    set: (next) => {
      const sorted = [...next].sort((a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1));
      if (sorted.length > marks.length && sizeOf(sorted) > MOST) return false;
      past.push(marks);
      future = [];
      commit(sorted);
      return true;
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    // Marks that were made elsewhere and are newer; says whether there were any.
    take: () => {
      const found = newest();
      if (found.answered_at <= stamp) return false;
      past.push(marks);
      future = [];
      [marks, stamp] = [found.value, found.answered_at];
      return true;
    },
  };
}

/** Reason, certainty and edges of one mark. */
function detailsOf({ change, edge, drop, say }) {
  const title = make("p", { class: "tv-mk-words" });
  const input = make("input", { type: "text", class: "tv-field tv-mk-reason-field", maxlength: 500, "data-lm-suppress-shortcuts": "true", onchange: () => store() });
  let reason = "";
  const store = () => input.value.trim() !== reason && change({ reason: (reason = input.value.trim()) });
  input.addEventListener("keydown", (event) => event.key === "Enter" && store());
  const sure = choice({ name: "tv-sure", label: "How sure are you?", options: SURE, onpick: (value) => change({ sure: value }) });
  const edges = [["Start", 0], ["End", 1]].map(([word, side]) => make("span", { class: "tv-mk-edge" }, `${word} `,
    button({ class: "tv-icon", "aria-label": `${word} one word left`, onclick: () => edge(side, -1) }, "\u2190"),
    button({ class: "tv-icon", "aria-label": `${word} one word right`, onclick: () => edge(side, 1) }, "\u2192")));
  const node = make("div", { class: "tv-mk-details", role: "group", "aria-label": "This mark", hidden: true }, title,
    make("label", { class: "tv-mk-why" }, make("span", { class: "tv-label" }, "Why? In a few words"), input), sure.node,
    make("div", { class: "tv-mk-row" }, edges, button({ onclick: () => drop() }, "Take back")));
  return {
    node,
    show: (mark, nameOf) => {
      const focused = node.contains(document.activeElement);
      node.hidden = !mark && !focused;
      if (!mark) return;
      title.replaceChildren("Your mark: ", make("q", {}, short(mark.quote)), ` ${nameOf(mark.label)}`);
      reason = mark.reason ?? "";
      if (document.activeElement !== input) input.value = reason;
      sure.show(mark.sure);
    },
  };
}

/** Some words as start, end and quote, without the punctuation at their edges. */
function trimmed(page, [start, end]) {
  const whole = page.quoteOf(start, end);
  const quote = whole.replace(EDGES, "");
  if (!quote) return { start, end, quote: whole };
  // All punctuation that is cut is one code point and one unit a character.
  const first = start + whole.indexOf(quote);
  return { start: first, end: end - (whole.length - whole.indexOf(quote) - quote.length), quote };
}

function same(a, b) {
  return a === b || Boolean(a && b && a.start === b.start && a.end === b.end && a.label === b.label);
}

function shortest(marks) {
  return [...marks].sort((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null;
}

function counted(count) {
  return `${count} ${count === 1 ? "mark" : "marks"}`;
}

function short(text) {
  const points = [...text];
  return points.length > 80 ? `${points.slice(0, 77).join("")}...` : text;
}

/** How long marks are where they are kept: in ASCII, as JSON. */
function sizeOf(marks) {
  return JSON.stringify(marks).replace(/[^\u0000-\u007f]/g, "\\u0000").length + 8 * marks.length;
}

function stepName(model) {
  return `two-voices:step:${model.get("_place")}`;
}

export default { render };
