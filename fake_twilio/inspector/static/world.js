// The world is changed by forms: each names the place of the admin API that it changes.

import { change, say } from "/inspector/page.js";

const KINDS = { boolean: (text) => text === "true", number: Number };

function bodyOf(form) {
  const fields = [...form.elements].filter((field) => field.name);
  return Object.fromEntries(fields.map((field) => [field.name, (KINDS[field.dataset.kind] ?? String)(field.value)]));
}

async function send(form) {
  if (form.dataset.sure && !confirm(form.dataset.sure)) return;
  try {
    await change("POST", form.dataset.change, bodyOf(form));
    location.reload();
  } catch (error) {
    say(error.message);
  }
}

document.addEventListener("submit", (event) => { // also of forms that are drawn anew
  if (!event.target.dataset.change) return;
  event.preventDefault();
  send(event.target);
});
