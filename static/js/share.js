// Share (or copy the address) and print, on pages that people pass on. Without this file the address bar does it.

const place = document.querySelector("[data-share]");

const addButton = (name, text, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.action = name;
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
    addButton("share", "Share", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  } else {
    addButton("copy", "Copy the link", async () => {
      try {
        await navigator.clipboard.writeText(address);
        status.dataset.state = "copied";
        status.textContent = "Copied.";
      } catch {
        status.textContent = address;
      }
    });
  }
  addButton("print", "Print", () => window.print());
  place.append(status);
}
