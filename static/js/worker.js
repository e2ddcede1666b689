// Keeps one page of the reader's own, tickets and next dates, for when there is no network.
// PORTAL, which the server writes in front (`portal.offline`), is all that it may keep: that page
// and what it loads. Every other page comes from the network, and none of them is kept.
"use strict";

const FILES = `files-${PORTAL.version}`;
const OWN = "own";
const FOR = "X-Kept-For"; // whose session an answer is of: a mark, or nobody
const SECONDS = "X-Kept-Seconds"; // how long; on the page that may be kept, and on no other
const UNTIL = "X-Kept-Until"; // the same by this phone's own clock
const READ_EVERY = 10 * 60 * 1000; // milliseconds
const PATIENCE = 6000;
const AWAY = [502, 503, 504]; // what stands in front of the portal says that it is not there
let times = 0; // how often all was dropped: what was on its way then is not kept
let isStale = false; // something was sent, or there was no network
let readAt = 0;

async function ownPage() {
  const found = await caches.match(PORTAL.own, { cacheName: OWN, ignoreVary: true });
  if (found && Date.now() > Number(found.headers.get(UNTIL))) {
    await caches.delete(OWN);
    return undefined;
  }
  return found;
}

async function drop() {
  times += 1;
  for (const name of await caches.keys()) {
    await caches.delete(name);
  }
  await self.registration.unregister();
}

async function keep(answer, cache) {
  const headers = new Headers(answer.headers);
  headers.set(UNTIL, Date.now() + 1000 * Number(headers.get(SECONDS)));
  await cache.put(PORTAL.own, new Response(await answer.blob(), { headers }));
}

async function readAgain() {
  const before = times;
  isStale = false;
  readAt = Date.now();
  const cache = await caches.open(OWN);
  const answer = await fetch(PORTAL.own, { redirect: "manual" }).catch(() => null);
  if (!answer || answer.status >= 500 || before !== times) {
    return;
  }
  // A reader who is signed out, or with whom nothing may stay.
  await (answer.ok && answer.headers.has(SECONDS) ? keep(answer, cache) : drop());
}

// Each page that the portal answers says whose session it is.
async function lookAt(answer, path) {
  const reader = answer.headers.get(FOR);
  if (reader === "nobody") {
    await drop();
  } else if (reader) {
    const own = await ownPage();
    const isAnothers = own && own.headers.get(FOR) !== reader;
    if (isAnothers) {
      await caches.delete(OWN);
    }
    const isOld = Date.now() > readAt + READ_EVERY;
    if (!own || isAnothers || isStale || isOld || path.startsWith(PORTAL.mine)) {
      await readAgain();
    }
  }
}

function answerTo(event, path) {
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  if (!path.startsWith(PORTAL.mine)) {
    return answer;
  }
  const late = new Promise((_, giveUp) => setTimeout(giveUp, PATIENCE)); // at a door with one bar
  return Promise.race([answer, late]);
}

async function opened(event, path) {
  const answer = await answerTo(event, path).catch(() => null);
  const isHere = answer && !(AWAY.includes(answer.status) && path.startsWith(PORTAL.mine));
  if (isHere) {
    event.waitUntil(lookAt(answer, path));
    return answer;
  }
  isStale = true;
  return (await ownPage()) ?? answer ?? (await caches.match(PORTAL.away)) ?? Response.error();
}

async function begin() {
  for (const name of await caches.keys()) {
    if (name !== FILES && name !== OWN) {
      await caches.delete(name);
    }
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
  await readAgain();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll([PORTAL.away, ...PORTAL.files])));
});

self.addEventListener("activate", (event) => event.waitUntil(begin()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(opened(event, pathname));
  } else if (request.mode === "navigate") {
    isStale = true;
    if (pathname === PORTAL.out) {
      event.waitUntil(drop()); // whatever the network says
    }
  } else if (origin === location.origin && PORTAL.files.includes(pathname)) {
    event.respondWith(
      caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)),
    );
  }
});
