// A figure whose marks lead to their sentences, and the sentences: a list that can be sorted and searched, and from
// there whole articles. Used in notebook outputs and by the widget.

import { canCorrect, correctionForm } from "./corrections.js";
import { NAMES, counted, labelled, make, walkMarks } from "./reader.js";

const ROWS = 50;
export const HINT = "Click on a mark, or press Tab and the arrow keys, for its sentences.";

export const action = (text, run, cls) => { const b = make("button", text, cls); b.type = "button"; b.addEventListener("click", run); return b; };

/* Give a root a shadow tree with our style, and tell it whether the page around it is dark; returns the tree. */
export const isolated = (root, style) => {
  root.dataset.lmSuppressShortcuts = "true"; // JupyterLab's: keys typed here are for us
  const shadow = root.shadowRoot ?? root.attachShadow({ mode: "open" });
  const box = make("div", "", "framing-linked");
  shadow.replaceChildren(make("style", style), box);
  const theme = () => {
    const [r, g, b] = (getComputedStyle(root).color.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
    box.classList.toggle("dark", 0.2126 * r + 0.7152 * g + 0.0722 * b > 140);
  };
  theme();
  new MutationObserver(theme).observe(document.body, { attributes: true });
  return box;
};

/* The picture with a button on each mark: `marks` have x, y, width, height (per cent), name, numbers and filters. Its
 * `press(mark)` shows a mark as chosen. */
export const markedPicture = ({ src, alt, marks }, choose) => {
  const frame = make("div", "", "picture"), image = make("img"), tip = make("p", "", "tip"), layer = make("div", "", "marks");
  image.src = src; image.alt = alt;
  tip.setAttribute("aria-hidden", "true");
  layer.setAttribute("role", "group");
  layer.setAttribute("aria-label", "Marks of the figure; the arrow keys go from mark to mark, Enter lists the sentences");
  const press = (mark) => buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(marks[place] === mark)));
  const buttons = marks.map((mark, place) => {
    const button = action("", () => { press(mark); choose(mark); });
    Object.assign(button.style, { left: mark.x + "%", top: mark.y + "%", width: mark.width + "%", height: mark.height + "%" });
    button.setAttribute("aria-label", [mark.name, mark.numbers].filter(Boolean).join(": "));
    button.setAttribute("aria-pressed", "false");
    button.tabIndex = place ? -1 : 0;
    const tell = () => {
      tip.replaceChildren(make("b", mark.name), make("span", mark.numbers));
      tip.classList.add("shown");
      tip.style.top = mark.y + mark.height + "%";
      tip.style.left = Math.min(mark.x, 55) + "%";
    };
    const untell = () => tip.classList.remove("shown");
    for (const [name, run] of [["mouseenter", tell], ["focus", tell], ["mouseleave", untell], ["blur", untell]]) button.addEventListener(name, run);
    return button;
  });
  layer.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target), last = buttons.length - 1;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = buttons[Math.max(0, Math.min(last, to))];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });
  layer.append(...buttons);
  frame.append(image, layer, tip);
  frame.press = press;
  return frame;
};

const COLUMNS = [
  ["Outlet", ({ a }) => a.outlet], ["Date", ({ a }) => a.date], ["Whose words", ({ m }, reader) => reader.voiceName(m.voice)],
  ["Speaker", ({ m }) => (m.quote && m.quote.speaker) || ""], ["", (item, reader) => reader.facts(item).join(", ")],
];

/* The sentences that filters lead to, in a reader (see reader.js); `open(item, button)` shows an article, and
 * `save(changes, who)` keeps a correction (see corrections.js). */
const sentenceTable = (reader, filters, open, save) => {
  const { what, items, found } = reader.find(filters);
  const rows = (what ? items : found.map((a) => ({ a, m: { spans: [[0, 0]], voice: "outlet" } }))).map((item) => ({ item, cells: COLUMNS.map(([, cell]) => cell(item, reader)) }));
  const shownColumns = COLUMNS.map((_, c) => c).filter((c) => (what || c < 2) && rows.some(({ cells }) => cells[c]));
  const textOf = (row) => (row.text ??= (what ? reader.sentence(row.item).map((n) => n.textContent ?? n).join("") : row.item.a.title));
  const section = make("div", "", "sentences"), count = make("p", "", "count"), search = make("input"), scroll = make("div", "", "scroll");
  const table = make("table"), head = make("tr"), body = make("tbody"), thead = make("thead");
  let order = null, descending = false, shown = 0, chosen = rows;
  search.type = "search";
  count.setAttribute("role", "status");
  scroll.tabIndex = 0; scroll.setAttribute("role", "region"); scroll.setAttribute("aria-label", "Sentences");
  const line = (row) => {
    const tr = make("tr"), { item } = row;
    for (const c of shownColumns) {
      const td = make("td");
      if (c === 0) {
        const button = action(row.cells[0], () => open(item, button), "link");
        button.setAttribute("aria-label", row.cells[0] + ", " + (item.a.date || "undated") + ": open the article");
        td.append(button);
      } else td.textContent = row.cells[c];
      if (c === 1) td.className = "date";
      tr.append(td);
    }
    const td = make("td", "", "text");
    if (what) td.append(...reader.sentence(item)); else td.textContent = item.a.title;
    if (what && canCorrect(item, reader.legend)) {
      const button = action("Correct", () => {
        const close = () => { form.remove(); button.hidden = false; button.focus(); };
        const form = correctionForm(item, reader.legend, save, close);
        button.hidden = true;
        td.append(form);
        form.querySelector("select").focus();
      }, "link");
      button.setAttribute("aria-label", "Correct: " + textOf(row).slice(0, 80));
      td.append(" ", button);
    }
    tr.append(td);
    return tr;
  };
  const extend = () => { body.append(...chosen.slice(shown, shown + ROWS).map(line)); shown = Math.min(chosen.length, shown + ROWS); more.hidden = shown === chosen.length; };
  const more = action("Show more", extend);
  const list = () => {
    const wanted = search.value.trim().toLowerCase();
    chosen = wanted ? rows.filter((row) => (row.cells.join(" ") + " " + textOf(row)).toLowerCase().includes(wanted)) : [...rows];
    if (order !== null) chosen.sort((x, y) => (descending ? -1 : 1) * x.cells[order].localeCompare(y.cells[order], "en"));
    count.textContent = (wanted ? chosen.length.toLocaleString("en") + " of " : "") + counted(rows.length, what ? NAMES[what] : "articles") + (what ? " in " + counted(found.length, "articles") : "");
    scroll.hidden = !rows.length;
    body.replaceChildren(); shown = 0; extend();
  };
  for (const c of shownColumns) {
    const th = make("th"), name = COLUMNS[c][0];
    th.scope = "col";
    if (name) th.append(action(name, () => {
      descending = order === c && !descending; order = c;
      for (const other of head.children) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", descending ? "descending" : "ascending");
      list();
    }, "sort"));
    head.append(th);
  }
  const last = make("th", what ? "Sentence" : "Title"); last.scope = "col"; head.append(last);
  search.addEventListener("input", list);
  thead.append(head); table.append(thead, body); scroll.append(table, more);
  const bar = make("div", "", "bar");
  bar.append(labelled("Search", search), count);
  section.append(bar, scroll);
  list();
  return section;
};

/* Sentences side by side, one pane per { title, filters, reader }, and the article opened from them below. */
export const sentencePanes = (panes, save) => {
  const box = make("section", "", "evidence"), article = make("div", "", "article"), columns = make("div", "", "panes");
  const open = (reader) => ({ a, m }, from) => {
    const text = make("div", "", "text"), detail = make("p", "", "detail"), legend = make("div", "", "legend");
    text.tabIndex = 0; text.setAttribute("role", "group"); text.setAttribute("aria-label", "Article");
    detail.setAttribute("role", "status");
    const close = () => { article.replaceChildren(); from.focus(); };
    article.onkeydown = (event) => { if (event.key === "Escape") close(); };
    legend.append(...reader.legendOf(a));
    const target = reader.showArticle(a, text, reader.startOf({ m }));
    detail.textContent = "Arrow keys left and right: from mark to mark. Escape: close the article.";
    article.replaceChildren(action("Close the article", close), legend, detail, text);
    walkMarks(text, detail);
    text.focus({ preventScroll: true });
    if (target) { target.classList.add("target"); target.scrollIntoView({ block: "nearest" }); text.scrollTop = target.offsetTop - text.offsetTop - text.clientHeight / 3; }
  };
  columns.append(...panes.map(({ title, filters, reader }) => {
    const pane = make("div", "", "pane");
    const heading = make("h4", title);
    pane.append(heading, sentenceTable(reader, filters, open(reader), save));
    return pane;
  }));
  box.append(columns, article);
  return box;
};
