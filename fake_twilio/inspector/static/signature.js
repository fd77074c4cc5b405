// The workbench sends its fields in the address: what is too long for one is said before it is sent.

import { say } from "/inspector/page.js";

const form = document.getElementById("workbench");

form.addEventListener("submit", (event) => {
  const length = new URLSearchParams(new FormData(form)).toString().length;
  if (length <= Number(form.dataset.most)) return;
  event.preventDefault();
  say(`too long for an address: ${length} characters, ${form.dataset.most} may be`);
});
