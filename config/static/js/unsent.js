// Lists the forms that were typed on this device and have not arrived.
import { all, clear } from "./kept.js";

clear();
const box = document.querySelector("[data-unsent]");
const list = box.querySelector("ul");
for (const one of all()) {
  const link = document.createElement("a");
  link.href = one.url;
  link.textContent = `${one.title} (${new Date(one.at).toLocaleString(document.documentElement.lang)})`;
  list.append(document.createElement("li"));
  list.lastChild.append(link);
}
box.hidden = list.children.length === 0;
