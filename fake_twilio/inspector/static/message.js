// One message, live: the server draws it anew when something happened; webhooks can be brought again.

import { change, follow, offerCopies, say } from "/inspector/page.js";

let turns = 0; // of redrawing: an older answer never replaces a newer one
const sid = document.getElementById("message").dataset.sid;

/** Put what the server draws now in the place of what it drew before; what is open stays open. */
async function redraw() {
  const turn = ++turns;
  const text = await fetch(location.pathname).then((answer) => answer.text()).catch(() => null);
  if (text === null || turn !== turns) return; // the fake has stopped, or a newer one is under way
  const drawn = new DOMParser().parseFromString(text, "text/html").getElementById("message");
  if (!drawn) return location.reload();
  const shown = document.getElementById("message");
  const open = [...shown.querySelectorAll("details")].map((one) => one.open);
  [...drawn.querySelectorAll("details")].forEach((one, place) => { one.open = open[place] ?? false; });
  shown.replaceWith(drawn);
  offerCopies(drawn);
  offerReplays(drawn);
}

function offerReplays(part) {
  for (const button of part.querySelectorAll(".replay")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await change("POST", `/webhooks/${encodeURIComponent(button.dataset.token)}/replay`);
        say("the webhook is under way again");
      } catch (error) {
        say(error.message);
      }
    });
  }
}

offerReplays(document);
follow(Number(document.getElementById("message").dataset.newest), (changes) => {
  if (changes.is_anew || changes.rows.some((row) => row.sid === sid)) redraw();
});
