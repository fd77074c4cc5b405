// The list of phones: a form that leads to one.

document.getElementById("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = new FormData(event.target);
  location.assign(`/phones/${encodeURIComponent(given.get("theirs"))}/${encodeURIComponent(given.get("ours"))}`);
});
