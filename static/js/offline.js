// Registers the service worker that keeps read pages for later, and says when a page is such a copy.

const say = () => {
  if (document.querySelector("[data-offline]")) return;
  const note = document.createElement("p");
  note.className = "callout caution";
  note.dataset.offline = "";
  note.setAttribute("role", "status");
  note.textContent = "You are offline. This is the copy from your last visit; it may have changed since.";
  document.querySelector("main > .wrap")?.prepend(note);
};

const unsay = () => document.querySelector("[data-offline]")?.remove();

addEventListener("offline", say);
addEventListener("online", unsay);
if (!navigator.onLine && !document.querySelector("[data-offline-page]")) say();

if ("serviceWorker" in navigator) {
  const address = "/service-worker.js";
  // The only script address that this site ever hands to the browser from a script.
  const policy = globalThis.trustedTypes?.createPolicy("app", {
    createScriptURL: (given) => {
      if (given !== address) throw new TypeError("not our service worker");
      return given;
    },
  });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(address) : address).catch(() => {});
}
