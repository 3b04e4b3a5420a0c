// Corrections by hand of what the article reader lists: the speaker and side of a quote, the theme of a hit, the tone of
// a mention. A correction is a line of corrections.csv; see analysis/revision/corrections.py.

import { labelled, make, select } from "./reader.js";

const ELSE = "somebody else";
let coder = ""; // who corrected last; the form asks once

const pairsOf = (table) => Object.entries(table).map(([id, { label }]) => [id, label]).sort(([, x], [, y]) => x.localeCompare(y, "en"));

/* The fields of a row, each with `nodes`, and `changes()`: what differs from the row, as [row, column, old, new]. */
const speakerField = ({ id, actor = "", speaker, side }, { actors, sides }) => {
  const now = actor || (speaker ? ELSE : ""), names = make("input"), ofSide = select(pairsOf(sides), side);
  const control = select([["", "unknown"], [ELSE, "a person who is not in the list"], ...pairsOf(actors)], now);
  names.value = speaker || "";
  names.size = 24;
  const rest = make("span"), show = () => { rest.hidden = control.value !== ELSE; };
  rest.append(labelled("Name", names), " ", labelled("Side", ofSide));
  control.addEventListener("change", show);
  show();
  const changes = () => {
    if (control.value !== ELSE) return control.value === now ? [] : [[id, "quotes.speaker", actor, control.value]];
    const name = names.value.trim();
    return [
      ...(name !== (speaker || "") || actor ? [[id, "quotes.speaker_name", speaker || "", name]] : []),
      ...(ofSide.value === side ? [] : [[id, "quotes.side", side, ofSide.value]]),
    ];
  };
  return { nodes: [labelled("Speaker", control), rest], changes };
};
const simpleField = (text, row, column, old, pairs) => {
  const control = select(pairs, old);
  return { nodes: [labelled(text, control)], changes: () => (control.value === old ? [] : [[row, column, old, control.value]]) };
};
const fieldsOf = ({ a, m }, legend) => {
  const start = m.spans[0][0], at = a.id + ":" + start;
  return [
    ...(m.theme ? [simpleField("Theme", at + ":" + m.theme, "themes.theme", m.theme, [["", "none: remove the hit"], ...pairsOf(legend.themes)])] : []),
    ...(typeof m.tone === "number" ? [simpleField("Tone", at, "mentions.polarity", String(m.tone), [["1", "favourable"], ["0", "neutral"], ["-1", "unfavourable"]])] : []),
    ...(m.quote && m.quote.id ? [speakerField(m.quote, legend)] : []),
  ];
};
export const canCorrect = (item, legend) => fieldsOf(item, legend).length > 0;

/* A form for one item. `save(changes, who)` resolves to { said, done }; `close()` is called when the form is left. */
export const correctionForm = (item, legend, save, close) => {
  const fields = fieldsOf(item, legend), form = make("form", "", "correction"), who = make("input"), said = make("span");
  const keep = make("button", "Save the correction"), leave = make("button", "Cancel");
  leave.type = "button";
  who.required = true; who.size = 8; who.value = coder; who.maxLength = 40;
  said.setAttribute("role", "status");
  form.setAttribute("aria-label", "Correct this row");
  for (const { nodes } of fields) form.append(...nodes.flatMap((node) => [node, " "]));
  form.append(labelled("Your initials", who), " ", keep, " ", leave, " ", said);
  leave.addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && event.target === who) { event.preventDefault(); form.requestSubmit(); } // in JupyterLab, Enter alone submits no form
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const changes = fields.flatMap((one) => one.changes());
    coder = who.value.trim();
    if (!coder || !changes.length) { said.textContent = coder ? "Nothing is changed." : "Enter your initials."; return; }
    const result = await save(changes, coder);
    said.textContent = result.said;
    if (result.done) { form.replaceChildren(said); said.tabIndex = -1; said.focus(); }
  });
  return form;
};

/* Rows of corrections.csv; a cell that a spreadsheet could take for a formula gets an apostrophe. */
const cell = (text) => '"' + (/^[\s]*[=+\-@|%]/.test(text) ? "'" : "") + text.replaceAll('"', '""') + '"';
const line = (cells) => cells.map(cell).join(",") + "\n";
const HEAD = ["row", "column", "old", "new", "who", "when"];

/* What the browser kept under a name. Storage may be off, and others may have written there. */
const keptRows = (name) => {
  try {
    const rows = JSON.parse(localStorage.getItem(name));
    return Array.isArray(rows) ? rows.filter((row) => Array.isArray(row) && row.length === HEAD.length && row.every((one) => typeof one === "string")) : [];
  } catch { return []; }
};
const storeRows = (name, rows) => { try { localStorage.setItem(name, JSON.stringify(rows)); } catch { /* they stay until the page is closed */ } };

/* Collects corrections where no kernel can apply them; `box` offers them as a file. With a name, the browser keeps them. */
export const makeCollection = (name = "") => {
  const box = make("p", "", "collection"), rows = name ? keptRows(name) : [];
  box.setAttribute("role", "status");
  const show = () => {
    const link = make("a", "Download corrections.csv");
    link.download = "corrections.csv";
    link.href = URL.createObjectURL(new Blob([[HEAD, ...rows].map(line).join("")], { type: "text/csv" }));
    const n = rows.length + (rows.length === 1 ? " correction" : " corrections") + ", not applied yet. ";
    const forget = make("button", "Remove them");
    forget.type = "button";
    forget.addEventListener("click", () => { rows.length = 0; if (name) storeRows(name, rows); box.replaceChildren("The corrections were removed."); });
    box.replaceChildren(n, link, " and apply them: framing apply RESULTS --add corrections.csv ", forget);
  };
  const save = (changes, who) => {
    const when = new Date().toISOString().slice(0, 19) + "Z";
    rows.push(...changes.map((change) => [...change, who, when]));
    if (name) storeRows(name, rows);
    show();
    return { said: "Kept in the list below.", done: true };
  };
  if (rows.length) show();
  return { box, save };
};
