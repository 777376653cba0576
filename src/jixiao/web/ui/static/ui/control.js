/* Control figures typed like a sheet: Enter and arrows go up and down, a copied column is pasted
   from here on, differences and sums follow what is typed, and leaving with unsaved ones is asked. */
const form = document.getElementById("control");
const columns = ["figure", "note"].map((name) => [...form.querySelectorAll(`input.${name}`)]);
const figures = columns[0];
const own = { 元: 1, 万: 1e4, 万元: 1e4 };
let isSent = false;

function amount(text) {
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
  const found = /^(\d+(?:\.\d+)?)(元|万元|万)?$/.exec(plain);
  if (!found) return null;
  return Number(found[1]) * (found[2] ? own[found[2]] / Number(form.dataset.factor) : 1);
}

function written(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

function follow() {
  let first = 0, sum = 0, change = 0, count = 0;
  for (const field of figures) {
    const row = field.closest("tr"), typed = amount(field.value);
    const before = field.dataset.first === "" ? null : Number(field.dataset.first);
    const shown = row.querySelector(".change");
    const more = typed === null || before === null ? null : typed - before;
    shown.textContent = more === null ? "" : written(more);
    shown.classList.toggle("less", more !== null && more < 0);
    field.classList.toggle("is-new", field.value !== field.defaultValue);
    if (row.classList.contains("whole")) continue;
    if (before !== null) first += before;
    if (typed === null) continue;
    sum += typed;
    count += 1;
    change += more ?? 0;
  }
  const total = document.getElementById("sum-first");
  if (!total) return;
  total.textContent = written(first);
  document.getElementById("sum-figure").textContent = count ? written(sum) : "";
  document.getElementById("sum-change").textContent = count ? written(change) : "";
  const words = document.getElementById("sum-count");
  words.textContent = words.dataset.words.replace("%", count);
}

function move(field, by) {
  const column = columns.find((one) => one.includes(field));
  const next = column?.[column.indexOf(field) + by];
  next?.focus();
  next?.select();
}

form.addEventListener("keydown", (event) => {
  const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.isComposing || event.target.type !== "text") return;
  event.preventDefault();
  move(event.target, by);
});
form.addEventListener("paste", (event) => {
  const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
  const column = columns.findIndex((one) => one.includes(event.target));
  if (column < 0 || (lines.length < 2 && !lines[0].includes("\t"))) return;
  event.preventDefault();
  const start = columns[column].indexOf(event.target);
  for (const [down, line] of lines.entries())
    for (const [right, text] of line.split("\t").entries()) {
      const field = columns[column + right]?.[start + down];
      if (field) field.value = text.trim();
    }
  follow();
});
form.addEventListener("input", follow);
form.addEventListener("submit", () => { isSent = true; });
addEventListener("beforeunload", (event) => {
  const fields = columns.flat();
  if (!isSent && fields.some((field) => field.value !== field.defaultValue)) event.preventDefault();
});
follow();
