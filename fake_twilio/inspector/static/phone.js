// A phone: what is typed comes in as if its owner had written it, and what is answered appears.

import { drawn } from "/inspector/drawn.js";
import { change, follow, offerCopies, say } from "/inspector/page.js";

const form = document.getElementById("say");
const { theirs, ours, newest } = document.getElementById("phone").dataset;

async function send(body, media) {
  try {
    await change("POST", "/receive", { sender: theirs, recipient: ours, body, media_urls: media ? [media] : [] });
    say("sent");
    form.reset();
  } catch (error) {
    say(error.message);
  }
}

/** Put what the server draws now in the place of what it drew before. */
async function redraw() {
  const fresh = (await drawn())?.getElementById("phone");
  if (!fresh) return;
  document.getElementById("phone").replaceWith(fresh);
  offerCopies(fresh);
  fresh.querySelector(".bubbles").lastElementChild?.scrollIntoView({ block: "nearest" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = new FormData(form);
  if (given.get("body") || given.get("media")) send(given.get("body"), given.get("media"));
});
form.elements.body.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
});
for (const button of form.querySelectorAll("[data-word]")) {
  button.addEventListener("click", () => send(button.dataset.word, ""));
}
follow(Number(newest), (changes) => {
  const isOfThisPair = (row) => [row.sender, row.recipient].includes(theirs) && [row.sender, row.recipient].includes(ours);
  const isShown = (sid) => document.querySelector(`.bubbles [href="/messages/${CSS.escape(sid)}"]`);
  if (changes.is_anew || changes.rows.some(isOfThisPair) || changes.gone.some(isShown)) redraw();
});
