import { AI_READERS, button, choice, fold, make } from "./base.js";

const WHO = [["A", "Reading A"], ["B", "Reading B"], ["both", "Both"]];
const WHAT = { same: "the same label", alternative: "another label, which the reading calls just as right", different: "another label" };

/**
 * Both readings beside the learner's marks. found: `revealed` of lessons/widgets/marker.py;
 * nameOf(id) names a label; onwho("A", "B" or "both") hears which are shown, onshow(mark) asks to
 * see one in the text. Returns nodes; the first heading can have the focus.
 */
export function comparedContent({ found, who, nameOf, onwho, onshow }) {
  const sides = make("div", { class: "tv-mk-sides" });
  const fill = (value) => sides.replaceChildren(...found.sides.filter((side) => value === "both" || side.who === value).map((side) => sideOf(side, found.marks, nameOf, onshow)));
  const pick = choice({ name: "tv-who", label: "Compare with", options: WHO, onpick: (value) => {
    fill(value);
    onwho(value);
  } });
  pick.show(who);
  fill(who);
  return [
    make("h4", { tabindex: "-1", class: "tv-mk-head" }, "Your marks beside two readings"),
    found.plain ? make("p", { class: "tv-mk-plain" }, found.plain) : null,
    pick.node,
    sides,
    make("p", { class: "tv-soft" }, `${AI_READERS} A word more or less at the edge of a mark may still count as the same place.`),
  ].filter(Boolean);
}

/** What is spoken once when the comparison has come. */
export function comparedSentence(found) {
  return found.plain || found.sides.map(({ where, what }) => `${where} ${what}`).join(" ");
}

function sideOf({ who, where, what, rows }, marks, nameOf, onshow) {
  const of = (status) => rows.filter((row) => row.status === status);
  const part = (title, some, open) => {
    if (!some.length) return null;
    const node = fold(`${title} (${some.length})`, make("ul", { class: "tv-mk-rows" }, some.map((row) => rowOf(row, marks, nameOf, onshow, who))));
    node.open = open;
    return node;
  };
  return make("section", { class: "tv-mk-side", "data-who": who, "aria-label": `Reading ${who}` },
    make("h5", {}, `Reading ${who}`),
    make("p", {}, capital(where), what ? ` ${what}` : ""),
    part("In the same place", of("matched"), true),
    part(`Only in reading ${who}`, of("missed"), rows.length < 8),
    part("Only yours", of("extra"), false));
}

function rowOf({ status, what, mine, touched, mark }, marks, nameOf, onshow, who) {
  const own = mine >= 0 ? marks[mine] : null;
  const shown = mark ?? own;
  const see = button({ class: "tv-mk-see", "aria-label": `Show in the text: ${shown.quote}`, onclick: () => onshow(shown) }, make("q", {}, shown.quote));
  const lines = [];
  if (status === "matched") lines.push(`You: ${nameOf(own.label)}. Reading ${who}: ${mark.label}. That is ${WHAT[what]}.`);
  else if (mark) lines.push(`${mark.label}${touched ? ". You marked a part of it, or more" : ""}`);
  else lines.push(`${nameOf(own.label)}${touched ? `. Reading ${who} marks a part of it, or more` : ""}`);
  if (mark?.sure) lines.push(`Reading ${who} is sure of it: ${mark.sure}`);
  return make("li", {}, see, lines.map((line) => make("p", {}, line)),
    mark?.reason ? make("p", { class: "tv-mk-reason" }, make("b", {}, "Its reason: "), mark.reason) : null,
    mark?.other ? make("p", {}, make("b", {}, "Or else: "), mark.other) : null);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
