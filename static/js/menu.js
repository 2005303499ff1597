// Menus are <details>: they open without script. This closes them the way people expect.

export function startMenu(details) {
  const close = (returnFocus) => {
    details.open = false;
    if (returnFocus) details.querySelector("summary").focus();
  };
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) close(true);
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener("click", (event) => {
    if (details.open && !details.contains(event.target)) close(false);
  });
}

export function startNavigation(button) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
}
