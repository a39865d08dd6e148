// Says below each long text how much of it fits. The browser alone would cut off what is pasted beyond that, in silence;
// here it stays, is counted, and the server says what is too much.
const PAUSE = 900;

function fits(text, most) {
  const used = text.value.replace(/\n/g, "\r\n").length;
  return used > most ? `${used - most} Zeichen zu viel` : `${used} von ${most} Zeichen`;
}

function watch(text) {
  const most = text.maxLength;
  const shown = Object.assign(document.createElement("p"), { className: "count", ariaHidden: "true" });
  const spoken = Object.assign(document.createElement("span"), { className: "kern-sr-only", ariaLive: "polite" });
  let waiting;
  const count = () => {
    shown.textContent = fits(text, most);
    shown.classList.toggle("late", shown.textContent.endsWith("zu viel"));
  };
  text.removeAttribute("maxlength");
  text.after(shown, spoken);
  text.addEventListener("input", () => {
    count();
    clearTimeout(waiting);
    waiting = setTimeout(() => (spoken.textContent = shown.textContent), PAUSE);
  });
  count();
}

const watchAll = () => document.querySelectorAll("textarea[maxlength]").forEach(watch);
document.addEventListener("htmx:load", watchAll);
document.addEventListener("DOMContentLoaded", watchAll);
