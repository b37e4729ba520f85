// A report was sent: what this browser kept of it is removed.

for (const { dataset } of document.querySelectorAll("[data-sent]")) localStorage.removeItem(`draft:${dataset.sent}`);
