import { button, make } from "./base.js";

const WORD = /[^ \t\r\n\u00a0]+/gu;

/**
 * Mark words: by mouse (press, move, let go), by touch (tap a word) or by keyboard (arrows, Shift
 * and arrows, Enter, Delete). Marks may overlap. A control as in answering.js; its value is a list
 * of {start, end, quote}, in code points of the document, end-exclusive.
 */
export function marker({ passages, onchange, say }) {
  const words = passages.flatMap(wordsOf);
  let marks = [];
  let [from, to] = [0, 0];
  let locked = false;
  let pressed = null;
  const nodes = words.map((word, i) => make("span", { class: "tv-word", id: freshWordId(), role: "option", "aria-selected": "false", "data-word": i }, word.text));
  const text = make("div", {
    class: "tv-marking", role: "listbox", tabindex: "0", "aria-multiselectable": "true",
    "aria-label": `Words of ${passages.map(({ id }) => id).join(", ")}`, "data-lm-suppress-shortcuts": "true",
  }, passages.map((passage) => paragraph(passage, words, nodes)));
  const list = make("ul", { class: "tv-marks", "aria-label": "Your marks" });
  const hint = make("p", { class: "tv-soft" }, "Drag over words, or tap one. Keys: arrows to a word, Shift and arrows for more words, Enter to mark, Delete to take back.");

  const bounds = () => [Math.min(from, to), Math.max(from, to)];
  const show = () => {
    const [first, last] = bounds();
    nodes.forEach((node, i) => {
      const depth = marks.filter((mark) => covers(mark, words[i])).length;
      node.classList.toggle("tv-is-marked", depth > 0);
      node.classList.toggle("tv-twice", depth > 1);
      node.classList.toggle("tv-at", i >= first && i <= last);
      node.setAttribute("aria-selected", String(depth > 0));
    });
    text.setAttribute("aria-activedescendant", nodes[to]?.id ?? "");
    const items = marks.map((mark) => make("li", {}, make("q", {}, mark.quote), button({ class: "tv-icon", disabled: locked, "aria-label": `Take back: ${mark.quote}`, onclick: () => drop([mark], true) }, "\u00d7")));
    list.replaceChildren(...items);
  };
  const changed = (said) => {
    show();
    say(said);
    onchange();
  };
  const add = () => {
    const [first, last] = bounds();
    const mark = { start: words[first].start, end: words[last].end, quote: quoteOf(passages, words[first].start, words[last].end) };
    const same = marks.some(({ start, end }) => start === mark.start && end === mark.end);
    if (!same) marks = [...marks, mark].sort((a, b) => a.start - b.start || a.end - b.end);
    changed(`Marked: ${mark.quote}. ${marks.length} ${marks.length === 1 ? "mark" : "marks"}.`);
  };
  const drop = (gone, refocus) => {
    marks = marks.filter((mark) => !gone.includes(mark));
    changed(gone.length ? `Taken back: ${gone.map(({ quote }) => quote).join(", ")}.` : "There is no mark here.");
    if (refocus) text.focus();
  };
  const go = (place, extend) => {
    to = Math.max(0, Math.min(words.length - 1, place));
    // A mark stays within its passage.
    if (!extend || words[to].passage !== words[from].passage) from = to;
    show();
    nodes[to]?.scrollIntoView({ block: "nearest" });
  };
  text.addEventListener("keydown", (event) => {
    const place = { ArrowLeft: to - 1, ArrowRight: to + 1, ArrowUp: to - 8, ArrowDown: to + 8, Home: 0, End: words.length - 1 }[event.key];
    if (locked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (place !== undefined) go(place, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") add();
    else if (event.key === "Delete" || event.key === "Backspace") drop(marks.filter((mark) => covers(mark, words[to])), false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const wordAt = (event) => {
    const node = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".tv-word");
    return node && text.contains(node) ? Number(node.dataset.word) : null;
  };
  text.addEventListener("pointerdown", (event) => {
    const word = wordAt(event);
    if (locked || word === null || event.button) return;
    event.preventDefault(); // no selection of the browser's own
    text.focus({ preventScroll: true });
    pressed = word;
    go(word, event.shiftKey);
  });
  text.addEventListener("pointermove", (event) => {
    const word = pressed === null ? null : wordAt(event);
    if (word !== null && word !== to) go(word, true);
  });
  text.addEventListener("pointerup", () => {
    if (pressed === null) return;
    pressed = null;
    const here = marks.filter((mark) => covers(mark, words[to]));
    if (from === to && here.length) drop(here, false);
    else add();
  });
  text.addEventListener("pointercancel", () => (pressed = null));
  show();
  return {
    node: make("div", { class: "tv-marker" }, hint, text, make("h4", {}, "Your marks"), list),
    value: () => (marks.length ? marks : undefined),
    set: (value) => {
      marks = Array.isArray(value) ? value.filter((mark) => mark && mark.end > mark.start) : [];
      show();
    },
    lock: (on) => {
      locked = on;
      show();
    },
    focus: () => text.focus(),
  };
}

/** The words of a passage: text, start and end in code points of the document. */
function wordsOf(passage) {
  const found = [];
  for (const match of passage.text.matchAll(WORD)) {
    const start = passage.start + [...passage.text.slice(0, match.index)].length;
    found.push({ passage: passage.id, text: match[0], start, end: start + [...match[0]].length });
  }
  return found;
}

function covers(mark, word) {
  return mark.start < word.end && word.start < mark.end;
}

/** What stands between two places of the document, within one passage. */
function quoteOf(passages, start, end) {
  const passage = passages.find((one) => one.start <= start && end <= one.start + [...one.text].length);
  return passage ? [...passage.text].slice(start - passage.start, end - passage.start).join("") : "";
}

function paragraph(passage, words, nodes) {
  const own = nodes.filter((_, i) => words[i].passage === passage.id);
  const spaced = own.flatMap((node) => [node, " "]);
  return make("div", { class: "tv-marking-passage", role: "group", "aria-label": `${passage.id}, ${passage.word}` }, make("b", { "aria-hidden": "true" }, `${passage.symbol} ${passage.id} ${passage.word} `), spaced);
}

function freshWordId() {
  return `tv-word-${Math.random().toString(36).slice(2)}`;
}
