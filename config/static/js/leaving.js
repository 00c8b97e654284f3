// Whoever is signed in gets the service worker; whoever signs out leaves nothing on the device.
import { clear } from "./kept.js";

const account = document.body.dataset.account;
const worker = navigator.serviceWorker;

if (account) clear();
if (account && worker) worker.register("/worker.js");

const nothing = async () => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`jianbei/${account}/`)) localStorage.removeItem(key);
  }
  if (window.caches) await caches.delete("jianbei-codes-1");
};

for (const form of document.querySelectorAll("form[data-leaving]")) {
  form.addEventListener("submit", nothing);
}
