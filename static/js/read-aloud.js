// Reads the main text of a page aloud, by the browser's own voice for the language of the page.
// The button is shown only where there is such a voice; a second press, or leaving, stops it.
"use strict";

const aloud = document.getElementById("read-aloud");
const speech = window.speechSynthesis;
const language = document.documentElement.lang.slice(0, 2);
let isReading = false;

// Mandarin before other voices that read Chinese characters.
function voice() {
  const fitting = speech.getVoices().filter((one) => one.lang.toLowerCase().startsWith(language));
  return fitting.find((one) => /^zh[-_]cn/i.test(one.lang)) ?? fitting[0];
}

function show() {
  aloud.hidden = !voice();
}

function toggle(reads) {
  isReading = reads;
  for (const words of aloud.querySelectorAll("[data-reading]")) {
    words.hidden = (words.dataset.reading === "true") !== reads;
  }
}

function stop() {
  toggle(false);
  speech.cancel();
}

// Line by line: browsers break off after a quarter of a minute of one long text.
function read() {
  const lines = document.getElementById("main").innerText.split("\n").filter((line) => line.trim());
  const spoken = lines.map((line) => new SpeechSynthesisUtterance(line));
  for (const one of spoken) {
    one.voice = voice();
    one.lang = one.voice.lang;
    one.rate = 0.9;
  }
  spoken.at(-1)?.addEventListener("end", () => toggle(false));
  speech.cancel();
  toggle(spoken.length > 0);
  spoken.forEach((one) => speech.speak(one));
}

if (speech) {
  speech.onvoiceschanged = show;
  show();
  aloud.addEventListener("click", () => (isReading ? stop() : read()));
  window.addEventListener("pagehide", stop);
}
