// The site's service worker. What writes it puts VERSION, PARTS and HEADERS before this text.
"use strict";
const CACHE = `atelier ${self.registration.scope} ${VERSION}`;
const AT_ONCE = 8; // files that are fetched beside one another

// At the first visit a kernel or the demo starts beside this, and its page says when its part of the site shall be kept. A new
// version takes the place of an old one only with all files of the parts that were kept.
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(renew());
});

self.addEventListener("message", (event) => {
  const [, part] = /^keep (\w+)$/.exec(event.data) ?? [];
  if (PARTS[part]) event.waitUntil(keep(PARTS[part]));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (new URL(url).pathname.endsWith("/api/service-worker-heartbeat")) return event.respondWith(new Response("ok"));
  if (method !== "GET" || !url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(event.request));
});

// One that cannot be had now is fetched when it is wanted.
async function keep({ files }) {
  const cache = await caches.open(CACHE);
  const waiting = files.map(placeOf);
  const keepNext = async () => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift())
      if (!(await cache.match(place))) await cache.add(place).catch(() => {});
  };
  await Promise.all(Array.from({ length: AT_ONCE }, keepNext));
}

async function renew() {
  const old = await Promise.all((await oldCaches()).map((name) => caches.open(name)));
  const isKept = async ({ sign }) => (await Promise.all(old.map((cache) => cache.match(placeOf(sign))))).some(Boolean);
  for (const part of Object.values(PARTS)) if (await isKept(part)) await keep(part);
}

function placeOf(name) {
  return new URL(name, self.registration.scope).href;
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
  const place = request.url.split(/[?#]/)[0];
  const found = await cache.match(place.endsWith("/") ? `${place}index.html` : place);
  if (found) return withHeaders(found);
  const response = await fetch(request).catch(() => new Response("The network is away.", { status: 504 }));
  if (response.status === 200) await cache.put(place, response.clone()).catch(() => {});
  return withHeaders(response);
}

function withHeaders(response) {
  if (response.type === "opaque" || response.type === "opaqueredirect" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
