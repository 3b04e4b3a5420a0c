// A figure in the output of a notebook cell: everything it needs is in the output itself.

import { makeCollection } from "./corrections.js";
import { makeReader } from "./reader.js";
import { HINT, isolated, markedPicture, sentencePanes } from "./linked.js";

const unpacked = async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
};

/* Set up every root with this id that is not set up yet; what it shows without scripts stays as it is on failure. */
export const showLinked = async (id, style) => {
  for (const root of document.querySelectorAll('[data-framing="' + id + '"]:not([data-ready])')) {
    root.dataset.ready = "yes";
    const image = root.querySelector("img"), store = root.querySelector("script[type='text/plain']");
    const { marks, articles, texts, legend } = await unpacked(store.textContent);
    articles.forEach((a, place) => { a.place = place; });
    const reader = makeReader({ articles, legend, textOf: (a) => texts[a.place] });
    const box = isolated(root, style), evidence = document.createElement("div"), { box: corrections, save } = makeCollection(), numbers = document.createElement("slot");
    const choose = ({ name, numbers: said, filters }) => evidence.replaceChildren(sentencePanes([{ title: [name, said].filter(Boolean).join(": "), filters, reader }], save));
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = HINT;
    box.append(markedPicture({ src: image.src, alt: image.alt, marks }, choose), hint, evidence, corrections, numbers);
    image.hidden = true;
    image.style.display = "none";
  }
};
