// What handing in still demands, beside the button: drawn from the list of findings whenever it
// changes. A line leads to its cell; after a refusal the first one has the focus.

const MOST = 6;
const list = document.getElementById("found");
const box = document.getElementById("demands");

if (list && box) {
  const words = box.querySelector("p");
  const lines = box.querySelector("ul");

  /** In the order of the table, as one fills it in. */
  function open() {
    const found = [...list.querySelectorAll("li.error")].map((one) => [one, fieldOf(one)]);
    const before = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    const placed = found.filter(([, field]) => field).sort((a, b) => (a[1] === b[1] ? 0 : before(a[1], b[1])));
    return [...placed, ...found.filter(([, field]) => !field)].map(([one]) => one);
  }

  function show() {
    const demands = open();
    box.hidden = false;
    box.classList.toggle("fine", !demands.length);
    words.textContent = demands.length ? box.dataset.open.replace("%", demands.length) : box.dataset.none;
    lines.replaceChildren(...demands.slice(0, MOST).map(line));
    if (demands.length > MOST) {
      const rest = document.createElement("li");
      rest.textContent = box.dataset.more.replace("%", demands.length - MOST);
      lines.append(rest);
    }
    mark();
  }

  /** A cell nobody has filled in yet is no mistake: it is marked as something to do. */
  function mark() {
    for (const cell of document.querySelectorAll("td.todo")) cell.classList.remove("todo");
    for (const found of open()) {
      const field = fieldOf(found);
      if (field && field.value === "") field.closest("td").classList.add("todo");
    }
  }

  function fieldOf(found) {
    const names = (found.dataset.cells || "").split(" ").filter(Boolean);
    return names.map((name) => document.getElementsByName(name)[0]).find(Boolean) || null;
  }

  function line(found) {
    const one = document.createElement("li");
    const link = document.createElement("a");
    const [cell] = (found.dataset.cells || "").split(" ");
    const said = found.querySelector(".goto") || found.querySelector("p");
    link.append(...[...said.childNodes].map((one) => one.cloneNode(true))); // with what it quotes marked as Chinese
    link.lang = said.closest("[lang]") ? said.closest("[lang]").lang : "";
    link.href = `#${encodeURIComponent(cell)}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go(found);
    });
    one.append(link);
    return one;
  }

  function go(found) {
    const field = fieldOf(found);
    if (field) field.focus();
    (field || found).scrollIntoView({ block: "center", inline: "nearest" });
    return Boolean(field);
  }

  const watch = new MutationObserver(show);
  watch.observe(list, { childList: true });
  watch.observe(document.getElementById("paper"), { childList: true });
  show();
  if (document.querySelector(".refused")) open().some(go);
}
