// Strip charts: where in a file its changes are.

/* Strips: where in a file its changes are. */
function strip(f) {
  const file = files[f];
  const box = draw("svg", { class: "strip", viewBox: `0 0 ${BINS} 100`, preserveAspectRatio: "none", role: "slider", tabindex: "0", "aria-valuemin": "0" });
  box.setAttribute("aria-label", `Place in ${file.name}`);
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
/** The strips of the files with the most changes, at most `limit`, in the order of the input. */
function overview(limit) {
  const largest = files.map((_, f) => f).sort((a, b) => starts[files[b].end] - starts[files[b].first] - (starts[files[a].end] - starts[files[a].first]));
  const some = limit < files.length ? largest.slice(0, limit).sort((a, b) => a - b) : files.map((_, f) => f);
  $("strips").replaceChildren(...some.map((f) => {
    const number = starts[files[f].end] - starts[files[f].first];
    const name = make("button", { type: "button", className: "name", title: files[f].name }, make("bdi", {}, files[f].name));
    name.onclick = () => within(f).length && select(within(f)[0]);
    return make("li", {}, name, strip(f), make("small", {}, grouped(number)));
  }));
  $("all").hidden = limit >= files.length;
  $("all").textContent = `Show all ${counted(files.length, "file")}`;
  $("all").onclick = () => overview(Infinity);
}
