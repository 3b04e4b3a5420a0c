// The coding page. `call(request)` sends a request to the session (analysis/coding/session.py) and resolves to its answer.
// Texts are only ever set as text, never as HTML.

const ANSWER_KEYS = "1234567890abdefghijklmoqrstvwxy"; // without the keys of commands: c n p u z
const ROLES = ["content", "source", "cue"];

function element(name, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function duration(seconds) {
  if (seconds === null) return "";
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `, about ${Math.max(1, minutes)} min left` : `, about ${(minutes / 60).toFixed(1)} h left`;
}

// A text with its marked passage between [[ and ]] as <mark>.
function marked(text) {
  const parts = text.split(/\[\[ ([^]*?) \]\]/);
  return parts.map((part, number) => (number % 2 ? element("mark", { textContent: part }) : part));
}

export async function mount(root, call) {
  const error = element("p", { className: "error", attributes: { role: "alert" } });
  const ask = async (request) => {
    try {
      const answer = await call(request);
      error.textContent = answer.error ? `Not saved: ${answer.error}` : "";
      return answer;
    } catch (problem) {
      error.textContent = `Not saved: ${problem.message}. Start framing code again and reload this page; saved answers are kept.`;
      return { error: problem.message };
    }
  };
  const about = await ask({ do: "open" });
  if (about.error) return root.replaceChildren(error);
  return about.adjudicate ? adjudication(root, ask, about, error) : coding(root, ask, about, error);
}

function coding(root, ask, about, error) {
  const isQuotes = about.task === "quotes";
  let unit = null;
  let content = {};
  let active = 0; // question, or quote
  let began = Date.now();
  let saving = Promise.resolve();

  const bar = element("progress", { attributes: { "aria-label": "Units coded" } });
  const told = element("span", { attributes: { role: "status" } });
  const title = element("h1", { tabIndex: -1 });
  const left = element("div");
  const right = element("div");
  const names = element("datalist", { id: "framing-names" }, ...about.names.map((name) => element("option", { value: name })));
  const comment = element("input", { attributes: { "aria-label": "Comment" }, size: 30 });
  const unsure = element("button", { type: "button" }, element("kbd", { textContent: "u" }), "Unsure");
  // WCAG 2.1.4: single keys can be turned off, for people whose speech input would press them by accident
  const keys = element("button", { type: "button", textContent: "Single keys", attributes: { "aria-pressed": "true" } });
  keys.onclick = () => keys.setAttribute("aria-pressed", String(keys.getAttribute("aria-pressed") !== "true"));
  const commands = element("p", {},
    unsure,
    button("p", "Previous", () => move(-1)), button("n", "Next", () => move(1)), button("z", "Undo", undo), keys);
  const note = element("label", {}, element("kbd", { textContent: "c" }), "Comment ", comment);
  root.replaceChildren(
    element("div", { className: "top" }, element("span", { textContent: `Coder: ${about.coder}` }), bar, told),
    element("p", { className: "small", textContent: about.instruction }),
    title, error, element("div", { className: "both" }, left, element("div", {}, right, commands, note)), names);

  function button(key, label, act) {
    return element("button", { type: "button", onclick: act }, element("kbd", { textContent: key }), label);
  }

  unsure.onclick = () => { content.unsure = !content.unsure; keep(); paint(); };
  comment.onchange = () => { content.comment = comment.value; keep(); };

  function showProgress(progress) {
    if (!progress) return;
    bar.max = progress.total;
    bar.value = progress.done;
    told.textContent = `${progress.done} of ${progress.total} coded${progress.done < progress.total ? duration(progress.remaining_seconds) : ""}`;
  }

  function keep() {
    const request = { do: "save", code: unit.code, content: structuredClone(content), seconds: Math.min(600, (Date.now() - began) / 1000) };
    began = Date.now();
    saving = saving.then(() => ask(request)).then((answer) => { showProgress(answer.progress); return answer; });
    return saving;
  }

  function show(answer) {
    if (answer.error) return;
    showProgress(answer.progress);
    if (answer.nothing) { told.textContent = "Nothing to undo"; return; }
    unit = answer.unit;
    unsure.hidden = note.hidden = !unit;
    if (!unit) {
      title.textContent = "All units are coded. Thank you.";
      left.replaceChildren(); right.replaceChildren();
      title.focus();
      return;
    }
    content = { answers: {}, quotes: [], unsure: false, comment: "", ...unit.content };
    comment.value = content.comment || "";
    began = Date.now();
    active = isQuotes ? content.quotes.length - 1 : Math.max(0, about.questions.findIndex((question) => !(question.name in content.answers)));
    title.textContent = `Unit ${unit.position}: ${unit.title || "without title"}`;
    drawText();
    paint();
    if (!isQuotes) title.focus();
  }

  async function move(step) {
    await saving;
    if (unit === null && step > 0) return;
    const position = unit === null ? Number(bar.max) : unit.position + step;
    if (position < 1) return;
    show(await ask(position > Number(bar.max) ? { do: "unit" } : { do: "unit", position }));
  }

  async function nextOpen() { await saving; show(await ask({ do: "unit" })); }

  async function undo() { await saving; show(await ask({ do: "undo" })); }

  // -- questions

  function isVoid(question) {
    const first = content.answers[about.questions[0].name];
    return Boolean(question.if_no) && (first === "no" || first === "unclear");
  }

  async function choose(number, answer) {
    const question = about.questions[number];
    content.answers[question.name] = answer;
    if (number === 0) for (const other of about.questions) if (isVoid(other)) delete content.answers[other.name];
    const open = about.questions.findIndex((other) => !(other.name in content.answers) && !isVoid(other));
    active = open;
    const answered = await keep();
    if (answered.error) { active = number; paint(); return; }
    if (open < 0) { await nextOpen(); return; }
    paint();
  }

  function field(question, number) {
    const given = content.answers[question.name];
    const set = element("fieldset", { className: number === active ? "now" : "", disabled: isVoid(question) },
      element("legend", { textContent: question.name.replaceAll("_", " ") }), element("p", { className: "small", textContent: question.text }));
    if (question.allowed.length) {
      question.allowed.forEach((answer, place) => set.append(element("button",
        { type: "button", onclick: () => choose(number, answer), attributes: { "aria-pressed": String(given === answer) } },
        ...(number === active && place < ANSWER_KEYS.length ? [element("kbd", { textContent: ANSWER_KEYS[place] })] : []), answer)));
    } else {
      const input = element("input", { value: given || "", size: 30, attributes: { list: "framing-names", "aria-label": question.name } });
      input.onkeydown = (event) => { if (event.key === "Enter" && input.value.trim()) { event.preventDefault(); choose(number, input.value.trim()); } };
      input.onchange = () => { if (input.value.trim()) { content.answers[question.name] = input.value.trim(); keep(); } };
      set.append(input);
      if (number === active) setTimeout(() => input.focus());
    }
    return set;
  }

  // -- quotes

  function drawText() {
    if (!isQuotes) {
      left.replaceChildren(element("div", { className: "text", tabIndex: 0, attributes: { role: "region", "aria-label": "Text" } }, ...marked(unit.text)));
      if (unit.article) left.append(element("h2", { textContent: "Article" }), element("div", { className: "text", tabIndex: 0, textContent: unit.article, attributes: { role: "region", "aria-label": "Article" } }));
      return;
    }
    const area = element("textarea", { className: "text", value: unit.text, spellcheck: false, attributes: { "aria-label": "Text: select words with Shift and the arrows, then press a key" } });
    area.onbeforeinput = (event) => event.preventDefault();
    area.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = { q: () => markRole("content", true), a: () => markRole("content"), s: () => markRole("source"), d: () => markRole("cue") }[event.key];
      if (act) { event.preventDefault(); event.stopPropagation(); act(); }
    };
    left.replaceChildren(
      element("p", { className: "small" }, "Select words in the text (Shift and arrows), then ",
        ...[["q", "new quote"], ["a", "more words of it"], ["s", "source"], ["d", "words that attribute it"]].flatMap(([key, what]) => [element("kbd", { textContent: key }), `${what} `])),
      area);
    area.focus();
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
  }

  const points = (units) => Array.from(unit.text.slice(0, units)).length; // code points before a UTF-16 offset

  function markRole(role, isNew = false) {
    const area = left.querySelector("textarea");
    if (area.selectionStart === area.selectionEnd) { error.textContent = "Select some words first."; return; }
    const span = [points(area.selectionStart), points(area.selectionEnd)];
    if (isNew) { content.quotes.push({ content: [], source: [], cue: [], speaker: "", side: "" }); active = content.quotes.length - 1; }
    if (!content.quotes[active]) { error.textContent = "Mark a new quote first (q)."; return; }
    content.quotes[active][role].push(span);
    content.done = false;
    keep();
    paint();
  }

  function quoteItem(quote, number, characters) {
    const words = (role) => quote[role].map(([start, end]) => characters.slice(start, end).join("")).join(" … ");
    const speaker = element("input", { value: quote.speaker, attributes: { list: "framing-names", "aria-label": `Speaker of quote ${number + 1}` } });
    speaker.onchange = () => { quote.speaker = speaker.value.trim(); keep(); };
    const side = element("select", { attributes: { "aria-label": `Side of quote ${number + 1}` } }, ...["", ...about.sides].map((name) => element("option", { value: name, textContent: name || "side?", selected: name === quote.side })));
    side.onchange = () => { quote.side = side.value; keep(); };
    const drop = element("button", { type: "button", textContent: "Delete", onclick: () => { content.quotes.splice(number, 1); active = content.quotes.length - 1; keep(); paint(); } });
    return element("li", { onfocusin: () => { active = number; }, attributes: { "aria-current": String(number === active) } },
      element("mark", { textContent: words("content") }),
      element("p", { className: "small", textContent: `source: ${words("source") || "none"}; cue: ${words("cue") || "none"}` }),
      element("label", {}, "Speaker ", speaker), element("label", {}, "Side ", side), drop);
  }

  function paint() {
    unsure.setAttribute("aria-pressed", String(Boolean(content.unsure)));
    if (!unit) return;
    if (!isQuotes) { right.replaceChildren(...about.questions.map(field)); right.querySelector(".now")?.scrollIntoView({ block: "nearest" }); return; }
    const characters = Array.from(unit.text);
    right.replaceChildren(
      element("h2", { textContent: `${content.quotes.length} ${content.quotes.length === 1 ? "quote" : "quotes"} marked` }),
      element("ol", { className: "quotes" }, ...content.quotes.map((quote, number) => quoteItem(quote, number, characters))),
      element("button", { type: "button", textContent: "All quotes of this article are marked", onclick: async () => { content.done = true; if (!(await keep()).error) nextOpen(); } }));
  }

  root.onkeydown = (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing) { title.focus(); return; }
    if (typing || keys.getAttribute("aria-pressed") !== "true") return;
    const act = { n: () => move(1), ArrowRight: () => move(1), p: () => move(-1), ArrowLeft: () => move(-1), z: undo, u: () => unit && unsure.click(), c: () => comment.focus() }[event.key];
    if (act) { event.preventDefault(); act(); return; }
    const question = about.questions[active];
    const answer = unit && question && question.allowed[ANSWER_KEYS.indexOf(event.key)];
    if (event.key.length === 1 && answer) { event.preventDefault(); choose(active, answer); }
  };

  show(about);
}

function adjudication(root, ask, about, error) {
  const status = element("p", { tabIndex: -1, attributes: { role: "status" } });
  const list = element("div");
  root.replaceChildren(element("h1", { textContent: `Disagreements, settled by ${about.coder}` }), status, error, list);

  const paint = (review) => {
    const open = review.disagreements.filter((one) => !one.decision).length;
    status.textContent = `${review.disagreements.length} ${review.disagreements.length === 1 ? "disagreement" : "disagreements"}, ${open} open`;
    const rows = review.agreement.map((row) => element("tr", {}, ...[row.question, row.measure, row.value === null ? "not defined" : row.value.toFixed(3), row.units].map((cell) => element("td", { textContent: cell }))));
    list.replaceChildren(
      element("table", {}, element("thead", {}, element("tr", {}, ...["question", "measure", "agreement", "units"].map((name) => element("th", { textContent: name, scope: "col" })))), element("tbody", {}, ...rows)),
      ...review.disagreements.map(item));
  };

  const item = (one) => {
    const answers = Object.entries(one.answers).map(([coder, answer]) => `${coder}: ${answer}${one.comments[coder] ? ` (${one.comments[coder]})` : ""}`);
    const decide = async (answer) => {
      if ((await ask({ do: "decide", code: one.code, question: one.question, answer })).error) return;
      paint(await ask({ do: "review" }));
      (list.querySelector("fieldset[data-open] button") ?? status).focus(); // what had the focus is gone
    };
    const text = element("div", { className: "text short", tabIndex: 0, attributes: { role: "region", "aria-label": "Text" } }, ...marked(one.text));
    setTimeout(() => { const mark = text.querySelector("mark"); if (mark) text.scrollTop = mark.offsetTop - 60; });
    const choices = one.allowed.length ? one.allowed : [...new Set(Object.values(one.answers))];
    const open = one.decision ? {} : { "data-open": "" };
    return element("fieldset", { attributes: open }, element("legend", { textContent: `${one.title || "without title"}: ${one.question}` }),
      text,
      ...answers.map((answer) => element("p", { textContent: answer })),
      element("p", {}, ...choices.map((answer) => element("button", { type: "button", textContent: answer, onclick: () => decide(answer), attributes: { "aria-pressed": String(one.decision === answer) } }))),
      element("p", { className: "small", textContent: one.decision ? `Decided by ${one.who}: ${one.decision}` : "" }));
  };

  paint(about);
}
