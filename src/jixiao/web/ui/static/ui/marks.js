/* What is said of a cell, at the cell: findings, reasons of the last return, changes since.

   The page brings the texts as lists whose lines name their cell (`data-cell`). Each cell gets its
   signs: a word and the numbers of the lines, so that colour alone says nothing. A line leads to
   its cell, the panel at the cell leads back to the line. Without scripts the lines' links remain. */
import { Panel } from "./panel.js";

const SEVERITIES = ["error", "warning", "advice", "info", "answered"];
const GROUPS = { found: SEVERITIES, returned: ["returned"], changed: ["changed", "added"] };
const MOST_NUMBERS = 3;

export class Marks {
  constructor(paper) {
    this.paper = paper;
    this.words = JSON.parse(document.getElementById("mark-words").textContent);
    this.giver = null; // review.js: who may give a reason at a cell
    this.said = new Map();
    this.panel = new Panel(this);
    for (const line of document.querySelectorAll("[data-cell]")) this.add(line);
    for (const [cell, lines] of this.said) this.draw(cell, lines);
    this.legend();
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    const there = this.cellAt(decodeURIComponent(location.hash.slice(1)));
    if (there) this.go(there); // a link from another page, the versions or a notice
  }

  add(line) {
    const cell = this.cellAt(line.dataset.cell);
    if (!cell) return;
    line.tabIndex = -1;
    this.said.set(cell, [...(this.said.get(cell) || []), line]);
  }

  cellAt(path) {
    return path ? this.paper.querySelector(`[data-path="${CSS.escape(path)}"]`) : null;
  }

  /** The cells something is said of, in the order of the table. */
  cells() {
    return [...this.paper.querySelectorAll("[data-path]")].filter((cell) => this.said.has(cell));
  }

  draw(cell, lines) {
    const button = element("button", "signs");
    button.type = "button";
    button.setAttribute("aria-haspopup", "dialog");
    const names = [];
    for (const [group, kinds] of Object.entries(GROUPS)) {
      const mine = lines.filter((line) => kinds.includes(line.dataset.kind));
      if (!mine.length) continue;
      const worst = kinds.find((kind) => mine.some((line) => line.dataset.kind === kind));
      const numbers = mine.map((line) => line.dataset.number).filter(Boolean);
      const shown = numbers.slice(0, MOST_NUMBERS).join("、") + (numbers.length > MOST_NUMBERS ? "…" : "");
      const sign = element("span", `sign ${worst}`, this.words.signs[worst]);
      if (shown) sign.append(element("i", "", shown));
      if (group === "returned" && mine.every((line) => line.classList.contains("is-changed"))) sign.append(element("i", "", "✓"));
      sign.dataset.group = group;
      button.append(sign);
      cell.classList.add(`at-${worst}`);
      const title = worst === "changed" && mine[0].dataset.before !== undefined ? `${this.words.before}${mine[0].dataset.before || this.words.blank}` : "";
      if (title) sign.title = title;
      names.push(`${this.words.names[worst]} ${mine.length}`);
    }
    button.setAttribute("aria-label", names.join("，"));
    const described = lines.map((line) => textOf(line).id).filter(Boolean);
    if (described.length) cell.setAttribute("aria-describedby", described.join(" "));
    cell.append(" ", button);
  }

  /** Which kinds are shown, with their numbers; and the way to the next one. */
  legend() {
    const box = document.getElementById("legend");
    if (!box || !this.said.size) return;
    for (const [group, kinds] of Object.entries(GROUPS)) {
      if (!this.paper.querySelector(`.sign[data-group=${group}]`)) continue;
      // Items as the list beside counts them: those of no single cell too, those answered not.
      const open = kinds.filter((kind) => kind !== "answered").map((kind) => `li[data-kind=${kind}]`);
      const count = document.querySelectorAll(open.join(",")).length;
      const button = element("button", "", [this.words.groups[group], count || ""].join(" ").trim());
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.title = this.words.toggle;
      button.addEventListener("click", () => {
        const off = this.paper.classList.toggle(`without-${group}`);
        button.setAttribute("aria-pressed", String(!off));
      });
      box.append(button);
    }
    const next = element("button", "next", this.words.next);
    next.type = "button";
    next.title = "F8";
    next.addEventListener("click", () => this.next());
    box.append(next);
    box.hidden = false;
  }

  next() {
    const cells = this.cells();
    if (!cells.length) return;
    const here = this.panel.cell || document.activeElement.closest("[data-path]");
    const later = here && cells.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    this.go(later || cells[0]);
  }

  /** To a cell, with all that is said of it. */
  go(cell) {
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.panel.open(cell);
  }

  /** Back to a line of the list, which may stand in something folded up. */
  back(line) {
    for (let at = line.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    this.panel.close(false);
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "center" });
  }

  clicked(event) {
    const link = event.target.closest('a[href^="#"]');
    if (link && !link.closest(".cell-panel")) {
      const cell = this.cellAt(decodeURIComponent(link.hash.slice(1)));
      if (!cell) return;
      event.preventDefault();
      this.go(cell);
      return;
    }
    const cell = event.target.closest("[data-path]");
    if (!cell || !this.paper.contains(cell) || String(getSelection())) return;
    if (this.giver || this.said.has(cell)) this.panel.open(cell);
  }

  pressed(event) {
    if (event.key !== "F8" || event.defaultPrevented) return;
    event.preventDefault();
    this.next();
  }
}

/** The words of a line, with an identity by which the cell is described. */
function textOf(line) {
  const text = line.querySelector(".wording") || line;
  if (!text.id) text.id = `${line.id}-words`;
  return text;
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const paper = document.getElementById("target");
export const marks = paper && paper.querySelector("table.sheet") ? new Marks(paper) : null;
