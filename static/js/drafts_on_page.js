// Pages with a form whose text must not be lost.
import { forget, keepDraft } from "./drafts.js";

document.querySelectorAll("[data-draft-done]").forEach((mark) => {
  mark.dataset.draftDone.split(" ").forEach(forget);
});
document.querySelectorAll("form[data-draft]").forEach(keepDraft);
