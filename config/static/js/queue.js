// The queue without a mouse: j and k move, o opens, x ticks, a goes to the decision, r to the return
// (or opens the filing when none is open).
const rows = [...document.querySelectorAll("[data-row]")];
const pane = document.getElementById("open");
let here = rows.findIndex((row) => row.ariaCurrent === "true" || row.hasAttribute("aria-current"));

const link = (row) => row.querySelector("a");
const go = (step) => {
  here = Math.min(Math.max(here + step, 0), rows.length - 1);
  link(rows[here])?.focus();
};
const reveal = (part) => {
  if (!part) return keys.o();
  part.querySelector("details")?.setAttribute("open", "");
  const target = part.matches("summary") ? part : part.querySelector("button[type=submit]");
  part.closest("details")?.setAttribute("open", "");
  (target ?? part).focus();
};

const keys = {
  j: () => go(1),
  k: () => go(-1),
  o: () => link(rows[Math.max(here, 0)])?.click(),
  x: () => rows[here]?.querySelector("[type=checkbox]")?.click(),
  a: () => reveal(pane?.querySelector(".verbs form:not(details form)")),
  r: () => reveal(pane?.querySelector(".verbs details > summary")),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  // With a Chinese input method on, the key is told as “Process”: then its place on the board counts.
  const key = event.key === "Process" ? event.code.replace("Key", "") : event.key;
  const act = keys[key.toLowerCase()];
  if (!act || rows.length === 0) return;
  event.preventDefault();
  act();
});
