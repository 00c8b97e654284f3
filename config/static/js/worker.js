// The service worker: codes that were shown once are shown without a connection; nothing else is kept.
const CODES = "jianbei-codes-1";
const PARTS = "jianbei-parts-1";
const OFFLINE = "/offline/";
const WITH_IT = ["css/tokens.css", "css/dark.css", "css/base.css", "css/components.css", "img/mark.svg", "js/codes.js", "js/arrivals.js", "js/check-in.js", "js/place.js"];

const isCode = (url) => /^\/filings\/\d+\/code\/$/.test(url.pathname);
const isPart = (url) => url.pathname.startsWith("/static/");

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(PARTS).then((parts) => parts.addAll([OFFLINE, ...WITH_IT.map((part) => `/static/${part}`)])));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const fresh = async (request, name) => {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    else if (name === CODES) await cache.delete(request);
    return answer;
  } catch {
    return (await cache.match(request)) ?? offline(request);
  }
};

const offline = async (request) =>
  (request.mode === "navigate" && (await caches.match(OFFLINE))) || Response.error();

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (isCode(url)) event.respondWith(fresh(request, CODES));
  else if (isPart(url)) event.respondWith(fresh(request, PARTS));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offline(request)));
});
