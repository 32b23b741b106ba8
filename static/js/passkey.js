// Forms that are answered with a passkey: the browser is asked for it, and the form sent with what it says.

const forms = document.querySelectorAll("form[data-passkey]");

async function optionsOf(form) {
  const onPage = document.getElementById("passkey-options");
  if (onPage) return JSON.parse(onPage.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The options came with ${answer.status}.`);
  return (await answer.json()).request_options;
}

async function ask(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") return window.webauthnJSON.get(options);
  // A passkey alone is to let its owner in, so it is kept by the device and asks who holds it.
  const chosen = options.publicKey.authenticatorSelection;
  chosen.residentKey = "required";
  chosen.requireResidentKey = true;
  chosen.userVerification = "required";
  return window.webauthnJSON.create(options);
}

for (const form of forms) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      error.textContent = "No passkey was used. Try again, or choose another way.";
      error.hidden = false;
    }
  });
}
