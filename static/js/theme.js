// Runs in the head, before the first paint, so that a chosen theme never flashes. The rest of the page is modules.
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("has-script");
  let chosen = null;
  try {
    // The same key as Django's admin, which also stores "auto": one choice counts for both.
    const stored = window.localStorage.getItem("theme");
    chosen = stored === "light" || stored === "dark" ? stored : null;
  } catch (error) {
    // Storage may be forbidden (private window, school policy); the device's own theme then applies.
    if (!(error instanceof DOMException)) throw error;
  }
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => root.setAttribute("data-bs-theme", chosen || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", apply);
  window.leaderdevTheme = {
    get current() { return root.getAttribute("data-bs-theme"); },
    choose(name) { chosen = name; apply(); },
  };
  apply();
})();
