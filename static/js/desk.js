// Keys for the desk, and the lease that is renewed while somebody works. Everything works without this file.

const rows = [...document.querySelectorAll("[data-row]")];
let at = -1;

const typing = (element) => element.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

const mark = (place) => {
  rows[at]?.classList.remove("marked");
  at = Math.max(0, Math.min(rows.length - 1, place));
  rows[at]?.classList.add("marked");
  rows[at]?.querySelector("a").focus();
};

const press = (selector) => document.querySelector(selector)?.click();

const keys = {
  j: () => mark(at + 1),
  k: () => mark(at - 1),
  o: () => rows[at]?.querySelector("form button").click(),
  x: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
  n: () => press('[data-key="n"]'),
  g: () => press('[data-key="g"]'),
  r: () => document.querySelector("[data-decide] [name=reason]")?.focus(),
  "?": () => {
    const help = document.getElementById("keys");
    help.open = true;
    help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-decide]");
  if (form && event.key === "Enter" && event.ctrlKey) return form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.documentElement.dataset.keys === "off") return;
  const choice = form?.querySelectorAll("[name=act]")[event.key === "0" ? 9 : Number(event.key) - 1];
  const act = choice ? () => { choice.click(); choice.focus(); } : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The list of reasons shows those for the chosen decision only; each group bears the name of its decision.
for (const list of document.querySelectorAll("[data-decide] [name=reason], .bulk [name=reason]")) {
  const acts = list.form.elements.act;
  const groups = [...list.querySelectorAll("optgroup")];
  const narrow = () => {
    const chosen = acts.selectedOptions?.[0] ?? [...acts].find((act) => act.checked)?.labels[0];
    if (!chosen) return;
    const { value } = list;
    for (const group of groups) group.remove();
    list.append(...groups.filter((group) => group.label === chosen.textContent.trim()));
    list.value = [...list.options].some((option) => option.value === value) ? value : "";
  };
  document.addEventListener("change", ({ target }) => target.name === "act" && target.form === list.form && narrow());
  narrow();
}

// The lease lasts ten minutes; it is kept while somebody types or clicks here.
const lease = document.querySelector("[data-lease]");
if (lease) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let active = false;
  for (const kind of ["keydown", "pointerdown", "scroll"]) addEventListener(kind, () => (active = true), { passive: true });
  setInterval(async () => {
    if (!active) return;
    active = false;
    try {
      const answer = await fetch(lease.dataset.lease, { method: "POST", headers: { "X-CSRFToken": token } });
      const said = await answer.json();
      if (said.problem) lease.textContent = said.problem;
      else {
        const time = new Date(said.until);
        lease.querySelector("time").textContent = time.toISOString().slice(11, 16);
      }
    } catch {} // Offline for a moment: the next one tries again.
  }, 120_000);
}
