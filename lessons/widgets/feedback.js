import { AI_READERS, button, choice, fold, make } from "./base.js";
import { sourceItem } from "./sources.js";
import { standing } from "./keeping.js";

const LEVELS = [["0", "0"], ["1", "1"], ["2", "2"]];
const SIGNS = new Map([[true, "\u2713"], [false, "\u2717"]]);

/** What is shown after an answer. `tell` marks a passage in the other widgets. */
export function feedbackContent({ found, attempts, item, tell }) {
  const again = attempts.length > 1 ? make("p", { class: "tv-soft" }, `Attempt ${attempts.length}. Your first answer counts: ${found.first}.`) : null;
  return [
    make("h4", { tabindex: "-1", class: "tv-verdict" }, `${found.verdict}.`),
    again,
    ...found.general.map((text) => make("p", {}, text)),
    found.rows.length ? make("ul", { class: "tv-explained" }, found.rows.map((row) => explainedRow(row, tell))) : null,
    ...textParts(found, item),
    ...readingParts(found),
  ].filter(Boolean);
}

/** One option: how it was handled, why it holds or does not, where to see it. */
function explainedRow({ name, ok, status, explanation, passages, sources }, tell) {
  const sign = make("span", { class: "tv-sign", "aria-hidden": "true" }, SIGNS.get(ok) ?? "\u00b7");
  const head = make("div", { class: "tv-explained-head" }, sign, make("b", {}, name), status ? make("span", { class: "tv-soft" }, status) : null);
  const where = passages.map((id) => button({ class: "tv-passage-link", "aria-label": `Mark ${id} in the reader`, onclick: () => tell({ passages: [id], events: [] }) }, id));
  return make(
    "li",
    { "data-ok": String(ok) },
    head,
    explanation ? make("p", {}, explanation) : null,
    where.length ? make("p", { class: "tv-where" }, "See ", where) : null,
    sources.length ? fold(`Source${sources.length > 1 ? "s" : ""} (${sources.length})`, make("ul", { class: "tv-sources" }, sources.map(sourceItem))) : null,
  );
}

/** A short text is not marked by the program: how to judge it, and samples to compare with. */
function textParts({ rubric, samples }) {
  if (!rubric) return [];
  const levels = [...new Set(samples.map(({ level }) => level))];
  const names = ["Not there yet", "Part of the way", "All of it"];
  const lists = levels.map((level) =>
    make("div", { class: "tv-level" }, make("h5", {}, `${level}: ${names[Number(level)] ?? ""}`), make("ul", {}, samples.filter((one) => one.level === level).map(({ sample, why }) => make("li", {}, make("q", {}, sample), make("p", { class: "tv-soft" }, why))))),
  );
  return [
    make("h4", {}, "How it is judged"),
    make("p", {}, rubric),
    make("h4", {}, "Samples to compare with"),
    make("p", { class: "tv-soft" }, "An AI wrote these samples for this course. No learner wrote them."),
    make("div", { class: "tv-samples" }, lists),
  ];
}

function readingParts({ readings }) {
  if (!readings.length) return [];
  const rows = readings.map(({ who, what, note }) => make("li", {}, make("b", {}, `${who}: `), what, note ? `. ${note}` : ""));
  return [make("h4", {}, "What two readers marked"), make("ul", { class: "tv-readings" }, rows), make("p", { class: "tv-soft" }, AI_READERS)];
}

/** What is spoken once when the feedback has come. */
export function feedbackSentence(found) {
  return `${found.verdict}. ${found.rubric ? "Samples to compare with are in this box." : "Explained in this box."}`;
}

/** Where a learner puts a text of their own, after comparing. */
export function levelOf(model, kept, say) {
  const item = `${model.get("item")}:level`;
  const pick = choice({ name: "tv-level", label: "Where would you put your own text?", options: LEVELS, onpick: (value) => {
    kept.commit(item, "level", value);
    say(`You put your text at ${value}.`);
  } });
  const node = make("div", { class: "tv-own-level" }, pick.node);
  const update = () => pick.show(standing(kept, item, model.get("level")));
  update();
  return { node, update, show: (on) => (node.hidden = !on) };
}
