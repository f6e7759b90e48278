// The page's script. Text of articles becomes text nodes, never markup; elements are made for the excerpts near the window alone.
"use strict";
(() => {
  const MADE = 0, UNSURE = 1, FLAG = 2; // what became of a change, as webpage.py numbers it
  const LEVELS = [0, 500, 700, 900, 950, 990, 999]; // the stops of the confidence slider, in thousandths
  const CHUNK = 25; // excerpts made and dropped together
  const ALIVE = 40; // chunks kept while they are out of sight
  const STRIPS = 8; // files in the overview before it is opened
  const BINS = 160; // columns of a strip
  const PRINTED = 2000; // excerpts that go to paper: a minute of work for a slow machine
  const STATES = [["made", "repaired"], ["unsure", "unsure"], ["flag", "flagged"]];
  const SIGNS = [["−", "+"], ["?", "?"], ["!", "!"]];

  const $ = (id) => document.getElementById(id);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const facts = JSON.parse($("facts").textContent);
  const files = facts.files.map(([name, encoding, length, passes]) => ({ name, encoding, length, passes, first: 0, end: 0 }));
  const reasons = facts.reasons.map(([rule, note, sure]) => ({ rule, note, sure, pass: rule.split(".", 1)[0] }));
  const lines = $("excerpts").textContent.split("\n").slice(1, -1);
  $("excerpts").remove();

  /* What there is: for each change its excerpt, place, confidence, state and pass; for each excerpt its file and first change. */
  const starts = new Uint32Array(lines.length + 1), fileOf = new Uint32Array(lines.length);
  const [excerptOf, atOf, lineOf, sureOf, stateOf, passOf] = [[], [], [], [], [], []];
  const passes = [];
  lines.forEach((line, e) => {
    const [file, , , changes] = JSON.parse(line);
    fileOf[e] = file;
    for (const [at, number, , state, ...why] of changes) {
      const pass = reasons[why[why.length - 1]].pass; // the one that had the last word
      if (!passes.includes(pass)) passes.push(pass);
      excerptOf.push(e), atOf.push(at), lineOf.push(number), stateOf.push(state), passOf.push(passes.indexOf(pass));
      sureOf.push(Math.min(...why.map((reason) => reasons[reason].sure)));
    }
    starts[e + 1] = excerptOf.length;
    files[file].end = e + 1;
  });
  files.forEach((file, f) => (file.first = f ? files[f - 1].end : 0));
  const total = excerptOf.length;
  const colour = (pass) => `p-${["mojibake", "spam", "glyphs"].includes(pass) ? pass : "other"}`;

  /* What is wanted, and what of the above is shown for it. */
  const wanted = { passes: new Set(), states: new Set(), least: 0, file: -1, words: "" };
  const shown = new Uint8Array(total);
  let order = []; // the changes that are shown
  let excerpts = []; // the excerpts that hold them
  let selected = -1, here = -1;

  /* Elements. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }
  const draw = (tag, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  /** Text whose controls and other unseen signs, between U+0001 and U+0002, stand apart from it in every direction of writing. */
  function spelled(text) {
    return text.split("\u0001").flatMap((piece, at) => {
      if (!at) return [piece];
      const end = piece.indexOf("\u0002");
      return [make("bdi", { className: "sign", dir: "ltr" }, piece.slice(0, end)), piece.slice(end + 1)];
    });
  }
  const plain = (text) => text.replace(/[\u0001\u0002]/g, "");
  const percent = (sure) => `${(sure / 10).toFixed(1)}\u00a0%`;
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /* An excerpt. */
  function lined(parts, side) {
    const rows = [[]];
    let change = -1;
    for (const part of parts) {
      const kind = typeof part === "string" ? "same" : part.length === 1 ? "fold" : "change";
      if (kind === "change") change += 1;
      const text = kind === "same" ? part : kind === "fold" ? part[0] : part[side];
      text.split("\n").forEach((piece, at) => {
        if (at) rows.push([]);
        if (piece || (kind === "change" && !at)) rows[rows.length - 1].push({ kind, text: piece, change, first: !at, cut: kind === "change" && !part[1] });
      });
    }
    if (rows.length > 1 && !rows[rows.length - 1].some((part) => part.text)) rows.pop();
    return rows;
  }
  function marked(part, first, side) {
    if (part.kind === "same") return part.text.includes("\u0001") ? spelled(part.text) : [part.text];
    if (part.kind === "fold") return [make("span", { className: "fold" }, part.text)];
    const number = first + part.change;
    const link = make("a", { href: `#c${number + 1}`, className: part.text ? "" : "gap" }, ...spelled(part.text));
    if (side || !part.first) link.tabIndex = -1; // one stop for each change
    else link.setAttribute("aria-expanded", String(number === selected));
    if (!part.text) link.setAttribute("aria-label", side ? "nothing in its place" : "nothing there");
    link.dataset.change = number;
    const mark = make(stateOf[number] === FLAG ? "mark" : side ? "ins" : "del", { className: `${STATES[stateOf[number]][0]} ${colour(passes[passOf[number]])}` }, link);
    mark.classList.toggle("few", /^(?:\P{L}|\p{Script=Latin}(?!\p{L})){1,3}$/u.test(part.text)); // signs that are easily overlooked; bold letters of Arabic would not join
    mark.classList.toggle("cut", !side && part.cut);
    mark.classList.toggle("off", !shown[number]);
    mark.classList.toggle("open", number === selected);
    return [mark];
  }
  function sideOf(parts, first, side, number) {
    const state = stateOf[first];
    return make("div", { className: side ? "new" : "old" }, make("h3", { className: "unseen" }, side ? (state ? "It might be" : "After") : state ? "It is" : "Before"),
      ...lined(parts, side).map((row, at) => make("div", { className: "line" },
        make("span", { className: "number" }, side ? "" : String(number + at)),
        make("span", { className: "sign-of", "aria-hidden": "true" }, at ? "" : SIGNS[state][side]),
        make("p", { dir: "auto" }, ...row.flatMap((part) => marked(part, first, side))))));
  }
  function reasonsOf(changes, first) {
    const state = stateOf[first], found = new Map();
    changes.forEach(([, , , , ...why], at) => {
      const heard = new Set();
      for (const { pass, note } of why.map((reason) => reasons[reason])) {
        const head = note.split("; ", 1)[0];
        if (heard.has(pass + head)) continue;
        heard.add(pass + head);
        if (!found.has(pass)) found.set(pass, new Map());
        const notes = found.get(pass);
        const old = notes.get(head) || { number: 0, sure: 1000, change: first + at };
        notes.set(head, { ...old, number: old.number + 1, sure: Math.min(old.sure, sureOf[first + at]) });
      }
    });
    const list = make("ul", { className: "why" });
    for (const [pass, notes] of found) {
      for (const [note, { number, sure, change }] of notes) {
        const link = make("a", { href: `#c${change + 1}`, tabIndex: -1 }, ...spelled(note.startsWith(`${pass}: `) ? note.slice(pass.length + 2) : note));
        link.dataset.change = change;
        const end = [number > 1 ? `×${number} ` : "", state === MADE ? percent(sure) : ""].join("");
        list.append(make("li", {}, make("span", { className: `dot ${colour(pass)}` }), make("b", {}, pass), " ", link, " ", make("small", {}, end)));
      }
    }
    if (state !== MADE) list.append(make("li", { className: "doubt" }, state === FLAG ? "flagged, left as it is" : `unsure (${percent(sureOf[first])}), not made`));
    return list;
  }
  function excerptElement(e) {
    const [, number, parts, changes] = JSON.parse(lines[e]);
    const first = starts[e], state = stateOf[first];
    const sides = [sideOf(parts, first, 0, number)];
    if (state !== FLAG) sides.push(sideOf(parts, first, 1, number));
    const element = make("article", { className: `excerpt ${STATES[state][0]}`, "aria-label": `Line ${number}` }, make("div", { className: "sides" }, ...sides), reasonsOf(changes, first));
    element.dataset.excerpt = e;
    if (selected >= 0 && excerptOf[selected] === e) element.append(detail(selected));
    return element;
  }
  function points(text) {
    const cells = [];
    for (const piece of spelled(text)) {
      if (typeof piece === "string") cells.push(...[...piece].filter((sign) => sign !== "\n").map((sign) => [sign, `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`]));
      else cells.push([piece.textContent, ""]);
    }
    const some = cells.slice(0, 16).map(([sign, point]) => make("span", {}, make("bdi", {}, sign.trim() || "\u00a0"), make("small", {}, point)));
    if (cells.length > 16) some.push(make("span", { className: "rest" }, `and ${cells.length - 16} more`));
    return make("div", { className: "points" }, ...(some.length ? some : [make("span", { className: "rest" }, "nothing")]));
  }
  /** The whole story of a change: where, what became what sign by sign, and each reason in full. */
  function detail(number) {
    const e = excerptOf[number];
    const [, , parts, changes] = JSON.parse(lines[e]);
    const at = number - starts[e];
    const [before, after] = parts.filter((part) => Array.isArray(part) && part.length === 2)[at];
    const [, line, column, state, ...why] = changes[at];
    const became = [percent(sureOf[number]) + " sure", `unsure (${percent(sureOf[number])}), not made`, "flagged, left as it is"][state];
    const story = make("dl", { className: "story" }, make("div", {}, make("dt", {}, state ? "it is" : "before"), make("dd", {}, points(before))));
    if (state !== FLAG) story.append(make("div", {}, make("dt", {}, state ? "might be" : "after"), make("dd", {}, points(after))));
    return make("section", { className: "detail", id: `c${number + 1}`, "aria-label": `Change ${number + 1} of ${total}` },
      make("p", { className: "place" }, `Change ${(number + 1).toLocaleString("en")} of ${total.toLocaleString("en")}`, make("span", {}, `line ${line.toLocaleString("en")}, column ${column.toLocaleString("en")}`), make("span", {}, became)),
      story,
      make("ol", { className: "notes" }, ...why.map((index) => reasons[index]).map((reason) => make("li", {},
        make("span", { className: `dot ${colour(reason.pass)}` }), make("code", {}, reason.rule), make("small", {}, ` ${percent(reason.sure)}`),
        ...reason.note.split("; ").filter(Boolean).map((note) => make("p", { dir: "auto" }, ...spelled(note)))))));
  }

  /* Strips: where in a file its changes are. */
  function strip(f) {
    const file = files[f];
    const box = draw("svg", { class: "strip", viewBox: `0 0 ${BINS} 100`, preserveAspectRatio: "none", role: "slider", tabindex: "0", "aria-label": `Place in ${file.name}`, "aria-valuemin": "0" });
    box.dataset.file = f;
    redraw(box);
    return box;
  }
  function redraw(box) {
    const file = files[+box.dataset.file];
    const counts = passes.map(() => new Uint32Array(BINS)), sums = new Uint32Array(BINS);
    const [from, to] = [starts[file.first], starts[file.end]];
    let number = 0;
    for (let c = from; c < to; c++) {
      if (!shown[c]) continue;
      const bin = binOf(c);
      counts[passOf[c]][bin] += 1;
      sums[bin] += 1;
      number += 1;
    }
    const most = Math.max(1, ...sums);
    const tall = (n) => (n ? 38 + 62 * Math.sqrt(n / most) : 0);
    const floors = new Float32Array(BINS);
    const paths = counts.map((bins, pass) => {
      let path = "";
      bins.forEach((n, bin) => {
        if (!n) return;
        const height = (tall(sums[bin]) * n) / sums[bin];
        path += `M${bin} ${(100 - floors[bin]).toFixed(1)}v-${height.toFixed(1)}h.9v${height.toFixed(1)}z`;
        floors[bin] += height;
      });
      return draw("path", { class: colour(passes[pass]), d: path });
    });
    box.replaceChildren(draw("rect", { class: "field", width: BINS, height: 100 }), ...paths, draw("path", { class: "cursor", d: "" }));
    box.setAttribute("aria-valuemax", number);
    point(box);
  }
  const binOf = (change) => Math.min(BINS - 1, Math.floor((atOf[change] / files[fileOf[excerptOf[change]]].length) * BINS));
  /** Put the cursor of a strip where the selected change is, or else what is in sight. */
  function point(box) {
    const f = +box.dataset.file;
    const of = [selected, here].find((change) => change >= 0 && fileOf[excerptOf[change]] === f);
    box.lastChild.setAttribute("d", of === undefined ? "" : `M${binOf(of) + 0.45} 0V100`);
    const place = of === undefined ? 0 : ahead(of + 1) - ahead(starts[files[f].first]);
    box.setAttribute("aria-valuenow", Math.max(0, place));
    box.setAttribute("aria-valuetext", of === undefined ? "not here" : `line ${lineOf[of]}, ${passes[passOf[of]]}`);
  }
  const strips = () => document.querySelectorAll("svg.strip");

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
    const tally = Object.entries(found).filter(([, number]) => number).sort(([, a], [, b]) => b - a).map(([pass, number]) => `${number.toLocaleString("en")} ${pass}`).join(", ");
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
    $("changes").replaceChildren(...(chunks.length ? chunks : total ? [make("p", { className: "nothing" }, "Nothing matches. ", make("button", { type: "button", onclick: clear }, "Clear the filters"))] : []));
    chunks.forEach((chunk) => watcher.observe(chunk));
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
    $("count").value = order.length === total ? counted(total, "change") : `${order.length.toLocaleString("en")} of ${counted(total, "change")}`;
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

  /* Stepping. */
  /** How many shown changes stand before change `c`. */
  function ahead(c) {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle] < c) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  function close() {
    if (selected < 0) return;
    document.querySelectorAll(".detail").forEach((element) => element.remove());
    document.querySelectorAll(".open").forEach((element) => element.classList.remove("open"));
    document.querySelectorAll("[aria-expanded=true][data-change]").forEach((element) => element.setAttribute("aria-expanded", "false"));
    selected = -1;
    history.replaceState(null, "", location.pathname + location.search);
    strips().forEach(point);
  }
  function select(number, { focus = true } = {}) {
    close();
    selected = number;
    const chunk = chunkOf.get(excerptOf[number]);
    fill(chunk);
    const element = chunk.querySelector(`[data-excerpt="${excerptOf[number]}"]`);
    if (!element.querySelector(".detail")) element.append(detail(number));
    const marks = element.querySelectorAll(`.sides [data-change="${number}"]`);
    marks.forEach((mark) => mark.parentNode.classList.add("open"));
    marks[0].setAttribute("aria-expanded", "true");
    marks[0].setAttribute("aria-controls", `c${number + 1}`);
    if (focus) marks[0].focus({ preventScroll: true });
    history.replaceState(null, "", `#c${number + 1}`);
    here = number;
    bring(element);
    arrived();
  }
  /** Scroll as little as brings an excerpt wholly in sight, below the bar. */
  function bring(element) {
    const [top, bottom] = [$("bar").getBoundingClientRect().height + 12, innerHeight - 12];
    const box = element.getBoundingClientRect();
    if (box.top >= top && box.bottom <= bottom) return;
    const far = box.bottom < -innerHeight || box.top > 2 * innerHeight;
    const room = bottom - top - box.height;
    scrollBy({ top: box.top - top - (room > 0 ? room * 0.3 : 0), behavior: far || still.matches ? "instant" : "smooth" });
  }
  function step(by) {
    if (!order.length) return;
    const from = selected >= 0 ? selected : here;
    const at = ahead(from);
    if (selected < 0) return select(order[Math.min(order.length - 1, Math.max(0, by > 0 ? at : at - 1))]);
    const next = order[at + by];
    if (next !== undefined) select(next);
  }
  function stepFile(by) {
    if (!order.length) return;
    const from = selected >= 0 ? selected : Math.max(here, 0);
    const f = fileOf[excerptOf[from]];
    if (by > 0) {
      const next = order[ahead(starts[files[f].end])];
      if (next !== undefined) select(next);
      return;
    }
    const first = ahead(starts[files[f].first]);
    if (!first) return select(order[0]);
    select(order[ahead(starts[files[fileOf[excerptOf[order[first - 1]]]].first])]);
  }
  const within = (f) => order.slice(ahead(starts[files[f].first]), ahead(starts[files[f].end]));

  /** Say which file and place is in sight. */
  function arrived() {
    const f = here >= 0 ? fileOf[excerptOf[here]] : -1;
    $("here").hidden = f < 0;
    if (f < 0) return;
    if ($("here").dataset.file !== String(f)) {
      $("here").dataset.file = f;
      $("name").textContent = files[f].name;
      $("here").replaceChildren($("name"), strip(f));
    }
    strips().forEach(point);
  }
  function look() {
    const top = $("bar").getBoundingClientRect().bottom + 4;
    const inSight = (element) => element.getBoundingClientRect().bottom > top && element.getBoundingClientRect().top < innerHeight;
    const numbers = alive.filter(inSight).flatMap((chunk) => [...chunk.querySelectorAll(".excerpt")].filter(inSight).map((element) => +element.dataset.excerpt));
    const open = selected >= 0 && numbers.includes(excerptOf[selected]);
    here = open ? selected : numbers.length ? order[ahead(starts[Math.min(...numbers)])] : order.length ? order[0] : -1;
    arrived();
  }
  let looking = false;
  addEventListener("scroll", () => {
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => ((looking = false), look()));
  }, { passive: true });

  /* The controls. */
  function box(into, text, dot, number, off, key) {
    const input = make("input", { type: "checkbox", checked: true, onchange: () => (off[input.checked ? "delete" : "add"](key), refresh()) });
    into.append(make("label", { className: "chip" }, input, ...(dot ? [make("span", { className: `dot ${dot}` })] : []), text, make("small", {}, ` ${number.toLocaleString("en")}`)));
  }
  const tally = (list, key) => list.reduce((sum, one) => sum + (one === key), 0);
  passes.map((pass, at) => [pass, at, tally(passOf, at)]).sort((a, b) => b[2] - a[2]).forEach(([pass, at, number]) => box($("passes"), pass, colour(pass), number, wanted.passes, at));
  STATES.forEach(([, text], at) => tally(stateOf, at) && box($("states"), text, "", tally(stateOf, at), wanted.states, at));
  $("states").hidden = $("states").querySelectorAll("input").length < 2;
  $("passes").hidden = passes.length < 2;
  $("file").append(make("option", { value: -1 }, `all ${counted(files.length, "file")}`), ...files.map((file, f) => make("option", { value: f }, file.name)));
  $("file").parentNode.hidden = files.length < 2;
  $("file").onchange = () => ((wanted.file = +$("file").value), refresh());
  $("least").oninput = () => ((wanted.least = LEVELS[+$("least").value]), refresh());
  let typing = 0;
  $("query").oninput = () => {
    clearTimeout(typing);
    typing = setTimeout(() => ((wanted.words = $("query").value.toLowerCase()), refresh()), 120);
  };
  $("bar").onsubmit = (event) => (event.preventDefault(), step(1));
  $("clear").onclick = clear;
  $("next").onclick = () => step(1);
  $("previous").onclick = () => step(-1);
  $("filter").onclick = () => $("filter").setAttribute("aria-expanded", String($("bar").classList.toggle("wide")));
  $("help").onclick = () => $("keys").showModal();
  $("theme").onclick = () => {
    const root = document.documentElement, next = { "": "dark", dark: "light", light: "" }[root.dataset.theme || ""];
    root.dataset.theme = next;
    $("theme").querySelector("span").textContent = next || "as the system";
  };

  function overview(limit) {
    const largest = files.map((_, f) => f).sort((a, b) => starts[files[b].end] - starts[files[b].first] - (starts[files[a].end] - starts[files[a].first]));
    const some = limit < files.length ? largest.slice(0, limit).sort((a, b) => a - b) : files.map((_, f) => f);
    $("strips").replaceChildren(...some.map((f) => {
      const number = starts[files[f].end] - starts[files[f].first];
      const name = make("button", { type: "button", className: "name", title: files[f].name, onclick: () => within(f).length && select(within(f)[0]) }, make("bdi", {}, files[f].name));
      return make("li", {}, name, strip(f), make("small", {}, number.toLocaleString("en")));
    }));
    $("all").hidden = limit >= files.length;
    $("all").textContent = `Show all ${counted(files.length, "file")}`;
    $("all").onclick = () => overview(Infinity);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-change]");
    if (link) {
      event.preventDefault();
      const number = +link.dataset.change;
      if (number === selected) close();
      else if (shown[number]) select(number);
    }
    const svg = event.target.closest("svg.strip");
    if (svg) {
      const box = svg.getBoundingClientRect(), f = +svg.dataset.file, at = ((event.clientX - box.left) / box.width) * files[f].length;
      const nearest = within(f).reduce((best, c) => (best < 0 || Math.abs(atOf[c] - at) < Math.abs(atOf[best] - at) ? c : best), -1);
      if (nearest >= 0) select(nearest);
    }
  });
  function slide(svg, key) {
    const list = within(+svg.dataset.file), at = list.indexOf(selected);
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: list.length - 1 }[key];
    const f = svg.dataset.file, inBar = $("bar").contains(svg);
    if (to === undefined || !list.length) return false;
    select(list[Math.max(0, Math.min(list.length - 1, to))], { focus: false });
    if (inBar) $("here").querySelector(`svg[data-file="${f}"]`).focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("keys").open) return;
    const target = event.target;
    const svg = target.closest?.("svg.strip");
    if (svg && slide(svg, event.key)) return event.preventDefault();
    if (event.key === "Escape") {
      if (selected >= 0) close();
      else if (!$("clear").hidden) clear();
      if (target.id === "query") target.blur();
      return;
    }
    if (!$("single").checked || target.matches?.("select, input:not([type=checkbox], [type=range])")) return;
    const does = { j: () => step(1), k: () => step(-1), n: () => stepFile(1), p: () => stepFile(-1), "/": () => ($("query").focus(), $("query").select()), "?": () => $("keys").showModal() }[event.key];
    if (does) event.preventDefault(), does();
  });
  function follow() {
    const number = Number(/^#c(\d+)$/.exec(location.hash)?.[1]) - 1;
    if (number >= 0 && number < total && number !== selected && shown[number]) select(number);
  }
  addEventListener("hashchange", follow);

  /* Paper: all that is shown is made first, up to what a printer can be asked to take. */
  addEventListener("beforeprint", () => {
    let room = PRINTED;
    for (const chunk of $("changes").children) {
      if (chunk.items && room > 0) fill(chunk);
      chunk.classList.toggle("unprinted", room <= 0);
      room -= chunk.items?.length || 0;
    }
    document.querySelectorAll("a[data-change]").forEach((link) => link.removeAttribute("href")); // Chromium takes quadratic time for links within a PDF
    $("printed").hidden = room >= 0;
    $("printed").textContent = `The first ${PRINTED.toLocaleString("en")} excerpts of ${excerpts.length.toLocaleString("en")}; filter the page to print others.`;
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll("a[data-change]").forEach((link) => (link.href = `#c${+link.dataset.change + 1}`));
    thin();
  });

  document.querySelectorAll("[data-scripted]").forEach((element) => (element.hidden = !total && element.id !== "" && element.id === "bar"));
  document.querySelector(".where").hidden = !total;
  overview(STRIPS);
  refresh();
  follow();
})();
