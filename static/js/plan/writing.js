// Saves each box while its owner types, one request after the other for each part, and never gives a text up.
import { Box } from "./box.js";
import { askWhichStays } from "./conflict.js";
import { Kept } from "./kept.js";
import { Line } from "./line.js";
import { Sending } from "./sending.js";

const PAUSE_MS = 900; // about a breath: fewer saves than words, less lost than a sentence
const RETRY_MS = [2000, 5000, 15000, 30000, 60000];

export class Writing {
  constructor(root) {
    this.root = root;
    this.person = Number(root.dataset.person);
    this.kept = new Kept(root.dataset.person, root.dataset.plan);
    this.line = new Line(root);
    this.sending = new Sending(root.dataset.saveUrl, root.querySelector("[name=csrfmiddlewaretoken]").value);
    this.parts = new Map();
    this.boxes = [];
    this.states = {};
    this.failures = 0;
    root.querySelectorAll("form[data-part]").forEach((form) => this.take(form));
    this.putBack();
    window.addEventListener("online", () => this.tryAgain());
    window.addEventListener("focus", () => this.returned());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.returned(); });
    window.addEventListener("pagehide", () => this.leave());
    document.documentElement.classList.add("saves-itself");
  }

  take(form) {
    const key = `${form.dataset.part}-${form.dataset.id}`;
    const part = this.parts.get(key) || { name: form.dataset.part, id: form.dataset.id, version: form.elements.version.value, busy: false };
    this.parts.set(key, part);
    for (const element of form.querySelectorAll("[data-box]")) {
      const controls = [...element.querySelectorAll("input:not([type=hidden]), select, textarea")];
      const box = new Box(part, element.dataset.box, controls, element);
      this.boxes.push(box);
      for (const control of controls) {
        control.addEventListener("input", () => this.typed(box));
        // A date field is "changed" with each digit of a year; it is whole when its owner pauses or goes on.
        if (control.type !== "date") control.addEventListener("change", () => this.flush(box));
        control.addEventListener("blur", () => this.flush(box));
      }
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.boxes.filter((box) => box.part === part).forEach((box) => this.flush(box));
    });
    // A refused form holds text that the server does not have.
    if (form.hasAttribute("data-refused")) {
      this.boxes.filter((box) => box.part === part).forEach((box) => { box.base = null; this.typed(box); });
    }
  }

  // Texts of an earlier visit that never arrived.
  putBack() {
    let found = false;
    for (const box of this.boxes) {
      const kept = this.kept.read(box.key);
      if (!kept) continue;
      if (kept.value === box.value) {
        this.kept.forget(box.key);
        continue;
      }
      found = true;
      const current = box.base;
      box.value = kept.value;
      box.dirty = true;
      if (kept.base !== current) this.ask(box, current);
    }
    if (!found) return;
    this.line.rest = this.root.dataset.wordBack;
    this.show();
    this.sendAll();
  }

  typed(box) {
    box.dirty = box.value !== box.base;
    box.refused = false;
    box.showSentence("");
    if (box.dirty) this.kept.keep(box.key, box.value, box.base);
    else this.kept.forget(box.key);
    clearTimeout(box.timer);
    box.timer = setTimeout(() => this.send(box.part), PAUSE_MS);
    this.show();
  }

  flush(box) {
    clearTimeout(box.timer);
    if (box.value !== box.base && !box.dirty) this.typed(box);
    return this.send(box.part);
  }

  sendAll() {
    return Promise.all([...this.parts.values()].map((part) => this.send(part)));
  }

  async send(part) {
    if (part.busy || this.states.signedOut || this.states.someoneElse) return;
    const box = this.boxes.find((each) => each.part === part && each.waiting);
    if (!box) return;
    part.busy = true;
    this.show();
    const value = box.value;
    box.sent.add(value);
    let answer;
    try {
      answer = await this.sending.save(box);
    } catch {
      answer = { status: 0 };
    }
    part.busy = false;
    const goOn = this.settle(box, value, answer);
    this.show();
    if (goOn) await this.send(part);
  }

  // What an answer means; true when the part has more to send.
  settle(box, value, answer) {
    if (answer.status === 0 || answer.status >= 500) return this.lost();
    this.states.offline = false;
    this.failures = 0;
    if (answer.status === 200) return this.saved(box, value, answer);
    if (answer.status === 409) return this.elsewhere(box, answer);
    if (answer.status === 401) this.states.signedOut = true;
    else if (answer.status === 422) {
      // What was refused is no longer what stands there: that is sent next, and judged for itself.
      if (box.value !== value) return true;
      box.refused = true;
      box.showSentence(answer.sentence);
      return true;
    } else this.states.gone = true;
    return false;
  }

  saved(box, value, answer) {
    box.part.version = answer.version;
    box.base = value;
    box.sent.clear();
    box.showSentence("");
    box.dirty = box.value !== value;
    if (box.dirty) this.kept.keep(box.key, box.value, value);
    else this.kept.forget(box.key);
    // A state may have waited for its reason, or the other way round.
    for (const each of this.boxes) if (each.part === box.part && each !== box) each.refused = false;
    this.line.rest = answer.saved_at;
    // Which indicators stand below it is known to the server only.
    if (box.name === "competency" && !box.dirty) this.reload();
    return true;
  }

  // Somebody, perhaps this person on another device, saved this part. Only a text that differs from what this
  // page knew is a conflict: another box of the part may be what changed.
  elsewhere(box, answer) {
    const current = Box.written(answer.current);
    box.part.version = answer.version;
    if (current === box.base || box.sent.has(current)) {
      box.base = current;
      return true;
    }
    this.ask(box, current);
    return true;
  }

  ask(box, current) {
    box.conflict = askWhichStays(box, current, (kept) => {
      box.conflict = null;
      box.base = current;
      box.sent.clear();
      box.value = kept;
      this.typed(box);
      this.flush(box);
    });
    this.show();
  }

  lost() {
    this.states.offline = true;
    const pause = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.tryAgain(), pause);
    return false;
  }

  tryAgain() {
    clearTimeout(this.again);
    if (this.states.offline) this.sendAll();
  }

  // Back from another tab, where the person may have signed in again.
  async returned() {
    if (!this.states.signedOut && !this.states.someoneElse) return;
    let answer;
    try {
      answer = await this.sending.whoIsThere();
    } catch {
      return;
    }
    this.states.signedOut = answer.status === 401;
    this.states.someoneElse = !this.states.signedOut && answer.person !== this.person;
    this.show();
    this.sendAll();
  }

  leave() {
    for (const part of this.parts.values()) {
      const box = this.boxes.find((each) => each.part === part && each.waiting);
      if (box && !part.busy && !this.states.signedOut) this.sending.save(box, { leaving: true }).catch(() => {});
    }
  }

  async reload() {
    await this.settled();
    if (!this.boxes.some((box) => box.dirty)) window.location.reload();
  }

  // Before another page is asked for: send what waits, but never hold anybody up for long.
  async settled() {
    this.boxes.forEach((box) => clearTimeout(box.timer));
    const patience = new Promise((done) => { setTimeout(done, 3000); });
    await Promise.race([this.sendAll(), patience]);
  }

  show() {
    this.line.show({
      ...this.states,
      refused: this.boxes.some((box) => box.refused),
      conflict: this.boxes.some((box) => box.conflict),
      saving: [...this.parts.values()].some((part) => part.busy),
      waiting: this.boxes.some((box) => box.dirty),
    });
  }
}
