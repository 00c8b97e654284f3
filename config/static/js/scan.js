// The camera reads a code where the browser can; the box below takes a typed one always.
const form = document.querySelector("[data-scan]");
const offer = form.querySelector("[data-camera]");
const view = form.querySelector("[data-view]");
const failed = form.querySelector("[data-no-camera]");
const PAUSE = 250;

const readable = async () => {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return [];
  const wanted = ["qr_code", "data_matrix", "code_128"];
  const known = await BarcodeDetector.getSupportedFormats();
  return wanted.filter((one) => known.includes(one));
};

const stop = (stream) => {
  for (const track of stream.getTracks()) track.stop();
  view.hidden = true;
};

const watch = async (formats) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats });
  view.srcObject = stream;
  view.hidden = false;
  await view.play();
  addEventListener("pagehide", () => stop(stream), { once: true });
  const look = async () => {
    const [found] = view.hidden ? [] : await detector.detect(view);
    if (!found) return view.hidden || setTimeout(look, PAUSE);
    stop(stream);
    form.elements.text.value = found.rawValue.slice(0, 1000);
    form.requestSubmit();
  };
  await look();
};

const formats = await readable().catch(() => []);
if (formats.length) offer.hidden = false;
offer.querySelector("button").addEventListener("click", () => {
  failed.hidden = true;
  watch(formats).catch(() => {
    view.hidden = true;
    failed.hidden = false;
  });
});
