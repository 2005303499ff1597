// A survey page saves as one goes, and can be answered with the digit keys. Without it the page's button saves.

const PAUSE_MS = 700;

function line(form, text, bad = false) {
  const place = form.querySelector("[data-saved]");
  place.textContent = text;
  place.classList.toggle("is-bad", bad);
}

async function token(form) {
  // Signing in again in another tab makes this page's own token old.
  const answer = await fetch(location.href, { headers: { "X-Autosave": "1" } });
  if (answer.ok) form.querySelector("[name=csrfmiddlewaretoken]").value = (await answer.json()).token;
  return answer;
}

async function post(form) {
  return fetch(location.href, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } });
}

async function save(form) {
  try {
    let answer = await post(form);
    if (answer.status === 403) {
      const fresh = await token(form);
      answer = fresh.ok ? await post(form) : fresh;
    }
    if (answer.status === 401) return line(form, form.dataset.wordSignedOut, true);
    const told = await answer.json();
    if (answer.ok) form.dataset.clean = "1";
    return line(form, told.saved || told.sentence || "", !answer.ok);
  } catch {
    return line(form, form.dataset.wordFailed, true);
  }
}

function watch(form) {
  let timer = null;
  let queue = Promise.resolve();
  const soon = () => {
    delete form.dataset.clean;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; queue = queue.then(() => save(form)); }, PAUSE_MS);
  };
  form.addEventListener("change", soon);
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) soon(); });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer !== null) { clearTimeout(timer); timer = null; queue = queue.then(() => save(form)); }
  });
}

function digits(form) {
  const groups = [...form.querySelectorAll("[data-likert]")];
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const group = event.target.closest("[data-likert]");
    const radio = group && group.querySelector(`input[value="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const next = groups[groups.indexOf(group) + 1];
    if (next) (next.querySelector("input:checked") || next.querySelector("input")).focus();
  });
}

document.querySelectorAll("form[data-survey]").forEach((form) => { watch(form); digits(form); });
