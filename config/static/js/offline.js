// Says so while the device has no connection, and takes it back when it has.
const notice = document.querySelector("[data-offline]");
const tell = () => {
  notice.hidden = navigator.onLine;
};

if (notice) {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}
