// Registers the service worker, which keeps pages that were read for when the site cannot be reached.

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
