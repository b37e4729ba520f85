// A report was sent, or a draft deleted: what this browser kept of it, under any id that it had, is removed.

for (const { dataset } of document.querySelectorAll("[data-sent]")) {
  for (const id of dataset.sent.split(" ")) localStorage.removeItem(`draft:${id}`);
}
