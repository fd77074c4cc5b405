// One message, live: the server draws it anew when something happened; webhooks can be brought again.

import { change, follow, offerCopies, say } from "/inspector/page.js";

let turns = 0; // of redrawing: an older answer never replaces a newer one
const { sid, pair } = document.getElementById("message").dataset;

/** Put what the server draws now in the place of what it drew before; what is open stays open. */
async function redraw() {
  const turn = ++turns;
  const text = await fetch(location.pathname).then((answer) => answer.text()).catch(() => null);
  if (text === null || turn !== turns) return; // the fake has stopped, or a newer one is under way
  const drawn = new DOMParser().parseFromString(text, "text/html").getElementById("message");
  if (!drawn) return location.reload();
  const shown = document.getElementById("message");
  const open = new Set([...shown.querySelectorAll("details[open]")].map((one) => one.dataset.key));
  for (const one of drawn.querySelectorAll("details")) one.open = open.has(one.dataset.key);
  offerReplays(drawn);
  const focused = document.activeElement;
  keepForms(shown, drawn);
  shown.replaceWith(drawn);
  if (drawn.contains(focused)) focused.focus();
  offerCopies(drawn);
}

/** Put the forms that somebody may be filling in the place of the new ones for the same webhook. */
function keepForms(shown, drawn) {
  const filled = [...shown.querySelectorAll(".replay")];
  for (const form of drawn.querySelectorAll(".replay")) {
    const place = filled.findIndex((one) => one.dataset.token === form.dataset.token);
    if (place >= 0) form.replaceWith(...filled.splice(place, 1));
  }
}

/** Whether a message is this one, or another between its two ends: an answer, or a STOP. */
function concerns(row) {
  const ends = row.is_inbound ? [row.recipient, row.sender] : [row.sender, row.recipient];
  return row.sid === sid || ends.join(" ") === pair;
}

function offerReplays(part) {
  for (const form of part.querySelectorAll(".replay")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      replay(form);
    });
  }
}

async function replay(form) {
  const { signature, times, after } = Object.fromEntries(new FormData(form));
  try {
    const path = `/webhooks/${encodeURIComponent(form.dataset.token)}/replay`;
    await change("POST", path, { signature, times: Number(times), after });
    await redraw();
    say("the webhook is under way again");
  } catch (error) {
    say(error.message);
  }
}

offerReplays(document);
follow(Number(document.getElementById("message").dataset.newest), (changes) => {
  if (changes.is_anew || changes.rows.some(concerns)) redraw();
});
