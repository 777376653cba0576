/* Ticking all rows of a list at once, with the number of those ticked on the button. */
const all = document.getElementById("all");
const boxes = [...document.querySelectorAll("#many input[name=filing]")];
const shown = document.getElementById("ticked");

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  if (shown) shown.textContent = ticked ? `（${ticked}）` : "";
  if (all) {
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}

if (all) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
}
for (const box of boxes) box.addEventListener("change", count);
count();
