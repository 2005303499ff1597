// One box of the plan: a text, a day, a choice, or a group of ticks that counts as one value.

export class Box {
  constructor(part, name, controls, element) {
    this.part = part;
    this.name = name;
    this.controls = controls;
    this.element = element;
    this.many = controls[0].type === "checkbox";
    this.key = `${part.name}-${part.id}-${name}`;
    this.base = this.value; // what the server holds, as far as this page knows
    this.sent = new Set(); // sent without an answer: if the server holds one of these, it was ours
    this.dirty = false;
    this.refused = false;
    this.conflict = null;
  }

  get waiting() {
    return this.dirty && !this.refused && !this.conflict;
  }

  get isLong() {
    return this.controls[0].tagName === "TEXTAREA";
  }

  get value() {
    if (!this.many) return this.controls[0].value;
    return this.controls.filter((tick) => tick.checked).map((tick) => Number(tick.value)).sort((a, b) => a - b).join(",");
  }

  set value(value) {
    if (!this.many) {
      this.controls[0].value = value;
      return;
    }
    const keys = new Set(value.split(","));
    for (const tick of this.controls) tick.checked = keys.has(tick.value);
  }

  // As the server reads it: each tick by itself.
  values() {
    return this.many ? ["", ...this.value.split(",").filter(Boolean)] : [this.value];
  }

  // What the server says it holds, in the form of `value`.
  static written(current) {
    if (current === null || current === undefined) return "";
    return Array.isArray(current) ? current.join(",") : String(current);
  }

  showSentence(sentence) {
    const id = `${this.controls[0].id}_refusal`;
    let place = document.getElementById(id);
    if (!place) {
      place = document.createElement("p");
      place.id = id;
      place.className = "field-errors";
      this.controls[0].before(place);
    }
    place.textContent = sentence;
    place.hidden = !sentence;
    this.element.classList.toggle("has-error", Boolean(sentence));
    for (const control of this.controls) {
      const ids = new Set((control.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
      ids[sentence ? "add" : "delete"](id);
      if (ids.size) control.setAttribute("aria-describedby", [...ids].join(" "));
      else control.removeAttribute("aria-describedby");
      control.toggleAttribute("aria-invalid", Boolean(sentence));
      if (sentence) control.setAttribute("aria-invalid", "true");
    }
  }
}
