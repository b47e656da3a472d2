// The site's service worker. What writes it puts VERSION, FILES and HEADERS before this text.
"use strict";
const CACHE = `atelier ${self.registration.scope} ${VERSION}`;
const AT_ONCE = 8; // files that are fetched beside one another

// At the first visit a kernel starts beside this, and its page says when all shall be kept. A new version takes the place of an
// old one only with all files.
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(oldCaches().then((old) => (old.length > 0 ? keepAll() : undefined)));
});

self.addEventListener("message", (event) => {
  if (event.data === "keep all") event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (new URL(url).pathname.endsWith("/api/service-worker-heartbeat")) return event.respondWith(new Response("ok"));
  if (method !== "GET" || !url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(event.request));
});

// One that cannot be had now is fetched when it is wanted.
async function keepAll() {
  const cache = await caches.open(CACHE);
  const waiting = FILES.map((name) => new URL(name, self.registration.scope).href);
  const keepNext = async () => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift())
      if (!(await cache.match(place))) await cache.add(place).catch(() => {});
  };
  await Promise.all(Array.from({ length: AT_ONCE }, keepNext));
}

async function takeOver() {
  await Promise.all((await oldCaches()).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function oldCaches() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(`atelier ${self.registration.scope} `) && name !== CACHE);
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) return withHeaders(found);
  const response = await fetch(request).catch(() => new Response("The network is away.", { status: 504 }));
  if (response.status === 200) await cache.put(request.url.split("?")[0], response.clone()).catch(() => {});
  return withHeaders(response);
}

function withHeaders(response) {
  if (response.type === "opaque" || response.type === "opaqueredirect" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
