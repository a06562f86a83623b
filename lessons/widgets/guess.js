import { AI_READERS, button, frame, listen, make } from "./base.js";
import { chartNodes } from "./picture.js";
import { disagreement, keeper } from "./keeping.js";
import { inTurn } from "./waiting.js";
import { chooser } from "./answering.js";

const KEYS = [
  ["1 2 3 \u2026", "choose a guess"],
  ["Enter", "keep the guess"],
  ["Tab", "to the next part"],
  ["?", "show or hide these keys"],
];
const WHAT = { kind: "guess", title: "Guess first", how: "then see the picture", why: "Answer there first: the picture tells what others found." };
const BY = { readers: AI_READERS, course: "This is the course's own reading. Nobody else has checked it yet." };

function render({ model, el, host, signal }) {
  inTurn({ model, el, signal, what: WHAT, begin: () => ask({ model, el, host, signal }) });
}

function ask({ model, el, host, signal }) {
  const view = frame(el, { kind: WHAT.kind, title: WHAT.title, keys: KEYS, signal });
  const kept = keeper(model, signal);
  const guesses = chooser({ options: model.get("options"), legend: "Choose one", many: false, onchange: () => show(), onenter: () => commit() });
  const keepIt = button({ class: "tv-do", onclick: () => commit() }, "Keep my guess, show the picture");
  const own = make("h4", { tabindex: "-1", class: "tv-verdict" });
  const chart = chartNodes({ model, host, signal, say: view.say });
  const thought = make("p", { class: "tv-guess-thought" });
  const disagree = disagreement(model, model.get("item"), kept, view.say);
  const result = make("div", { class: "tv-guess-result" }, own, ...chart.nodes, make("p", { class: "tv-soft" }, BY[model.get("by")]), thought, disagree.node);

  view.bar.append(make("h3", { class: "tv-title" }, WHAT.title), make("span", { class: "tv-soft" }, WHAT.how));
  view.body.append(make("p", { class: "tv-prompt" }, model.get("prompt")), guesses.node, make("div", { class: "tv-do-row" }, keepIt), result, kept.node);

  const given = () => model.get("guessed") || kept.pending()[0]?.value || "";
  const commit = () => {
    if (given() || guesses.value() === undefined) return;
    kept.commit(model.get("item"), "guess", guesses.value());
    show();
    own.focus({ preventScroll: true });
  };
  let drawn = false;
  const show = () => {
    const guess = given();
    if (guess) guesses.set(guess);
    guesses.lock(Boolean(guess));
    keepIt.hidden = Boolean(guess);
    keepIt.disabled = guesses.value() === undefined;
    const there = Boolean(model.get("guessed"));
    result.hidden = !guess;
    result.classList.toggle("tv-guess-waits", !there);
    own.textContent = there ? `You guessed: ${guess}. Now look.` : "Your guess is kept. The picture comes as soon as the kernel answers.";
    thought.textContent = model.get("reflect");
    if (there && !drawn) {
      drawn = true;
      chart.begin();
    }
  };
  show();
  let heard = Boolean(model.get("guessed"));
  listen(model, ["guessed"], () => {
    show();
    if (!heard && model.get("guessed")) view.say(`You guessed: ${model.get("guessed")}. ${model.get("words")}`);
    heard = true;
  }, signal);
  listen(model, ["disagreed"], disagree.update, signal);
  view.onKey((event, typing) => /^[1-9]$/.test(event.key) && !typing && guesses.press(Number(event.key)));
}

export default { render };
