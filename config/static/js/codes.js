// On the page without a connection: which codes are on this device.
const list = document.querySelector("[data-codes]");
const cache = await caches.open("jianbei-codes-1");
for (const request of await cache.keys()) {
  const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
  const link = document.createElement("a");
  link.href = request.url;
  link.textContent = page.querySelector("h1").textContent;
  list.append(document.createElement("li"));
  list.lastChild.append(link);
}
