import { button, make, put } from "./base.js";

export const HIGHLIGHTS = ["dates", "loaded words", "techniques", "actors"];

/** The class of a layer: its line under the words. */
const layerClass = (layer) => `tv-hl-${layer.replace(" ", "-")}`;

/** One button a layer that is offered; it says how many spans it has. null where none is offered. */
export function highlightSwitches(model, view) {
  const offered = model.get("highlights");
  if (!offered.length) return { node: null, update: () => {} };
  const spans = model.get("spans");
  const count = (layer) => spans.filter((span) => span.layer === layer).length;
  const turn = (layer) => {
    const on = model.get("highlighted");
    const now = on.includes(layer) ? on.filter((name) => name !== layer) : HIGHLIGHTS.filter((name) => name === layer || on.includes(name));
    put(model, { highlighted: now });
    view.say(now.includes(layer) ? `${layer}: ${count(layer)} marked.` : `${layer}: off.`);
  };
  const buttons = offered.map((layer) => [layer, button({ class: `tv-hl-switch ${layerClass(layer)}`, onclick: () => turn(layer) }, make("span", {}, layer), ` ${count(layer)}`)]);
  const node = make("div", { class: "tv-hl-switches", role: "group", "aria-label": "Mark in the text" }, make("span", { class: "tv-label" }, "Mark in the text"), buttons.map(([, one]) => one));
  const update = () => buttons.forEach(([layer, one]) => one.setAttribute("aria-pressed", String(model.get("highlighted").includes(layer))));
  return { node, update };
}

/** The spans of each passage, by its id: both are in the order of the text, so one walk is enough. */
export function spansByPassage(model) {
  const passages = [...model.get("passages")].sort((a, b) => a.start - b.start);
  const found = new Map(passages.map((data) => [data.id, []]));
  let i = 0;
  for (const span of model.get("spans")) {
    while (i < passages.length && passages[i].end <= span.start) i += 1;
    if (i < passages.length && span.start >= passages[i].start) found.get(passages[i].id).push(span);
  }
  return found;
}

/** Wrap a piece of text in all that lies on it; where a span begins stands a tag with its word. */
export function withHighlights(node, piece) {
  if (!piece.lies?.length) return node;
  const tags = piece.lies.filter((span) => span.from === piece.start).map((span) => make("span", { class: `tv-hl-tag ${layerClass(span.layer)}` }, tagWords(span)));
  const layers = [...new Set(piece.lies.map((span) => span.layer))];
  const marked = layers.reduce((inside, layer) => make("span", { class: `tv-hl ${layerClass(layer)}` }, inside), node);
  return make("span", { class: "tv-hl-piece" }, tags, marked);
}

function tagWords(span) {
  return span.by ? `${span.word} (${span.by}) ` : `${span.word} `;
}
