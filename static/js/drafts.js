// Keeps what is typed into a form on this device until it has arrived. Two names matter:
// data-draft on the form says whose text it is; data-draft-done on a page says which texts have arrived.

const PREFIX = "draft:";
const KEEP_DAYS = 14;
const PAUSE_MS = 300;
// Set by signing out: from then on the page that is being left keeps nothing more.
let closed = false;

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + name));
    const tooOld = kept && Date.now() - kept.at > KEEP_DAYS * 86400000;
    if (tooOld) forget(name);
    return tooOld ? null : kept;
  } catch {
    return null;
  }
}

function keep(name, fields) {
  if (closed) return false;
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), fields }));
    return true;
  } catch {
    return false; // a browser without storage, or a full one: the page works as before
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch { /* nothing was kept */ }
}

export function forgetAll() {
  closed = true;
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing was kept */ }
}

function typed(form) {
  return [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string" && value !== "");
}

function putBack(form, fields) {
  for (const [name, value] of fields) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else control.value = value;
    }
  }
}

export function keepDraft(form) {
  const name = form.dataset.draft;
  const note = form.querySelector("[data-draft-note]");
  const say = (words) => { if (note) note.textContent = words; };
  // A form that came back with errors carries newer text than the device does.
  const kept = form.hasAttribute("data-draft-bound") ? null : read(name);
  if (kept && kept.fields.length) {
    putBack(form, kept.fields);
    say(form.dataset.draftBack);
  }
  let timer = null;
  const store = () => {
    clearTimeout(timer);
    timer = null;
    const fields = typed(form);
    if (fields.length && keep(name, fields)) {
      const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format();
      say(`${form.dataset.draftKept} ${clock}`);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(store, PAUSE_MS);
  });
  form.addEventListener("submit", store);
  window.addEventListener("pagehide", () => { if (timer) store(); });
}
