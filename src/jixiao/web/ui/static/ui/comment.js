/* A comment goes by itself, so that what else is half written on the page stays as it is. */
import { token } from "./editor/store.js";
import { say } from "./words.js";

const form = document.getElementById("comment");
const thread = document.getElementById("thread-said");
const told = form.querySelector("[role=status]");
const button = form.querySelector("button");

function tell(words, isFine) {
  told.textContent = words;
  told.className = isFine ? "told fine" : "refused";
  told.hidden = false;
}

async function send() {
  const body = new URLSearchParams(new FormData(form));
  body.set("csrfmiddlewaretoken", token()); // after signing in elsewhere the page's own is stale
  try {
    const response = await fetch(form.action, { method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body });
    if (response.status === 200) {
      thread.innerHTML = await response.text(); // our own page's part, escaped there
      form.elements.text.value = "";
      return tell(say("已留言。"), true);
    }
    if (response.status === 401 || response.status === 403) return tell(say("登录已过期，留言还没有发出。请在另一个窗口登录，再按一次“发表留言”。"));
    if (response.status === 409) return tell((await response.json()).message);
    return tell(say("系统没有收下留言，文字还在这里，请稍后再试。"));
  } catch (error) {
    return tell(say("现在连不上服务器，请稍后再试。"));
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return;
  button.disabled = true;
  await send();
  button.disabled = false;
});
