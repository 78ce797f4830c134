// Lets this browser get alerts: asks for its permission after a press alone, subscribes it at its push service
// and puts the subscription into the form. Without this the page says what to choose instead.
const box = document.querySelector("[data-push]");
const field = document.querySelector('input[name="subscription"]');

function say(state) {
  for (const one of box.querySelectorAll("[data-push-state]")) {
    one.hidden = !one.dataset.pushState.split(" ").includes(state);
  }
}

function inBase64(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function take(subscription) {
  const keys = ["p256dh", "auth"].map((name) => inBase64(subscription.getKey(name)));
  field.value = [subscription.endpoint, ...keys].join(" ");
  say("done");
}

async function registered() {
  await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope });
  for (;;) {
    const found = await navigator.serviceWorker.getRegistration(box.dataset.scope);
    if (found?.active) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function subscribed(registration) {
  const options = { userVisibleOnly: true, applicationServerKey: box.dataset.key };
  try {
    return await registration.pushManager.subscribe(options);
  } catch (error) {
    // It was subscribed with another key of ours, which is gone.
    const old = await registration.pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return registration.pushManager.subscribe(options);
  }
}

async function ask() {
  say("asking");
  const answer = await Notification.requestPermission();
  if (answer !== "granted") {
    say(answer === "denied" ? "denied" : "ready");
    return;
  }
  try {
    take(await subscribed(await registered()));
  } catch {
    say("failed");
  }
}

async function look() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    const isApple = /iPhone|iPad/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);
    say(isApple ? "apple" : "unsupported");
    return;
  }
  say(Notification.permission === "denied" ? "denied" : "ready");
  const registration = await navigator.serviceWorker.getRegistration(box.dataset.scope);
  const known = Notification.permission === "granted" && (await registration?.pushManager.getSubscription());
  if (known) take(known);
}

if (box && field) {
  for (const button of box.querySelectorAll("button")) button.addEventListener("click", ask);
  look();
}
