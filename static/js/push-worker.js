// Shows what is pushed to this browser. It keeps nothing and fetches no page. KEY, MOVED and ICON stand above this.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A browser takes the permission away from whoever is pushed to and shows nothing.
const UNREADABLE = { title: "Child Rescue Alert", body: "", url: "/alerts/", kind: "alert", tag: "alert" };

function read(data) {
  try {
    const told = data.json();
    return typeof told?.title === "string" ? told : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

async function show(told) {
  const tag = String(told.tag ?? "");
  const said = `${told.title}\n${told.body}`;
  const shown = await self.registration.getNotifications(tag ? { tag } : {});
  const isRepeated = shown.some((one) => one.data?.said === said);
  const actions = told.leave && told.leave_label ? [{ action: "leave", title: told.leave_label }] : [];
  await self.registration.showNotification(told.title, {
    body: told.body,
    lang: told.lang,
    tag,
    icon: ICON,
    // The same once more is no news; other words are.
    renotify: Boolean(tag) && !isRepeated,
    silent: isRepeated,
    requireInteraction: told.kind === "alert" || told.kind === "update",
    actions,
    data: { url: told.url, leave: told.leave, said },
  });
}

self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

async function open(path) {
  const address = new URL(path ?? "/alerts/", self.location.origin);
  if (address.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === address.href);
  await (there ? there.focus() : self.clients.openWindow(address.href));
}

self.addEventListener("notificationclick", (event) => {
  const { action, notification } = event;
  notification.close();
  event.waitUntil(open(action === "leave" ? notification.data.leave : notification.data.url));
});

function inBase64(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// The push service gave this browser another address: alerts go on there.
async function move(event) {
  const old = event.oldSubscription;
  if (!old) return;
  const options = { userVisibleOnly: true, applicationServerKey: KEY };
  const fresh = event.newSubscription ?? (await self.registration.pushManager.subscribe(options));
  const keys = ["p256dh", "auth"].map((name) => inBase64(fresh.getKey(name)));
  const body = new URLSearchParams({ old: old.endpoint, subscription: [fresh.endpoint, ...keys].join(" ") });
  await fetch(MOVED, { method: "POST", body, credentials: "omit" });
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(move(event)));
