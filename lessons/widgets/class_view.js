import { AI_READERS, button, fold, frame, make } from "./base.js";
import { courier, SILENT, whenSeen } from "./checklist.js";

const KEYS = [["Tab", "to the next part"], ["Enter", "press a button"], ["Arrow keys", "in the list of questions: another question"], ["?", "show or hide these keys"]];
const LOOKS = 15000; // milliseconds between two quiet looks
const LARGEST_FILE = 5_000_000;
const LABEL_CAVEAT = "Who saw which label was drawn by lot. But the sets are small, and a class is no sample of anybody: it is something to talk about, no finding.";
const PARTNERS = "Those who differ most on questions of judgement, each learner once; both judged at least five of the same things. Neither is the one who is right: let each say the other's best reason.";
const FILES = [["moodle", "Marks for Moodle"], ["canvas", "Marks for Canvas"], ["class", "Answers without names"], ["codebook", "What its columns mean"]];

function render({ model, el, signal }) {
  const view = frame(el, { kind: "class", title: "The class", keys: KEYS, signal });
  const total = make("span", { class: "tv-soft" });
  view.bar.append(make("h3", {}, "The class"), total);
  const state = { learners: [], waits: [], left_out: [], questions: [], results: {}, names: false, partners: [] };
  const shown = [];
  const draw = () => {
    total.textContent = `${many(state.learners.length, "learner")} handed in.`;
    for (const show of shown) show();
  };
  const ask = courier(model, (news) => (Object.assign(state, news), draw()), signal);
  const page = { state, say: view.say, ask, signal };
  const parts = [filesPart, wherePart, questionsPart, splitsPart, checksPart, challengesPart, marksPart].map((part) => part(page));
  view.body.append(...parts.map(({ node }) => node));
  shown.push(...parts.map(({ show }) => show));
  draw();
  whenSeen(view.root, () => ask({ do: "look" }), signal);
  ask({ do: "look" });
}

const many = (count, word) => (count === 1 ? `1 ${word}` : `${count || "No"} ${word}s`);

/** A part under a heading, with a line for what came of it. */
function section(heading, ...inside) {
  const said = make("p", { class: "tv-outcome" });
  const node = make("section", { class: "tv-part" }, make("h4", {}, heading), ...inside, said);
  const tell = (say, answer) => {
    said.textContent = answer.said ?? SILENT;
    said.dataset.state = answer.failed ? "failed" : "done";
    say(said.textContent);
    return answer;
  };
  return { node, tell };
}

/** A plain table with a caption; every cell is text. */
function table(caption, columns, rows) {
  const head = make("tr", {}, columns.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((row) => make("tr", {}, row.map((cell, i) => make(i ? "td" : "th", i ? {} : { scope: "row" }, cell?.nodeType ? cell : String(cell)))));
  const inside = make("table", { class: "tv-table" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, body));
  return make("div", { class: "tv-scroll", tabindex: "0", role: "region", "aria-label": caption, "data-lm-suppress-shortcuts": "true" }, inside);
}

/** Where the hand-ins come from, and what was left out and why. */
function filesPart({ state, say, ask, signal }) {
  const look = async () => part.tell(say, await ask({ do: "look" }));
  const input = make("input", { type: "file", multiple: true, accept: ".json,application/json", "data-lm-suppress-shortcuts": "true", onchange: () => take() });
  const take = async () => {
    const files = [...input.files].filter(({ size }) => size <= LARGEST_FILE);
    const large = input.files.length - files.length;
    const buffers = await Promise.all(files.map((file) => file.arrayBuffer()));
    const answer = await ask({ do: "upload", names: files.map(({ name }) => name) }, buffers);
    part.tell(say, { ...answer, said: `${answer.said}${large ? ` ${many(large, "file")} too large to read.` : ""}` });
    input.value = "";
  };
  const watch = tick("Look by itself, every 15 seconds");
  let asked = 0; // until it is answered, older news do not take the tick away again
  const names = tick("Show names", async (on) => {
    asked += 1;
    part.tell(say, await ask({ do: "names", on }));
    asked -= 1;
    show();
  });
  const timer = setInterval(() => watch.input.checked && !document.hidden && ask({ do: "look" }), LOOKS);
  signal.addEventListener("abort", () => clearInterval(timer));
  const row = make("div", { class: "tv-abreast" }, button({ onclick: look }, "Look again"), make("label", { class: "tv-choice tv-file" }, input, make("span", {}, "Add files")), watch.node, names.node);
  const out = make("div");
  const part = section("What was handed in", make("p", { class: "tv-soft" }, "From the folder of hand-ins, and from files that you add here. Nothing leaves this computer."), row, out);
  let drawn = "";
  const show = () => {
    if (!asked) names.input.checked = state.names;
    if (drawn === JSON.stringify(state.left_out)) return;
    drawn = JSON.stringify(state.left_out);
    const rows = state.left_out.map(({ file, reason }) => [file, reason]);
    out.replaceChildren(...(rows.length ? [fold(`${many(rows.length, "file")} left out, and why`, table("Files that do not count", ["File", "Why"], rows))] : []));
  };
  return { node: part.node, show };
}

function tick(words, onchange) {
  const input = make("input", { type: "checkbox", "data-lm-suppress-shortcuts": "true", onchange: () => onchange?.(input.checked) });
  return { input, node: make("label", { class: "tv-choice tv-ticking" }, input, make("span", {}, words)) };
}

/** What each learner has done of each lesson, and where some wait. */
function wherePart({ state }) {
  const waits = make("ul", { class: "tv-waits" });
  const inside = make("div");
  const part = section("Who is where", waits, inside);
  part.node.classList.add("tv-who");
  let drawn = "";
  const show = () => {
    const now = JSON.stringify([state.learners, state.waits]);
    if (drawn === now) return;
    drawn = now;
    waits.replaceChildren(...state.waits.map((words) => make("li", {}, words)));
    if (!state.learners.length) return inside.replaceChildren(make("p", { class: "tv-soft" }, "Nobody has handed in yet. In each lesson, under Your work, there is the button Hand in."));
    const lessons = state.learners[0].lessons.map(([title]) => title);
    const rows = state.learners.map(({ name, lessons: done }) => [name, ...done.map(([, count, of]) => doneOf(count, of))]);
    inside.replaceChildren(table("Things done of each lesson", ["", ...lessons], rows));
  };
  return { node: part.node, show };
}

function doneOf(count, of) {
  return make("span", { class: count === of ? "tv-all" : count ? "tv-some" : "tv-none" }, `${count} of ${of}`);
}

/** One question after the other: its answers come only when it is closed. */
function questionsPart({ state, say, ask }) {
  const id = `question-${Math.random().toString(36).slice(2)}`;
  const menu = make("select", { id, class: "tv-field", "data-lm-suppress-shortcuts": "true", onchange: () => show() });
  const close = button({ class: "tv-do", onclick: () => shut() }, "Close it and show the answers");
  const result = make("div", { class: "tv-results" });
  const part = section("Question by question", make("p", { class: "tv-soft" }, "As long as a question is open, no answer to it is on this page."), make("label", { for: id, class: "tv-label" }, "Question"), make("div", { class: "tv-abreast" }, menu, close), result);
  const shut = async () => {
    part.tell(say, await ask({ do: "close", question: menu.value }));
    result.querySelector("h5")?.focus(); // the button that was pressed is gone
  };
  const others = () => ask({ do: "others", question: menu.value });
  let [listed, drawn] = ["", ""];
  const show = () => {
    const now = JSON.stringify(state.questions);
    if (listed !== now) {
      const before = menu.value;
      menu.replaceChildren(...groups(state.questions));
      if (state.questions.some(({ question }) => question === before)) menu.value = before;
      listed = now;
    }
    const answer = state.results[menu.value];
    close.hidden = !menu.value || Boolean(answer);
    if (drawn === JSON.stringify(answer ?? null)) return; // what has the focus stays
    drawn = JSON.stringify(answer ?? null);
    result.replaceChildren(...(answer ? [resultOf(answer, others)] : []));
  };
  return { node: part.node, show };
}

function groups(questions) {
  const names = [...new Set(questions.map(({ group }) => group))];
  return names.map((name) => make("optgroup", { label: name }, questions.filter(({ group }) => group === name).map(({ question, title }) => make("option", { value: question }, title))));
}

function resultOf({ title, prompt, things, passage, words, readings, texts, written }, others) {
  const quote = words ? [make("blockquote", { class: "tv-example" }, words, make("cite", {}, passage))] : [];
  const beside = readings ? [make("p", { class: "tv-soft" }, `For comparison, ${readings}. ${AI_READERS}`)] : [];
  const charts = things.map(({ thing, n, rows }) => make("figure", { class: "tv-bars" }, make("figcaption", {}, `${thing ? `${thing}: ` : ""}${many(n, "answer")}`), make("ul", {}, rows.map(bar))));
  const own = written ? [make("p", {}, `${many(written, "text")} handed in. Three of them, without names:`), ...texts.map((text) => make("blockquote", { class: "tv-example" }, text)), button({ onclick: others }, "Three others")] : [];
  return make("article", { "aria-label": `Answers to ${title}` }, make("h5", { tabindex: "-1" }, title), make("p", {}, prompt), ...quote, ...charts, ...own, ...beside);
}

function bar({ words, count, share }) {
  const length = make("i", { "aria-hidden": "true" });
  length.style.setProperty("--tv-share", share);
  return make("li", {}, make("span", { class: "tv-bar-words" }, words), make("span", { class: "tv-bar-line", "aria-hidden": "true" }, length), make("span", { class: "tv-bar-count" }, `${count} (${Math.round(100 * share)}%)`));
}

function splitsPart({ state, say, ask }) {
  const inside = make("div"), pairs = make("div");
  const talk = fold("Who could talk to whom", pairs, make("p", { class: "tv-soft" }, PARTNERS));
  talk.hidden = true;
  const go = async () => {
    const { splits = [], agreement = [] } = part.tell(say, await ask({ do: "splits" }));
    const agreed = agreement.length ? [fold("How far the class agrees", table("Agreement on questions of judgement", ["Question", "Learners", "Things", "Agreement"], agreement), make("p", { class: "tv-soft" }, "Alpha is 1 when all say the same, and about 0 when they agree as often as chance would have it."))] : [];
    inside.replaceChildren(...splits.map(splitCard), ...agreed);
  };
  const part = section("Where the class splits", make("p", { class: "tv-soft" }, "The things on which most pairs of you differ. This closes all questions."), make("div", { class: "tv-abreast" }, button({ onclick: go }, "Close all and show")), inside, talk);
  // Drawn anew with all else that is shown: names go when they are turned off.
  let drawn = "";
  const show = () => {
    if (drawn === JSON.stringify(state.partners)) return; // whoever reads it is not to lose the place
    drawn = JSON.stringify(state.partners);
    talk.hidden = !state.partners.length;
    if (!talk.hidden) pairs.replaceChildren(table("Pairs who judge otherwise", ["One", "The other", "Judged otherwise"], state.partners));
  };
  return { node: part.node, show };
}

function splitCard({ question, thing, passage, words, split, n, prompt, readings, readings_split }) {
  const beside = readings ? make("p", { class: "tv-soft" }, `${readings_split ? "The two readings differ, too" : "The two readings are the same"}: ${readings}. ${AI_READERS}`) : null;
  const head = make("h5", {}, `${thing}: ${split}% of pairs differ`);
  return make("article", { class: "tv-split-card" }, head, make("p", { class: "tv-soft" }, `${question}; ${many(n, "answer")}`), make("blockquote", { class: "tv-example" }, words, make("cite", {}, passage)), make("p", {}, make("b", {}, "To talk about: "), prompt), beside);
}

function checksPart({ say, ask }) {
  const inside = make("div");
  const go = async () => {
    const { checks = [], labels = [] } = part.tell(say, await ask({ do: "checks" }));
    const hidden = labels.length ? [make("h5", {}, "What the hidden label did"), ...labels.map((words) => make("p", {}, words)), make("p", { class: "tv-soft" }, LABEL_CAVEAT)] : [];
    inside.replaceChildren(...(checks.length ? [table("Means of the class, with the span in which such a mean may lie", ["What", "When", "Learners", "Mean"], checks)] : []), ...hidden);
  };
  const part = section("The checks", make("p", { class: "tv-soft" }, "How well the class tells sound sentences from unsound ones, and which way it leans: two figures, never one. No one is ranked."), make("div", { class: "tv-abreast" }, button({ onclick: go }, "Show the figures")), inside);
  return { node: part.node, show: () => {} };
}

function challengesPart({ say, ask }) {
  const inside = make("div");
  const go = async () => {
    const { challenges = [] } = part.tell(say, await ask({ do: "challenges" }));
    inside.replaceChildren(...challenges.map(({ item, text }) => make("blockquote", { class: "tv-example" }, text, make("cite", {}, item))));
  };
  const part = section("Challenges to the key", make("p", { class: "tv-soft" }, "What learners say against an explanation, without names. It never costs marks; a good one changes the key."), make("div", { class: "tv-abreast" }, button({ onclick: go }, "Show the challenges")), inside);
  return { node: part.node, show: () => {} };
}

function marksPart({ say, ask }) {
  const save = async (what) => {
    const answer = part.tell(say, await ask({ do: "file", what }));
    if (answer.failed || !answer.text) return;
    const address = URL.createObjectURL(new Blob([answer.text], { type: "text/csv" }));
    make("a", { href: address, download: answer.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  const row = make("div", { class: "tv-abreast" }, FILES.map(([what, words]) => button({ onclick: () => save(what) }, words)));
  const part = section("Files", make("p", { class: "tv-soft" }, "Marks are for what was done, and for the level that learners gave their own texts. No judgement counts, and no right or wrong."), row);
  return { node: part.node, show: () => {} };
}

export default { render };
