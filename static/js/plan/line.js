// The one line that says how it stands. The most serious thing wins; a screen reader hears it politely.

const ORDER = ["signedOut", "someoneElse", "offline", "gone", "conflict", "refused", "saving", "waiting"];

export class Line {
  constructor(root) {
    this.place = root.querySelector("[data-save-line]");
    this.signIn = root.querySelector("[data-sign-in-line]");
    this.words = {
      saving: root.dataset.wordSaving,
      waiting: root.dataset.wordWaiting,
      offline: root.dataset.wordOffline,
      signedOut: root.dataset.wordSignedOut,
      someoneElse: root.dataset.wordSomeoneElse,
      refused: root.dataset.wordRefused,
      conflict: root.dataset.wordConflict,
      gone: root.dataset.wordGone,
    };
    this.rest = this.place.textContent;
  }

  show(states) {
    const worst = ORDER.find((state) => states[state]);
    this.signIn.hidden = !(states.signedOut || states.someoneElse);
    this.say(worst ? this.words[worst] : this.rest);
    this.place.dataset.state = worst || "saved";
  }

  say(words) {
    if (this.place.textContent !== words) this.place.textContent = words;
  }
}
