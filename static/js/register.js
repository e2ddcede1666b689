// The register of an afternoon: reads itself anew, and finds a child while its name is typed.
// Without this script the page is read anew by the browser, and the search by the server.
"use strict";

const every = 1000 * document.getElementById("register").dataset.every;
const find = document.getElementById("find");

function isMeant(line, wanted) {
  const [name, ...spellings] = line.dataset.find.split(" ");
  return name.includes(wanted) || spellings.some((word) => word.startsWith(wanted));
}

function narrow() {
  const wanted = find.value.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  for (const line of document.querySelectorAll("[data-find]")) {
    line.hidden = !isMeant(line, wanted);
  }
}

// Where the focus stands, as it can be found again in a page that was read anew.
function placeOf(element) {
  const own = element.getAttribute("href") ?? element.getAttribute("formaction");
  return own ?? element.closest("form")?.getAttribute("action");
}

function focusAgain(place) {
  const all = document.querySelectorAll("#register :is(a, button)");
  [...all].find((element) => placeOf(element) === place)?.focus({ preventScroll: true });
}

function somebodyTypes() {
  return document.activeElement.matches("#register :is(input, textarea, select)");
}

async function readAgain() {
  const answer = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected || somebodyTypes()) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const active = document.activeElement.closest("#register") && document.activeElement;
  const open = document.querySelector("#register details")?.open;
  const place = active && placeOf(active);
  for (const id of ["register", "again"]) {
    document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
  }
  if (open) {
    document.querySelector("#register details")?.setAttribute("open", "");
  }
  narrow();
  if (place) {
    focusAgain(place);
  }
}

find.addEventListener("input", narrow);
find.form.addEventListener("submit", (event) => event.preventDefault());
if (find.value) {
  readAgain(); // the server had left out the others
}
setInterval(() => document.hidden || readAgain(), every);
