// The search fields of the set-up draw a box of their own beside the select that carries the name; to the ear
// that box has none. It gets the name of its select, also in rows that are added later.

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.nextElementSibling?.querySelector('[role="textbox"]');
    const label = select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim().replace(/:$/, "");
    if (box && label) box.setAttribute("aria-label", label);
  }
}

// The boxes are drawn some time after the page is there, and again with each new row.
if (document.querySelector("select.admin-autocomplete")) {
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
  nameBoxes();
}
