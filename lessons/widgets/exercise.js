import { button, frame, joinPicks, listen, make } from "./base.js";
import { disagreement, draftsOf, keeper } from "./keeping.js";
import { inTurn } from "./waiting.js";
import { chooser, matcher, numberField, orderer, slider, writer } from "./answering.js";
import { marker } from "./marking.js";
import { feedbackContent, feedbackSentence, levelOf } from "./feedback.js";

const KEYS = {
  "choose-one": [["1 2 3 \u2026", "choose an answer"], ["Enter", "answer"]],
  "choose-many": [["1 2 3 \u2026", "choose an answer, or take it back"], ["Enter", "answer"]],
  match: [["\u2191 \u2193", "in a list: choose"]],
  order: [["\u2191 \u2193", "on a line: move it"]],
  number: [["Enter", "answer"]],
  "short-text": [],
  "slider-confidence": [["\u2190 \u2192", "less sure, more sure"], ["Enter", "leave it where it is"]],
  "mark-span": [["\u2190 \u2192", "to a word"], ["Shift + \u2190 \u2192", "more words"], ["Enter", "mark them"], ["Delete", "take a mark back"]],
};

function render({ model, el, signal }) {
  const what = { kind: "exercise", title: model.get("title"), how: model.get("how") };
  inTurn({ model, el, signal, what, begin: () => ask({ model, el, signal }) });
}

function ask({ model, el, signal }) {
  const kind = model.get("kind");
  const keys = [["Tab", "to the next part"], ...KEYS[kind], ["?", "show or hide these keys"]];
  const view = frame(el, { kind: "exercise", title: model.get("title"), keys, signal });
  const kept = keeper(model, signal);
  const tell = joinPicks(model, () => {}, signal);
  const drafts = draftsOf(model);
  const control = controlOf(model, { onchange: () => changed(), onenter: () => commit(), say: view.say });
  const answer = button({ class: "tv-do", onclick: () => commit() }, kind === "short-text" ? "Compare" : "Answer");
  const again = button({ onclick: () => retry() }, kind === "slider-confidence" ? "Set it again" : "Try again");
  const result = make("div", { class: "tv-result" });
  const disagree = disagreement(model, model.get("item"), kept, view.say);
  const level = levelOf(model, kept, view.say);
  let trying = false;

  view.bar.append(make("h3", { class: "tv-title" }, model.get("title")), make("span", { class: "tv-soft" }, model.get("how")));
  const passages = kind === "mark-span" ? [] : model.get("passages").map(passageCard);
  view.body.append(make("p", { class: "tv-prompt" }, model.get("prompt")), ...passages, control.node, make("div", { class: "tv-do-row" }, answer, again), result, ...(kind === "short-text" ? [level.node] : []), disagree.node, kept.node);

  const attempts = () => {
    const known = model.get("attempts");
    const ids = new Set(known.map(({ id }) => id));
    return [...known, ...kept.pending().filter((record) => record.item === model.get("item") && !ids.has(record.id))];
  };
  const changed = () => {
    answer.disabled = control.value() === undefined;
    drafts.set(model.get("item"), { value: control.draft ? control.draft() : control.value() });
  };
  const commit = () => {
    const value = control.value();
    if (value === undefined || answer.hidden) return;
    trying = false;
    kept.commit(model.get("item"), kind, value);
    drafts.drop(model.get("item"));
    show();
    result.querySelector("[tabindex]")?.focus({ preventScroll: true });
  };
  const retry = () => {
    trying = true;
    show();
    control.focus();
  };
  const show = () => {
    const done = attempts();
    const locked = done.length > 0 && !trying;
    if (done.length && !trying) control.set(done.at(-1).value);
    control.lock(locked);
    answer.hidden = locked;
    again.hidden = !locked || !model.get("revealed").verdict;
    const found = model.get("revealed");
    const fresh = found.verdict && found.attempt === done.at(-1)?.id && !trying;
    const had = result.contains(document.activeElement);
    result.replaceChildren(...(locked ? (fresh ? feedbackContent({ found, attempts: done, tell }) : waiting()) : []));
    level.show(fresh && found.rubric);
    disagree.node.hidden = !fresh;
    if (had) result.querySelector("[tabindex]")?.focus({ preventScroll: true });
    if (!locked) changed();
  };
  const before = drafts.of(model.get("item")).value;
  if (before !== undefined) {
    trying = attempts().length > 0; // "Try again" was pressed, and nothing answered yet
    control.set(before);
  }
  let heard = model.get("revealed").attempt;
  listen(model, ["attempts", "revealed"], () => {
    show();
    const found = model.get("revealed");
    if (found.verdict && found.attempt !== heard && found.attempt === attempts().at(-1)?.id) {
      heard = found.attempt;
      view.say(feedbackSentence(found));
    }
  }, signal);
  listen(model, ["disagreed"], disagree.update, signal);
  listen(model, ["level"], level.update, signal);
  show();
  view.onKey((event, typing) => /^[1-9]$/.test(event.key) && !typing && Boolean(control.press) && control.press(Number(event.key)));
}

function controlOf(model, { onchange, onenter, say }) {
  const options = model.get("options");
  const kind = model.get("kind");
  if (kind === "choose-one" || kind === "choose-many") {
    const legend = kind === "choose-one" ? "Choose one" : "Choose all that fit";
    return chooser({ options, legend, many: kind === "choose-many", onchange, onenter });
  }
  if (kind === "match") return matcher({ options, rights: model.get("rights"), onchange });
  if (kind === "order") return orderer({ options, onchange, say });
  if (kind === "number") return numberField({ label: "Your number", onchange, onenter });
  if (kind === "slider-confidence") return slider({ label: "How sure are you?", onchange });
  if (kind === "mark-span") return marker({ passages: model.get("passages"), onchange, say });
  return writer({ label: "Your text", onchange });
}

function passageCard({ id, word, symbol, text }) {
  return make("blockquote", { class: "tv-quote" }, make("b", {}, `${symbol} ${id} ${word} `), text);
}

function waiting() {
  return [make("h4", { tabindex: "-1" }, "Your answer is kept"), make("p", { class: "tv-soft" }, "The explanation comes as soon as the kernel answers.")];
}

export default { render };
