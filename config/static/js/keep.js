// A form keeps what is typed on this device, fills it in again, and is sent once there is a connection.
import { clear, forget, read, write } from "./kept.js";

const MACHINERY = ["csrfmiddlewaretoken", "version"];
const PAUSE = 300;

const form = document.querySelector("form[data-keep]");
const name = form.dataset.keep;
const show = (part) => (document.querySelector(`[data-${part}]`).hidden = false);
const said = () => [...new FormData(form)].filter(([field]) => !MACHINERY.includes(field));
const keep = (more = {}) =>
  write(name, {
    at: Date.now(),
    key: form.elements.key.value,
    title: form.dataset.title,
    url: location.pathname + location.search,
    fields: said(),
    ...more,
  });

const fill = (fields) => {
  const values = new Map();
  for (const [field, value] of fields) values.set(field, [...(values.get(field) ?? []), value]);
  for (const input of form.elements) {
    if (!input.name || MACHINERY.includes(input.name) || input.type === "submit") continue;
    const given = values.get(input.name) ?? [];
    if (input.type === "checkbox" || input.type === "radio") input.checked = given.includes(input.value);
    else if (given.length) input.value = given[0];
  }
};

clear();
const kept = read(name);
if (kept && !form.hasAttribute("data-bound")) {
  fill(kept.fields);
  show("kept");
}

document.querySelector("[data-discard]").addEventListener("click", () => {
  forget(name);
  location.reload();
});

let waiting = 0;
const keepNow = () => {
  if (waiting) keep();
  clearTimeout(waiting);
  waiting = 0;
};
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keepNow, PAUSE);
});
addEventListener("pagehide", keepNow);

let button = null;
form.addEventListener("submit", (event) => {
  clearTimeout(waiting);
  waiting = 0;
  button = event.submitter?.name ?? "";
  keep({ queued: !navigator.onLine, button });
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  show("queued");
}, { capture: true });

const send = () => {
  const entry = read(name);
  if (!entry?.queued) return;
  const pressed = entry.button ? form.querySelector(`button[name="${entry.button}"]`) : null;
  form.requestSubmit(pressed ?? form.querySelector("button[type=submit]:not([name])") ?? undefined);
};
addEventListener("online", send);
