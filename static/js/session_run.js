// The time left of the running item, second by second. The server's clock counts: phones are often wrong.
const root = document.querySelector("[data-run]");
const items = [...root.querySelectorAll("[data-item]")];
const title = root.querySelector("[data-run-title]");
const left = root.querySelector("[data-run-left]");
const offset = Number(root.dataset.now) * 1000 - Date.now();

function show() {
  const now = (Date.now() + offset) / 1000;
  const current = items.find((item) => Number(item.dataset.from) <= now && now < Number(item.dataset.to));
  items.forEach((item) => {
    item.classList.toggle("is-now", item === current);
    item.classList.toggle("is-past", Number(item.dataset.to) <= now);
    if (item === current) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  left.parentElement.hidden = !current;
  if (current) {
    const seconds = Math.ceil(Number(current.dataset.to) - now);
    title.textContent = current.dataset.title;
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  } else if (items.length) {
    const before = now < Number(items[0].dataset.from);
    title.textContent = before ? root.dataset.wordBefore : root.dataset.wordOver;
  }
}

if (items.length) {
  show();
  setInterval(show, 1000);
}
