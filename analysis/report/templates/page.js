"use strict";
(() => {
  const { articles, sides, themes, actors } = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, text, cls) => { const e = document.createElement(tag); if (text) e.textContent = text; if (cls) e.className = cls; return e; };
  const option = (value, text) => { const o = make("option", text); o.value = value; return o; };
  const label = (table, id) => (table[id] && table[id].label) || id;
  const tint = (side) => (sides[side] ? sides[side].tint : "#e6e6e6");
  // Code points, as the tables count them; string indices would count UTF-16 units.
  const points = new Map();
  const text = (a) => { if (!points.has(a.id)) points.set(a.id, Array.from(a.text)); return points.get(a.id); };

  const used = (pick) => [...new Set(articles.flatMap(pick))].sort();
  for (const o of used((a) => [a.outlet])) $("outlet").append(option(o, o));
  for (const t of used((a) => a.themes.map((h) => h[2]))) $("theme").append(option(t, label(themes, t)));
  for (const s of used((a) => a.quotes.map((q) => q.side))) $("side").append(option(s, label(sides, s)));

  const chosen = () => {
    const words = $("search").value.trim().toLowerCase();
    return articles.filter((a) => (!$("outlet").value || a.outlet === $("outlet").value)
      && (!$("theme").value || a.themes.some((h) => h[2] === $("theme").value))
      && (!$("side").value || a.quotes.some((q) => q.side === $("side").value))
      && (!words || (a.title + "\n" + a.text).toLowerCase().includes(words)));
  };

  // The words behind the chosen numbers: hits of the theme, quotes of the side, or theme hits in that side's voice.
  const SHOWN = 200;
  const hits = (a) => {
    const theme = $("theme").value, side = $("side").value;
    if (theme) return a.themes.filter((h) => h[2] === theme && (!side || h[4] === side)).map(([s, e, , , voice]) => ({ a, s, e, voice }));
    return a.quotes.filter((q) => q.side === side).flatMap((q) => (q.content || []).map(([s, e]) => ({ a, s, e, voice: side })));
  };
  const voiceName = (voice) => (voice === "outlet" ? "outlet's own words" : "quoted: " + label(sides, voice));
  const excerpt = ({ a, s, e, voice }) => {
    const around = a.sentences.filter(([from, to]) => from < e && to > s), all = text(a);
    const from = Math.min(s, ...around.map((x) => x[0])), to = Math.max(e, ...around.map((x) => x[1]));
    const item = make("li"), jump = make("button", [a.outlet, a.date, voiceName(voice)].filter(Boolean).join(" · "));
    jump.type = "button";
    jump.addEventListener("click", () => { $("article").value = a.id; show(s); });
    item.append(jump, all.slice(from, s).join(""), make("mark", all.slice(s, e).join("")), all.slice(e, to).join(""));
    return item;
  };
  const evidence = (found) => {
    const wanted = $("theme").value || $("side").value, all = wanted ? found.flatMap(hits) : [];
    $("evidence").hidden = !wanted;
    $("evidence-title").textContent = "The sentences: " + all.length + (all.length > SHOWN ? ", the first " + SHOWN + " of them here" : "");
    $("sentences").replaceChildren(...all.slice(0, SHOWN).map(excerpt));
  };

  const list = () => {
    const found = chosen(), before = $("article").value;
    $("article").replaceChildren(...found.map((a) => option(a.id, [a.date, a.outlet, a.title].filter(Boolean).join(" · "))));
    if (found.some((a) => a.id === before)) $("article").value = before;
    $("count").textContent = found.length + " of " + articles.length + " articles";
    evidence(found);
    show();
  };

  // Marks overlap, so the text is cut at every edge and each piece carries all marks over it.
  const pieces = (a) => {
    const marks = [];
    a.quotes.forEach((q, i) => {
      for (const [s, e] of q.content || []) marks.push({ s, e, quote: i });
      for (const [s, e] of q.source || []) marks.push({ s, e, cls: "source" });
      for (const [s, e] of q.cue || []) marks.push({ s, e, cls: "cue" });
    });
    for (const [s, e, theme, negated] of a.themes) marks.push({ s, e, theme, cls: negated ? "t negated" : "t" });
    for (const [s, e, actor, , tone] of a.mentions) marks.push({ s, e, actor, tone, cls: "m" + (tone > 0 ? " good" : tone < 0 ? " bad" : "") });
    const edges = [...new Set([0, text(a).length, ...marks.flatMap((m) => [m.s, m.e])])].sort((x, y) => x - y);
    const starts = [...marks].sort((x, y) => x.s - y.s);
    let next = 0, open = [];
    return edges.slice(0, -1).map((edge, k) => {
      while (next < starts.length && starts[next].s <= edge) open.push(starts[next++]);
      open = open.filter((m) => m.e > edge);
      return { from: edge, to: edges[k + 1], marks: [...open] };
    });
  };

  const toneName = (tone) => (tone === null ? "not judged" : tone > 0 ? "favourable" : tone < 0 ? "unfavourable" : "neutral");
  const describe = (a, piece) => {
    const parts = [];
    for (const m of piece.marks) {
      if (m.quote !== undefined) {
        const q = a.quotes[m.quote];
        parts.push((q.speaker || "speaker not resolved") + " (" + label(sides, q.side) + "), " + q.kind + " " + q.act + (q.class ? ", cue: " + q.class : "") + ", score " + q.score);
      }
      if (m.theme) parts.push("theme: " + label(themes, m.theme));
      if (m.actor) parts.push("actor: " + label(actors, m.actor) + ", tone: " + toneName(m.tone));
    }
    return parts.join(" | ");
  };

  const show = (at) => {
    const a = articles.find((x) => x.id === $("article").value), box = $("text");
    $("detail").textContent = "";
    if (!a) { box.replaceChildren(make("p", "No article fits.", "empty")); return; }
    const wanted = $("theme").value;
    let target = null;
    box.replaceChildren(...(a.title && !a.text.startsWith(a.title) ? [make("h3", a.title)] : []), make("p", [a.outlet, a.date, a.id].filter(Boolean).join(" · "), "meta"));
    for (const piece of pieces(a)) {
      const content = text(a).slice(piece.from, piece.to).join("");
      if (!piece.marks.length) { box.append(content); continue; }
      const span = make("span", content, piece.marks.map((m) => m.cls).filter(Boolean).join(" "));
      const inner = piece.marks.filter((m) => m.quote !== undefined).sort((x, y) => (x.e - x.s) - (y.e - y.s))[0];
      if (inner) { span.classList.add("q"); span.style.backgroundColor = tint(a.quotes[inner.quote].side); }
      if (wanted && piece.marks.some((m) => m.theme === wanted)) span.classList.add("chosen");
      const said = describe(a, piece);
      if (said) { span.title = said; span.addEventListener("click", () => { $("detail").textContent = said; }); }
      box.append(span);
      // The sign of a tone stands behind the last piece of a mention only.
      if (piece.marks.some((m) => m.tone && m.e === piece.to)) span.classList.add("signed");
      if (piece.from === at) target = span;
    }
    $("legend").replaceChildren(...[...new Set(a.quotes.map((q) => q.side))].sort().map((s) => {
      const item = make("span"), swatch = make("i", "“ ”"); swatch.style.backgroundColor = tint(s); item.append(swatch, " " + label(sides, s)); return item;
    }), make("span", "bold: source"), make("span", "italic: cue"), make("span", "underlined: theme"), (() => { const item = make("span"), words = make("i", "wavy underline", "wavy"); item.append(words, ": negated theme"); return item; })(), make("span", "dotted: actor, + favourable, − unfavourable"));
    if (target) { box.focus({ preventScroll: true }); target.classList.add("chosen"); target.scrollIntoView({ block: "center" }); }
  };

  for (const id of ["outlet", "theme", "side"]) $(id).addEventListener("change", list);
  $("search").addEventListener("input", list);
  $("article").addEventListener("change", () => show());
  const wanted = decodeURIComponent(location.hash.slice(1));
  const [kind, ...rest] = wanted.split("="), value = rest.join("=");
  if (["outlet", "theme", "side"].includes(kind)) $(kind).value = value;
  list();
  if (kind === "article") { $("article").value = value; show(); }
  if (value) $("reader").scrollIntoView();
})();
