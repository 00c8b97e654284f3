// At check-in the device may say where it is, when its officer asks it to.
for (const offer of document.querySelectorAll("[data-place]")) {
  if (!navigator.geolocation) continue;
  offer.hidden = false;
  const { elements } = offer.closest("form");
  const told = offer.querySelector("output");
  const note = ({ coords }) => {
    elements.latitude.value = coords.latitude.toFixed(6);
    elements.longitude.value = coords.longitude.toFixed(6);
    elements.accuracy.value = Math.min(Math.round(coords.accuracy), 100000);
    told.textContent = told.dataset.noted.replace("{metres}", elements.accuracy.value);
  };
  const refused = () => (told.textContent = told.dataset.refused);
  offer.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(note, refused, { enableHighAccuracy: true, timeout: 15000 });
  });
}
