// Questions that stop the work: whose text stands after two people wrote, and a reason to keep one.

import { token } from "./store.js";
import { say } from "../words.js";

export class Ask {
  constructor(editor) {
    this.editor = editor;
  }

  dialog(title) {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-label", title);
    const heading = document.createElement("h2");
    heading.textContent = title;
    dialog.append(heading);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    return dialog;
  }

  /**
   * Cells in which the two differ. → the keys of those where mine shall stand.
   * `lines`: {key, label, theirs, mine, doubtful}
   */
  merge(title, words, lines) {
    const dialog = this.dialog(title);
    const text = document.createElement("p");
    text.textContent = words;
    const table = document.createElement("table");
    const heads = table.createTHead().insertRow();
    for (const head of [say("栏目"), say("系统里的内容"), say("我填的内容")]) {
      const cell = document.createElement("th");
      cell.textContent = head;
      heads.append(cell);
    }
    const body = table.createTBody();
    lines.forEach((line, number) => {
      const row = body.insertRow();
      row.insertCell().textContent = line.label;
      for (const [which, said] of [["theirs", line.theirs], ["mine", line.mine]]) {
        const choice = document.createElement("input");
        choice.type = "radio";
        choice.name = `merge-${number}`;
        choice.value = which;
        choice.checked = which === "mine" ? !line.doubtful : Boolean(line.doubtful);
        const label = document.createElement("label");
        label.append(choice, ` ${said === "" ? say("（空）") : said}`);
        row.insertCell().append(label);
      }
    });
    const merge = button(say("按选择合并"), "primary");
    const theirs = button(say("全部用系统里的"));
    const buttons = document.createElement("p");
    buttons.className = "buttons";
    buttons.append(merge, theirs);
    dialog.append(text, table, buttons);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
    return new Promise((resolve) => {
      const done = (chosen) => {
        dialog.close();
        resolve(chosen);
      };
      theirs.addEventListener("click", () => done(new Set()));
      merge.addEventListener("click", () => {
        const mine = lines.filter((_, number) => dialog.querySelector(`input[name="merge-${number}"]:checked`).value === "mine");
        done(new Set(mine.map((line) => line.key)));
      });
    });
  }

  /** Why what a finding is about shall stay, and until when somebody answers for it. */
  reason(code, path) {
    const dialog = this.dialog(say("说明理由后保留"));
    const form = document.createElement("form");
    form.innerHTML = `<p>${say("写明为什么这样填是对的。理由会随表一起给审核的人看；到期以后这一条重新提示。")}</p><label>${say("理由")}<textarea name="reason" rows="3" required></textarea></label><label>${say("有效期至")}<input type="date" name="until" required></label><p class="wrong" role="alert"></p><p class="buttons"><button class="primary">${say("保存理由")}</button> <button type="button" class="cancel">${say("取消")}</button></p>`;
    const until = new Date(Date.now() + 90 * 86400000);
    form.elements.until.value = until.toISOString().slice(0, 10);
    form.querySelector(".cancel").addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = await this.answer({ code, path, reason: form.elements.reason.value, until: form.elements.until.value });
      if (wrong) form.querySelector(".wrong").textContent = wrong;
      else dialog.close();
    });
    dialog.append(form);
    dialog.showModal();
  }

  async answer(content) {
    await this.editor.store.save();
    try {
      const response = await fetch(this.editor.form.dataset.answer, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(content),
      });
      if (response.status !== 200) return (await response.json()).message;
    } catch (error) {
      return say("现在连不上服务器，请稍后再试。");
    }
    location.assign(this.editor.address); // not reload: the page may be the answer to a form
    return "";
  }
}

function button(text, className = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}
