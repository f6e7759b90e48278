// An excerpt as elements: both sides, the reasons, and the whole story of the change that is open.

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
  if (rows.length > 1 && !rows[rows.length - 1].some((part) => part.text || part.kind === "change")) rows.pop();
  return rows;
}
/** Signs that are easily overlooked, and are therefore bold; letters of Arabic would not join if some of them were. */
const FEW = /^(?:\P{L}|\p{Script=Latin}(?!\p{L})){1,3}$/u;
function marked(part, first, side) {
  if (part.kind === "same") return part.text.includes("\u0001") ? spelled(part.text) : [part.text];
  if (part.kind === "fold") return [make("span", { className: "fold" }, part.text)];
  const number = first + part.change;
  const link = make("a", { href: `#c${number + 1}`, className: part.text ? "" : "gap" }, ...spelled(part.text));
  if (side || !part.first) link.tabIndex = -1; // one stop for each change
  else link.setAttribute("aria-expanded", String(number === selected));
  if (!part.text) link.setAttribute("aria-label", side ? "nothing in its place" : "nothing there");
  link.dataset.change = number;
  const mark = make(stateOf[number] === FLAG ? "mark" : side ? "ins" : "del", {}, link);
  mark.classList.toggle("few", FEW.test(part.text));
  mark.classList.toggle("cut", !side && part.cut);
  mark.classList.toggle("off", !shown[number]);
  mark.classList.toggle("open", number === selected);
  return [mark];
}
function sideOf(parts, first, side, number) {
  const state = stateOf[first];
  const title = [["Before", "After"], ["It is", "It might be"], ["It is", ""]][state][side];
  return make("div", { className: side ? "new" : "old" },
    make("h3", { className: "unseen" }, title),
    ...lined(parts, side).map((row, at) => make("div", { className: "line" },
      make("span", { className: "number" }, side ? "" : String(number + at)),
      make("span", { className: "sign-of", "aria-hidden": "true" }, at ? "" : SIGNS[state][side]),
      make("p", { dir: "auto" }, ...row.flatMap((part) => marked(part, first, side))))));
}
const outcome = (state, sure) => [`${percent(sure)} sure`, `unsure (${percent(sure)}), not made`, "flagged, left as it is"][state];
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
  if (state !== MADE) list.append(make("li", { className: "doubt" }, outcome(state, sureOf[first])));
  return list;
}
function excerptElement(e) {
  const [, number, parts, changes] = JSON.parse(lines[e]);
  const first = starts[e], state = stateOf[first];
  const sides = [sideOf(parts, first, 0, number)];
  if (state !== FLAG) sides.push(sideOf(parts, first, 1, number));
  const element = make("article", { className: `excerpt ${STATES[state][0]}`, "aria-label": `Line ${number}` },
    make("div", { className: "sides" }, ...sides),
    reasonsOf(changes, first));
  element.dataset.excerpt = e;
  if (selected >= 0 && excerptOf[selected] === e) element.append(detail(selected));
  return element;
}
const codePoint = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
function points(text) {
  const cells = [];
  for (const piece of spelled(text)) {
    if (typeof piece === "string") cells.push(...[...piece.replaceAll("\n", "")].map((sign) => [sign, codePoint(sign)]));
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
  const story = make("dl", { className: "story" }, make("div", {}, make("dt", {}, state ? "it is" : "before"), make("dd", {}, points(before))));
  if (state !== FLAG) story.append(make("div", {}, make("dt", {}, state ? "might be" : "after"), make("dd", {}, points(after))));
  return make("section", { className: "detail", id: `c${number + 1}`, "aria-label": `Change ${number + 1} of ${total}` },
    make("p", { className: "place" },
      `Change ${grouped(number + 1)} of ${grouped(total)}`,
      make("span", {}, `line ${grouped(line)}, column ${grouped(column)}`),
      make("span", {}, outcome(state, sureOf[number]))),
    story,
    make("ol", { className: "notes" }, ...why.map((index) => reasons[index]).map((reason) => make("li", {},
      make("span", { className: `dot ${colour(reason.pass)}` }), make("code", {}, reason.rule), make("small", {}, ` ${percent(reason.sure)}`),
      ...reason.note.split("; ").filter(Boolean).map((note) => make("p", { dir: "auto" }, ...spelled(note)))))));
}
