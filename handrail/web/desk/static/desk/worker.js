/* The desk's service worker: shows pushes, opens what they are about, and says so when there is no connection.
 * It keeps the page without a connection and its style, named in SHELL, and never any page of a colleague.
 */
const KEPT = "desk-shell-" + SHELL.join()

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(SHELL)).then(() => self.skipWaiting()))
})

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("desk-shell-") && name !== KEPT).map((name) => caches.delete(name)))
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()))
})

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url)
  if (event.request.mode === "navigate" && event.request.method === "GET")
    event.respondWith(fetch(event.request).catch(() => caches.match(SHELL[0])))
  else if (SHELL.includes(url.pathname)) event.respondWith(fetch(event.request).catch(() => caches.match(url.pathname)))
})

self.addEventListener("push", (event) => {
  let said = {}
  try {
    said = event.data ? event.data.json() : {}
  } catch {
    // Nothing of ours; the browser still wants something shown.
  }
  const { title = "Handrail", body = "", tag = "notices", path = "/desk/notices", lang = "" } = said
  event.waitUntil(self.registration.showNotification(title, { body, tag, lang, renotify: true, data: { path } }))
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  const url = new URL(event.notification.data?.path ?? "/desk/notices", self.location.origin)
  // Only places of the desk, whatever a push says.
  const place = url.origin === self.location.origin && url.pathname.startsWith("/desk/") ? url.href : "/desk/notices"
  event.waitUntil(open(place))
})

async function open(place) {
  const windows = await self.clients.matchAll({ type: "window" })
  const here = windows.find((each) => each.url.split("#")[0] === place)
  return here ? here.focus() : self.clients.openWindow(place)
}
