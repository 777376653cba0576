/* How a form, or a unit, stands against its control figure: one line put in after the page, which
   does not wait for it. Where nothing comes back the page is as it was. */
const place = document.querySelector("[data-standing]");

async function put() {
  const response = await fetch(place.dataset.standing, { redirect: "manual" });
  if (!response.ok) return;
  const html = (await response.text()).trim();
  for (const one of [place, ...document.querySelectorAll("[data-standing-also]")]) {
    one.innerHTML = html;
    one.hidden = !html;
  }
}

if (place) put().catch(() => {});
