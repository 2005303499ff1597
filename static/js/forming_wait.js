// Shows how far the forming has come; once it is done the page is fetched anew. Without it a link asks again.
const EVERY_MS = 1200;
const LONGEST_MS = 10 * 60 * 1000;
const started = Date.now();

async function look() {
  const here = document.querySelector("[data-forming]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.querySelector("[data-forming]");
      if (!there) {
        location.reload();
        return;
      }
      here.querySelector("[role=status]").replaceChildren(...there.querySelector("[role=status]").childNodes);
    }
  } catch {
    // No connection: the next look may find one.
  }
  if (Date.now() - started < LONGEST_MS) setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
