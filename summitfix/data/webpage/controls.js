// The controls, the keys, paper; and the start.

/* The controls. */
function box(into, text, dot, number, off, key) {
  const input = make("input", { type: "checkbox", checked: true, onchange: () => (off[input.checked ? "delete" : "add"](key), refresh()) });
  const mark = dot ? [make("span", { className: `dot ${dot}` })] : [];
  into.append(make("label", { className: "chip" }, input, ...mark, text, make("small", {}, ` ${grouped(number)}`)));
}
const tally = (list, key) => list.reduce((sum, one) => sum + (one === key), 0);
passes
  .map((pass, at) => [pass, at, tally(passOf, at)])
  .sort((a, b) => b[2] - a[2])
  .forEach(([pass, at, number]) => box($("passes"), pass, colour(pass), number, wanted.passes, at));
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
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => stepFile(1),
  p: () => stepFile(-1),
  "/": () => ($("query").focus(), $("query").select()),
  "?": () => $("keys").showModal(),
};
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
  if (Object.hasOwn(KEYS, event.key)) event.preventDefault(), KEYS[event.key]();
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
  $("printed").textContent = `The first ${grouped(PRINTED)} excerpts of ${grouped(excerpts.length)}; filter the page to print others.`;
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
