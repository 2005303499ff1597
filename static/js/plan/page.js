// The writing page of a plan.
import { startOrder } from "./order.js";
import { Writing } from "./writing.js";

const root = document.querySelector("[data-plan-writing]");
const writing = new Writing(root);
startOrder(root, writing);

// Buttons that lead to another page first let the last words arrive.
root.querySelectorAll("form[data-after-saving]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await writing.settled();
    if (event.submitter?.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = event.submitter.name;
      field.value = event.submitter.value;
      form.append(field);
    }
    form.elements.csrfmiddlewaretoken.value = writing.sending.token;
    form.submit();
  });
});

// What was just added is where the writing goes on.
// After the load: until then the browser itself moves to the place and takes the focus away.
window.addEventListener("load", () => setTimeout(() => {
  const added = document.getElementById(location.hash.slice(1));
  if (added?.matches("[data-item], .plan-reflection")) added.querySelector("textarea")?.focus();
}));
