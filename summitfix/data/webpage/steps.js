// Stepping from change to change, and where we are.

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
let addressing = 0;
/** Give the page the address of what is open, soon: browsers refuse more than a few such calls a second. */
function address(hash) {
  clearTimeout(addressing);
  addressing = setTimeout(() => location.hash !== hash && history.replaceState(null, "", location.pathname + location.search + hash), 300);
}
function close() {
  if (selected < 0) return;
  document.querySelectorAll(".detail").forEach((element) => element.remove());
  document.querySelectorAll(".open").forEach((element) => element.classList.remove("open"));
  document.querySelectorAll("[aria-expanded=true][data-change]").forEach((element) => element.setAttribute("aria-expanded", "false"));
  selected = -1;
  address("");
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
  address(`#c${number + 1}`);
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
