// The articles come in packed pieces, which stand in the page or in script files in a folder beside it.

import { make } from "./reader.js";

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const unpacked = async (packed) => new Response(new Blob([bytes(packed)]).stream().pipeThrough(new DecompressionStream("gzip"))).json();

/* `load(number)` gives the articles of a piece, each with its text; `skips(number, filters)` says that a piece has none of what is searched. */
export const makePieces = ({ count, inFiles, folder, index }) => {
  const KEPT = 40; // pieces in memory, if they are files
  const loaded = new Map(), arriving = new Map();
  if (inFiles) globalThis.framingPiece = (number, packed) => arriving.get(number)?.(packed);
  const fromFile = (number) => new Promise((resolve, reject) => {
    const script = make("script"), name = folder + "/piece-" + String(number).padStart(4, "0") + ".js";
    arriving.set(number, resolve);
    script.src = name;
    script.addEventListener("load", () => script.remove());
    script.addEventListener("error", () => { script.remove(); loaded.delete(number); reject(new Error(name + " is missing. Keep the folder “" + folder + "” beside this page.")); });
    document.head.append(script);
  });
  const read = async (number) => {
    const packed = inFiles ? await fromFile(number) : document.getElementById("piece-" + number).textContent;
    const { articles, texts } = await unpacked(packed);
    articles.forEach((a, place) => { a.text = texts[place]; });
    return articles;
  };
  const load = (number) => {
    if (!loaded.has(number)) {
      if (inFiles && loaded.size >= KEPT) loaded.delete(loaded.keys().next().value);
      loaded.set(number, read(number));
    }
    return loaded.get(number);
  };
  const skips = (number, filters) => {
    if (!inFiles) return false;
    return Object.entries(index.values).some(([name, values]) => {
      const wanted = name === "when" ? (filters.when ?? "").replace(/^(\d{4}).*/, "$1") : name === "theme" ? filters.theme || filters.with : filters[name];
      return wanted && !index.has[number][name].includes(values.indexOf(wanted));
    });
  };
  return { count, inFiles, load, skips };
};

/* A search that goes piece by piece: `more(n)` searches until n further things are found, or to the end. */
export const makeSearch = (pieces, reader, filters) => {
  const search = { what: null, items: [], found: [], searched: 0, next: 0, done: pieces.count === 0 };
  search.more = async (n) => {
    const size = () => (search.what ? search.items.length : search.found.length), goal = size() + n;
    while (!search.done && (!pieces.inFiles || size() < goal)) {
      const number = search.next;
      search.next += 1;
      search.done = search.next === pieces.count;
      if (pieces.skips(number, filters)) continue;
      const articles = await pieces.load(number), result = reader.find(filters, articles);
      search.what = result.what;
      search.items.push(...result.items);
      search.found.push(...result.found);
      search.searched += articles.length;
    }
    return search;
  };
  return search;
};
