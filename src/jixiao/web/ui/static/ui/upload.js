// Choosing files: what is too large is said before it is sent, folders keep their inner names,
// and a form is sent once. Without this file the plain form does the same on the server.

const form = document.getElementById("upload");

if (form) {
  const files = document.getElementById("files");
  const folder = document.getElementById("folder");
  const trouble = document.getElementById("upload-trouble");
  const words = document.getElementById("upload-words");
  const drop = document.getElementById("drop");
  const most = Number(form.dataset.most);

  if ("webkitdirectory" in folder) document.getElementById("folder-line").hidden = false;

  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  function look() {
    const chosen = [...files.files];
    const large = chosen.filter((file) => file.size > most);
    trouble.hidden = !large.length;
    trouble.textContent = large.map((file) => `“${file.name}”${form.dataset.mostWords}`).join("；");
    const sum = chosen.reduce((total, file) => total + file.size, 0);
    words.textContent = chosen.length ? `${chosen.length} · ${size(sum)}` : "";
    return !large.length;
  }

  function names() {
    for (const old of form.querySelectorAll("input[name=paths]")) old.remove();
    for (const file of files.files) {
      const path = document.createElement("input");
      path.type = "hidden";
      path.name = "paths";
      path.value = file.webkitRelativePath || file.name;
      form.append(path);
    }
  }

  files.addEventListener("change", look);
  folder.addEventListener("change", () => {
    files.files = folder.files;
    look();
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        files.files = event.dataTransfer.files;
        look();
      }
    });
  }
  form.addEventListener("submit", (event) => {
    if (!look()) {
      event.preventDefault();
      return;
    }
    names();
    const button = form.querySelector("button.primary");
    setTimeout(() => {
      button.disabled = true;
    });
  });
  addEventListener("pageshow", () => {
    form.querySelector("button.primary").disabled = false;
  });
}
