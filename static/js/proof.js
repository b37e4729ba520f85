// The proof of work that keeps floods away from anonymous reports and guessers from accounts: ALTCHA's challenge, solved
// with the browser's own cryptography while somebody types. A report without it is taken too, and waits a little longer.

const challenge = JSON.parse(document.getElementById("challenge").textContent);
const field = document.querySelector('input[name="proof"]');
const { form } = field;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const hexOf = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

const derived = async ({ nonce, salt, cost, keyLength }, counter) => {
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  new DataView(password.buffer).setUint32(nonce.length / 2, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const options = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hexOf(await crypto.subtle.deriveBits(options, key, keyLength * 8));
};

const solve = async () => {
  const { parameters } = challenge;
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derived(parameters, counter);
    if (derivedKey.startsWith(parameters.keyPrefix)) {
      field.value = btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
      return;
    }
  }
};

let working = null;
const begin = () => {
  working ??= solve().catch(() => {});
  return working;
};

if (crypto.subtle) {
  form.addEventListener("input", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    const { submitter } = event;
    event.preventDefault();
    await begin();
    if (!field.value) field.value = "none";
    form.requestSubmit(submitter);
  });
}
