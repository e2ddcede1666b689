// Reads tickets with the camera where the browser can; the form beside it needs none of this.
"use strict";

const form = document.getElementById("scan");
const field = document.getElementById("id_ticket");
const start = document.getElementById("start");
const camera = document.getElementById("camera");
const picture = document.getElementById("picture");
const REMEMBERED = "scan-by-camera";

async function watch() {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  picture.srcObject = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment" },
  });
  camera.hidden = false;
  start.hidden = true;
  await picture.play();
  sessionStorage.setItem(REMEMBERED, "yes");
  look(detector);
}

async function look(detector) {
  const [found] = await detector.detect(picture).catch(() => []);
  if (found) {
    field.value = found.rawValue;
    form.requestSubmit();
  } else {
    requestAnimationFrame(() => look(detector));
  }
}

if ("BarcodeDetector" in window && navigator.mediaDevices) {
  const begin = () => watch().catch(() => { start.hidden = false; });
  start.hidden = false;
  start.addEventListener("click", begin);
  // One ticket after the other: the camera goes on by itself once it has been started.
  if (sessionStorage.getItem(REMEMBERED)) {
    begin();
  }
}
