// Tags offered while somebody types them, with commas between: a combobox with a listbox. Without this file the field
// has its plain list of known tags.

const make = (name, fields) => Object.assign(document.createElement(name), fields);

for (const box of document.querySelectorAll("[data-tags]")) {
  const id = `${box.id}-list`;
  const list = make("div", { role: "listbox", id, className: "suggestions", ariaLabel: "Suggestions" });
  const count = make("span", { role: "status", className: "visually-hidden" });
  let options = [], active, timer, request;

  const mark = (place) => {
    active = place;
    options.forEach((option, at) => (option.ariaSelected = at === place));
    options[place]?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[place]?.id ?? "");
  };

  const show = (found) => {
    clearTimeout(timer);
    request?.abort();
    options = found.map(({ name, uses, synonym }, at) =>
      make("div", {
        role: "option",
        id: `${id}-${at}`,
        textContent: `${name}${synonym && ` (${synonym})`} · ${uses} warning${uses > 1 ? "s" : ""}`,
        // Before the box loses the focus, which would close the list.
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => choose(name),
      }));
    list.replaceChildren(...options);
    list.hidden = !found[0];
    box.ariaExpanded = !list.hidden;
    count.textContent = found[0] ? `${found.length} tags` : "";
    mark(-1);
  };

  const choose = (name) => {
    const end = "one" in box.dataset ? "" : ", ";
    box.value = box.value.replace(/[^,，、،]*$/, () => ` ${name}${end}`).trimStart();
    // The draft hears of it as of typing.
    box.dispatchEvent(new Event("input", { bubbles: true }));
    show([]);
  };

  const ask = async () => {
    const there = box.value.split(/[,，、،]/).map((part) => part.trim()), typed = there.pop();
    request = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.tags}?q=${encodeURIComponent(typed)}`, request);
      show((await answer.json()).suggestions.filter(({ name }) => !there.includes(name)));
    } catch {} // Nothing is offered.
  };

  box.oninput = () => {
    show([]);
    timer = setTimeout(ask, 120);
  };
  box.onblur = () => show([]);
  box.onkeydown = (event) => {
    const size = options.length + 1, { key } = event;
    if (list.hidden || event.isComposing) return;
    if (key === "ArrowDown") mark(((active + 2) % size) - 1);
    else if (key === "ArrowUp") mark(((active + size) % size) - 1);
    else if (key === "Enter" && active >= 0) options[active].click();
    else if (key === "Escape") show([]);
    else return;
    event.preventDefault();
  };

  box.removeAttribute("list");
  Object.assign(box, { role: "combobox", ariaAutoComplete: "list" }).setAttribute("aria-controls", id);
  box.after(list, count);
  show([]);
}
