// The list of excerpts, of which only those near the window are elements, and what filters it.

/* Chunks of excerpts: made when they come near, dropped when many others were made since. */
let alive = [];
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.near = entry.isIntersecting;
    if (entry.isIntersecting) fill(entry.target);
  }
  thin();
}, { rootMargin: "1200px 0px" });
function fill(chunk) {
  if (chunk.firstChild) return;
  chunk.style.height = "";
  chunk.append(...chunk.items.flatMap(([e, header]) => (header ? [headerElement(fileOf[e]), excerptElement(e)] : [excerptElement(e)])));
  alive.push(chunk);
  highlight(chunk);
}
function thin() {
  const spare = alive.filter((chunk) => !chunk.near && !chunk.contains(document.activeElement) && !chunk.querySelector(".detail"));
  for (const chunk of spare.slice(0, Math.max(0, alive.length - ALIVE))) {
    chunk.style.height = `${chunk.offsetHeight}px`;
    chunk.replaceChildren();
    alive.splice(alive.indexOf(chunk), 1);
  }
}
function headerElement(f) {
  const { name, encoding, passes: found } = files[f];
  const made = Object.entries(found).filter(([, number]) => number).sort(([, a], [, b]) => b - a);
  const tally = made.map(([pass, number]) => `${grouped(number)} ${pass}`).join(", ");
  return make("h2", { className: "header" }, make("bdi", {}, name), make("small", {}, encoding), make("small", {}, tally));
}
let chunkOf = new Map();
function layChunks() {
  watcher.disconnect();
  alive = [];
  chunkOf = new Map();
  const chunks = [];
  let before = -1;
  excerpts.forEach((e, at) => {
    if (at % CHUNK === 0) {
      const chunk = make("div", { className: "chunk" });
      chunk.items = [];
      chunks.push(chunk);
    }
    const chunk = chunks[chunks.length - 1];
    chunk.items.push([e, fileOf[e] !== before]);
    chunkOf.set(e, chunk);
    before = fileOf[e];
  });
  for (const chunk of chunks) chunk.style.height = `${chunk.items.length * 130}px`; // a guess, until it is made
  $("changes").replaceChildren(...chunks);
  chunks.forEach((chunk) => watcher.observe(chunk));
  if (total && !chunks.length) {
    const button = make("button", { type: "button", onclick: clear }, "Clear the filters");
    $("changes").append(make("p", { className: "nothing" }, "Nothing matches. ", button));
  }
}

/* Filters. */
let haystacks = null;
function haystack(e) {
  const [file, , parts, changes] = JSON.parse(lines[e]);
  const side = (at) => parts.map((part) => (typeof part === "string" ? part : part.length === 1 ? "\n" : part[at])).join("");
  const why = changes.flatMap(([, , , , ...list]) => list.flatMap((reason) => [reasons[reason].rule, reasons[reason].note]));
  return plain([side(0), side(1), files[file].name, ...new Set(why)].join("\n")).toLowerCase();
}
function refresh() {
  const found = wanted.words && (haystacks ||= lines.map((_, e) => haystack(e)));
  order = [];
  excerpts = [];
  for (let e = 0; e < lines.length; e++) {
    const fits = (wanted.file < 0 || fileOf[e] === wanted.file) && (!found || found[e].includes(wanted.words));
    const old = order.length;
    for (let c = starts[e]; c < starts[e + 1]; c++) {
      shown[c] = +(fits && !wanted.passes.has(passOf[c]) && !wanted.states.has(stateOf[c]) && (stateOf[c] === FLAG || sureOf[c] >= wanted.least));
      if (shown[c]) order.push(c);
    }
    if (order.length > old) excerpts.push(e);
  }
  if (selected >= 0 && !shown[selected]) close();
  layChunks();
  strips().forEach(redraw);
  $("count").value = order.length === total ? counted(total, "change") : `${grouped(order.length)} of ${counted(total, "change")}`;
  $("clear").hidden = !(wanted.words || wanted.passes.size || wanted.states.size || wanted.least || wanted.file >= 0);
  $("level").value = wanted.least ? `≥ ${wanted.least / 10} %` : "any";
  $("least").setAttribute("aria-valuetext", wanted.least ? `at least ${wanted.least / 10} %` : "any");
  highlight();
  requestAnimationFrame(look);
}
function clear() {
  wanted.passes.clear(), wanted.states.clear();
  Object.assign(wanted, { least: 0, file: -1, words: "" });
  $("query").value = "";
  $("least").value = 0;
  $("file").value = -1;
  $("filters").querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = true));
  refresh();
}
/** Paint what was searched for, without touching the elements. */
function highlight(chunk) {
  if (!window.Highlight) return;
  if (!chunk) CSS.highlights.set("found", new Highlight());
  if (!wanted.words) return;
  for (const root of chunk ? [chunk] : alive) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (let at = text.indexOf(wanted.words); at >= 0; at = text.indexOf(wanted.words, at + wanted.words.length)) {
        const range = new Range();
        range.setStart(node, at), range.setEnd(node, at + wanted.words.length);
        CSS.highlights.get("found").add(range);
      }
    }
  }
}
