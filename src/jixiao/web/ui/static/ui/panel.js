/* The panel at a cell: what is said of it, and, for whoever reviews, a reason for its return. */
import { element } from "./marks.js";

const GAP = 4;

export class Panel {
  constructor(marks) {
    this.marks = marks;
    this.cell = null;
    this.box = element("div", "cell-panel");
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-labelledby", "cell-panel-title");
    this.box.tabIndex = -1;
    this.box.hidden = true;
    document.querySelector("main").append(this.box);
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Tab") this.leaving(event);
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.isOpen || this.box.contains(event.target)) return;
      if (!event.target.closest("[data-path]")) this.close(false);
    });
    for (const kind of ["resize", "scroll"]) window.addEventListener(kind, () => this.isOpen && this.place(), { capture: true, passive: true });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  /** On a telephone it lies along the lower edge. */
  get isSheet() {
    return matchMedia("(max-width: 700px)").matches;
  }

  open(cell) {
    if (this.cell && this.cell !== cell) this.leave();
    const { words, giver, said } = this.marks;
    this.cell = cell;
    cell.classList.add("is-open");
    const title = element("h3", "", giver ? giver.label(cell.dataset.path) : words.title);
    if (giver) title.lang = "zh-CN"; // a field of the official table
    title.id = "cell-panel-title";
    const shut = element("button", "shut", "×");
    shut.type = "button";
    shut.setAttribute("aria-label", words.close);
    shut.addEventListener("click", () => this.close());
    const list = element("ul");
    for (const line of said.get(cell) || []) list.append(this.copy(line));
    this.box.replaceChildren(title, shut, list);
    const field = giver ? giver.fields(cell, this.box) : null;
    this.box.hidden = false;
    if (this.isSheet) cell.scrollIntoView({ block: "start" });
    this.place();
    const first = field && !matchMedia("(pointer: coarse)").matches ? field : this.box;
    first.focus({ preventScroll: true });
  }

  copy(line) {
    const item = element("li", line.className.replace("here", ""));
    item.append(...line.cloneNode(true).children);
    for (const link of item.querySelectorAll("a.goto")) link.replaceWith(...link.childNodes);
    for (const button of item.querySelectorAll(".as-reason")) {
      const real = line.querySelector(".as-reason");
      button.addEventListener("click", () => {
        real.click();
        this.open(this.cell);
      });
    }
    const back = element("button", "link back", this.marks.words.back);
    back.type = "button";
    back.addEventListener("click", () => this.marks.back(line));
    item.append(back);
    return item;
  }

  close(back = true) {
    if (!this.isOpen) return;
    const cell = this.cell;
    this.leave();
    this.box.hidden = true;
    this.cell = null;
    if (!back) return;
    const target = cell.tabIndex >= 0 ? cell : cell.querySelector("button.signs");
    if (target) target.focus();
  }

  /** Past the last field the key leads back to the table. */
  leaving(event) {
    const stops = [...this.box.querySelectorAll("a[href],button,textarea")];
    const end = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== end && !(event.shiftKey && document.activeElement === this.box)) return;
    event.preventDefault();
    this.close();
  }

  leave() {
    this.cell.classList.remove("is-open");
    if (this.marks.giver) this.marks.giver.left(this.cell.dataset.path);
  }

  place() {
    if (this.isSheet) {
      this.box.style.left = this.box.style.top = "";
      return;
    }
    const at = this.cell.getBoundingClientRect();
    const left = Math.max(Math.min(at.left, innerWidth - this.box.offsetWidth - 8), 8);
    const below = at.bottom + GAP + this.box.offsetHeight <= innerHeight || at.top < this.box.offsetHeight + GAP;
    const top = below ? at.bottom + GAP : at.top - GAP - this.box.offsetHeight;
    this.box.style.left = `${left + scrollX}px`;
    this.box.style.top = `${top + scrollY}px`;
  }
}
