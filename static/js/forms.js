// Error summaries take the focus; forms marked data-warn-unsaved say so before their text is lost.

export function focusErrorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

function contents(form) {
  const pairs = [];
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken") pairs.push([name, value instanceof File ? value.name : value]);
  }
  return JSON.stringify(pairs);
}

export function warnOfUnsaved(form) {
  // A form that came back with errors holds text that is nowhere else: it counts as changed at once.
  const start = form.hasAttribute("data-unsaved") ? null : contents(form);
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && contents(form) !== start) event.preventDefault();
  });
}
