// Looks whether the document is ready and shows what the page itself would show. Without it a link asks again:
// a page that reloads itself takes a screen reader back to its top each time.
const EVERY_MS = 1500;
const LONGEST_MS = 10 * 60 * 1000;
const started = Date.now();

async function look() {
  const here = document.querySelector("[data-document]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.querySelector("[data-document]");
      if (there && !there.hasAttribute("data-waiting")) {
        here.replaceChildren(...there.childNodes);
        document.title = page.title;
        return;
      }
    }
  } catch {
    // No connection: the next look may find one.
  }
  if (Date.now() - started < LONGEST_MS) setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
