// The check-in beside the code: sent as usual, or noted on this device when nothing can be reached.
import { all, note, prepare, send } from "./arrivals.js";

const form = document.querySelector("form[data-check-in]");
const filing = Number(form.dataset.checkIn);
const show = (part, shown = true) => (document.querySelector(`[data-${part}]`).hidden = !shown);
const TICKS = ["code_shown", "certificates_shown", "notice_served"];

const reachable = () =>
  navigator.onLine &&
  fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) }).then(
    (answer) => answer.ok,
    () => false,
  );

const said = () => {
  const { elements } = form;
  const told = { scan_of: elements.scan_of.value, reason: form.querySelector("[data-reason]").value };
  for (const name of TICKS) told[name] = elements[name].checked;
  if (elements.latitude.value) {
    told.latitude = elements.latitude.value;
    told.longitude = elements.longitude.value;
    told.accuracy = Number(elements.accuracy.value);
  }
  return told;
};

const tell = async () => {
  const mine = (await all()).find((one) => one.filing === filing);
  show("signed", Boolean(mine));
  show("lost", Boolean(mine?.refused));
  document.querySelector("[data-lost]").textContent = mine?.refused ?? "";
  form.hidden = Boolean(mine);
};

const offline = () => show("late", !navigator.onLine);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await reachable()) return form.submit();
  show("late");
  try {
    await note(filing, form.dataset.title, said());
    await tell();
  } catch {
    show("unkept");
  }
}, { capture: true });

const deliver = async () => {
  if (await send()) show("delivered");
  await tell();
};

addEventListener("online", () => (offline(), deliver()));
addEventListener("offline", offline);
offline();
if (navigator.onLine) prepare().catch(() => null);
deliver();
