// Goals and steps in another order: by the buttons Up and Down, by Alt and the arrow keys, or by dragging.

export function startOrder(root, writing) {
  root.querySelectorAll("[data-sortable]").forEach((list) => new Order(list, root, writing));
}

class Order {
  constructor(list, root, writing) {
    this.list = list;
    this.root = root;
    this.writing = writing;
    this.items().forEach((item) => this.watch(item));
  }

  items() {
    return [...this.list.children].filter((child) => child.hasAttribute("data-item"));
  }

  watch(item) {
    const own = [...item.querySelectorAll("form[data-move]")].filter((form) => form.closest("[data-item]") === item);
    for (const form of own) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.shift(item, form.dataset.move === "up" ? -1 : 1, form, form.querySelector("button"));
      });
    }
    item.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!event.altKey || !by || event.target.closest("[data-item]") !== item) return;
      event.preventDefault();
      this.shift(item, by, own[0], event.target);
    });
    this.drag(item, own[0]);
  }

  shift(item, by, form, focus) {
    const to = this.items().indexOf(item) + by;
    if (to >= 0 && to < this.items().length) this.move(item, to, form, focus);
  }

  async move(item, to, form, focus) {
    const before = item.nextElementSibling;
    this.place(item, to);
    if (focus) focus.focus();
    const body = new URLSearchParams(new FormData(form));
    body.set("to", to);
    body.set("csrfmiddlewaretoken", this.writing.sending.token);
    let moved = false;
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      moved = response.ok && !response.redirected && (await response.json()).moved;
    } catch {
      moved = false;
    }
    if (!moved) this.list.insertBefore(item, before);
    this.number();
    this.writing.line.say(moved ? this.root.dataset.wordMoved : this.root.dataset.wordGone);
  }

  // Headings and the names of buttons count from the top.
  number() {
    const mark = this.list.dataset.sortable === "goal" ? "[data-goal-place]" : "[data-place]";
    this.items().forEach((item, place) => {
      item.querySelectorAll(mark).forEach((number) => { number.textContent = place + 1; });
    });
  }

  place(item, to) {
    const others = this.items().filter((each) => each !== item);
    this.list.insertBefore(item, others[to] || null);
  }

  drag(item, form) {
    const handle = document.createElement("span");
    handle.className = "plan-handle btn btn-link btn-sm";
    handle.textContent = "⠿";
    // For a pointer only: the buttons beside it do the same for everybody else.
    handle.setAttribute("aria-hidden", "true");
    handle.draggable = true;
    form.parentElement.prepend(handle);
    handle.addEventListener("dragstart", (event) => {
      Order.carried = { item, order: this };
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(item, 10, 10);
      item.classList.add("is-carried");
    });
    handle.addEventListener("dragend", () => {
      item.classList.remove("is-carried");
      this.items().forEach((each) => each.classList.remove("is-target"));
      Order.carried = null;
    });
    item.addEventListener("dragover", (event) => {
      if (Order.carried?.order !== this) return;
      event.preventDefault();
      this.items().forEach((each) => each.classList.toggle("is-target", each === item));
    });
    item.addEventListener("drop", (event) => {
      if (Order.carried?.order !== this || Order.carried.item === item) return;
      event.preventDefault();
      const carried = Order.carried.item;
      const to = this.items().filter((each) => each !== carried).indexOf(item);
      this.move(carried, to, [...carried.querySelectorAll("form[data-move]")].find((each) => each.closest("[data-item]") === carried), null);
    });
  }
}
