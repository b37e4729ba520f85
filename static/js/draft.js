// Keeps the report form: in this browser at each pause, and on the server when it answers. Nothing here is needed to
// send a report; without it the button "Save as draft" does the same.

const form = document.querySelector("form[data-draft]");
const state = document.querySelector("[data-draft-state]");
const KEPT_HERE = state?.textContent ?? "";
const PREFIX = "draft:";
const PAUSE = 800;
const SKIPPED = new Set(["csrfmiddlewaretoken", "proof", "website", "pictures", "keep", "draft", "version", "sender"]);

const hidden = (name) => form.querySelector(`input[name="${name}"]`);

// The callout that says on which warning the report will stand.
const callout = () => {
  const box = form.querySelector("[data-joined]");
  return { box, link: box.querySelector("a"), button: box.querySelector("button") };
};

const show = (title, slug) => {
  const { box, link } = callout();
  hidden("joins").value = slug;
  link.textContent = title;
  link.href = `/warnings/${slug}/`;
  box.hidden = !slug;
  // The warning has these already.
  for (const part of form.querySelectorAll("[data-of-warning]")) part.hidden = Boolean(slug);
};

const typed = () => {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!SKIPPED.has(name) && typeof value === "string" && value) (fields[name] ??= []).push(value);
  }
  return fields;
};

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

// What the form holds from the start is nothing to keep.
const FROM_THE_START = new Set(["joins", "outcome", "currency", "unnamed", "notify"]);
const empty = () => {
  const counts = ([name, values]) => !FROM_THE_START.has(name) && values.some((value) => value.trim());
  return !Object.entries(typed()).some(counts);
};

const keep = () => {
  const key = PREFIX + hidden("draft").value;
  const kept = { at: Date.now(), version: hidden("version").value, fields: typed(), joined: callout().link.textContent };
  try {
    if (empty()) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full or forbidden storage: the server keeps the draft as well.
  }
};

// The server keeps this text under another id now: it goes on under that one here as well.
const move = (from) => {
  keep();
  try {
    localStorage.removeItem(PREFIX + from);
  } catch {
    // What cannot be reached cannot come back either.
  }
};

const fill = (fields) => {
  for (const [name, values] of Object.entries(fields)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0];
    }
  }
};

// The newest text that this browser kept and nobody sent.
const newest = () => {
  let found = null;
  for (const key of Object.keys(localStorage)) {
    const kept = key.startsWith(PREFIX) ? stored(key) : null;
    const words = kept && (kept.fields.body || kept.fields.title);
    if (words && (!found || kept.at > found.at)) found = { ...kept, id: key.slice(PREFIX.length) };
  }
  return found;
};

const restore = () => {
  const fresh = hidden("version").value === "0" && !typed().body && !location.search;
  const kept = fresh ? newest() : { ...stored(PREFIX + hidden("draft").value), id: hidden("draft").value };
  if (!kept?.fields || document.querySelector("[role=alert]")) return;
  if (!fresh && Number(kept.version) < Number(hidden("version").value)) return;
  fill(kept.fields);
  show(kept.joined || "That warning", kept.fields.joins?.[0] || "");
  if (fresh) {
    hidden("draft").value = kept.id;
    hidden("version").value = kept.version;
    state.dataset.state = "restored";
    state.textContent = `This is what you wrote on ${new Date(kept.at).toLocaleString()}; this browser kept it.`;
  }
};

const save = async () => {
  // A draft that the server has is emptied there, too.
  if (empty() && hidden("version").value === "0") return;
  const body = new FormData(form);
  body.delete("pictures");
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) {
      const { draft, version } = await answer.json();
      const before = hidden("draft").value;
      hidden("draft").value = draft;
      hidden("version").value = version;
      if (draft === before) keep();
      else move(before);
      state.dataset.state = version ? "saved" : "empty";
      state.textContent = version ? `Draft saved at ${new Date().toLocaleTimeString()}.` : KEPT_HERE;
    } else if (answer.status === 409) {
      state.dataset.state = "conflict";
      state.textContent = "You changed this draft in another tab. Both texts are kept; this page shows both when you save.";
    } else if (answer.status === 410) {
      state.dataset.state = "sent";
      state.textContent =
        "You sent this report in another tab. This browser keeps what you write here; press Send to choose what to do with it.";
    } else if (answer.status === 422) {
      state.dataset.state = "not-saved";
      state.textContent = `${(await answer.json()).problem} This browser keeps your text.`;
    } else {
      state.dataset.state = "not-saved";
      state.textContent = "The site cannot save the draft now. This browser keeps it.";
    }
  } catch {
    state.dataset.state = "unreachable";
    state.textContent = "The site cannot be reached. This browser keeps your text.";
  }
};

const join = (title, slug) => {
  show(title, slug);
  if (slug) callout().button.focus();
  keep();
  save();
};

const offer = async () => {
  const place = form.querySelector("[data-offers-here]");
  const body = new FormData(form);
  body.delete("pictures");
  let offers = [];
  try {
    const answer = await fetch(form.dataset.offers, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) offers = (await answer.json()).offers;
  } catch {
    return;
  }
  place.replaceChildren();
  if (!offers.length || hidden("joins").value) return;
  const heading = document.createElement("p");
  heading.className = "label";
  heading.textContent = "Is it one of these?";
  const list = document.createElement("ul");
  list.className = "stack";
  for (const { title, slug, url } of offers) {
    const item = document.createElement("li");
    item.className = "card";
    const link = document.createElement("a");
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    link.dir = "auto";
    link.textContent = title;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "It is this one: add mine to it";
    button.dataset.joins = slug;
    button.addEventListener("click", () => {
      place.replaceChildren();
      join(title, slug);
    });
    const line = document.createElement("p");
    line.append(link);
    const actions = document.createElement("p");
    actions.className = "actions";
    actions.append(button);
    item.append(line, actions);
    list.append(item);
  }
  place.append(heading, list);
};

if (form && state) {
  state.hidden = false;
  if (form.dataset.insteadOf) move(form.dataset.insteadOf);
  restore();
  let pause = 0;
  form.addEventListener("input", (event) => {
    keep();
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
    if (["tools", "tactics"].includes(event.target.name)) setTimeout(offer, PAUSE);
  });
  form.addEventListener("submit", keep);
  callout().button.addEventListener("click", (event) => {
    event.preventDefault();
    join("", "");
    form.elements.tools.focus();
    offer();
  });
}
