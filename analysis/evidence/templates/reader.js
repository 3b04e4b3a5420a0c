// The article reader: finds the marks that filters ask for, and shows them in their sentences and articles.
// The page of the report, the figures in notebooks and the widget use it. Text becomes text nodes, never markup.

export const make = (tag, text, cls) => { const e = document.createElement(tag); if (text) e.textContent = text; if (cls) e.className = cls; return e; };
export const option = (value, text) => { const o = make("option", text); o.value = value; return o; };
export const select = (pairs, value) => { const s = make("select"); s.append(...pairs.map(([v, text]) => option(v, text))); s.value = value; return s; };
export const labelled = (text, control) => { const e = make("label", text + " "); e.append(control); return e; };
export const label = (table, id) => (Object.hasOwn(table, id) ? table[id].label : id);

// What is listed, in the plural.
export const NAMES = { acts: "acts", terms: "uses of the term", themes: "hits", mentions: "mentions", quotes: "quotes", own: "sentences in the outlet's own words", sentences: "sentences", words: "places" };
/* How many there are of something in NAMES, or of "articles": "1 hit", "12 hits". */
export const counted = (n, name) => n.toLocaleString("en") + " " + (n === 1 ? name.replace(/s(?= |$)/, "") : name);

const LETTER = "[\\p{L}\\p{N}]";
const patternOf = (words) => new RegExp("(?<!" + LETTER + ")" + words.replace(/[.+?^${}()|[\]\\\/]/g, "\\$&").replace(/\*/g, LETTER + "*").replace(/\s+/g, "\\s+") + "(?!" + LETTER + ")", "giu");

/* `articles` and `legend`: see analysis/evidence/reader.py; `textOf(article)` is the text of an article. */
export const makeReader = ({ articles, legend, textOf }) => {
  const { sides, themes, actors, uses } = legend;
  const tint = (side) => (Object.hasOwn(sides, side) ? sides[side].tint : "#e6e6e6");

  // The tables count code points, JavaScript counts UTF-16 units; they differ where a text has surrogate pairs.
  const pointsOf = (a) => {
    if (a.points === undefined) { const text = textOf(a); a.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null; }
    return a.points;
  };
  const lengthOf = (a) => (pointsOf(a) || textOf(a)).length;
  const slice = (a, s, e) => (pointsOf(a) ? a.points.slice(s, e).join("") : textOf(a).slice(s, e));
  const toPoint = (a, unit) => (pointsOf(a) ? Array.from(textOf(a).slice(0, unit)).length : unit);

  // Marks as objects; a quote is one item, however many parts it has.
  const QUOTE = (a, q) => ({ spans: q.content || [], voice: q.side, quote: q, sentence: q.sentence });
  const MARKS = {
    acts: (a) => a.acts.map(([s, e, source, target, from, to, verb, direction, status, voice, sentence, quote, mutual]) =>
      ({ spans: [[s, e]], source, target, from, to, verb, direction, status, voice, sentence, quote: a.quotes[quote], mutual })),
    terms: (a) => a.terms.map(([s, e, term, use, voice, sentence]) => ({ spans: [[s, e]], term, use, voice, sentence })),
    themes: (a) => a.themes.map(([s, e, theme, negated, voice, sentence, quote]) => ({ spans: [[s, e]], theme, negated, voice, sentence, quote: a.quotes[quote] })),
    mentions: (a) => a.mentions.map(([s, e, actor, side, tone, voice, sentence, quote]) => ({ spans: [[s, e]], actor, side, tone, voice, sentence, quote: a.quotes[quote] })),
    quotes: (a) => a.quotes.map((q) => QUOTE(a, q)),
    own: (a) => a.sentences.map(([s, e], sentence) => ({ spans: [[s, e]], voice: "outlet", sentence }))
      .filter(({ spans: [[s, e]] }) => !a.quotes.some((q) => (q.content || []).some(([from, to]) => from < e && to > s))),
    sentences: (a) => a.sentences.map(([s, e], sentence) => ({ spans: [[s, e]], voice: voiceAt(a, s), sentence })),
    words: (a, want) => [...textOf(a).matchAll(want.pattern)].map((m) => {
      const s = toPoint(a, m.index), e = toPoint(a, m.index + m[0].length);
      return { spans: [[s, e]], voice: voiceAt(a, s), quote: quoteAt(a, s), sentence: a.sentences.findLastIndex(([from]) => from <= s) };
    }),
  };
  const quoteAt = (a, s) => a.quotes.filter((q) => (q.content || []).some(([from, to]) => from <= s && s < to))
    .sort((x, y) => width(x) - width(y))[0];
  const width = (q) => q.content.at(-1)[1] - q.content[0][0];
  const voiceAt = (a, s) => { const q = quoteAt(a, s); return q ? q.side : "outlet"; };

  // Filters. Every one that is set has to hold in the sentence of what is listed.
  const under = (theme, wanted) => theme === wanted || (Object.hasOwn(themes, theme) && themes[theme].above.includes(wanted));
  const voiceFits = (voice, wanted) => voice === wanted || (wanted === "quoted" && voice !== "outlet");
  const aboutFits = (m, want) => (!want.about || (want.about.startsWith("side:") ? m.side === want.about.slice(5) : m.actor === want.about))
    && (!want.tone || m.tone === Number(want.tone));
  const actFits = (m, wanted) => {
    const both = wanted.includes("<>"), [one, other] = wanted.split(both ? "<>" : ">");
    return (m.from === one && m.to === other) || ((both || m.mutual) && m.from === other && m.to === one);
  };
  // What is listed: the most particular thing that is asked for.
  const listed = (want) => (want.acts ? "acts" : want.term || want.use ? "terms" : want.theme ? "themes" : want.about || want.tone ? "mentions"
    : want.words ? "words" : want.speaker || want.kind || want.cue || (want.voice && want.voice !== "outlet") ? "quotes"
      : want.voice ? "own" : want.with ? "sentences" : want.pair ? "sentences" : null);
  const inSentence = (marks, m, fits) => marks.some((other) => other.sentence === m.sentence && fits(other));
  const fits = (a, m, want, what) => (!want.voice || voiceFits(m.voice, want.voice))
    && (!want.acts || actFits(m, want.acts)) && (!want.term || m.term === want.term) && (!want.use || m.use === want.use)
    && (!want.speaker || (m.quote && m.quote.speaker === want.speaker)) && (!want.kind || (m.quote && m.quote.kind === want.kind))
    && (!want.cue || (m.quote && (m.quote.class || "none") === want.cue))
    && (!want.pair || (a.pair.includes(m.sentence) && !m.negated))
    && (!want.theme || (what === "themes" ? under(m.theme, want.theme) : inSentence(MARKS.themes(a), m, (h) => under(h.theme, want.theme))))
    && (!want.with || inSentence(MARKS.themes(a), m, (h) => under(h.theme, want.with)))
    && (!(want.about || want.tone) || (what === "mentions" ? aboutFits(m, want) : inSentence(MARKS.mentions(a), m, (h) => aboutFits(h, want))))
    && (!want.words || what === "words" || inSentence(MARKS.words(a, want), m, () => true));
  const articleFits = (a, want) => (!want.only || a.id === want.only) && (!want.outlet || a.outlet === want.outlet) && (!want.country || a.country === want.country)
    && (!want.when || (want.when === "undated" ? !a.date : a.date.startsWith(want.when)))
    && (!want.group || a.group === want.group)
    && (!want.beside || a.quotes.some((q) => q.speaker === want.beside));

  /* What filters (text by name) lead to in some of the articles: `what` is listed (null: whole articles), its `items` and their articles, `found`. */
  const find = (filters, among = articles) => {
    const want = { ...filters };
    if (!want.words || !/[\p{L}\p{N}]/u.test(want.words)) want.words = "";
    want.pattern = want.words ? patternOf(want.words) : null;
    const what = listed(want), items = [];
    for (const a of among) a.hits = [];
    const found = among.filter((a) => {
      if (!articleFits(a, want)) return false;
      if (!what) return true;
      a.hits = MARKS[what](a, want).filter((m) => m.spans.length && fits(a, m, want, what));
      for (const m of a.hits) items.push({ a, m });
      return a.hits.length > 0 || (what === "words" && !want.voice && a.title.search(want.pattern) >= 0);
    });
    return { what, items, found };
  };

  // One item in its sentence.
  const voiceName = (voice) => (voice === "outlet" ? "outlet's own words" : "quoted: " + label(sides, voice));
  const toneName = (tone) => (tone === null ? "not judged" : tone > 0 ? "favourable" : tone < 0 ? "unfavourable" : "neutral");
  const startOf = ({ m }) => Math.min(...m.spans.map(([s]) => s));
  /* Facts about an item beside outlet, date, voice and speaker. */
  const facts = ({ a, m }) => [a.textless && m.theme ? label(themes, m.theme) : "", a.textless && m.actor ? label(actors, m.actor) : "", m.tone === undefined ? "" : toneName(m.tone), m.verb && label(sides, m.from) + " → " + label(sides, m.to) + ": " + m.direction,
    m.use && label(uses, m.use), m.negated ? "negated" : ""].filter(Boolean);
  const address = (a, text) => {
    const link = make("a", text);
    link.href = a.url; link.rel = "noreferrer noopener"; link.target = "_blank";
    return link;
  };
  /* What stands in place of words that were removed: where the article is on the web. */
  const elsewhere = (a, what) => ["The words are not in these tables. ", a.url ? address(a, what + " on the web") : what + " has no address: article " + a.id];
  /* The sentence or sentences of an item, as nodes, with its words marked. */
  const sentence = ({ a, m }) => {
    if (a.textless) return elsewhere(a, "Sentence " + (m.sentence + 1) + " of the article");
    const from = startOf({ m }), to = Math.max(...m.spans.map(([, e]) => e));
    const around = a.sentences.filter(([s, e]) => s < to && e > from);
    const first = Math.min(from, ...around.map(([s]) => s)), last = Math.max(to, ...around.map(([, e]) => e));
    const nodes = [];
    let at = first;
    for (const [s, e] of m.spans) { nodes.push(slice(a, at, s), make("mark", slice(a, s, e))); at = e; }
    return [...nodes, slice(a, at, last)];
  };

  // A whole article. Marks overlap, so the text is cut at every edge and each piece carries all marks over it.
  const pieces = (a) => {
    const marks = [];
    a.quotes.forEach((q) => {
      for (const [s, e] of q.content || []) marks.push({ s, e, quote: q });
      for (const [s, e] of q.source || []) marks.push({ s, e, cls: "source" });
      for (const [s, e] of q.cue || []) marks.push({ s, e, cls: "cue" });
    });
    for (const { spans: [[s, e]], theme, negated } of MARKS.themes(a)) marks.push({ s, e, theme, cls: negated ? "t negated" : "t" });
    for (const { spans: [[s, e]], actor, tone } of MARKS.mentions(a)) marks.push({ s, e, actor, tone, cls: "m" + (tone > 0 ? " good" : tone < 0 ? " bad" : "") });
    for (const { spans: [[s, e]], source, target, verb, direction } of MARKS.acts(a)) marks.push({ s, e, act: label(actors, source) + " → " + label(actors, target) + ", " + verb + ": " + direction });
    for (const m of a.hits ?? []) for (const [s, e] of m.spans) marks.push({ s, e, cls: "chosen", hit: startOf({ m }) });
    const edges = [...new Set([0, lengthOf(a), ...marks.flatMap((m) => [m.s, m.e])])].sort((x, y) => x - y);
    const starts = [...marks].sort((x, y) => x.s - y.s);
    let next = 0, open = [];
    return edges.slice(0, -1).map((edge, k) => {
      while (next < starts.length && starts[next].s <= edge) open.push(starts[next++]);
      open = open.filter((m) => m.e > edge);
      return { from: edge, to: edges[k + 1], marks: [...open] };
    });
  };
  const describe = (piece) => piece.marks.map((m) => {
    if (m.quote) return (m.quote.speaker || "speaker not resolved") + " (" + label(sides, m.quote.side) + "), " + m.quote.kind + " " + m.quote.act + (m.quote.class ? ", cue: " + m.quote.class : "") + ", score " + m.quote.score;
    return m.theme ? "theme: " + label(themes, m.theme) : m.actor ? "actor: " + label(actors, m.actor) + ", tone: " + toneName(m.tone) : m.act ? "act: " + m.act : "";
  }).filter(Boolean).join(" | ");
  const heading = (a) => {
    const meta = make("p", [a.outlet, a.date, a.author, a.id].filter(Boolean).join(" · "), "meta");
    if (a.url) meta.append(" · ", address(a, "original"));
    return [...(a.title && !textOf(a).startsWith(a.title) ? [make("h3", a.title)] : []), meta];
  };
  /* Put an article into a box; returns the piece that starts at code point `at`, if any. Hits that start there are the target. */
  const showArticle = (a, box, at) => {
    let target = null;
    box.replaceChildren(...heading(a));
    if (a.textless) { box.append(...elsewhere(a, "The article")); return null; }
    for (const piece of pieces(a)) {
      const content = slice(a, piece.from, piece.to);
      if (!piece.marks.length) { box.append(content); continue; }
      const span = make("span", content, piece.marks.map((m) => m.cls).filter(Boolean).join(" "));
      const inner = piece.marks.filter((m) => m.quote).sort((x, y) => (x.e - x.s) - (y.e - y.s))[0];
      if (inner) { span.classList.add("q"); span.style.backgroundColor = tint(inner.quote.side); }
      const said = describe(piece);
      if (said) { span.title = said; span.tabIndex = -1; }
      // One frame around all pieces of a hit.
      const frames = piece.marks.filter((m) => m.hit !== undefined);
      if (frames.some((m) => m.s === piece.from)) span.classList.add("starts");
      if (frames.some((m) => m.e === piece.to)) span.classList.add("ends");
      if (frames.some((m) => m.hit === at)) span.classList.add("target");
      // The sign of a tone stands behind the last piece of a mention only.
      if (piece.marks.some((m) => m.tone && m.e === piece.to)) span.classList.add("signed");
      box.append(span);
      if (piece.from === at) target = span;
    }
    return target;
  };
  const key = (cls, text, meaning, colour) => {
    const item = make("span"), swatch = make("i", text, cls);
    if (colour) swatch.style.backgroundColor = colour;
    item.append(swatch, " " + meaning);
    return item;
  };
  const legendOf = (a) => [
    ...[...new Set(a.quotes.map((q) => q.side))].sort().map((side) => key("swatch", "“ ”", label(sides, side), tint(side))),
    key("source", "bold", "source"), key("cue", "italic", "cue"), key("t", "underlined", "theme"), key("t negated", "wavy underline", "negated theme"),
    key("m", "dotted", "actor"), key("m signed good", "actor", "favourable"), key("m signed bad", "actor", "unfavourable"), key("chosen starts ends", "framed", "matches the filters")];

  return { articles, legend, find, facts, address, sentence, startOf, voiceName, showArticle, legendOf };
};

/* Make an article's box one stop for the Tab key; the arrow keys go from mark to mark, and `detail` says what each is. */
export const walkMarks = (box, detail) => {
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const marks = [...box.querySelectorAll("span[tabindex]")], at = marks.indexOf(box.getRootNode().activeElement);
    const next = marks[at < 0 ? (step > 0 ? 0 : marks.length - 1) : Math.max(0, Math.min(marks.length - 1, at + step))];
    if (next) { next.focus(); event.preventDefault(); event.stopPropagation(); }
  });
  box.addEventListener("focusin", (event) => { if (event.target.title) detail.textContent = event.target.title; });
};
