// Choosing files: what is too large or too many is said before it is sent, folders keep their inner
// names, also dropped ones, and how much has arrived is shown. Without this file the plain form does
// the same on the server.

import { foldered } from "./folders.js";
import { say } from "./words.js";

const form = document.getElementById("upload");
const MEGABYTE = 1048576;
/** What programs leave beside documents: nobody means to hand that in. */
const NOT_MEANT = /^(?:~\$.*|\..*|Thumbs\.db|desktop\.ini)$/i;

if (form) {
  const files = document.getElementById("files");
  const folder = document.getElementById("folder");
  const trouble = document.getElementById("upload-trouble");
  const words = document.getElementById("upload-words");
  const drop = document.getElementById("drop");
  const bar = document.getElementById("upload-bar");
  const button = form.querySelector("button.primary");
  const most = { one: Number(form.dataset.most), all: Number(form.dataset.mostTogether), files: Number(form.dataset.mostFiles) };
  let chosen = []; // {file, path}

  if ("webkitdirectory" in folder) document.getElementById("folder-line").hidden = false;

  const size = (bytes) => (bytes < MEGABYTE ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`);

  function choose(found) {
    chosen = found.filter(({ file }) => !NOT_MEANT.test(file.name));
    look(found.length - chosen.length);
  }

  /** Whether it may be sent; what stands against it is said. */
  function look(left = 0) {
    const sum = chosen.reduce((total, { file }) => total + file.size, 0);
    const wrong = chosen.filter(({ file }) => file.size > most.one).map(({ file }) => `“${file.name}”${form.dataset.mostWords}`);
    if (chosen.length > most.files || sum > most.all) wrong.push(say("这次选了 {count} 个文件、共 {size}。一次最多 {files} 个文件、{all}；请分几次上传，或者压成一个 .zip 文件再上传。", { count: chosen.length, size: size(sum), files: most.files, all: size(most.all) }));
    trouble.hidden = !wrong.length;
    trouble.textContent = wrong.join("；");
    const parts = chosen.length ? [say("已选 {count} 个文件，共 {size}", { count: chosen.length, size: size(sum) })] : [];
    if (left) parts.push(say("略过 {count} 个临时文件", { count: left }));
    words.textContent = parts.join("；");
    return chosen.length > 0 && !wrong.length;
  }

  const listed = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  files.addEventListener("change", () => choose(listed(files.files)));
  folder.addEventListener("change", () => choose(listed(folder.files)));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, async (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") choose(await foldered(event.dataTransfer));
    });
  }

  form.addEventListener("submit", (event) => {
    if (!chosen.length) return; // the server says what is missing
    event.preventDefault();
    if (look()) send();
  });

  function send() {
    const content = new FormData(form);
    content.delete("files");
    for (const { file, path } of chosen) {
      content.append("files", file, file.name);
      content.append("paths", path);
    }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    button.disabled = true;
    bar.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      bar.max = event.total;
      bar.value = event.loaded;
      words.textContent = event.loaded < event.total ? say("正在上传：{done} / {all}", { done: size(event.loaded), all: size(event.total) }) : say("已经传完，正在登记文件……");
    });
    request.addEventListener("load", () => answered(request));
    request.addEventListener("error", () => broken(say("上传中断了：连不上服务器。文件还在您的电脑上，请再按一次“上传并读取”。")));
    request.send(content);
  }

  /** To the page of the batch, or what was refused shown here. */
  function answered(request) {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const said = page.querySelector("main .refused li, main h1");
    const more = page.querySelector("main.notice p");
    broken([said, more].filter(Boolean).map((one) => one.textContent.trim()).join("：") || say("没有上传成功，请稍后再试。"));
  }

  function broken(text) {
    button.disabled = false;
    bar.hidden = true;
    words.textContent = "";
    trouble.hidden = false;
    trouble.textContent = text;
  }

  addEventListener("pageshow", () => {
    button.disabled = false;
    bar.hidden = true;
  });
}
