import { NAMES, label, make, makeReader, option, walkMarks } from "./reader.js";

const $ = (id) => document.getElementById(id);
const { articles, legend } = JSON.parse($("data").textContent);
const { sides, themes, actors, terms, uses, textsInBlock } = legend;
const SHOWN = 100;
const unique = (pick) => [...new Set(articles.flatMap(pick))].filter((value) => value !== null && value !== "");

// Texts: a block is parsed when one of its texts is wanted.
const blocks = [];
articles.forEach((a, place) => { a.place = place; });
const textOf = (a) => {
  const block = Math.floor(a.place / textsInBlock);
  blocks[block] ??= JSON.parse($("texts-" + block).textContent);
  return blocks[block][a.place % textsInBlock];
};
const reader = makeReader({ articles, legend, textOf });

const FILTERS = ["words", "outlet", "theme", "voice", "speaker", "about", "tone", "with", "kind", "cue", "acts", "term", "use", "pair", "beside", "when", "country", "only"];
const wanted = () => Object.fromEntries(FILTERS.map((name) => [name, $(name).value.trim()]));

const fill = (name, pairs) => $(name).append(...pairs.map(([value, text]) => option(value, text)));
const byText = (x, y) => x[1].localeCompare(y[1], "en");
const plain = (values) => values.sort().map((value) => [value, value]);
const named = (values, table) => values.map((value) => [value, label(table, value)]).sort(byText);
const voices = unique((a) => a.quotes.map((q) => q.side));
const themesUsed = named(unique((a) => a.themes.flatMap((h) => [h[2], ...(Object.hasOwn(themes, h[2]) ? themes[h[2]].above : [])])), themes);
const speakers = plain(unique((a) => a.quotes.map((q) => q.speaker)));
const months = unique((a) => [a.date.slice(0, 7)]), years = unique((a) => [a.date.slice(0, 4)]);
const dyads = unique((a) => a.acts.flatMap((m) => [[m[4], m[5]].sort().join("<>"), m[4] + ">" + m[5]]));
fill("outlet", plain(unique((a) => [a.outlet])));
fill("country", plain(unique((a) => [a.country])));
fill("only", plain(unique((a) => [a.id])));
fill("when", [...plain([...years, ...months]), ...(articles.some((a) => !a.date) ? [["undated", "undated"]] : [])]);
fill("theme", themesUsed); fill("with", themesUsed);
fill("voice", [["outlet", "the outlet's own words"], ["quoted", "all attributed words"], ...named(voices, sides)]);
fill("speaker", speakers); fill("beside", speakers);
for (const side of unique((a) => a.mentions.map((m) => m[3])).sort()) {
  const group = document.createElement("optgroup");
  group.label = label(sides, side);
  group.append(option("side:" + side, label(sides, side) + ": all"), ...named(unique((a) => a.mentions.filter((m) => m[3] === side).map((m) => m[2])), actors).map(([value, text]) => option(value, text)));
  $("about").append(group);
}
fill("kind", plain(unique((a) => a.quotes.map((q) => q.kind))));
fill("cue", plain(unique((a) => a.quotes.map((q) => q.class || "none"))));
const actLabel = (value) => { const both = value.includes("<>"); return value.split(both ? "<>" : ">").map((side) => label(sides, side)).join(both ? " and " : " → "); };
fill("acts", dyads.map((value) => [value, actLabel(value)]).sort(byText));
fill("term", named(unique((a) => a.terms.map((m) => m[2])), terms));
fill("use", named(unique((a) => a.terms.map((m) => m[3])), uses));

const excerpt = (item) => {
  const { a, m } = item, entry = make("li");
  const jump = make("button", [a.outlet, a.date, reader.voiceName(m.voice), m.quote && m.quote.speaker, ...reader.facts(item)].filter(Boolean).join(" · "));
  jump.type = "button";
  jump.addEventListener("click", () => { $("article").value = a.id; show(reader.startOf(item)); });
  entry.append(jump, ...reader.sentence(item));
  return entry;
};
let items = [], shown = 0;
const more = () => {
  $("sentences").append(...items.slice(shown, shown + SHOWN).map(excerpt));
  shown = Math.min(items.length, shown + SHOWN);
  $("more").hidden = shown === items.length;
};

const list = () => {
  const before = $("article").value, result = reader.find(wanted()), { what, found } = result;
  items = result.items;
  $("article").replaceChildren(...found.map((a) => option(a.id, [a.date, a.outlet, a.title || a.id].filter(Boolean).join(" · "))));
  if (found.some((a) => a.id === before)) $("article").value = before;
  const articlesFound = found.length.toLocaleString("en") + " of " + articles.length.toLocaleString("en") + " articles";
  $("count").textContent = what ? items.length.toLocaleString("en") + " " + NAMES[what] + " in " + articlesFound : articlesFound;
  $("evidence").hidden = !what;
  shown = 0;
  $("sentences").replaceChildren();
  more();
  show();
};

const show = (at) => {
  const a = articles.find((x) => x.id === $("article").value), box = $("text");
  $("detail").textContent = "";
  if (!a) { box.replaceChildren(make("p", "No article matches the filters.", "empty")); $("legend").replaceChildren(); return; }
  const target = reader.showArticle(a, box, at);
  $("legend").replaceChildren(...reader.legendOf(a));
  if (target) { box.focus({ preventScroll: true }); target.classList.add("target"); target.scrollIntoView({ block: "center" }); }
};
walkMarks($("text"), $("detail"));

const setAll = (values) => {
  for (const name of FILTERS) {
    const control = $(name), value = Object.hasOwn(values, name) ? values[name] : "";
    if (control.tagName === "SELECT" && ![...control.options].some((o) => o.value === value)) control.append(option(value, value));
    control.value = value;
  }
  if (FILTERS.slice(7).some((name) => $(name).value)) $("further").open = true;
};
const address = () => {
  const set = FILTERS.filter((name) => $(name).value.trim()).map((name) => [name, $(name).value.trim()]);
  return "#" + (set.length ? new URLSearchParams(set).toString() : "reader");
};
const changed = () => { history.replaceState(null, "", address()); list(); };
const follow = () => {
  const fragment = location.hash.slice(1);
  if (!fragment.includes("=")) return false;
  const values = Object.fromEntries(new URLSearchParams(fragment));
  setAll(values);
  list();
  if (values.article) { $("article").value = values.article; show(); }
  $("reader").scrollIntoView();
  $("reader-title").focus({ preventScroll: true });
  return true;
};
let waiting = 0;
for (const name of FILTERS) $(name).addEventListener("change", changed);
$("words").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 200); });
$("clear").addEventListener("click", () => { setAll({}); changed(); $("words").focus(); });
$("more").addEventListener("click", more);
$("article").addEventListener("change", () => show());
addEventListener("hashchange", follow);
// A link to where the page already is changes no address, and still has to lead there.
addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && link.getAttribute("href").includes("=") && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
});
// On paper, what is folded away is open.
const folded = document.querySelectorAll("details.printed");
addEventListener("beforeprint", () => folded.forEach((d) => { d.dataset.was = d.open ? "open" : ""; d.open = true; }));
addEventListener("afterprint", () => folded.forEach((d) => { d.open = d.dataset.was === "open"; }));
if (!follow()) list();
