// Lets the phone keep tickets and next dates (`worker.js`). A page that was kept stands in for
// another one: that is opened as soon as there is a network. Without this script every page is as
// ever, with a network.
"use strict";

const { worker, away } = document.currentScript.dataset;
const standsAt = document.documentElement.dataset.kept; // of a page that was kept
const TRIES_EVERY = 5000;

async function tryAgain() {
  const answer = document.hidden ? null : await fetch(away, { method: "HEAD" }).catch(() => null);
  if (answer?.ok) {
    location.reload();
  }
}

if (standsAt === undefined) {
  navigator.serviceWorker?.register(worker, { updateViaCache: "all" }).catch(() => undefined);
} else if (standsAt !== location.pathname) {
  window.addEventListener("online", tryAgain);
  setInterval(tryAgain, TRIES_EVERY);
}
