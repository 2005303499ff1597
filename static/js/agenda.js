// Items are carried by pointer, or moved by the buttons that everybody has; either way the page's own form is
// sent and the part with items and advice is drawn anew from the answer. Without this script the form is enough.
const root = document.querySelector("[data-agenda]");
const said = root.querySelector("[data-agenda-said]");
let carried = null;

async function send(form, to) {
  const body = new URLSearchParams(new FormData(form));
  if (to !== undefined) body.set("to", to);
  const key = form.closest("[data-item]").dataset.item;
  const way = form.dataset.move;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-agenda-part]");
    if (!answer.ok || !part) throw new Error("no agenda in the answer");
    root.querySelector("[data-agenda-part]").replaceWith(part);
    start();
    const item = root.querySelector(`[data-item="${key}"]`);
    const again = item?.querySelector(`form[data-move="${way}"] button`) || item?.querySelector("form[data-move] button");
    if (to === undefined) again?.focus();
    said.textContent = root.dataset.wordMoved;
  } catch {
    said.textContent = root.dataset.wordFailed;
    said.classList.remove("visually-hidden");
  }
}

function start() {
  const list = root.querySelector("[data-agenda-lines]");
  if (!list) return;
  list.querySelectorAll("form[data-move]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  });
  list.querySelectorAll("[data-item]").forEach((item) => drag(item, list));
}

function drag(item, list) {
  const form = item.querySelector("form[data-move]");
  if (!form) return;
  const handle = document.createElement("span");
  handle.className = "agenda-handle btn btn-link btn-sm";
  handle.textContent = "⠿";
  // For a pointer only: the buttons beside it do the same for everybody else.
  handle.setAttribute("aria-hidden", "true");
  handle.draggable = true;
  item.querySelector(".agenda-tools").prepend(handle);
  handle.addEventListener("dragstart", (event) => {
    carried = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(item, 10, 10);
    item.classList.add("is-carried");
  });
  handle.addEventListener("dragend", () => {
    item.classList.remove("is-carried");
    list.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"));
    carried = null;
  });
  item.addEventListener("dragover", (event) => {
    if (!carried) return;
    event.preventDefault();
    list.querySelectorAll("[data-item]").forEach((each) => each.classList.toggle("is-target", each === item));
  });
  item.addEventListener("drop", (event) => {
    if (!carried || carried === item) return;
    event.preventDefault();
    const others = [...list.querySelectorAll("[data-item]")].filter((each) => each !== carried);
    send(carried.querySelector("form[data-move]"), others.indexOf(item));
  });
}

start();
