// Two groups of articles side by side: their numbers line by line, and the sentences behind a line.

import { NAMES, make, option } from "./reader.js";
import { makeSearch } from "./pieces.js";

const SVG = "http://www.w3.org/2000/svg", SHOWN_EACH = 5;
const drawn = (tag, attributes, ...inside) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};
const inWords = (value, percent) => (percent ? Math.round(100 * value) + " %" : (value > 0 ? "+" : "") + value.toFixed(2).replace("-", "−"));
const between = ([, low, high], percent) => (low === null ? "" : "(" + [low, high].map((end) => (percent ? Math.round(100 * end) : end.toFixed(2).replace("-", "−"))).join(" to ") + ")");

/* `address(filters)` is the address of the reader with these filters; `excerpt(item)` is a list item for something found. */
export const showSideBySide = ({ lines, groupings }, { pieces, reader, address, excerpt }) => {
  const $ = (id) => document.getElementById(id), names = Object.keys(groupings);
  if (!names.length) return;
  $("side-by-side").hidden = false;
  $("grouping").append(...names.map((by) => option(by, groupings[by].name)));
  let chosen = Math.max(0, lines.findIndex(({ filters }) => filters.theme)), turn = 0;

  const group = (side) => groupings[$("grouping").value].groups[Number($(side).value)];
  const fillGroups = () => {
    const { groups } = groupings[$("grouping").value], few = make("optgroup");
    const byName = groups.map((g, number) => [g, option(String(number), g.name + " (" + g.n.toLocaleString("en") + ")")]);
    few.label = "too few articles for intervals";
    const most = groups.map((g, number) => [g.n, number]).sort((x, y) => y[0] - x[0] || x[1] - y[1]).map(([, number]) => String(number));
    for (const [side, place] of [["left", 0], ["right", 1]]) {
      const folded = few.cloneNode();
      $(side).replaceChildren(...byName.filter(([g]) => !g.few).map(([, o]) => o.cloneNode(true)));
      folded.append(...byName.filter(([g]) => g.few).map(([, o]) => o.cloneNode(true)));
      if (folded.children.length) $(side).append(folded);
      $(side).value = most[place];
    }
  };

  // Both groups on one axis: from 0 for shares, from -1 to 1 for scores.
  const chart = (values, [first, last]) => {
    const at = (value) => ((100 * (value - first)) / (last - first)).toFixed(2) + "%", box = drawn("svg", { width: "100%", height: 20, "aria-hidden": "true" });
    box.append(drawn("line", { class: "axis", x1: at(0), x2: at(0), y1: 0, y2: 20 }));
    values.forEach((value, place) => {
      if (!value) return;
      const y = place ? 14 : 6, cls = place ? "only" : "own";
      if (value[1] !== null) box.append(drawn("line", { class: "range " + cls, x1: at(value[1]), x2: at(value[2]), y1: y, y2: y }));
      box.append(drawn("circle", { class: cls, cx: at(value[0]), cy: y, r: 4 }));
    });
    return box;
  };
  const cell = (value, percent) => {
    const td = make("td", value ? inWords(value[0], percent) : "–", "n");
    if (value) td.append(" ", make("span", between(value, percent), "ci"));
    return td;
  };
  const table = () => {
    const both = [group("left"), group("right")], made = make("table", "", "compared"), head = make("tr");
    head.append(make("th"), make("th", both[0].name), make("th", "", "chart"), make("th", both[1].name));
    made.append(head);
    const ranges = {};
    for (const [place, { heading, percent }] of lines.entries()) {
      const ends = both.flatMap((g) => (g.values[place] ?? []).slice(0, 3)).filter((end) => end !== null);
      ranges[heading] = percent ? [0, Math.max(0.01, ranges[heading]?.[1] ?? 0, ...ends)] : [-1, 1];
    }
    lines.forEach(({ heading, label, percent }, place) => {
      const values = both.map((g) => g.values[place]);
      if (!values.some(Boolean)) return;
      if (made.dataset.heading !== heading) { const row = make("tr", "", "heading"), th = make("th", heading); th.colSpan = 4; row.append(th); made.append(row); made.dataset.heading = heading; }
      const row = make("tr"), th = make("th"), button = make("button", label), middle = make("td", "", "chart");
      button.type = "button";
      button.setAttribute("aria-pressed", String(place === chosen));
      button.addEventListener("click", () => { chosen = place; for (const b of made.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b === button)); sentences(); });
      th.scope = "row";
      th.append(button);
      middle.append(chart(values, ranges[heading]));
      row.append(th, cell(values[0], percent), middle, cell(values[1], percent));
      made.append(row);
    });
    $("compared").replaceChildren(made);
  };
  const sentences = async () => {
    const mine = ++turn, line = lines[chosen];
    const panes = await Promise.all(["left", "right"].map(async (side) => {
      const of = group(side), filters = { ...line.filters, ...of.filters }, pane = make("div"), list = make("ol");
      const { what, items, found, done, searched } = await makeSearch(pieces, reader, filters).more(SHOWN_EACH);
      const head = make("h4", of.name), all = make("a", items.length.toLocaleString("en") + (done ? " " : " or more ") + NAMES[what] + " in " + found.length.toLocaleString("en") + " articles"), note = make("p", line.label + ": ", "small");
      all.href = address(filters);
      note.append(all);
      if (!done) note.append(" of the first " + searched.toLocaleString("en"));
      list.append(...items.slice(0, SHOWN_EACH).map(excerpt));
      pane.append(head, note, list);
      return pane;
    }));
    if (mine === turn) $("panes").replaceChildren(...panes);
  };
  const all = () => { table(); sentences(); };
  $("grouping").addEventListener("change", () => { fillGroups(); all(); });
  for (const side of ["left", "right"]) $(side).addEventListener("change", all);
  fillGroups();
  table();
  // The sentences are searched when the comparison comes into view.
  new IntersectionObserver((entries, observer) => { if (entries.some((e) => e.isIntersecting)) { observer.disconnect(); sentences(); } }).observe($("side-by-side"));
};
