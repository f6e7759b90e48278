// What the page was given, what is wanted of it, and how elements are made: text of articles becomes text nodes, never markup.
// The parts of the script stand in one scope, in the order in which webpage.py names them.

const MADE = 0, FLAG = 2; // 1: unsure; what became of a change, as webpage.py numbers it
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
const grouped = (number) => number.toLocaleString("en");
const counted = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
