// A box above a long list of choices narrows it while one types; without it the list just scrolls.
for (const box of document.querySelectorAll("input[data-narrow]")) {
  const list = document.getElementById(box.dataset.narrow);
  const rows = [...list.querySelectorAll("li")];
  box.closest("[hidden]").hidden = false;
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const row of rows) {
      const kept = row.querySelector(":checked") || row.textContent.toLowerCase().includes(wanted);
      row.hidden = !kept;
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
