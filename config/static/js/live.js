// A search form shows what it finds while one types; without a script its button does.
const PAUSE = 220;

for (const form of document.querySelectorAll("form[data-live]")) {
  const into = document.getElementById(form.dataset.into);
  const box = form.querySelector("[type=search]");
  let asked = null;
  let waiting = 0;

  const query = () => {
    const said = new URLSearchParams(new FormData(form));
    for (const extra of form.querySelectorAll("[data-live-only]")) said.set(extra.name, extra.value);
    return said;
  };

  const look = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.live}?${query()}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      into.innerHTML = await answer.text();
      for (const rest of document.querySelectorAll("[data-until-found]")) rest.hidden = box.value !== "";
    } catch (error) {
      if (error.name !== "AbortError" && navigator.onLine) throw error;
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
}
