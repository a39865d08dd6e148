// Single keys for what a page marks with data-key, and for walking through rows. Everything also works without this file.
// Only outside of text fields, never with Ctrl, Alt or Meta; whoever does not want it switches it off (WCAG 2.1.4).
const OFF = "keys-off";
const TYPED = "textarea, select, [contenteditable], input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])";
const isOff = () => localStorage.getItem(OFF) === "1";
const isShown = (element) => element.getClientRects().length > 0;
const lists = () => document.querySelector("[data-keys]");

function mark() {
  document.querySelectorAll("[data-key]").forEach((element) => {
    const hint = element.querySelector(":scope > kbd");
    if (isOff()) {
      element.removeAttribute("aria-keyshortcuts");
      if (hint) hint.remove();
      return;
    }
    element.setAttribute("aria-keyshortcuts", element.dataset.key);
    if (hint || element.matches(TYPED)) return;
    const key = document.createElement("kbd");
    key.setAttribute("aria-hidden", "true");
    key.textContent = element.dataset.key.toUpperCase();
    element.append(key);
  });
}

function use(element) {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const inside = element.matches("summary") && element.parentElement.querySelector(TYPED);
  if (inside) return use(inside);
  if (!element.matches(TYPED)) return element.click();
  element.focus();
  if (element.select) element.select();
}

const rowOf = (element) => element.closest("[data-key-row]");
const links = (row) => [...row.querySelectorAll("a[href]")];

function step(by) {
  const rows = [...document.querySelectorAll("[data-key-row]")];
  const here = rows.indexOf(rowOf(document.activeElement));
  const row = here < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, here + by))];
  if (!row) return false;
  const column = here < 0 ? 0 : Math.max(0, links(rows[here]).indexOf(document.activeElement));
  (links(row)[column] || links(row)[0]).focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function aside(row, by) {
  const found = links(row);
  const next = found[found.indexOf(document.activeElement) + by];
  if (next) next.focus();
  return Boolean(next);
}

function inRow(key, row) {
  const here = document.activeElement;
  if (key === "ArrowDown" || key === "ArrowUp") return step(key === "ArrowDown" ? 1 : -1);
  if (key === "ArrowRight" || key === "ArrowLeft") return aside(row, key === "ArrowRight" ? 1 : -1);
  const found = { x: row.querySelector("input[type=checkbox]"), e: here.matches(".cell") ? here : row.querySelector(".cell") }[key];
  if (found) found.click();
  return Boolean(found);
}

function act(key) {
  const row = rowOf(document.activeElement);
  if (row && inRow(key, row)) return true;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "?" && lists()) {
    lists().open = !lists().open;
    lists().querySelector("summary").focus();
    return true;
  }
  const marked = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && (isShown(one) || one.matches(TYPED)));
  if (marked) use(marked);
  return Boolean(marked);
}

document.addEventListener("keydown", (event) => {
  if (isOff() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat && event.key.length === 1 && !"jk".includes(event.key)) return;
  if (event.key === "Escape") {
    if (lists()) lists().open = false;
    if (!event.target.closest("[data-cell-form]")) document.activeElement.blur();
  } else if (!event.target.closest(TYPED) && act(event.key)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-on]")) return;
  localStorage.setItem(OFF, event.target.checked ? "0" : "1");
  mark();
});
document.addEventListener("htmx:load", mark);
document.addEventListener("DOMContentLoaded", () => {
  mark();
  if (!lists()) return;
  lists().hidden = false;
  lists().querySelector("[data-keys-on]").checked = !isOff();
});
