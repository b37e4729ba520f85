// Light, dark or as the device has it. The choice is kept in this browser only, and only once somebody chooses.
(() => {
  const KEY = "colours";
  const root = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  };
  const show = (choice) => {
    if (choice) root.dataset.scheme = choice;
    else delete root.dataset.scheme;
  };
  show(kept());

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-theme-choice]");
    if (!place) return;
    const label = document.createElement("label");
    const select = document.createElement("select");
    for (const [value, words] of [["", "as my device"], ["light", "light"], ["dark", "dark"]]) {
      select.add(new Option(words, value, false, value === kept()));
    }
    select.addEventListener("change", () => {
      show(select.value);
      try {
        if (select.value) localStorage.setItem(KEY, select.value);
        else localStorage.removeItem(KEY);
      } catch {
        // Without storage the choice holds for this page.
      }
    });
    label.append("Colours: ", select);
    place.prepend(label);
  });
})();
