// A button beside each text that is there to be copied: ready replies, a tracking code. Without this file the text can be selected as ever.

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

for (const reply of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = reply.dataset.copy || "Copy the reply";
  const status = document.createElement("span");
  status.className = "meta";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const done = await copied(reply.textContent.trim());
    if (!done) getSelection().selectAllChildren(reply);
    status.dataset.state = done ? "copied" : "selected";
    status.textContent = done ? " Copied." : " Your browser does not allow copying: the text is selected for you.";
  });
  const line = document.createElement("p");
  line.append(button, status);
  reply.after(line);
}
