// The light/dark button in the header. Its word says what pressing it does.

export function startThemeButton(button) {
  const word = button.querySelector("[data-word]");
  const show = () => {
    const dark = window.leaderdevTheme.current === "dark";
    button.dataset.shows = dark ? "light" : "dark";
    word.textContent = dark ? button.dataset.lightWord : button.dataset.darkWord;
  };
  button.addEventListener("click", () => {
    const next = window.leaderdevTheme.current === "dark" ? "light" : "dark";
    window.leaderdevTheme.choose(next);
    try {
      window.localStorage.setItem("theme", next);
    } catch (error) {
      // The choice then lasts for this page only.
      if (!(error instanceof DOMException)) throw error;
    }
    show();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
