// "/" puts the cursor into the search box, as on most sites with one. Single keys can be switched off, for who speaks
// to their device or types by chance (WCAG 2.1.4); the choice is kept in this browser. Everything works without this file.

const KEY = "keys";
const page = document.documentElement;

const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

const remember = (choice) => {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice holds for this page.
  }
};

try {
  if (localStorage.getItem(KEY) === "off") page.dataset.keys = "off";
} catch {
  // Without storage they are on.
}

const place = document.querySelector("[data-theme-choice]");
if (place) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: page.dataset.keys !== "off" });
  box.addEventListener("change", () => {
    if (box.checked) delete page.dataset.keys;
    else page.dataset.keys = "off";
    remember(box.checked ? "" : "off");
  });
  label.append(box, " Keyboard shortcuts");
  place.append(" ", label);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (page.dataset.keys === "off") return;
  const box = document.querySelector('input[type="search"]');
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
