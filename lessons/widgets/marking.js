import { button, make, utf16Offsets } from "./base.js";

const WORD = /[^ \t\r\n\u00a0]+/gu;
const BLOCK = 200; // words; a longer passage is drawn in blocks of about as many
const NEAR = "400px"; // blocks this far out of view are drawn ahead

/**
 * The words of some passages: a cursor, a choice of words, keyboard, mouse and touch. Only blocks
 * in view are drawn word by word (all of them when `eager`), and a key changes only the words it
 * concerns: a text of any length answers at once.
 * passages: {id, word, symbol, start, text}. decorate(node, word) gives a word its look;
 * onmove() hears that the cursor moved, onchosen(tapped) that words were chosen with the pointer,
 * onkey(event) gets other keys and says whether it used them. Places are code points of the document, words
 * are counted from 0. Returns node, chosen(), cursor(), choose(first, last), paint(first, last),
 * spanOf(first, last), quoteOf(start, end), wordAt(place), startOf(word), endOf(word).
 */
export function wordPage({ passages, eager = false, decorate, onmove = () => {}, onchosen, onkey, enabled }) {
  const index = indexWords(passages);
  const count = index.start.length;
  const sizes = passages.map(({ text }) => pointsIn(text, 0, text.length));
  const name = freshWordId();
  let [from, to] = [0, 0];
  let pressed = null;
  const blocks = [];
  const groups = passages.map((passage, i) => {
    const own = blocksOf(index, i).map(([first, last]) => ({ first, last, nodes: null, node: make("span", { class: "tv-words" }) }));
    blocks.push(...own);
    return make("div", { class: own.length > 1 ? "tv-marking-passage tv-long" : "tv-marking-passage", role: "group", "aria-label": `${passage.id}, ${passage.word}`, "data-voice": passage.voice },
      make("b", { "aria-hidden": "true" }, `${passage.symbol} ${passage.id} ${passage.word} `), own.map(({ node }) => node));
  });
  const node = make("div", {
    class: "tv-marking", role: "listbox", tabindex: "0", "aria-multiselectable": "true",
    "aria-label": `Words of ${named(passages)}`, "data-lm-suppress-shortcuts": "true",
  }, groups);

  const chosen = () => [Math.min(from, to), Math.max(from, to)];
  const wordText = (word) => passages[index.passage[word]].text.slice(index.at[word], index.at[word] + index.length[word]);
  const look = (block, word) => {
    const one = block.nodes[word - block.first];
    const [first, last] = chosen();
    one.classList.toggle("tv-at", word >= first && word <= last);
    decorate(one, word);
  };
  const draw = (block) => {
    if (block.nodes) return;
    block.nodes = [];
    const parts = [];
    for (let word = block.first; word <= block.last; word += 1) {
      const one = make("span", { class: "tv-mark-word", id: `${name}-${word}`, role: "option", "aria-selected": "false", "data-word": word }, wordText(word));
      block.nodes.push(one);
      parts.push(one, " ");
      look(block, word);
    }
    block.node.replaceChildren(...parts);
  };
  const flatten = (block) => {
    block.nodes = null;
    const passage = passages[index.passage[block.first]];
    block.node.textContent = `${passage.text.slice(index.at[block.first], index.at[block.last] + index.length[block.last])} `;
  };
  const blockOf = (word) => blocks[lastAtMost(blocks, word, (block) => block.first)];
  const paint = (first, last) => {
    if (!count || last < first) return;
    for (let i = lastAtMost(blocks, first, (block) => block.first); i < blocks.length && blocks[i].first <= last; i += 1) {
      if (!blocks[i].nodes) continue;
      for (let word = Math.max(first, blocks[i].first); word <= Math.min(last, blocks[i].last); word += 1) look(blocks[i], word);
    }
  };
  const place = (first, last) => {
    const before = chosen();
    [from, to] = [first, last];
    const now = chosen();
    // Only what has changed: the two ends, or both choices when they lie apart.
    if (before[1] < now[0] || now[1] < before[0]) [before, now].forEach(([a, b]) => paint(a, b));
    else [[before[0], now[0]], [before[1], now[1]]].forEach(([a, b]) => a !== b && paint(Math.min(a, b), Math.max(a, b)));
    if (count) draw(blockOf(to));
    if (count) node.setAttribute("aria-activedescendant", `${name}-${to}`);
  };
  const go = (word, extend, show = true) => {
    const next = Math.max(0, Math.min(count - 1, word));
    // A choice stays within its passage.
    const start = !extend || index.passage[next] !== index.passage[from] ? next : from;
    place(start, next);
    if (show && count) reveal(blockOf(to).nodes[to - blockOf(to).first]);
    onmove();
  };
  node.addEventListener("keydown", (event) => {
    if (!enabled() || !count) return;
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    const next = plain ? { ArrowLeft: to - 1, ArrowRight: to + 1, ArrowUp: to - 8, ArrowDown: to + 8, Home: 0, End: count - 1 }[event.key] : undefined;
    if (next !== undefined) go(next, event.shiftKey);
    else if (!onkey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const wordUnder = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".tv-mark-word");
    return found && node.contains(found) ? Number(found.dataset.word) : null;
  };
  node.addEventListener("pointerdown", (event) => {
    const word = wordUnder(event);
    if (!enabled() || word === null || event.button) return;
    event.preventDefault(); // no selection of the browser's own
    node.focus({ preventScroll: true });
    pressed = word;
    go(word, event.shiftKey, false);
  });
  node.addEventListener("pointermove", (event) => {
    const word = pressed === null ? null : wordUnder(event);
    if (word !== null && word !== to) go(word, true, false);
  });
  node.addEventListener("pointerup", () => {
    if (pressed === null) return;
    pressed = null;
    onchosen(from === to);
  });
  node.addEventListener("pointercancel", () => (pressed = null));

  if (eager || !globalThis.IntersectionObserver) blocks.forEach(draw);
  else {
    const byNode = new Map(blocks.map((block) => [block.node, block]));
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const block = byNode.get(target);
        if (isIntersecting) draw(block);
        else if (block.nodes && !(to >= block.first && to <= block.last)) flatten(block);
      }
    }, { root: node, rootMargin: NEAR });
    blocks.forEach((block) => {
      flatten(block);
      watch.observe(block.node);
    });
    if (count) draw(blockOf(0));
  }
  return {
    node,
    chosen,
    cursor: () => to,
    choose: (first, last) => {
      place(first, last);
      if (count) reveal(blockOf(to).nodes[to - blockOf(to).first]);
      onmove();
    },
    paint,
    paintAll: () => blocks.forEach((block) => block.nodes && paint(block.first, block.last)),
    spanOf: (first, last) => [index.start[first], index.end[last]],
    startOf: (word) => index.start[word],
    endOf: (word) => index.end[word],
    passageOf: (word) => index.passage[word],
    count,
    // The last word that begins at or before a place.
    wordAt: (offset) => Math.max(0, lastAtMost(index.start, offset, (start) => start)),
    quoteOf: (start, end) => quoteOf(passages, sizes, start, end),
  };
}

/**
 * Mark words: by mouse (press, move, let go), by touch (tap a word) or by keyboard (arrows, Shift
 * and arrows, Enter, Delete). Marks may overlap. A control as in answering.js; its value is a list
 * of {start, end, quote}, in code points of the document, end-exclusive.
 */
export function marker({ passages, onchange, say }) {
  let marks = [];
  let locked = false;
  const list = make("ul", { class: "tv-marks", "aria-label": "Your marks" });
  const hint = make("p", { class: "tv-soft" }, "Drag over words, or tap one. Keys: arrows to a word, Shift and arrows for more words, Enter to mark, Delete to take back.");
  const here = (word) => marks.filter((mark) => mark.start < page.endOf(word) && page.startOf(word) < mark.end);
  const page = wordPage({
    passages,
    eager: true,
    enabled: () => !locked,
    decorate: (node, word) => decorateMarked(node, marks.length ? here(word).length : 0),
    onchosen: (tapped) => (tapped && here(page.cursor()).length ? drop(here(page.cursor()), false) : add()),
    onkey: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.key === "Enter" || event.key === " ") add();
      else if (event.key === "Delete" || event.key === "Backspace") drop(here(page.cursor()), false);
      else return false;
      return true;
    },
  });
  const show = () => {
    page.paintAll();
    const items = marks.map((mark) => make("li", {}, make("q", {}, mark.quote), button({ class: "tv-icon", disabled: locked, "aria-label": `Take back: ${mark.quote}`, onclick: () => drop([mark], true) }, "\u00d7")));
    list.replaceChildren(...items);
  };
  const changed = (said) => {
    show();
    say(said);
    onchange();
  };
  const add = () => {
    const [start, end] = page.spanOf(...page.chosen());
    const mark = { start, end, quote: page.quoteOf(start, end) };
    const same = marks.some((one) => one.start === start && one.end === end);
    if (!same) marks = [...marks, mark].sort((a, b) => a.start - b.start || a.end - b.end);
    changed(`Marked: ${mark.quote}. ${marks.length} ${marks.length === 1 ? "mark" : "marks"}.`);
  };
  const drop = (gone, refocus) => {
    marks = marks.filter((mark) => !gone.includes(mark));
    changed(gone.length ? `Taken back: ${gone.map(({ quote }) => quote).join(", ")}.` : "There is no mark here.");
    if (refocus) page.node.focus();
  };
  show();
  return {
    node: make("div", { class: "tv-marker-control" }, hint, page.node, make("h4", {}, "Your marks"), list),
    value: () => (marks.length ? marks : undefined),
    set: (value) => {
      marks = Array.isArray(value) ? value.filter((mark) => mark && mark.end > mark.start) : [];
      show();
    },
    lock: (on) => {
      locked = on;
      show();
    },
    focus: () => page.node.focus(),
  };
}

/** The look of a word that so many marks cover. */
export function decorateMarked(node, depth) {
  node.classList.toggle("tv-is-marked", depth > 0);
  node.classList.toggle("tv-twice", depth > 1);
  node.setAttribute("aria-selected", String(depth > 0));
}

/**
 * Where the words of passages stand: by word its passage, its start and end in code points of the
 * document, its place (at) and length in its passage's string. One pass over the text.
 */
function indexWords(passages) {
  const index = { passage: [], start: [], end: [], at: [], length: [] };
  passages.forEach(({ text, start }, i) => {
    let [unit, point] = [0, start];
    for (const match of text.matchAll(WORD)) {
      point += pointsIn(text, unit, match.index);
      const end = point + pointsIn(match[0], 0, match[0].length);
      index.passage.push(i);
      index.start.push(point);
      index.end.push(end);
      index.at.push(match.index);
      index.length.push(match[0].length);
      [unit, point] = [match.index + match[0].length, end];
    }
  });
  return index;
}

/** How many code points lie between two places of a string. */
function pointsIn(text, from, to) {
  let points = to - from;
  for (let i = from; i + 1 < to; i += 1) {
    const pair = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (pair) points -= 1;
  }
  return points;
}

/** The blocks of a passage as [first, last] word. */
function blocksOf(index, passage) {
  const begin = countBelowPassage(index.passage, passage);
  const end = countBelowPassage(index.passage, passage + 1);
  const found = [];
  for (let first = begin; first < end; first = found.at(-1)[1] + 1) found.push([first, Math.min(end, first + BLOCK) - 1]);
  return found;
}

function countBelowPassage(sorted, passage) {
  return lastAtMost(sorted, passage - 1, (one) => one) + 1;
}

/** The place of the last element whose value is at most a limit, in a sorted list; -1 for none. */
function lastAtMost(sorted, limit, valueOf) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueOf(sorted[middle]) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Bring a word into view. */
function reveal(word) {
  word?.scrollIntoView({ block: "nearest" });
}

/** What stands between two places of the document, within one passage; sizes are in code points. */
function quoteOf(passages, sizes, start, end) {
  const i = passages.findIndex((one, place) => one.start <= start && end <= one.start + sizes[place]);
  if (i < 0) return "";
  const at = utf16Offsets(passages[i].text);
  return passages[i].text.slice(at(start - passages[i].start), at(end - passages[i].start));
}

function named(passages) {
  const ids = passages.map(({ id }) => id);
  return ids.length > 12 ? `${ids.length} passages` : ids.join(", ");
}

function freshWordId() {
  return `tv-mark-word-${Math.random().toString(36).slice(2)}`;
}
