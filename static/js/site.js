// Starts what the page carries. Every page works without it.
import { forgetAll } from "./drafts.js";
import { focusErrorSummary, warnOfUnsaved } from "./forms.js";
import { startMenu, startNavigation } from "./menu.js";
import { startThemeButton } from "./theme_button.js";

document.querySelectorAll("[data-theme-button]").forEach(startThemeButton);
document.querySelectorAll("details[data-menu]").forEach(startMenu);
document.querySelectorAll("[data-nav-button]").forEach(startNavigation);
document.querySelectorAll("form[data-warn-unsaved]").forEach(warnOfUnsaved);
focusErrorSummary(document);
// Whoever signs out takes what they typed along: nothing of it stays on a shared desk.
document.querySelectorAll('form[action$="/logout/"]').forEach((form) => form.addEventListener("submit", forgetAll));
