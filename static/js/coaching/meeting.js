// A meeting's page: notes that save themselves, as in a plan, and a clock for the turns.
import { Writing } from "../plan/writing.js";
import { startClocks } from "./turn_clock.js";

document.querySelectorAll("[data-plan-writing]").forEach((root) => new Writing(root));
document.querySelectorAll("[data-turns]").forEach(startClocks);
