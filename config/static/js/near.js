// Whom one may have in front of oneself: the subjects near the place that the device tells.
const offer = document.querySelector("[data-near]");
const form = offer?.closest("form");
const into = form && document.getElementById(form.dataset.into);
const told = offer?.querySelector("output");

const show = async ({ coords }) => {
  const said = new URLSearchParams(new FormData(form));
  for (const extra of form.querySelectorAll("[data-live-only]")) said.set(extra.name, extra.value);
  said.set("q", "");
  said.set("near", `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}`);
  const answer = await fetch(`${form.dataset.live}?${said}`);
  if (answer.ok && !answer.redirected) into.innerHTML = await answer.text();
};

if (offer && navigator.geolocation) {
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    const refused = () => (told.textContent = told.dataset.refused);
    navigator.geolocation.getCurrentPosition(show, refused, { enableHighAccuracy: true, timeout: 15000 });
  });
}
