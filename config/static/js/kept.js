// What one account has typed on this device: one entry per form, gone when its arrival is known.
const account = document.body.dataset.account;
const prefix = `jianbei/${account}/`;

const store = () => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

export const read = (name) => JSON.parse(store()?.getItem(prefix + name) ?? "null");
export const write = (name, entry) => store()?.setItem(prefix + name, JSON.stringify(entry));
export const forget = (name) => store()?.removeItem(prefix + name);

export const all = () =>
  Object.keys(store() ?? {})
    .filter((key) => key.startsWith(prefix))
    .map((key) => ({ name: key.slice(prefix.length), ...JSON.parse(store().getItem(key)) }));

// The server names the form that has arrived in a cookie, after whichever page the answer leads to.
export const clear = () => {
  const arrived = document.cookie.match(/(?:^|; )done=([A-Za-z0-9-]+)/)?.[1];
  if (!arrived) return;
  for (const one of all()) if (one.key === arrived) forget(one.name);
  document.cookie = "done=; path=/; max-age=0; samesite=lax";
};
