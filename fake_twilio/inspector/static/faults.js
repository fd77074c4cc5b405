// The dials for faults: what is pulled or typed is turned at once, and each answer shows how far all are turned.

import { change, say } from "/inspector/page.js";

const form = document.getElementById("dials");
const told = document.getElementById("turned-up");
const allOff = document.getElementById("all-off");
let turns = Promise.resolve(); // one after the other, so that the last one has the last word
let waiting = 0;

const percent = (share) => String(Number((share * 100).toPrecision(6)));

/** Turn, and show what came of it; while more is to be turned, the page is left as the hand has it. */
function turn(body) {
  waiting += 1;
  turns = turns.then(async () => {
    try {
      const { faults } = await change("POST", "/faults", body);
      if (waiting === 1) show(faults);
    } catch (error) {
      say(error.message);
    }
    waiting -= 1;
  });
}

function show(faults) {
  for (const { name, share } of faults) {
    const dial = form.querySelector(`[data-fault="${name}"]`);
    dial.classList.toggle("is-on", share > 0);
    for (const input of dial.querySelectorAll("input")) input.value = percent(share);
  }
  const on = faults.filter(({ share }) => share > 0).map(({ name, share }) => `${name} ${percent(share)} %`);
  told.textContent = on.join(", ") || "none";
  told.parentElement.classList.toggle("is-on", on.length > 0);
  say(`faults: ${told.textContent}`);
}

for (const dial of form.querySelectorAll("[data-fault]")) {
  const [range, number] = dial.querySelectorAll("input");
  range.addEventListener("input", () => { number.value = String(Math.round(range.value)); });
  range.addEventListener("change", () => turn({ fault: dial.dataset.fault, share: Math.round(range.value) / 100 }));
  number.addEventListener("change", () => {
    if (number.reportValidity()) turn({ fault: dial.dataset.fault, share: Number(number.value) / 100 });
  });
}

form.addEventListener("submit", (event) => event.preventDefault()); // Enter in a field has turned it already
allOff.addEventListener("click", () => turn({ all_off: true }));
for (const field of form.elements) field.disabled = false;
