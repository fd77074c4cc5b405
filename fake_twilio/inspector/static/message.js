// One message, live: the server draws it anew when something happened; webhooks can be brought again.

import { drawn } from "/inspector/drawn.js";
import { change, follow, offerCopies, say } from "/inspector/page.js";

const shown = () => document.getElementById("message");

/** Put what the server draws now in the place of what it drew before; what is open stays open. */
async function redraw() {
  const page = await drawn();
  if (!page) return;
  const fresh = page.getElementById("message");
  if (!fresh) return location.reload();
  const open = new Set([...shown().querySelectorAll("details[open]")].map((one) => one.dataset.key));
  for (const one of fresh.querySelectorAll("details")) one.open = open.has(one.dataset.key);
  offerReplays(fresh);
  offerCopies(fresh);
  const focused = document.activeElement;
  keepForms(fresh);
  shown().replaceWith(fresh);
  if (fresh.contains(focused)) focused.focus();
}

/** Put the forms that somebody may be filling in the place of the new ones for the same webhook. */
function keepForms(fresh) {
  const filled = [...shown().querySelectorAll(".replay")];
  for (const form of fresh.querySelectorAll(".replay")) {
    const place = filled.findIndex((one) => one.dataset.token === form.dataset.token);
    if (place >= 0) form.replaceWith(...filled.splice(place, 1));
  }
}

/** Whether a message is this one, or another between its two ends: an answer, or a STOP. */
function concerns(row) {
  const { sid, pair } = shown().dataset; // a service may have chosen a sender meanwhile
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
follow(Number(shown().dataset.newest), (changes) => {
  if (changes.gone.includes(shown().dataset.sid)) return location.reload();
  if (changes.is_anew || changes.rows.some(concerns)) redraw();
});
