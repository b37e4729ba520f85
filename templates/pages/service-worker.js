// Keeps pages that were read readable without a network. The network comes first, always; a copy is shown only
// when there is none. Only public pages are kept: nothing that the server marks as private.

const VERSION = "{{ version }}";
const PAGES = `pages-${VERSION}`;
const FILES = `files-${VERSION}`;
const OFFLINE = "{{ offline }}";
const NEEDED = [OFFLINE, {% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const MOST_PAGES = 60;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== PAGES && name !== FILES) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

const keep = async (request, response) => {
  const cache = await caches.open(PAGES);
  await cache.put(request, response);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) await cache.delete(old);
};

const page = async (event) => {
  try {
    const response = await fetch(event.request);
    const open = (response.headers.get("Cache-Control") ?? "").includes("public");
    if (response.ok && open && !response.redirected) event.waitUntil(keep(event.request, response.clone()));
    return response;
  } catch {
    return (await caches.match(event.request)) ?? (await caches.match(OFFLINE));
  }
};

const file = async (request) => (await caches.match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("{{ static_url }}")) event.respondWith(file(event.request));
});
