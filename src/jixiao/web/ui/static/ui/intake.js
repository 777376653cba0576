// Small touches for handing in: progress renews itself, a chosen cell swaps the page beside it.
// Everything here also works without this file, by following links and reloading.

const parse = async (response) =>
  new DOMParser().parseFromString(await response.text(), "text/html");

function swap(id, page) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (!old || !fresh) return null;
  old.replaceWith(fresh);
  return fresh;
}

function watch() {
  const live = document.getElementById("live");
  const wait = live ? Number(live.dataset.live || 0) : 0;
  if (!wait) return;
  setTimeout(async () => {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (response.redirected && !response.url.startsWith(location.href.split("#")[0])) {
        location.reload(); // the session has ended: the sign-in page says so
        return;
      }
      if (response.ok) swap("live", await parse(response));
    } catch {
      // The network is away for a moment; the next round asks again.
    }
    watch();
  }, document.hidden ? wait * 4 : wait);
}

let asked = 0;

async function show(address, options) {
  const beside = document.getElementById("beside");
  const mine = ++asked;
  beside.classList.add("busy");
  try {
    const response = await fetch(address, options);
    if (mine !== asked) return;
    const fresh = response.ok || response.status === 409 ? swap("beside", await parse(response)) : null;
    if (!fresh || (response.redirected && response.url.includes("/sign-in"))) {
      location.href = response.url;
      return;
    }
    history.replaceState(null, "", response.url);
    const isWide = matchMedia("(min-width:1101px)").matches;
    const shown = fresh.querySelector(isWide ? "td.chosen" : ".chosen-cell");
    if (shown) shown.scrollIntoView({ block: isWide ? "nearest" : "start" });
    const text = fresh.querySelector("#text");
    if (text && !text.readOnly) text.focus({ preventScroll: true });
  } catch {
    location.href = address; // an unreachable server is for the browser to tell
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-cell]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest(".chosen-cell")) return;
  event.preventDefault();
  show(form.action, { method: "POST", body: new FormData(form) });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || event.isComposing) return;
  const form = event.target.closest(".chosen-cell form");
  if (form) form.requestSubmit();
});

const all = document.getElementById("all");
if (all) {
  const boxes = [...document.querySelectorAll("input[name=form]")];
  all.hidden = boxes.length < 2;
  all.checked = boxes.every((box) => box.checked);
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}

watch();
