// Sends what was noted at doors without a connection, and lists what has not arrived.
import { all, send } from "./arrivals.js";

const box = document.querySelector("[data-arrivals]");
const list = box.querySelector("ul");

const tell = async () => {
  const kept = await all();
  list.replaceChildren(
    ...kept.map((one) => {
      const link = document.createElement("a");
      link.href = `/filings/${one.filing}/`;
      const time = new Date(one.at).toLocaleString(document.documentElement.lang);
      link.textContent = `${one.title} (${time})`;
      const row = document.createElement("li");
      row.append(link, one.refused ? ` ${one.refused}` : "");
      return row;
    }),
  );
  box.hidden = kept.length === 0;
};

const deliver = async () => {
  if (await send()) location.reload();
  else await tell();
};

addEventListener("online", deliver);
deliver();
