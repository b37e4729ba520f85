// Suggestions below the search boxes while somebody types: a combobox with a grouped listbox, as the ARIA
// Authoring Practices describe it. The form works as ever without this file.

const WAIT = 120;

const element = (tag, attributes, text = "") => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
};

// The text in pieces, those that were typed in <mark>.
const marked = (text, spans) => {
  const line = element("span", { dir: "auto" });
  let position = 0;
  for (const [start, end] of spans) {
    line.append(text.slice(position, start), element("mark", {}, text.slice(start, end)));
    position = end;
  }
  line.append(text.slice(position));
  return line;
};

class Suggestions {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("input");
    this.list = element("div", { role: "listbox", id: `${this.box.id}-list`, "aria-label": "Suggestions" });
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.count = element("span", { role: "status" });
    this.count.className = "visually-hidden";
    form.append(this.list, this.count);
    this.active = -1;
    this.options = [];
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(roles)) this.box.setAttribute(name, value);
    this.box.addEventListener("input", () => this.ask());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.close());
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const typed = this.box.value.trim();
    if (!typed) return this.close();
    this.timer = setTimeout(() => this.load(typed), WAIT);
  }

  async load(typed) {
    const { signal } = (this.request = new AbortController());
    try {
      const address = `${this.form.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 200))}`;
      const answer = await fetch(address, { signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      // Given up for a newer request, which must not be ended with it.
      if (!signal.aborted) this.close();
    }
  }

  show(found) {
    const chosen = this.options[this.active]?.dataset.url;
    this.list.replaceChildren();
    this.options = [];
    this.mark(-1);
    let group = null;
    for (const one of found) {
      if (group?.dataset.kind !== one.kind) {
        const head = `${this.list.id}-${one.kind}`;
        group = element("div", { role: "group", "aria-labelledby": head, "data-kind": one.kind });
        const title = element("div", { id: head, role: "presentation" }, one.group);
        title.className = "meta";
        group.append(title);
        this.list.append(group);
      }
      group.append(this.option(one));
    }
    // What was chosen while the answer was on its way stays chosen if it is still there.
    if (chosen) this.mark(this.options.findIndex((option) => option.dataset.url === chosen));
    const some = this.options.length > 0 && document.activeElement === this.box;
    this.list.hidden = !some;
    this.box.setAttribute("aria-expanded", String(some));
    this.count.textContent = some ? `${this.options.length} suggestions` : "";
  }

  option(one) {
    const option = element("div", { role: "option", id: `${this.list.id}-${this.options.length}`, "aria-selected": "false" });
    option.dataset.url = one.url;
    if (one.grade) option.append(element("span", { class: "badge", "data-grade": one.grade }, one.grade), " ");
    option.append(marked(one.text, one.spans));
    // Before the box loses the focus, which would close the list.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => location.assign(one.url));
    this.options.push(option);
    return option;
  }

  press(event) {
    const last = this.options.length - 1;
    if (event.isComposing || this.list.hidden) {
      if (event.key === "ArrowDown" && this.list.hidden && this.box.value.trim()) this.ask();
      return;
    }
    if (event.key === "ArrowDown") this.mark(this.active === last ? -1 : this.active + 1);
    else if (event.key === "ArrowUp") this.mark(this.active === -1 ? last : this.active - 1);
    else if (event.key === "Enter" && this.active >= 0) location.assign(this.options[this.active].dataset.url);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  mark(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.mark(-1);
    this.box.setAttribute("aria-expanded", "false");
    this.count.textContent = "";
  }
}

for (const form of document.querySelectorAll("[data-suggest]")) new Suggestions(form);
