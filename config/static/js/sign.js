// Who received the result signs on the screen; the picture goes with the form. Without this, paper.
const pad = document.querySelector("[data-sign]");
const form = pad?.closest("form");
const canvas = pad?.querySelector("canvas");
const field = form?.querySelector("[data-signed]");
const channel = form?.querySelector("[name=channel]");
const SIGNED = "on_the_spot";
const REFUSED = "unsigned";

const begin = () => {
  const scale = Math.min(devicePixelRatio || 1, 2);
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.lineWidth = 2.2;
  pen.lineCap = pen.lineJoin = "round";
  field.value = "";
  return pen;
};

const fit = () => {
  pad.hidden = channel.value !== SIGNED;
  for (const name of ["note", "witness", "recording"]) {
    const asked = form.querySelector(`[name=${name}]`)?.closest(".field");
    if (asked) asked.hidden = channel.value !== REFUSED;
  }
};

if (pad && channel && canvas.getContext) {
  fit();
  let pen = pad.hidden ? null : begin();
  let down = false;
  channel.addEventListener("change", () => {
    fit();
    if (pad.hidden) field.value = "";
    else pen = begin();
  });
  canvas.addEventListener("pointerdown", (event) => {
    down = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(event.offsetX, event.offsetY);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(event.offsetX, event.offsetY);
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    down = false;
    field.value = canvas.toDataURL("image/png");
  });
  pad.querySelector("button").addEventListener("click", () => (pen = begin()));
}
