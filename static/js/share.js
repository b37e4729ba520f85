// Share (or copy the address) and print, on pages that people pass on. Without this file the address bar does it.

const place = document.querySelector("[data-share]");

const addButton = (text, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", act);
  place.append(button, " ");
  return button;
};

if (place) {
  const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const status = document.createElement("span");
  status.className = "meta";
  status.setAttribute("role", "status");
  if (navigator.share) {
    addButton("Share", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  } else {
    addButton("Copy the link", async () => {
      try {
        await navigator.clipboard.writeText(address);
        status.textContent = "Copied.";
      } catch {
        status.textContent = address;
      }
    });
  }
  addButton("Print", () => window.print());
  place.append(status);
}
