/* The review page: what the items come to, asked of the server after each change; and reasons
   at cells: a click on a cell of the target adds a line, and the line goes with the return. */
const form = document.getElementById("review");
const places = JSON.parse(document.getElementById("places").textContent);
const kept = JSON.parse(document.getElementById("kept-reasons").textContent);
const said = document.getElementById("reasons-said");
const list = document.getElementById("reasons");
const box = document.getElementById("reasons-box");
const shown = document.getElementById("suggestion");
const reasons = new Map(Object.entries(kept));
let asking = 0;

async function suggest() {
  const mine = ++asking;
  const answer = await fetch(form.dataset.suggest, { method: "POST", body: new FormData(form) });
  if (!answer.ok || mine !== asking) return;
  const found = await answer.json();
  shown.querySelector(".grade").textContent = found.grade || "—";
  shown.querySelector(".why").textContent =
    found.why + (found.consequence ? `。${found.consequence}` : "");
}

function cellOf(path) {
  return document.querySelector(`#target [data-path="${CSS.escape(path)}"]`);
}

function write() {
  const full = [...reasons].filter(([, text]) => text.trim());
  said.value = JSON.stringify(Object.fromEntries(full));
  box.hidden = reasons.size === 0;
}

function line(path, text) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const remove = document.createElement("button");
  label.textContent = places[path] || path;
  input.value = text;
  input.maxLength = 500;
  input.addEventListener("input", () => {
    reasons.set(path, input.value);
    write();
  });
  label.append(input);
  remove.type = "button";
  remove.className = "link";
  remove.textContent = "删除";
  remove.addEventListener("click", () => {
    reasons.delete(path);
    item.remove();
    const cell = cellOf(path);
    if (cell) cell.classList.remove("has-reason");
    write();
  });
  item.append(label, remove);
  item.dataset.path = path;
  list.append(item);
  const cell = cellOf(path);
  if (cell) cell.classList.add("has-reason");
  return input;
}

function choose(cell) {
  const path = cell.dataset.path;
  const known = list.querySelector(`li[data-path="${CSS.escape(path)}"] input`);
  if (known) {
    known.focus();
    return;
  }
  reasons.set(path, "");
  write();
  line(path, "").focus();
}

for (const cell of document.querySelectorAll("#target [data-path]")) {
  if (!(cell.dataset.path in places)) continue;
  cell.tabIndex = 0;
  cell.classList.add("may-have-reason");
  cell.addEventListener("click", () => choose(cell));
  cell.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      choose(cell);
    }
  });
}
for (const [path, text] of reasons) line(path, text);
write();
form.addEventListener("change", suggest);
form.addEventListener("input", (event) => {
  if (event.target.name && event.target.name.endsWith(".score")) suggest();
});
