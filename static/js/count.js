// Says how long a text is when it nears the longest that its field takes. Nothing is cut: the server says it as well.

const NEAR = 0.8;

const count = (field) => {
  const longest = Number(field.dataset.longest);
  const length = [...field.value].length;
  let note = document.getElementById(`${field.id}_count`);
  if (length < longest * NEAR) {
    note?.remove();
    return;
  }
  if (!note) {
    note = document.createElement("span");
    note.id = `${field.id}_count`;
    note.className = "helptext";
    note.setAttribute("role", "status");
    field.after(note);
  }
  const over = length - longest;
  note.dataset.state = over > 0 ? "too-long" : "fits";
  note.textContent =
    over > 0
      ? `${length} of ${longest} characters: shorten it by ${over}. Nothing is cut.`
      : `${length} of ${longest} characters`;
};

for (const field of document.querySelectorAll("[data-longest][id]")) {
  count(field);
  field.addEventListener("input", () => count(field));
}
