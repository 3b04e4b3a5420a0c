// The widget: controls on top, the figure, and the sentences behind its marks.

import { counted, makeReader, labelled, make, option, select } from "./reader.js";
import { HINT, action, isolated, markedPicture, sentencePanes } from "./linked.js";

const received = async (buffer) => new Response(new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const download = (text, name, address) => { const link = make("a", text); link.href = address; link.download = name; return link; };

export const renderExplorer = ({ model, el }) => {
  const options = model.get("options"), box = isolated(el, STYLE);
  const picture = make("div"), status = make("p", "", "count"), evidence = make("div"), exported = make("details", "", "export");
  const hint = make("p", HINT, "hint");
  status.setAttribute("role", "status");
  evidence.setAttribute("role", "region");
  evidence.setAttribute("aria-label", "Sentences of the chosen mark");
  const choose = (changes) => { model.set("choice", { ...model.get("choice"), ...changes }); model.save_changes(); status.textContent = "Drawing …"; };

  // Controls. Each sets one value of the choice.
  const start = model.get("choice");
  const simple = (text, name, pairs) => {
    const control = select(pairs, start[name]);
    control.addEventListener("change", () => choose({ [name]: control.value, ...(name === "by" ? { compared: [] } : {}) }));
    return labelled(text, control);
  };
  const figure = make("select");
  for (const section of [...new Set(options.figures.map(([s]) => s))]) {
    const group = make("optgroup");
    group.label = section;
    group.append(...options.figures.filter(([s]) => s === section).map(([, name, title]) => option(name, title)));
    figure.append(group);
  }
  figure.value = start.figure;
  figure.addEventListener("change", () => choose({ figure: figure.value }));
  const day = (text, name) => {
    const control = make("input");
    Object.assign(control, { type: "date", value: start[name], min: options.first, max: options.last });
    control.addEventListener("change", () => choose({ [name]: control.value }));
    return labelled(text, control);
  };
  const several = (text, name, pairs) => {
    const list = make("details", "", "several"), summary = make("summary"), ticks = make("div", "", "ticks");
    const tell = (n) => { summary.textContent = text + ": " + (n ? n + " chosen" : "all"); };
    const boxes = pairs.map(([value, said]) => {
      const tick = make("input"), e = make("label");
      Object.assign(tick, { type: "checkbox", value, checked: start[name].includes(value) });
      tick.addEventListener("change", () => { const now = boxes.filter((b) => b.checked).map((b) => b.value); tell(now.length); choose({ [name]: now }); });
      e.append(tick, " " + said);
      ticks.append(e);
      return tick;
    });
    tell(start[name].length);
    list.append(summary, ticks);
    return list;
  };
  const compare = make("fieldset", "", "compare"), sides = [make("select"), make("select")];
  compare.append(make("legend", "Side by side"), labelled("Group", sides[0]), labelled("with", sides[1]));
  const fillCompare = () => {
    const { by, compared } = model.get("choice");
    sides.forEach((control, i) => {
      control.replaceChildren(option("", "none"), ...(options.groups[by] ?? []).map((name) => option(name, name)));
      control.value = compared[i] ?? "";
    });
  };
  for (const control of sides) control.addEventListener("change", () => {
    const both = sides.map((s) => s.value);
    if (both.every(Boolean) && both[0] !== both[1]) choose({ compared: both });
    else if (model.get("choice").compared.length) choose({ compared: [] });
  });
  const controls = make("div", "", "controls");
  controls.setAttribute("role", "group");
  controls.setAttribute("aria-label", "What is shown");
  const none = [["", "all"]];
  controls.append(labelled("Figure", figure), simple("Groups", "by", options.by), simple("Counts equally", "weight", options.weights), day("From", "since"), day("To", "until"),
    simple("Voice", "voice", [...none, ...options.voices]), simple("Side", "side", [...none, ...options.sides]),
    several("Outlets", "outlets", options.outlets), several("Themes", "themes", options.themes), compare);

  // Sentences of a mark come from the kernel; an answer to an earlier click is dropped.
  let number = 0, asked = null;
  const ask = (mark) => { asked = mark; evidence.replaceChildren(make("p", "Looking up the sentences …", "count")); model.send({ filters: mark.filters, number: ++number }); };
  // Corrections go to the kernel, which applies them and draws the figure again; then the sentences are looked up again.
  let told = null;
  const save = (changes, who) => new Promise((resolve) => {
    const mark = asked;
    told = ({ error }) => {
      if (error) { resolve({ said: error, done: false }); return; }
      const now = model.get("view").marks.find(({ filters }) => same(filters, mark.filters)) ?? mark; // with its new numbers
      picture.firstChild.press(now);
      evidence.tabIndex = -1; evidence.focus();
      ask(now);
    };
    model.send({ correct: changes.map(([row, column, , value]) => [row, column, value]), who });
  });
  const answer = async (content, buffers) => {
    if (content.csv !== undefined) { numbers.href = URL.createObjectURL(new Blob([content.csv], { type: "text/csv" })); return; }
    if (content.corrected) { told?.(content.corrected); told = null; return; }
    if (content.number !== number || !asked) return;
    const { articles, texts, legend } = await received(buffers[0]);
    articles.forEach((a, place) => { a.place = place; });
    const reader = () => makeReader({ articles: articles.map((a) => ({ ...a })), legend, textOf: (a) => texts[a.place] });
    const title = asked.name + ": " + asked.numbers;
    evidence.replaceChildren(...(content.note ? [make("p", content.note, "count")] : []),
      sentencePanes(content.panes.map((pane) => ({ title: pane.title || title, filters: pane.filters, reader: reader() })), save));
  };

  // The numbers can be many, so they come when somebody looks at what can be exported.
  let numbers = null;
  const askNumbers = () => model.send({ numbers: true });
  exported.addEventListener("toggle", () => { if (exported.open) askNumbers(); });

  const draw = () => {
    const view = model.get("view");
    evidence.replaceChildren(); asked = null;
    const articles = counted(view.n_articles, "articles");
    if (view.why_not) { picture.replaceChildren(); exported.hidden = hint.hidden = true; status.textContent = view.why_not; return; }
    status.textContent = [view.question, articles + ".", view.corrections].filter(Boolean).join(" ");
    hint.hidden = false;
    picture.replaceChildren(markedPicture(view, ask));
    exported.hidden = false;
    const code = make("pre", view.code);
    code.tabIndex = 0;
    numbers = download("Numbers (CSV)", view.name + ".csv", "#");
    if (exported.open) askNumbers();
    exported.replaceChildren(make("summary", "Export"), download("Picture (SVG)", view.name + ".svg", view.src), " ",
      numbers, code,
      action("Copy the code", () => navigator.clipboard.writeText(view.code)));
  };
  const redraw = () => { fillCompare(); };
  model.on("change:view", draw);
  model.on("change:choice", redraw);
  model.on("msg:custom", answer);
  fillCompare(); draw();
  box.append(controls, status, picture, hint, exported, evidence);
  return () => { model.off("change:view", draw); model.off("change:choice", redraw); model.off("msg:custom", answer); };
};
