// Leaves the site at once: the link works without this; with it the page is emptied first, "back" does not
// lead here again, and three presses of Shift do the same from the keyboard.
const link = document.querySelector("[data-exit]");
const WITHIN = 5000;
let pressed = [];

function leave(event) {
  event?.preventDefault();
  document.body.classList.add("hb-exit-now");
  document.title = "Loading";
  window.location.replace(link.href);
}

if (link) {
  link.addEventListener("click", leave);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      pressed = [];
      return;
    }
    const now = Date.now();
    pressed = [...pressed.filter((at) => now - at < WITHIN), now];
    if (pressed.length >= 3) leave();
  });
}
