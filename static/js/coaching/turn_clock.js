// A clock beside each turn. Nothing rings, and nothing needs it: the turns stand there as text.

export function startClocks(list) {
  let running = null;
  for (const turn of list.querySelectorAll("[data-minutes]")) {
    const seconds = Number(turn.dataset.minutes) * 60;
    const line = document.createElement("p");
    const button = document.createElement("button");
    const left = document.createElement("output");
    line.className = "turn-clock";
    button.type = "button";
    button.className = "btn btn-outline-primary btn-sm";
    button.textContent = list.dataset.wordStart;
    line.append(button, left);
    turn.append(line);
    button.addEventListener("click", () => {
      const mine = running && running.turn === turn;
      if (running) running.stop();
      running = mine ? null : run(turn, { button, left, seconds, words: list.dataset });
    });
  }
}

function run(turn, { button, left, seconds, words }) {
  const ends = Date.now() + seconds * 1000;
  const show = () => {
    const rest = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    const clock = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    left.textContent = rest ? `${clock} ${words.wordLeft}` : words.wordOver;
  };
  // Read from the clock each time: a phone that slept for a minute has not stopped the talk.
  const timer = setInterval(show, 1000);
  show();
  button.textContent = words.wordStop;
  return {
    turn,
    stop() {
      clearInterval(timer);
      button.textContent = words.wordStart;
      left.textContent = "";
    },
  };
}
