// Both texts of a box that was changed somewhere else, and the choice between them.

export function askWhichStays(box, theirs, choose) {
  const parts = document.querySelector("[data-conflict-parts]").content.cloneNode(true);
  const group = parts.querySelector(".plan-conflict");
  group.querySelector("[data-theirs]").textContent = readable(box, theirs);
  if (!box.isLong) group.querySelector('[data-keep="both"]').remove();
  group.addEventListener("click", (event) => {
    const kept = event.target.closest("[data-keep]");
    if (!kept) return;
    group.remove();
    const both = `${theirs}\n\n${box.value}`;
    choose({ mine: box.value, theirs, both }[kept.dataset.keep]);
    box.controls[0].focus();
  });
  box.element.append(group);
  return group;
}

function readable(box, theirs) {
  const control = box.controls[0];
  if (control.tagName === "SELECT") {
    return [...control.options].find((option) => option.value === theirs)?.text || "–";
  }
  if (box.many) {
    const labels = box.controls.filter((tick) => theirs.split(",").includes(tick.value)).map((tick) => tick.labels[0].textContent.trim());
    return labels.join("\n") || "–";
  }
  return theirs || "–";
}
