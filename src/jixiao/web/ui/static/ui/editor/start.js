// The editor of a draft: the official table itself, filled in.

import { Ask } from "./ask.js";
import { Comeback } from "./comeback.js";
import { Found } from "./found.js";
import { Help } from "./help.js";
import { History } from "./history.js";
import { KeyHelp } from "./key_help.js";
import { Keeper } from "./keep.js";
import { onKey } from "./keys.js";
import { pasted } from "./pasting.js";
import { moved, parsed } from "./paths.js";
import { Pick } from "./pick.js";
import { Rows } from "./rows.js";
import { Store } from "./store.js";
import { FIELD, Table, fit } from "./table.js";
import { say } from "../words.js";

const WORDS = {
  saved: (at) => (at ? say("已保存 {at}", { at }) : say("已保存")),
  changed: () => say("有修改，稍后自动保存"),
  saving: () => say("正在保存…"),
  merging: () => say("等待合并"),
  offline: () => say("未保存（连不上服务器，内容已存在这台电脑上，会自动重试）"),
  "signed-out": () => say("未保存（登录已过期，内容已存在这台电脑上）"),
  closed: (why) => why || say("这张表已不能修改"),
  refused: (why) => why || say("没有保存成功，请刷新页面后重试"),
};

class Editor {
  constructor(form) {
    this.form = form;
    this.address = new URL(form.action).pathname.replace(/\/form$/, ""); // also where a step was refused
    this.paper = document.getElementById("paper");
    this.stateLine = document.getElementById("save-state");
    this.notices = document.getElementById("notices");
    const draft = JSON.parse(document.getElementById("draft").textContent);
    this.categories = draft.categories;
    this.table = new Table(this.paper);
    this.current = null;
    this.seen = new Map();
    this.begun = new Map(); // blank places in which somebody types, and the rows asked for there
    this.tabFrom = null;
    this.history = new History(() => this.buttons());
    this.store = new Store({
      url: form.dataset.edit,
      keeper: new Keeper(`jixiao:draft:${draft.user}:${draft.filing}`, {
        trouble: () => this.cannotKeep(),
        elsewhere: (lock) => this.store.refresh(lock),
      }),
      lock: draft.lock_version,
      rows: draft.rows,
      confirmed: this.table.drawn(),
      on: {
        state: (state, more) => this.state(state, more),
        found: (answer) => this.found.show(answer),
        saved: (answer, operations) => this.saved(answer, operations),
        table: (html, operations) => this.redraw(html, operations),
        put: (texts) => this.show(texts),
        quiet: () => this.quiet(),
        conflict: (answer, operations, mine) => this.comeback.conflict(answer, operations, mine),
      },
    });
    this.help = new Help(this);
    this.found = new Found(this);
    this.rows = new Rows(this);
    this.ask = new Ask(this);
    this.pick = new Pick(this);
    this.comeback = new Comeback(this);
    this.keyHelp = new KeyHelp(this);
    this.listen();
    this.remember();
    document.getElementById("toolbar").hidden = false;
    this.comeback.begin(draft.lock_version);
  }

  listen() {
    const paper = this.paper;
    paper.addEventListener("keydown", (event) => onKey(event, this));
    paper.addEventListener("input", (event) => this.input(event));
    paper.addEventListener("compositionstart", () => (this.composing = true));
    paper.addEventListener("compositionend", (event) => this.composed(event.target));
    paper.addEventListener("change", (event) => this.typed(event.target));
    paper.addEventListener("focusin", (event) => this.entered(event.target));
    paper.addEventListener("focusout", (event) => this.left(event.target));
    paper.addEventListener("paste", (event) => pasted(event, this));
    paper.addEventListener("beforeinput", (event) => this.native(event));
    paper.addEventListener("click", (event) => {
      const level = event.target.closest("button.level");
      if (level) this.help.open(level);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("toolbar").addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault(); // the cell keeps the focus
    });
    document.getElementById("toolbar").addEventListener("click", (event) => this.tool(event.target.closest("[data-do]")));
    window.addEventListener("pagehide", () => this.store.leave());
    window.addEventListener("pageshow", (event) => event.persisted && this.store.save());
    window.addEventListener("beforeunload", (event) => this.unloaded(event));
    window.addEventListener("online", () => this.store.again());
    window.addEventListener("focus", () => this.store.again());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.store.save() : this.store.again()));
    document.addEventListener("keydown", (event) => {
      if (event.key === "F8" && !event.defaultPrevented && !event.isComposing) {
        event.preventDefault();
        this.found.next();
      }
    });
    for (const acts of document.querySelectorAll("form.acts")) acts.addEventListener("submit", (event) => this.acting(event, acts));
  }

  tool(button) {
    if (!button) return;
    const doing = {
      undo: () => this.undo(),
      redo: () => this.redo(),
      insert: () => this.rows.add(),
      remove: () => this.rows.take(),
      up: () => this.rows.move(-1),
      down: () => this.rows.move(1),
      help: () => this.help.open(this.current || this.paper.querySelector(FIELD)),
      next: () => this.found.next(),
      keys: () => this.keyHelp.open(),
    };
    doing[button.dataset.do]();
  }

  // -- typing ---------------------------------------------------------------------------------

  remember() {
    for (const field of this.table.fields()) this.seen.set(field.name, this.table.text(field.name));
  }

  input(event) {
    if (event.target.closest("table.sheet")) this.pick.edited();
    if (!event.isComposing) this.typed(event.target); // no half words of an input method
  }

  typed(field) {
    if (!field.name || !field.matches(FIELD)) return;
    fit(field);
    const path = field.name;
    const text = this.table.text(path);
    const before = this.seen.get(path) || "";
    if (text === before) return;
    this.seen.set(path, text);
    if (path.includes("+]")) {
      this.begin(field);
      return;
    }
    this.history.typed(path, before, text);
    this.store.write([[path, text]]);
  }

  composed(field) {
    this.composing = false;
    this.typed(field);
    if (this.whenQuiet) this.whenQuiet();
  }

  /** When no input method is at work: a table drawn anew would throw its word away. */
  quiet() {
    return this.composing ? new Promise((resolve) => (this.whenQuiet = resolve)) : Promise.resolve();
  }

  /** A blank place beside rows of the other half: the row is made when somebody types there. */
  async begin(field) {
    const { block: name, at, field: part } = parsed(field.name);
    const known = this.begun.get(field.name);
    if (known && this.store.holds(known)) {
      this.store.writeInto(known, part, field.value);
      return;
    }
    const operation = { type: "insert", block: name, at, texts: { [part]: field.value } };
    const sent = this.store.act([operation]);
    this.begun.set(field.name, sent[0]);
    this.history.rows([operation], sent);
    if (await this.rows.send(sent)) this.rows.focus(name, at, part);
  }

  entered(field) {
    if (field.closest(".tip,.helper")) return;
    this.current = field;
    this.pick.entered(field);
    this.entryText = field.name ? this.table.text(field.name) : "";
    for (const row of this.paper.querySelectorAll("tr.current")) row.classList.remove("current");
    const row = field.closest("tr[data-rows]");
    if (row) row.classList.add("current");
    this.found.beside(field);
    this.buttons();
  }

  left(field) {
    if (field.name && !this.store.isClean) {
      clearTimeout(this.leaving);
      this.leaving = setTimeout(() => this.store.save(), 120);
    }
    setTimeout(() => {
      const now = document.activeElement;
      if (!now || !now.closest(".tip,td[data-found]")) this.found.beside(null);
    }, 150);
  }

  /** Esc: the text as it was when the cell was entered. */
  revert(field) {
    if (!this.found.tip.hidden) this.found.tip.hidden = true;
    if (field.name && this.table.text(field.name) !== this.entryText) this.putAll(new Map([[field.name, this.entryText]]));
    this.pick.single();
    this.pick.done(field);
  }

  /** Texts put by the program, as one step that can be undone; → the texts before. */
  putAll(texts, remember = true) {
    const before = new Map();
    for (const [path, text] of texts) {
      if (!this.table.field(path)) {
        const place = parsed(path); // a level name has a button, no field
        before.set(path, (place && this.levels(place.block, place.at)[place.field]) || this.store.confirmed.get(path) || "");
        continue;
      }
      before.set(path, this.table.text(path));
      this.table.put(path, text);
      this.seen.set(path, text);
    }
    this.store.write(texts);
    if (remember) this.history.wrote(before, new Map(texts));
    return before;
  }

  native(event) {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      if (event.inputType === "historyUndo") this.undo();
      else this.redo();
    }
  }

  async undo() {
    const step = this.history.back();
    if (!step) return;
    if (step.sent && !(await this.undoRows(step))) return;
    await this.putStep(step.before, !step.sent);
  }

  async undoRows(step) {
    if (this.store.cancel(step.sent)) return true;
    if (!step.inverse) {
      this.history.putBack();
      this.notice(say("这一步增减行还没有送到服务器，连上以后才能撤销。"));
      return false;
    }
    await this.rows.send(this.store.act(step.inverse));
    this.goToRow(step.inverse);
    return true;
  }

  async redo() {
    const step = this.history.forth();
    if (!step) return;
    await this.putStep(step.after, !step.sent);
    if (!step.sent) return;
    step.sent = this.store.act(step.operations);
    step.inverse = null;
    await this.rows.send(step.sent);
    this.goToRow(step.operations);
  }

  async putStep(texts, go) {
    const levels = new Map([...texts].filter(([path]) => /\.level[12]$/.test(path)));
    const fields = new Map([...texts].filter(([path]) => !levels.has(path)));
    if (fields.size) this.putAll(fields, false);
    if (levels.size) await this.rows.write(levels);
    const [first] = fields.keys();
    if (go && first && this.table.field(first)) this.go(this.table.field(first));
  }

  goToRow([one]) {
    if (one) this.rows.focus(one.block, one.type === "remove" ? Math.max(one.at - 1, 0) : one.type === "move" ? one.to : one.at, "name");
  }

  // -- the server -----------------------------------------------------------------------------

  state(state, more) {
    this.stateLine.dataset.state = state;
    this.stateLine.textContent = WORDS[state](more);
    if (state === "signed-out" && !this.askedToSignIn) {
      this.askedToSignIn = true;
      const address = `${this.form.dataset.signIn}?next=${encodeURIComponent(this.address)}`;
      this.notice(say("登录已过期。刚才填写的内容存在这台电脑上，重新登录后会接着保存。"), "bad", [say("重新登录"), () => (location.href = address)]);
    }
    if (state === "saved") this.askedToSignIn = false;
  }

  saved(answer, operations) {
    for (const hidden of document.querySelectorAll("input[name=lock_version]")) hidden.value = answer.lock_version;
    if (answer.project) document.getElementById("project").textContent = answer.project;
    this.history.learn(operations, answer.undo);
    this.found.show(answer);
  }

  /** A table drawn anew by the server: put it in place, keep the caret in its row. */
  redraw(html, operations) {
    const here = document.activeElement;
    const at = here && here.name ? [moved(here.name, operations), here.selectionStart, here.selectionEnd, this.pick.editing] : null;
    const tip = this.found.tip;
    const box = this.help.box;
    this.found.returned.moved(operations);
    this.paper.innerHTML = html;
    this.paper.append(tip, box);
    this.table.read();
    this.pick.single();
    this.seen.clear();
    this.remember();
    const confirmed = this.table.drawn();
    const field = at && at[0] && this.table.field(at[0]);
    if (field) field.focus();
    if (field && at[3] && field.tagName === "TEXTAREA") this.store.afterPut = () => this.caret(field, at);
    return confirmed;
  }

  caret(field, [, from, to]) {
    this.pick.editing = true;
    field.setSelectionRange(from, to);
  }

  show(texts) {
    for (const [path, text] of texts) {
      this.table.put(path, text);
      this.seen.set(path, text);
    }
  }

  /** Where nothing can be kept here, the browser asks before the page goes. */
  unloaded(event) {
    if (this.store.isClean || this.store.keeper.works) return;
    event.preventDefault();
    event.returnValue = "";
  }

  cannotKeep() {
    this.notice(say("浏览器不让网页在这台电脑上存放内容（可能是无痕窗口，或者存储空间已满）。填表和自动保存照常；只是断网、登录过期的时候，请等左上角显示“已保存”再关闭页面。"), "bad");
  }

  async acting(event, acts) {
    if (this.store.isClean) return;
    event.preventDefault();
    const { submitter } = event;
    await this.store.save();
    if (!this.store.isClean) {
      this.notice(say("还有修改没有保存，这一步没有办理。请等显示“已保存”后再点一次。"), "bad");
      return;
    }
    if (submitter) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = submitter.name;
      hidden.value = submitter.value;
      acts.append(hidden);
    }
    acts.submit();
  }

  // -- small things ---------------------------------------------------------------------------

  buttons() {
    const can = {
      undo: this.history.done.length > 0,
      redo: this.history.undone.length > 0,
      up: this.rows && this.rows.here().length > 0,
      down: this.rows && this.rows.here().length > 0,
      remove: this.rows && this.rows.here().length > 0,
    };
    for (const [name, possible] of Object.entries(can)) document.querySelector(`[data-do=${name}]`).disabled = !possible;
  }

  /** The level names in force at a row. */
  levels(name, row) {
    const found = { level1: "", level2: "" };
    for (const button of this.paper.querySelectorAll("button.level")) {
      const place = parsed(button.dataset.path);
      if (place.block === name && place.at <= row && row < place.at + Number(button.dataset.count)) found[place.field] = button.dataset.text;
    }
    return found;
  }

  go(field) {
    field.focus();
    this.pick.single();
    this.pick.done(field);
    field.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Put a box right under a cell, within the paper. */
  under(box, cell) {
    const paper = this.paper.getBoundingClientRect();
    const at = cell.getBoundingClientRect();
    const left = Math.min(at.left - paper.left, Math.max(paper.width - box.offsetWidth, 0));
    box.style.left = `${left}px`;
    box.style.top = `${at.bottom - paper.top + 3}px`;
  }

  /** Beside the table at the height of a cell, never over the cells one goes to next; on a narrow screen under it. */
  aside(box, cell) {
    const side = document.querySelector(".filing-body > .side");
    const wide = side && side.getBoundingClientRect().left > this.paper.getBoundingClientRect().right;
    box.classList.toggle("aside", Boolean(wide));
    if (!wide) {
      this.under(box, cell);
      return;
    }
    const room = side.getBoundingClientRect();
    const acts = document.getElementById("acts");
    const above = acts ? acts.getBoundingClientRect().bottom + 24 : 0; // the buttons of the next step stay free
    const most = window.innerHeight - box.offsetHeight - 8;
    box.style.left = `${room.left - 6}px`;
    box.style.top = `${Math.max(8, Math.min(Math.max(cell.getBoundingClientRect().top, above), most))}px`;
  }

  notice(text, className = "", action = null) {
    const line = document.createElement("p");
    line.className = className;
    line.textContent = text;
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action[0];
      button.addEventListener("click", () => {
        line.remove();
        action[1]();
      });
      line.append(button);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = say("知道了");
    close.addEventListener("click", () => line.remove());
    line.append(close);
    this.notices.replaceChildren(line);
  }
}

const form = document.getElementById("editor");
if (form) new Editor(form); // it lives as long as the page
