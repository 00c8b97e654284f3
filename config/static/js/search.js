// “/” goes to the search from anywhere but a field one types in.
const boxes = [document.querySelector("main form[role=search] [type=search]"), document.querySelector("[data-search]")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  const box = boxes[1]?.offsetParent ? boxes[1] : boxes[0];
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
