// What went wrong with a passkey or security key, beside its button: without this file nothing would be said.

const BUTTONS = "#passkey_login, #mfa_webauthn_add, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate";
const KINDS = { NotAllowedError: "notAllowed", InvalidStateError: "invalidState", SecurityError: "security" };

const button = document.querySelector(BUTTONS);
const note = document.querySelector("[data-passkey-error]");

const say = (kind, detail = "") => {
  note.querySelector("span").textContent = detail ? `${note.dataset[kind]} (${detail})` : note.dataset[kind];
  note.dataset.state = kind;
  note.hidden = false;
  note.focus();
};

if (button && note) {
  (button.closest("p, .actions") ?? button).after(note);
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const { exception } = event.detail;
    const kind = window.PublicKeyCredential ? (KINDS[exception?.name] ?? "other") : "unsupported";
    say(kind, kind === "other" || kind === "security" ? exception?.message : "");
  });
}
