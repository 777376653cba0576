/* The review page: reasons at cells, given in the panel there and sent with the return; what the
   items come to, asked of the server after each change; what the chosen grade leads to. */
import { element, marks } from "./marks.js";

const form = document.getElementById("review");
const places = read("places");
const phrases = read("phrases");
const said = document.getElementById("reasons-said");
const list = document.getElementById("reasons");
const box = document.getElementById("reasons-box");
const shown = document.getElementById("suggestion");
const opinion = document.getElementById("opinion");
const KEY = `jixiao:reasons:${form.dataset.user}:${form.dataset.filing}`;
const reasons = new Map(Object.entries(read("kept-reasons")));
let asking = 0;

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// -- reasons --------------------------------------------------------------------------------

/** Reasons outlive a reload and the saving of the sheet; another version begins anew. */
function remember() {
  const full = [...reasons].filter(([, text]) => text.trim());
  said.value = full.length ? JSON.stringify(Object.fromEntries(full)) : "";
  box.hidden = full.length === 0;
  document.getElementById("reasons-count").textContent = full.length || "";
  try {
    if (full.length) localStorage.setItem(KEY, JSON.stringify([form.dataset.number, full]));
    else localStorage.removeItem(KEY);
  } catch (error) {
    // no room or not allowed: the reasons still go with the form
  }
}

function recall() {
  try {
    const [number, full] = JSON.parse(localStorage.getItem(KEY) || "[]");
    if (number === form.dataset.number) for (const [path, text] of full) if (!reasons.has(path) && path in places) reasons.set(path, text);
  } catch (error) {
    // nothing that can be read: nothing is kept
  }
}

function lineOf(path) {
  return list.querySelector(`li[data-path="${CSS.escape(path)}"]`);
}

function set(path, text) {
  reasons.set(path, text);
  const line = lineOf(path) || (text.trim() ? added(path) : null);
  const input = line ? line.querySelector("input") : { value: text };
  if (input.value !== text) input.value = text;
  sign(path);
  remember();
}

function drop(path) {
  reasons.delete(path);
  const line = lineOf(path);
  if (line) line.remove();
  sign(path);
  pressed();
  remember();
}

function added(path) {
  const item = element("li");
  const label = element("label");
  const goto = element("a", "", places[path]);
  const input = element("input");
  const remove = element("button", "link", marks.words.remove);
  goto.href = `#${encodeURIComponent(path)}`;
  label.append(goto, input);
  input.maxLength = 500;
  input.setAttribute("aria-label", `${marks.words.reason}：${places[path]}`);
  input.addEventListener("input", () => set(path, input.value));
  remove.type = "button";
  remove.addEventListener("click", () => drop(path));
  item.append(label, remove);
  item.dataset.path = path;
  list.append(item);
  return item;
}

/** The cell says that a reason stands at it. */
function sign(path) {
  const cell = marks.cellAt(path);
  if (!cell) return;
  const has = Boolean((reasons.get(path) || "").trim());
  cell.classList.toggle("has-reason", has);
  const known = cell.querySelector(".sign.mine");
  if (has && !known) cell.append(" ", element("span", "sign mine", marks.words.signs.mine));
  if (!has && known) known.remove();
}

const giver = {
  label: (path) => places[path] || path,
  left(path) {
    if (reasons.has(path) && !reasons.get(path).trim()) drop(path);
  },
  /** Where the reason is written, with words that are often wanted there. */
  fields(cell, panel) {
    const { path } = cell.dataset;
    if (!(path in places)) return null;
    const label = element("label", "give", marks.words.reason);
    const field = element("textarea");
    field.rows = 2;
    field.maxLength = 500;
    field.value = reasons.get(path) || "";
    field.addEventListener("input", () => set(path, field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      marks.panel.close();
    });
    label.append(field);
    const common = element("p", "phrases");
    common.lang = "zh-CN"; // what is said to a unit is Chinese on every page
    for (const words of wordsFor(path)) {
      const button = element("button", "", words);
      button.type = "button";
      button.addEventListener("click", () => {
        set(path, joined(reasons.get(path), words));
        field.value = reasons.get(path);
        field.focus();
      });
      common.append(button);
    }
    const done = element("button", "primary", marks.words.done);
    done.type = "button";
    done.addEventListener("click", () => marks.panel.close());
    const remove = element("button", "", marks.words.none);
    remove.type = "button";
    remove.addEventListener("click", () => {
      drop(path);
      marks.panel.close();
    });
    const buttons = element("p", "buttons");
    buttons.append(done, remove);
    panel.append(label, common, buttons);
    return field;
  },
};

function wordsFor(path) {
  const part = path.slice(path.lastIndexOf(".") + 1);
  const kind = path.startsWith("funding") ? "money" : ["target", "value", "operator", "unit"].includes(part) ? "value" : part === "name" ? "name" : /goal$/.test(part) ? "goal" : "other";
  return [...new Set([...(phrases.own[kind] || []), ...phrases[kind]])].slice(0, 6);
}

function joined(before, words) {
  const text = (before || "").trim();
  if (text.includes(words)) return text;
  return text ? `${text.replace(/[。；]$/, "")}；${words}` : words;
}

// -- findings as reasons ---------------------------------------------------------------------

function textOf(line) {
  if (line.dataset.said) return line.dataset.said;
  const advice = line.querySelector(".advice");
  return line.querySelector(".wording").textContent.trim() + (advice ? advice.textContent.trim() : "");
}

function pressed() {
  for (const button of document.querySelectorAll("#review .as-reason,.side .as-reason")) {
    const line = button.closest("li");
    const path = line.dataset.cell;
    const text = textOf(line);
    const has = path && path in places ? (reasons.get(path) || "").includes(text) : opinion.value.includes(text);
    button.setAttribute("aria-pressed", String(has));
    button.textContent = has ? marks.words.asReasonAlready : marks.words.asReason;
  }
}

function asReason(button) {
  const line = button.closest("li");
  const path = line.dataset.cell;
  const text = textOf(line);
  if (path && path in places) {
    const before = reasons.get(path) || "";
    if (!before.includes(text)) set(path, joined(before, text).slice(0, 500));
    else if (before.trim() === text) drop(path);
    else set(path, before.replace(text, "").replace(/^；|；$/g, ""));
  } else if (!opinion.value.includes(text)) opinion.value = [opinion.value.trim(), text].filter(Boolean).join("\n");
  pressed();
}

// -- the table by keyboard -------------------------------------------------------------------

/** One stop of the tab key; arrows go from cell to cell, Enter opens the panel. */
function grid() {
  const table = marks.paper.querySelector("table.sheet");
  const cells = [...table.querySelectorAll("[data-path]")].filter((cell) => cell.dataset.path in places);
  if (!cells.length) return;
  table.setAttribute("role", "grid");
  for (const cell of cells) {
    cell.tabIndex = -1;
    cell.classList.add("may-have-reason");
    const signs = cell.querySelector("button.signs");
    if (signs) signs.tabIndex = -1;
  }
  cells[0].tabIndex = 0;
  const step = (cell) => {
    for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
    cell.focus();
  };
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-path]");
    if (cell && cells.includes(cell)) for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-path]");
    if (!cell || !cells.includes(cell)) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      marks.panel.open(cell);
      return;
    }
    const next = beside(cells, cell, event.key);
    if (!next) return;
    event.preventDefault();
    step(next);
  });
}

function beside(cells, cell, key) {
  const at = cells.indexOf(cell);
  if (key === "ArrowRight") return cells[at + 1];
  if (key === "ArrowLeft") return cells[at - 1];
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const here = cell.getBoundingClientRect();
  const middle = (here.left + here.right) / 2;
  const down = key === "ArrowDown";
  const beyond = cells.filter((one) => {
    const there = one.getBoundingClientRect();
    return down ? there.top >= here.bottom - 2 : there.bottom <= here.top + 2;
  });
  const distance = (one) => {
    const there = one.getBoundingClientRect();
    const aside = middle < there.left ? there.left - middle : Math.max(middle - there.right, 0);
    return Math.abs(there.top - here.top) + aside * 0.5;
  };
  return beyond.reduce((best, one) => (!best || distance(one) < distance(best) ? one : best), null);
}

// -- items and grade -------------------------------------------------------------------------

async function suggest() {
  const mine = ++asking;
  const answer = await fetch(form.dataset.suggest, { method: "POST", body: new FormData(form) });
  if (!answer.ok || mine !== asking || !shown) return;
  const found = await answer.json();
  shown.querySelector(".grade").textContent = found.grade || "—";
  shown.querySelector(".why").textContent = found.why + (found.consequence ? `。${found.consequence}` : "");
}

/** What the grade leads to, and the button that does it. */
function consequence() {
  const chosen = form.querySelector("input[name=grade]:checked");
  const line = document.getElementById("consequence");
  if (!line) return;
  const grade = chosen ? chosen.value : "";
  line.textContent = chosen ? `${marks.words.graded}“${chosen.dataset.label}”：${chosen.dataset.words}` : marks.words.ungraded;
  const fits = { 优: "pass", 良: "pass", 中: "return", 差: "refuse" }[grade];
  for (const button of form.querySelectorAll("button[name=action]:not(.quiet)")) {
    button.classList.toggle("primary", fits ? button.value === fits : button.value === "pass");
  }
}

if (marks) {
  marks.giver = giver;
  recall();
  for (const [path, text] of reasons) if (path in places) set(path, text);
  grid();
  remember();
  for (const button of document.querySelectorAll(".side .as-reason")) button.hidden = false;
  pressed();
  document.querySelector(".side").addEventListener("click", (event) => {
    const button = event.target.closest(".as-reason");
    if (button) asReason(button);
  });
  consequence();
}
form.addEventListener("change", (event) => {
  if (event.target.name && event.target.name.startsWith("review.items")) {
    const item = event.target.closest(".item");
    if (item) item.classList.remove("is-proposed");
    suggest();
  }
  if (event.target.name === "grade" && marks) consequence();
});
form.addEventListener("input", (event) => {
  if (event.target.name && event.target.name.endsWith(".score")) suggest();
});
