// Fetches the next code when the present one has run out; a link does the same by hand.
async function next() {
  const here = document.querySelector("[data-door]");
  let wait = 15;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("[data-door]");
    if (answer.ok && there) {
      here.replaceWith(there);
      wait = Math.min(Number(there.dataset.changesIn) || wait, 20);
    }
  } catch {
    // No connection: the next look may find one.
  }
  setTimeout(next, wait * 1000 + 500);
}

const first = Number(document.querySelector("[data-door]").dataset.changesIn) || 15;
// Sooner than the code changes, so that the number of people on the roll keeps up.
setTimeout(next, Math.min(first, 20) * 1000 + 500);
