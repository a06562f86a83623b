import { button, choice, fold, frame, joinPicks, keepTraits, listen, make, put, utf16Offsets } from "./base.js";
import { highlightSwitches, spansByPassage, withHighlights } from "./highlights.js";

const LAYERS = [["interleaved", "Both, as printed"], ["statement", "Statement"], ["commentary", "Commentary"]];
const MOST_MARKS = 2000; // found places that are highlighted; all are counted
const TYPING_PAUSE = 300; // milliseconds without a key before the count is spoken
const KEYS = [
  ["Tab", "from control to control, then to the text"],
  ["\u2191 \u2193", "previous or next passage"],
  ["Home, End", "first or last passage"],
  ["Enter", "show the card of the passage; in the search: next place"],
  ["Shift+Enter", "in the search: place before"],
  ["/", "go to the search"],
  ["Esc", "close the card, or empty the search"],
  ["?", "show or hide these keys"],
];

function render({ model, el, signal }) {
  const text = model.get("text");
  const at = utf16Offsets(text);
  const slice = (start, end) => text.slice(at(start), at(end));
  const keepState = keepTraits(model, ["layer", "selected", "marked", "query", "voices_shown", "highlighted"]);
  const view = frame(el, { kind: "reader", title: `Reader: ${model.get("title")}`, keys: KEYS, signal });
  const page = make("ol", { class: "tv-page", "aria-label": "The article, passage by passage" });
  const card = make("div", { class: "tv-card", role: "group", "aria-label": "Card of the selected passage" });
  view.body.append(page, card);
  const spans = spansByPassage(model);
  const passages = model.get("passages").map((data) => passageItem(data, model, slice, spans.get(data.id), (id) => select(id)));
  const shownOnes = () => passages.filter((item) => !item.node.hidden);

  const select = (id) => {
    put(model, { selected: id === model.get("selected") ? "" : id, marked: [] });
    const data = passages.find((item) => item.data.id === model.get("selected"))?.data;
    view.say(data ? cardSummary(data, model) : "Card closed.");
  };
  const goTo = (id) => {
    const target = passages.find((item) => item.data.id === id);
    if (target.node.hidden) put(model, { layer: "interleaved" });
    put(model, { selected: id, marked: [] });
    focusOn(target);
  };
  const focusOn = (item) => {
    for (const other of passages) other.cite.tabIndex = other === item ? 0 : -1;
    item.cite.focus({ preventScroll: true });
    scrollInside(page, item.node);
  };

  const layers = choice({ name: "layer", label: "Show", options: LAYERS, onpick: (value) => put(model, { layer: value }) });
  const search = searchBox(model, view, page, shownOnes);
  const turn = () => put(model, model.get("voices_shown") ? { voices_shown: false, layer: "interleaved", selected: "" } : { voices_shown: true });
  const reveal = button({ class: "tv-reveal", onclick: turn });
  const switches = highlightSwitches(model, view);
  view.bar.append(layers.node, reveal, search.node, ...[switches.node].filter(Boolean));

  const showVoices = () => {
    const shown = model.get("voices_shown");
    view.root.classList.toggle("tv-hiding", !shown);
    layers.node.hidden = !shown;
    // Where the lesson began with hidden voices, they can be hidden again: for the next class.
    reveal.hidden = shown && !model.get("hideable");
    reveal.textContent = shown ? "Hide the voices again" : "Show whose voice it is";
    for (const item of passages) item.showVoice(shown);
    search.update();
  };
  const showLayer = () => {
    const layer = model.get("layer");
    layers.show(layer);
    for (const item of passages) item.node.hidden = layer !== "interleaved" && item.data.voice !== layer;
    page.replaceChildren(...withGaps(passages, model.get("voices")));
    const first = shownOnes()[0];
    for (const item of passages) item.cite.tabIndex = item === first ? 0 : -1;
    search.update();
  };
  const showHighlights = () => {
    const on = model.get("highlighted").length > 0 && model.get("voices_shown");
    view.root.classList.toggle("tv-highlighting", on);
    if (switches.node) switches.node.hidden = !model.get("voices_shown");
    switches.update();
  };
  const showSelected = () => {
    const [id, marked] = [model.get("selected"), model.get("marked")];
    for (const item of passages) item.mark(item.data.id === id, marked.includes(item.data.id));
    const item = passages.find((other) => other.data.id === id);
    card.replaceChildren(...(model.get("voices_shown") ? cardContent(item?.data, model, goTo) : hiddenCard()));
  };
  const tell = joinPicks(model, (pick) => {
    put(model, { marked: pick.passages, selected: pick.passages.length === 1 ? pick.passages[0] : "" });
    const first = shownOnes().find((item) => pick.passages.includes(item.data.id));
    if (first) scrollInside(page, first.node);
  }, signal);
  showLayer();
  showVoices();
  showHighlights();
  showSelected();
  requestAnimationFrame(() => {
    const selected = passages.find((item) => item.data.id === model.get("selected"));
    if (selected) scrollInside(page, selected.node);
  });

  listen(model, ["layer"], showLayer, signal);
  listen(model, ["layer"], () => view.say(layerSentence(model, shownOnes().length)), signal);
  listen(model, ["voices_shown"], () => { showVoices(); showHighlights(); showSelected(); view.say(model.get("voices_shown") ? "Now each passage shows its voice: a word, a mark and a colour." : "The voices are hidden."); }, signal);
  listen(model, ["selected", "marked"], showSelected, signal);
  listen(model, ["selected"], () => {
    const data = passages.find((item) => item.data.id === model.get("selected"))?.data;
    tell(data ? { passages: [data.id], events: data.leads_to } : { passages: [], events: [] });
  }, signal);
  listen(model, ["query"], search.update, signal);
  listen(model, ["highlighted"], () => {
    showHighlights();
    for (const item of passages) item.refill();
  }, signal);
  listen(model, ["layer", "selected", "marked", "query", "voices_shown", "highlighted"], keepState, signal);

  view.onKey((event, typing) => {
    if (event.key === "Escape" && model.get("selected") && !typing) return select(model.get("selected")), true;
    if (typing) return search.key(event);
    if (event.key === "/") return search.focus(), true;
    const list = shownOnes();
    const here = list.findIndex((item) => item.cite === event.target);
    if (here < 0) return false;
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined) return false;
    if (list[to]) focusOn(list[to]);
    return true;
  });
}

/** One passage on the page. Returns {data, node, cite, mark(on), showVoice(on), highlight(query)}. */
function passageItem(data, model, slice, spans, select) {
  const voice = model.get("voices")[data.voice];
  const said = slice(data.start, data.end);
  const cite = button({ class: "tv-cite", "aria-pressed": "false", tabindex: "-1", onclick: () => select(data.id) });
  const word = make("span", { class: "tv-word" });
  const flag = make("span", { class: "tv-flag", hidden: true }, "marked");
  const body = make("p", { class: "tv-said" });
  const node = make("li", { class: `tv-passage tv-${voice.tone}`, "data-passage": data.id }, make("div", { class: "tv-margin" }, cite, word, flag), body);
  node.style.setProperty("--tv-voice", `var(--tv-${voice.tone})`);
  body.addEventListener("click", () => String(getSelection()) === "" && select(data.id));
  let query = "";
  let room = 0;
  let count = 0;
  const inner = data.inner.map((span) => ({ ...span, from: slice(data.start, span.start).length, to: slice(data.start, span.end).length }));
  const laid = spans.map((span) => ({ ...span, from: slice(data.start, span.start).length, to: slice(data.start, span.end).length }));
  const fill = () => {
    const on = model.get("voices_shown") ? model.get("highlighted") : [];
    const hidden = model.get("voices_shown") ? 0 : labelLength(said, voice.label, data.label);
    const found = places(said, query).filter(([start]) => start >= hidden);
    count = found.length;
    const pieces = split(said, hidden, found.slice(0, room), model.get("voices_shown") ? inner : [], laid.filter((span) => on.includes(span.layer)));
    body.replaceChildren(...pieces.map((piece) => pieceNode(piece, model.get("voices"))));
  };
  return {
    data, node, cite,
    refill: fill,
    mark: (on, marked) => {
      cite.setAttribute("aria-pressed", String(on));
      node.classList.toggle("tv-selected", on);
      node.classList.toggle("tv-marked", marked);
      flag.hidden = !marked;
    },
    showVoice: (shown) => {
      cite.textContent = shown ? `${voice.symbol} ${data.id}` : `${data.order}`;
      cite.setAttribute("aria-label", shown ? `${data.id}, ${voice.word}` : `Passage ${data.order}`);
      word.textContent = shown ? voice.word : "";
      fill();
    },
    highlight: (wanted, most) => {
      if (wanted !== query || (count && most !== room)) { [query, room] = [wanted, most]; fill(); }
      return count;
    },
  };
}

function labelLength(said, label, printed) {
  return printed && said.startsWith(`${label}:`) ? label.length + 1 : 0;
}

/** Where a query stands in a text, without regard to case or kind of space: [[start, end], ...]. */
function places(text, query) {
  if (!query.trim()) return [];
  const literal = query.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+");
  return [...text.matchAll(new RegExp(literal, "giu"))].map((hit) => [hit.index, hit.index + hit[0].length]);
}

/** Cut a text at every boundary of what lies on it: each piece knows all that covers it. */
function split(said, hidden, found, inner, laid) {
  const edges = new Set([0, hidden, said.length, ...found.flat(), ...[...inner, ...laid].flatMap((span) => [span.from, span.to])]);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => ({
    start,
    text: said.slice(start, sorted[i + 1]),
    lies: laid.filter((span) => span.from <= start && start < span.to),
    hidden: start < hidden,
    found: found.some(([from, to]) => from <= start && start < to),
    inner: inner.find((span) => span.from <= start && start < span.to),
    opens: inner.some((span) => span.from === start),
  }));
}

function pieceNode(piece, voices) {
  if (piece.hidden) return make("span", { class: "tv-label-hidden" }, "label hidden");
  const node = withHighlights(piece.found ? make("mark", {}, piece.text) : document.createTextNode(piece.text), piece);
  if (!piece.inner) return node;
  const voice = voices[piece.inner.voice];
  const word = piece.opens ? make("span", { class: "tv-inner-word" }, `${voice.symbol} ${voice.word}: `) : null;
  const inside = make("span", { class: "tv-inner" }, word, node);
  inside.style.setProperty("--tv-voice", `var(--tv-${voice.tone})`);
  return inside;
}

/** The shown passages, and where others are left out a line that says how many of which voice. */
function withGaps(passages, voices) {
  const nodes = [];
  let left = [];
  const close = () => {
    if (left.length) nodes.push(make("li", { class: "tv-gap" }, gapText(left, voices)));
    left = [];
  };
  for (const item of passages) {
    if (item.node.hidden) left.push(item.data.voice);
    else { close(); nodes.push(item.node); }
  }
  close();
  return nodes;
}

function gapText(left, voices) {
  const parts = [...new Set(left)].map((voice) => `${left.filter((v) => v === voice).length} of ${voices[voice].word.toLowerCase()}`);
  return `left out here: ${left.length} passage${left.length === 1 ? "" : "s"}, ${parts.join(", ")}`;
}

function layerSentence(model, count) {
  const name = LAYERS.find(([value]) => value === model.get("layer"))[1];
  return `${name}: ${count} passages.`;
}

function searchBox(model, view, page, shown) {
  const input = make("input", { type: "search", "aria-label": "Search the text", placeholder: "Search", "data-lm-suppress-shortcuts": "true" });
  const count = make("span", { class: "tv-count" });
  const before = button({ class: "tv-icon", "aria-label": "Place before", onclick: () => step(-1) }, "\u2191");
  const next = button({ class: "tv-icon", "aria-label": "Next place", onclick: () => step(1) }, "\u2193");
  const node = make("div", { class: "tv-search" }, input, before, next, count);
  let here = -1;
  let spoken = "";
  let pause = 0;
  const marks = () => [...page.querySelectorAll("mark")];
  const step = (by) => {
    const list = marks();
    if (!list.length) return;
    clearTimeout(pause); // the place is news; the count that still waited to be spoken is not
    here = (here + by + list.length) % list.length;
    list.forEach((mark, i) => mark.classList.toggle("tv-here", i === here));
    const passage = list[here].closest(".tv-passage");
    scrollInside(page, passage);
    view.say(`Place ${here + 1} of ${list.length}, in ${passage.querySelector(".tv-cite").getAttribute("aria-label")}.`);
  };
  const update = () => {
    const query = model.get("query");
    if (input.value !== query) input.value = query;
    let room = MOST_MARKS;
    const counts = shown().map((item) => {
      const found = item.highlight(query, Math.max(room, 0));
      room -= found;
      return found;
    });
    const total = counts.reduce((a, b) => a + b, 0);
    const where = counts.filter(Boolean).length;
    here = -1;
    before.disabled = next.disabled = total === 0;
    count.textContent = query.trim() ? (total ? `${total} in ${where} passage${where === 1 ? "" : "s"}` : "not found") : "";
    const result = count.textContent && `${query.trim()}: ${count.textContent}.`;
    clearTimeout(pause);
    if (result && result !== spoken) pause = setTimeout(() => view.say(result), TYPING_PAUSE);
    spoken = result;
  };
  input.addEventListener("input", () => put(model, { query: input.value }));
  const key = (event) => {
    if (event.target !== input) return false;
    if (event.key === "Enter") return step(event.shiftKey ? -1 : 1), true;
    if (event.key === "Escape" && input.value) return put(model, { query: "" }), true;
    return false;
  };
  return { node, update, key, focus: () => input.focus() };
}

const SETTLED = 600; // milliseconds after which a smooth scroll has come to rest

/**
 * Scroll the page of the reader, and nothing else, until a passage is in view. Passages that were
 * never in view have an estimated height, so where it ends is looked at once more.
 */
function scrollInside(page, node, again = true) {
  const top = node.offsetTop - page.offsetTop;
  if (top < page.scrollTop || top + node.offsetHeight > page.scrollTop + page.clientHeight) {
    page.scrollTop = Math.max(0, top - page.clientHeight / 3);
    if (again) setTimeout(() => scrollInside(page, node, false), SETTLED);
  }
}

function hiddenCard() {
  return [
    make("h3", {}, "Whose voice is it?"),
    make("p", {}, "Read a passage. Who speaks: the two presidents, or the author of the article? How do you know?"),
    make("p", {}, "Decide for some passages first. Then press \u201cShow whose voice it is\u201d."),
  ];
}

function cardContent(data, model, goTo) {
  const marked = model.get("marked");
  if (!data && marked.length) {
    return [make("h3", {}, `${marked.length} passages are marked`), ...links("Go to", marked, goTo)];
  }
  if (!data) {
    return [make("h3", {}, "Pick a passage"), make("p", {}, "Click a passage, or press Enter on its number. Here you will see whose voice it is, what it answers, and its events.")];
  }
  const voice = model.get("voices")[data.voice];
  const head = make("h3", {}, make("span", { class: "tv-card-voice" }, `${voice.symbol} ${data.id} ${voice.word}`));
  head.style.setProperty("--tv-voice", `var(--tv-${voice.tone})`);
  const place = `Passage ${data.order} of ${model.get("passages").length}, ${data.words} words` + (data.label ? `, printed with the label \u201c${data.label}:\u201d` : ", printed without a label");
  return [
    head,
    make("p", { class: "tv-soft" }, place),
    ...links("Answers", data.answers, goTo),
    ...links("Is answered by", data.answered_by, goTo),
    ...eventList(data.events, model.get("events")),
    ...termList(data.terms, model.get("terms")),
  ];
}

function links(heading, ids, goTo) {
  if (!ids.length) return [];
  return [make("h4", {}, heading), make("div", { class: "tv-links" }, ids.map((id) => button({ onclick: () => goTo(id), "aria-label": `Go to ${id}` }, id)))];
}

function eventList(ids, events) {
  if (!ids.length) return [make("h4", {}, "Events"), make("p", {}, "This passage goes with no event of its own.")];
  const items = ids.map((id) => make("li", { "data-event": id }, make("b", {}, events[id].title), make("br"), `${events[id].when} \u00b7 ${events[id].where}`));
  return [make("h4", {}, ids.length === 1 ? "Its event" : "Its events"), make("ul", { class: "tv-events" }, items)];
}

function termList(terms, definitions) {
  if (!terms.length) return [];
  return [make("h4", {}, "Words explained"), ...terms.map((term) => fold(term, make("p", {}, definitions[term])))];
}

function cardSummary(data, model) {
  const voice = model.get("voices")[data.voice].word;
  if (!model.get("voices_shown")) return `Passage ${data.order}.`;
  const events = data.events.map((id) => `${model.get("events")[id].title}, ${model.get("events")[id].when}`);
  return `${data.id}, ${voice}. ${events.length ? `Events: ${events.join("; ")}.` : "No event of its own."} The card has more.`;
}

export default { render };
