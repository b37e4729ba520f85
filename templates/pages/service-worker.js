// Keeps pages that were read, for when the site cannot be reached. The network comes first, always; a copy says that it
// is one. Only public pages are kept, and no searches: nothing that the server marks as private, or that was typed. The
// copy of a page that is gone, moved or not public any more is deleted as soon as the site says so.

const VERSION = "{{ version }}";
const PAGES = `pages-${VERSION}`;
const FILES = `files-${VERSION}`;
const OFFLINE = "{{ offline }}";
const NEEDED = [OFFLINE, {% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const MOST_PAGES = 60;
// What a proxy answers when the site behind it does not, and the site when it cannot work.
const DOWN = new Set([502, 503, 504]);
// What says nothing about the page: it is asked for too often, or the site failed.
const TEMPORARY = new Set([...DOWN, 408, 425, 429, 500]);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const start = async () => {
    for (const name of await caches.keys()) if (name !== PAGES && name !== FILES) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(start());
});

const keep = async (request, response) => {
  const cache = await caches.open(PAGES);
  await cache.put(request, response);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) await cache.delete(old);
};

// A page that is hidden is hidden under every query.
const drop = async (request) => (await caches.open(PAGES)).delete(request, { ignoreSearch: true });

const note = (response) => {
  const at = new Date(response.headers.get("Date") ?? "");
  const known = !Number.isNaN(at.getTime());
  const when = known ? at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }) : "an earlier day";
  const day = known ? ` datetime="${at.toISOString()}"` : "";
  return `<p class="callout caution" role="status" data-offline>The site cannot be reached at the moment. This is the copy that your browser kept on <time${day}>${when}</time>; the page may have changed since.</p>`;
};

// The kept copy of a page with a note that it is one, or undefined.
const copyOf = async (request) => {
  const kept = await (await caches.open(PAGES)).match(request);
  if (!kept) return undefined;
  const headers = new Headers(kept.headers);
  // The text is decoded, and longer now.
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const text = await kept.text();
  const marked = text.replace(/<main[^>]*>[^]*?<div class="wrap">/, (start) => start + note(kept));
  return new Response(marked, { headers });
};

const page = async (event, url) => {
  try {
    const response = await fetch(event.request);
    const open = (response.headers.get("Cache-Control") ?? "").includes("public");
    // The browser itself follows redirects of a visit, so that here they are answers that are not ok.
    if (!response.ok || !open || response.redirected) {
      if (!TEMPORARY.has(response.status)) event.waitUntil(drop(event.request));
    } else if (!url.search) event.waitUntil(keep(event.request, response.clone()));
    return (DOWN.has(response.status) && (await copyOf(event.request))) || response;
  } catch {
    return (await copyOf(event.request)) ?? (await caches.match(OFFLINE));
  }
};

const file = async (request) => (await caches.match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("{{ static_url }}")) event.respondWith(file(event.request));
});
