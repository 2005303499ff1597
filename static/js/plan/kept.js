// What is typed stays on this device until the server has acknowledged it. Keys name person, plan, part and
// box, so that the next person at the desk meets none of it; signing out erases all (the prefix is drafts.js's).

const PREFIX = "draft:plan:";
const KEEP_DAYS = 14;

export class Kept {
  constructor(person, plan) {
    this.prefix = `${PREFIX}${person}:${plan}:`;
  }

  read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.prefix + key));
      return kept && Date.now() - kept.at < KEEP_DAYS * 86400000 ? kept : null;
    } catch {
      return null;
    }
  }

  keep(key, value, base) {
    try {
      localStorage.setItem(this.prefix + key, JSON.stringify({ at: Date.now(), value, base }));
    } catch { /* a browser without storage, or a full one: saving to the server goes on as before */ }
  }

  forget(key) {
    try {
      localStorage.removeItem(this.prefix + key);
    } catch { /* nothing was kept */ }
  }
}
