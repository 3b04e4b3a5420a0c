// The page: its tabs, the reader beside it, and what links and filters lead to.

import { canCorrect, correctionForm, makeCollection } from "./corrections.js";
import { NAMES, counted, make, makeReader, option, walkMarks } from "./reader.js";
import { makePieces, makeSearch } from "./pieces.js";
import { showSideBySide } from "./side_by_side.js";

const $ = (id) => document.getElementById(id);
const { legend, options, labels, pieces: about, sideBySide } = JSON.parse($("data").textContent);
const pieces = makePieces(about);
const reader = makeReader({ articles: [], legend, textOf: (a) => a.text });
const SHOWN = 50;
const wide = matchMedia("(min-width: 72rem)");

// Filters and their options.
const FILTERS = ["words", "outlet", "theme", "voice", "speaker", "about", "tone", "with", "kind", "cue", "acts", "term", "use", "pair", "beside", "when", "country", "only"];
const fill = (name, pairs) => $(name).append(...pairs.map(([value, text]) => option(value, text)));
for (const [name, pairs] of Object.entries(options)) fill(name, pairs);
fill("with", options.theme);
fill("beside", options.speaker);
fill("use", Object.entries(legend.uses).map(([value, { label: text }]) => [value, text]));
const wanted = () => Object.fromEntries(FILTERS.map((name) => [name, $(name).value.trim()]));
const isSet = () => FILTERS.filter((name) => $(name).value.trim());
const address = (filters) => "#" + (new URLSearchParams(Object.entries(filters).filter(([, value]) => value)).toString() || "reader");
const setAll = (values) => {
  for (const name of FILTERS) {
    const control = $(name), value = Object.hasOwn(values, name) ? values[name] : "";
    if (control.tagName === "SELECT" && ![...control.options].some((o) => o.value === value)) control.append(option(value, value));
    control.value = value;
  }
};
const chip = (name) => {
  const control = $(name), text = control.tagName === "SELECT" ? control.selectedOptions[0].textContent : control.value;
  const button = make("button", labels[name] + ": " + text + " ×");
  button.type = "button";
  button.setAttribute("aria-label", "Remove the filter " + labels[name] + ": " + text);
  button.addEventListener("click", () => { control.value = ""; changed(); ($("chosen").querySelector("button") ?? $("reader-title")).focus(); });
  return button;
};

// The list of what the filters find.
const excerpt = (item) => {
  const { a, m } = item, entry = make("li"), meta = make("p", "", "meta");
  const jump = make("button", [a.outlet, a.date, m.voice && reader.voiceName(m.voice), m.quote && m.quote.speaker, ...reader.facts(item)].filter(Boolean).join(" · "));
  jump.type = "button";
  jump.addEventListener("click", () => { open(jump); show(a, reader.startOf(item)); });
  meta.append(jump);
  if (!a.textless) { const quote = make("p"); quote.append(...reader.sentence(item)); entry.append(quote); }
  else meta.append(" · sentence " + (m.sentence + 1) + " of " + a.sentences.length, ...(a.url ? [" · ", reader.address(a, "original")] : []));
  entry.append(meta);
  if (canCorrect(item, legend)) entry.append(correcting(item));
  return entry;
};
/* A button that opens a form below; no kernel runs here, so the browser keeps what is corrected. */
const collection = makeCollection("framing-corrections-" + about.results);
$("corrections").append(collection.box);
const correcting = (item) => {
  const box = make("div"), button = make("button", "Correct");
  button.type = "button";
  button.setAttribute("aria-label", "Correct: " + [item.a.outlet, item.a.date, item.m.quote && item.m.quote.speaker].filter(Boolean).join(", "));
  button.addEventListener("click", () => {
    const form = correctionForm(item, legend, collection.save, () => { box.replaceChildren(button); button.focus(); });
    box.replaceChildren(form);
    form.querySelector("select").focus();
  });
  box.append(button);
  return box;
};
const whole = (a) => {
  const entry = make("li"), jump = make("button", [a.date, a.outlet, a.title || a.id].filter(Boolean).join(" · "));
  jump.type = "button";
  jump.addEventListener("click", () => show(a));
  entry.append(jump);
  return entry;
};
let search = makeSearch(pieces, reader, {}), shown = 0, turn = 0, last = null;
const articlesIn = (n) => n.toLocaleString("en") + (n === 1 && about.articles === 1 ? " article" : " articles");
const said = () => {
  const some = search.found.length.toLocaleString("en") + " of ";
  const of = search.done ? articlesIn(about.articles) : "the first " + search.searched.toLocaleString("en") + " of " + articlesIn(about.articles);
  return search.what ? counted(search.items.length, NAMES[search.what]) + " in " + some + of : some + of;
};
const render = () => {
  const all = search.what ? search.items : search.found, to = Math.min(all.length, shown + SHOWN);
  $("sentences").append(...all.slice(shown, to).map(search.what ? excerpt : whole));
  shown = to;
  $("more").hidden = search.done && shown === all.length;
  $("count").textContent = said();
};
const list = async () => {
  const mine = ++turn, started = makeSearch(pieces, reader, wanted());
  $("clear").hidden = !isSet().length;
  $("chosen").replaceChildren(...isSet().map(chip));
  $("list").hidden = false;
  $("article").hidden = true;
  $("count").textContent = "Searching …";
  $("sentences").replaceChildren();
  $("more").hidden = true;
  try { await started.more(SHOWN); } catch (error) { $("count").textContent = error.message; return; }
  if (mine !== turn) return;
  search = started;
  shown = 0;
  render();
  if (!search.what && search.found.length === 1) show(search.found[0]);
};
const more = async () => {
  const mine = turn;
  if (shown === (search.what ? search.items : search.found).length) await search.more(SHOWN);
  if (mine === turn) render();
};

// One article.
const show = (a, at) => {
  const box = $("text");
  last = document.activeElement;
  $("list").hidden = true;
  $("article").hidden = false;
  $("detail").textContent = "";
  const target = reader.showArticle(a, box, at);
  $("legend").replaceChildren(...reader.legendOf(a));
  if (target) { target.classList.add("target"); target.scrollIntoView({ block: "center" }); } else $("reader").scrollTop = 0;
  box.focus({ preventScroll: true });
};
walkMarks($("text"), $("detail"));
const back = () => { $("list").hidden = false; $("article").hidden = true; (last?.isConnected && $("list").contains(last) ? last : $("reader-title")).focus(); };

// The reader opens beside what was clicked, which stays where it is on the screen.
let opener = null;
const inPlace = (element, change) => {
  const before = element?.getBoundingClientRect().top;
  change();
  if (element && wide.matches && !$("reader").contains(element)) scrollBy(0, element.getBoundingClientRect().top - before);
};
const open = (from) => {
  if (!$("reader").hidden) return;
  opener = from ?? document.activeElement;
  inPlace(opener === document.body ? null : opener, () => { $("reader").hidden = false; document.body.classList.add("reading"); });
  isolate();
};
const isolate = () => { document.querySelector("main").inert = !$("reader").hidden && !wide.matches; };
const close = () => {
  inPlace(opener, () => { $("reader").hidden = true; document.body.classList.remove("reading"); });
  isolate();
  if (location.hash.includes("=") || location.hash === "#reader") history.replaceState(null, "", "#");
  (opener?.isConnected ? opener : $("words")).focus({ preventScroll: true });
};
const changed = () => { history.replaceState(null, "", address(wanted())); list(); };

// Where the address leads: filters open the reader; everything else is a place on one of the two tabs.
const follow = (from) => {
  const fragment = location.hash.slice(1);
  if (fragment.includes("=") || fragment === "reader") {
    const values = Object.fromEntries(new URLSearchParams(fragment));
    setAll(values.article ? { ...values, only: values.article } : values);
    open(from);
    $("reader").scrollTop = 0;
    $("reader-title").focus({ preventScroll: true });
    list();
    return;
  }
  const target = fragment && $(fragment);
  const onMethod = Boolean(target && $("method-tab").contains(target));
  if (target || !fragment) document.body.classList.toggle("on-method", onMethod);
  for (const link of document.querySelectorAll("#bar a")) link.setAttribute("aria-current", String(link.hash === "#" + fragment || (onMethod && link.hash === "#method")));
  if (!target) return;
  const folded = target.closest("details");
  if (folded) folded.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", () => follow(clicked));
// A link to where the page already is changes no address, and still has to lead there.
let clicked = null;
addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  clicked = link;
  if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(link); }
});
let waiting = 0;
for (const name of FILTERS.slice(1)) $(name).addEventListener("change", changed);
$("words").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { if (wide.matches) { open(); changed(); } }, 250); });
$("search").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); open($("words")); changed(); $("reader-title").focus({ preventScroll: true }); });
$("clear").addEventListener("click", () => { setAll({}); changed(); $("reader-title").focus({ preventScroll: true }); });
$("more").addEventListener("click", more);
$("back").addEventListener("click", back);
$("close").addEventListener("click", close);
addEventListener("keydown", (event) => { if (event.key === "Escape" && !$("reader").hidden) { if ($("article").hidden) close(); else back(); } });
wide.addEventListener("change", isolate);

// On paper, what is folded away is open.
const folded = document.querySelectorAll("details.printed");
addEventListener("beforeprint", () => folded.forEach((d) => { d.dataset.was = d.open ? "open" : ""; d.open = true; }));
addEventListener("afterprint", () => folded.forEach((d) => { d.open = d.dataset.was === "open"; }));

document.body.classList.add("scripted");
showSideBySide(sideBySide, { pieces, reader, address, excerpt });
follow();
