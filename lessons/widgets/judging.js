import { AI_READERS, button, fold, make, put } from "./base.js";
import { disagreement } from "./keeping.js";
import { sourceItem } from "./sources.js";

/** The words of a step: its place on the scale, then its word. */
export function stepWord(model, value) {
  return model.get("steps").find((step) => step.value === value)?.word ?? value;
}

/**
 * The question about one thing, and after the answer what others found. Nothing of it is in the
 * page before Python has sent it. `kept` is the widget's keeper, `say` speaks. Returns {node, update(), choose(number), commit()}.
 */
export function judgement(model, item, kept, say) {
  const name = `judge-${item.id}-${Math.random().toString(36).slice(2)}`;
  const steps = model.get("steps");
  const inputs = steps.map((step) =>
    make("input", { type: "radio", name, value: step.value, "data-lm-suppress-shortcuts": "true", onchange: () => fill() }),
  );
  const labels = steps.map((step, i) =>
    make("label", { class: "tv-step" }, inputs[i], make("span", { class: "tv-step-word" }, `${i + 1}\u2002${step.word}`), make("span", { class: "tv-soft" }, step.hint)),
  );
  const compare = button({ class: "tv-do", onclick: () => commit() }, "Compare");
  const form = make("fieldset", { class: "tv-steps" }, make("legend", {}, model.get("question")), labels);
  const result = make("div", { class: "tv-result" });
  const against = disagreement(model, `${model.get("scale")}:${item.id}`, kept, say);
  const node = make("div", { class: "tv-judgement" }, form, compare, result, against.node);

  const chosen = () => inputs.find((input) => input.checked)?.value;
  const fill = () => {
    const given = model.get("answers")[item.id];
    for (const input of inputs) input.disabled = given !== undefined;
    compare.hidden = given !== undefined;
    compare.disabled = chosen() === undefined;
  };
  const update = () => {
    const given = model.get("answers")[item.id];
    if (given !== undefined) for (const input of inputs) input.checked = input.value === given;
    fill();
    against.node.hidden = !model.get("revealed")[item.id];
    against.update();
    const had = result.contains(document.activeElement);
    result.replaceChildren(...resultContent(model, item, given));
    if (had) focusResult(result); // what had the focus was replaced by what came from Python
  };
  const commit = () => {
    const value = chosen();
    if (value === undefined || model.get("answers")[item.id] !== undefined) return;
    const had = node.contains(document.activeElement);
    put(model, { answers: { ...model.get("answers"), [item.id]: value } });
    kept.commit(`${model.get("scale")}:${item.id}`, "judgement", value);
    if (had) focusResult(result);
  };
  const choose = (number) => {
    const input = inputs[number - 1];
    if (!input || input.disabled) return false;
    input.checked = true;
    input.focus();
    fill();
    return true;
  };
  update();
  return { node, update, choose, commit };
}

/** The compare button is gone once it was pressed: the focus goes to what came of it. */
function focusResult(result) {
  const target = result.querySelector("[tabindex]");
  target?.focus({ preventScroll: true });
}

function resultContent(model, item, given) {
  if (given === undefined) return [];
  const found = model.get("revealed")[item.id];
  const yours = make("li", {}, make("b", {}, "You: "), stepWord(model, given));
  const head = make("h4", { tabindex: "-1" }, "Your answer");
  if (!found) return [head, make("ul", {}, yours), make("p", { class: "tv-soft" }, "Kept here. The rest comes as soon as the kernel answers.")];
  const readings = found.readings.map(({ who, value, note }) =>
    make("li", {}, make("b", {}, `${who}: `), stepWord(model, value), note ? `. ${note}` : ""),
  );
  return [
    make("h4", { tabindex: "-1" }, readings.length ? "Your answer and two readings" : "Your answer"),
    make("ul", { class: "tv-readings" }, yours, readings),
    ...found.explained.flatMap(([heading, text]) => (text ? [make("h4", {}, heading), make("p", {}, text)] : [])),
    ...(item.sources?.length ? [fold(`Published where (${item.sources.length})`, make("ul", { class: "tv-sources" }, item.sources.map(sourceItem)))] : []),
    readings.length ? make("p", { class: "tv-soft" }, AI_READERS) : null,
  ].filter(Boolean);
}

/** What is spoken when the readings of a thing have come. */
export function revealedSentence(model, item) {
  const found = model.get("revealed")[item.id];
  const readings = found.readings.map(({ who, value }) => `${who}: ${stepWord(model, value)}.`);
  return [`You: ${stepWord(model, model.get("answers")[item.id])}.`, ...readings, "Explained in this box."].join(" ");
}

/** Call back with the ids whose readings have come since the last time. */
export function watchRevealed(model) {
  let known = new Set(Object.keys(model.get("revealed")));
  return () => {
    const now = Object.keys(model.get("revealed"));
    const fresh = now.filter((id) => !known.has(id));
    known = new Set(now);
    return fresh;
  };
}

/** Text in another script gets its language, so that it is read and set right. */
export function inLanguages(text) {
  const other = /([\u0400-\u04ff]+(?:[^\S\n]*[\u0400-\u04ff.]+)*|[\u0600-\u06ff]+(?:\s+[\u0600-\u06ff]+)*)/u;
  return text.split(other).map((part) => {
    if (/^[\u0400-\u04ff]/u.test(part)) return make("span", { lang: "ru" }, part);
    if (/^[\u0600-\u06ff]/u.test(part)) return make("span", { lang: "ar", dir: "rtl" }, part);
    return part;
  });
}
