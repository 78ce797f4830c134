// Warns before an idle session ends, and hides the page when it has, keeping what was typed.
// The server decides: before warning, it is asked how long there is (another tab may have been used).
const dialog = document.getElementById("session-dialog");
const WARN_SECONDS = Number(dialog.dataset.warn);
const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
const { stay, cookie } = dialog.dataset;
let endsAt = Date.now() + Number(dialog.dataset.seconds) * 1000;
let asking = false;

const token = () => document.cookie.split("; ").find((pair) => pair.startsWith(`${cookie}=`))?.split("=")[1] ?? "";
const secondsLeft = () => Math.round((endsAt - Date.now()) / 1000);

// A look does not restart the clock; a touch does. Answers whether the session is alive.
async function ask({ touch }) {
  const headers = { "X-CSRFToken": token() };
  if (!touch) headers["X-Harbour-Poll"] = "1";
  const answer = await fetch(stay, { method: "POST", headers, redirect: "manual", credentials: "same-origin" });
  const seconds = Number(answer.headers.get("X-Session-Seconds"));
  if (answer.status !== 204 || !seconds) return false;
  endsAt = Date.now() + seconds * 1000;
  return true;
}

function show(which) {
  part("warning").hidden = which !== "warning";
  part("ended").hidden = which !== "ended";
  dialog.classList.toggle("hb-dialog--ended", which === "ended");
  document.getElementById("session-dialog-title").textContent =
    which === "ended" ? "You have been signed out" : "You will soon be signed out";
  if (dialog.open) return;
  dialog.showModal();
  document.dispatchEvent(new CustomEvent("harbour:signing-out"));
}

function close() {
  part("say").textContent = "";
  if (dialog.open) dialog.close();
}

// After signing in again the old forms carry an old token.
function renewTokens() {
  const fresh = token();
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = fresh;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
}

async function touch() {
  try {
    if (await ask({ touch: true })) {
      renewTokens();
      close();
    } else {
      show("ended");
      part("say").textContent = "You are not signed in yet.";
    }
  } catch {
    part("say").textContent = "The service cannot be reached just now. Try again.";
  }
}

async function check() {
  if (asking || secondsLeft() > WARN_SECONDS) return;
  if (dialog.open && !part("ended").hidden) return;
  asking = true;
  try {
    const alive = await ask({ touch: false });
    if (!alive || secondsLeft() <= 0) show("ended");
    else if (secondsLeft() > WARN_SECONDS) close();
    else show("warning");
  } catch {
    if (secondsLeft() <= 0) show("ended");
  } finally {
    asking = false;
  }
  const left = secondsLeft();
  part("left").textContent = left > 60 ? `${Math.ceil(left / 60)} minutes` : "less than a minute";
}

part("stay").addEventListener("click", touch);
part("resume").addEventListener("click", touch);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (part("ended").hidden) touch();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  // A person's own request restarted the clock on the server; a poll did not.
  if (detail.successful && detail.requestConfig?.triggeringEvent) ask({ touch: false }).catch(() => {});
});
setInterval(check, 10000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });
