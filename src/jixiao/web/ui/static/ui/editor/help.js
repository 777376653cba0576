// The helper at a cell: sign, number and unit for a value; texts of last year and of like projects;
// the categories a row may stand under.

import { parsed } from "./paths.js";
import { say } from "../words.js";

const SIGNS = ["", "≥", "≤", "=", ">", "<"];
const UNITS = ["%", "个", "人", "户", "次", "项", "公里", "平方米", "亩", "吨", "台（套）", "元", "万元", "元/人", "天", "个月"];
const VALUES = ["target", "actual", "forecast", "long_term_target", "adjusted_target"];
const VALUE = /^\s*([≥≤≧≦=＝>＞<＜]?)\s*([0-9０-９.,，]*)\s*(.*?)\s*$/s;
const ONE_SIGN = { "≧": "≥", "≦": "≤", "＝": "=", "＞": ">", "＜": "<" };

export class Help {
  constructor(editor) {
    this.editor = editor;
    this.box = document.createElement("div");
    this.box.className = "helper";
    this.box.hidden = true;
    this.box.lang = document.documentElement.lang; // the paper around it is Chinese
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-label", say("填值助手"));
    editor.paper.append(this.box);
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.close();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && !this.box.contains(event.target)) this.close(false);
    });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  close(back = true) {
    if (!this.isOpen) return;
    this.box.hidden = true;
    if (back && this.target && this.target.isConnected) this.target.focus();
  }

  open(target) {
    if (!target) return;
    this.target = target;
    this.box.replaceChildren();
    if (target.matches("button.level")) this.categories(target);
    else this.value(target);
    this.box.hidden = false;
    this.editor.found.beside(null);
    this.editor.under(this.box, target.closest("td"));
    const first = this.box.querySelector("select,input,button");
    if (first) first.focus();
  }

  value(target) {
    const place = parsed(target.name);
    if (place && VALUES.includes(place.field)) this.parts(target);
    const list = element("ul", "list");
    this.box.append(element("h3", "", say("参考（上年和同类项目）")), list);
    list.append(element("li", "empty", say("正在查找…")));
    this.suggest(target, list);
  }

  /** Sign, number and unit make a well-formed value. */
  parts(target) {
    const [, sign, number, unit] = VALUE.exec(target.value) || [null, "", "", ""];
    const signs = element("select");
    for (const one of SIGNS) signs.add(new Option(one || say("（无）"), one));
    signs.value = ONE_SIGN[sign] || sign;
    const numbers = element("input");
    numbers.inputMode = "decimal";
    numbers.value = number.normalize("NFKC");
    const units = element("input");
    units.lang = "zh-CN";
    units.setAttribute("list", "helper-units");
    units.value = number || !unit ? unit : "";
    const known = element("datalist");
    known.id = "helper-units";
    known.lang = "zh-CN";
    for (const one of UNITS) known.append(new Option(one));
    const put = element("button", "primary", say("写入"));
    put.type = "button";
    const made = () => `${signs.value}${numbers.value.trim()}${units.value.trim()}`;
    put.addEventListener("click", () => {
      if (!/^[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?$/.test(numbers.value.trim())) {
        numbers.setAttribute("aria-invalid", "true");
        numbers.focus();
        return;
      }
      this.put(made());
    });
    for (const one of [signs, numbers, units]) {
      one.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault(); // or the key goes on to the cell that gets the focus
        put.click();
      });
    }
    const line = element("div", "parts");
    line.append(labelled(say("符号"), signs), labelled(say("数字"), numbers), labelled(say("计量单位"), units), put, known);
    this.box.append(element("h3", "", say("指标值")), line);
  }

  put(text) {
    const target = this.target;
    this.close();
    this.editor.putAll(new Map([[target.name, text]]));
  }

  async suggest(target, list) {
    const tell = (text) => list.replaceChildren(element("li", "empty", text));
    try {
      const response = await fetch(`${this.editor.form.dataset.suggest}?path=${encodeURIComponent(target.name)}`, { redirect: "manual" });
      if (response.status !== 200) return tell(say("现在无法查询，请稍后再试。"));
      const { suggestions } = await response.json();
      if (!suggestions.length) return tell(say("没有可以参考的内容。"));
      list.replaceChildren();
      for (const one of suggestions) {
        const button = element("button", "", one.text);
        button.type = "button";
        button.lang = "zh-CN";
        button.append(element("small", "", one.source));
        button.addEventListener("click", () => this.put(one.text));
        const line = element("li");
        line.append(button);
        list.append(line);
      }
    } catch (error) {
      tell(say("现在无法查询，请稍后再试。"));
    }
    return null;
  }

  /** The tree of categories; any other name may be typed. */
  categories(button) {
    const level2 = parsed(button.dataset.path).field === "level2";
    const pairs = this.editor.categories;
    const list = element("ul", "list");
    const seen = new Set();
    for (const [first, second] of pairs) {
      const text = level2 ? `${first} › ${second}` : first;
      if (seen.has(text)) continue;
      seen.add(text);
      const choice = element("button", "", text);
      choice.type = "button";
      choice.addEventListener("click", () => this.choose(button, first, level2 ? second : null));
      const line = element("li");
      line.append(choice);
      list.append(line);
    }
    const other = element("input");
    other.placeholder = say("其他名称");
    other.setAttribute("aria-label", say("其他名称"));
    other.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !other.value.trim()) return;
      event.preventDefault();
      if (level2) this.choose(button, null, other.value.trim());
      else this.choose(button, other.value.trim(), null);
    });
    this.box.append(element("h3", "", level2 ? say("二级指标") : say("一级指标")), list, other);
  }

  choose(button, level1, level2) {
    this.box.hidden = true;
    this.editor.rows.name(button, level1, level2);
  }
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function labelled(text, field) {
  const label = element("label", "", text);
  label.append(field);
  return label;
}
