// Keys and counting in the table of measures. Everything here also works without this file.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest && event.target.closest("[data-cell-form]");
  if (!form) return;
  if (event.key === "Escape") {
    event.preventDefault();
    form.querySelector("[data-cancel]").click();
  }
  if (event.key === "Enter" && event.target.matches("select, input[type=date]")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

const picks = () => [...document.querySelectorAll("input[name=pick]")];

function count() {
  const chosen = picks().filter((box) => box.checked).length;
  const words = document.querySelector("[data-picked]");
  const all = document.querySelector("[data-pick-all]");
  const pages = document.querySelector("[data-all-pages]");
  const whole = pages && pages.checked ? pages.dataset.allPages : 0;
  if (words) words.textContent = whole ? `Alle ${whole} ausgewählt` : chosen ? `${chosen} auf dieser Seite ausgewählt` : "Nichts ausgewählt";
  if (all) {
    all.checked = chosen > 0 && chosen === picks().length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) picks().forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-pick-all], [data-all-pages], input[name=pick]")) count();
});
document.addEventListener("htmx:load", count);
document.addEventListener("DOMContentLoaded", count);
