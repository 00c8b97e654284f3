// Arrivals noted on this device without a connection: signed, kept, and sent once there is one.
const account = document.body.dataset.account;
const OPEN = ["approved", "expired"];

const done = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const base = () => {
  const asked = indexedDB.open("jianbei", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("keys", { keyPath: "account" });
    asked.result.createObjectStore("arrivals", { keyPath: ["account", "filing"] });
  };
  return done(asked);
};

const on = async (store, act, mode = "readwrite") => {
  const opened = await base();
  try {
    return await done(act(opened.transaction(store, mode).objectStore(store)));
  } finally {
    opened.close();
  }
};

const text64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const csrf = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1] ?? "";

const post = (url, body, headers = {}) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), ...headers },
    body: JSON.stringify(body),
  });

const named = () =>
  [navigator.userAgentData?.platform, navigator.userAgentData?.brands?.at(-1)?.brand]
    .filter(Boolean)
    .join(" · ") || navigator.userAgent.slice(0, 120);

// The private key cannot be read out of the browser, by this page as little as by another.
const fresh = async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const held = { account, pair, device: null };
  await on("keys", (keys) => keys.put(held));
  return held;
};

const revoked = async (held) => {
  const answer = await fetch(`/api/v1/devices/${held.device}/`);
  return answer.status === 404 || (answer.ok && (await answer.json()).revoked_at !== null);
};

// The key of this account on this device, registered as soon as there is a connection.
export const prepare = async () => {
  let held = await on("keys", (keys) => keys.get(account), "readonly");
  if (!held || (held.device !== null && navigator.onLine && (await revoked(held)))) held = await fresh();
  if (held.device !== null || !navigator.onLine) return held;
  const spki = text64(await crypto.subtle.exportKey("spki", held.pair.publicKey));
  const answer = await post("/api/v1/devices/", { name: named(), public_key: spki });
  if (answer.ok) held.device = (await answer.json()).id;
  await on("keys", (keys) => keys.put(held));
  return held;
};

export const note = async (filing, title, said) => {
  const record = JSON.stringify({ filing, arrived_at: new Date().toISOString(), ...said });
  const held = await prepare().catch(() => null);
  const signed =
    held &&
    (await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      held.pair.privateKey,
      new TextEncoder().encode(record),
    ));
  const signature = signed ? text64(signed) : "";
  const kept = { account, filing, title, record, signature, key: crypto.randomUUID(), at: Date.now() };
  await on("arrivals", (arrivals) => arrivals.put(kept));
};

export const all = async () =>
  (await on("arrivals", (arrivals) => arrivals.getAll(), "readonly")).filter((one) => one.account === account);

const forget = (one) => on("arrivals", (arrivals) => arrivals.delete([one.account, one.filing]));

const refused = async (one, answer) => {
  const said = await answer.json();
  one.refused = (said.problems ?? []).map((each) => each.message).join(" ") || said.detail;
  await on("arrivals", (arrivals) => arrivals.put(one));
};

const sendOne = async (one, held) => {
  const where = `/api/v1/filings/${one.filing}/`;
  const now = await fetch(`${where}?fields=status`);
  if (!now.ok) return false;
  // Whoever was faster, on this device or on another, recorded the one arrival there is.
  if (!OPEN.includes((await now.json()).status)) {
    await forget(one);
    return true;
  }
  const body = { record: one.record, sent_at: new Date().toISOString() };
  if (one.signature) body.signature = one.signature;
  if (one.signature && held?.device) body.device = held.device;
  const seen = { "If-Match": now.headers.get("ETag"), "Idempotency-Key": `${one.key}-${now.headers.get("ETag")}` };
  const answer = await post(`${where}check_in_late/`, body, seen);
  if (answer.ok) await forget(one);
  else if (answer.status === 400) await refused(one, answer);
  return answer.ok;
};

// How many of the arrivals on this device are in the register now that were not before.
export const send = async () => {
  if (!account || !navigator.onLine) return 0;
  const waiting = await all();
  if (!waiting.length) return 0;
  const held = await prepare().catch(() => null);
  let sent = 0;
  for (const one of waiting) sent += await sendOne(one, held).catch(() => false);
  return sent;
};
