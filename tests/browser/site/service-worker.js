/* As the driver app's worker: whole pages at install, then the network first, and what was last seen without one. */
const SHELL = ["/", "/pages/driver-app/", "/pages/driver-app/index.html", "/pages/driver-app/offline.html", "/api.js"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open("shell").then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(fresh(event.request));
});

async function fresh(request) {
  try {
    const response = await fetch(request);
    if (response.status === 200) await (await caches.open("seen")).put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    if (request.mode === "navigate") return caches.match("/pages/driver-app/offline.html");
    throw error;
  }
}
