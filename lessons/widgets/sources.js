import { make } from "./base.js";

/** A source as a list item: title, publisher, date, its stake, its address. */
export function sourceItem(source) {
  const known = source.found === "yes" ? null : " (known, not read by us)";
  const link = make("a", { href: source.url, target: "_blank", rel: "noopener noreferrer", "data-lm-suppress-shortcuts": "true" }, source.url);
  const name = make("b", {}, source.title);
  return make("li", {}, name, `. ${source.publisher}, ${source.date}.`, known, ` Its stake: ${source.stake}. `, /^https?:/.test(source.url) ? link : source.url);
}
