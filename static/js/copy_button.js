// Puts a "Copy" button beside every value marked with data-copy. Without a clipboard
// (old browsers, plain HTTP) nothing is added: the value can still be selected.

if (navigator.clipboard) {
  for (const value of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cd-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${value.dataset.copy}`);
    const said = document.createElement("span");
    said.className = "govuk-visually-hidden";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(value.dataset.copy);
      button.textContent = "Copied";
      said.textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
        said.textContent = "";
      }, 2000);
    });
    value.append(button, said);
  }
}
