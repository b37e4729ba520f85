// Votes without a new page: the button changes at once, and back when the site refuses. Without this file the form
// does the same with a new page.

for (const form of document.querySelectorAll("form[data-vote]")) {
  const button = form.querySelector("button");
  const count = form.querySelector("[data-votes]");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  form.append(status);

  const show = (voted, votes) => {
    button.setAttribute("aria-pressed", String(voted));
    button.value = voted ? "take-back" : "vote";
    count.textContent = votes;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const before = { voted: button.value === "take-back", votes: Number(count.textContent) };
    const body = new URLSearchParams(new FormData(form, button));
    status.textContent = "";
    button.disabled = true;
    show(!before.voted, before.votes + (before.voted ? -1 : 1));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const data = await answer.json();
      if (!answer.ok) throw new Error(data.problem);
      show(data.voted, data.votes);
    } catch (error) {
      show(before.voted, before.votes);
      status.textContent = error instanceof SyntaxError || !error.message ? "That did not work." : error.message;
    }
    button.disabled = false;
    button.focus();
  });
}
