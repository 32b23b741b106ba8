// Suggests people, teams, organisations and expertise below a search box while somebody types:
// an editable combobox with list autocomplete, as the ARIA Authoring Practices have it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this file, and wherever it meets an
// error, the box searches all the same.

const PAUSE_MS = 120;

class SuggestBox {
  constructor(form) {
    this.address = form.dataset.suggest;
    this.input = form.querySelector('input[name="q"]');
    this.options = [];
    this.active = -1;
    // Of several questions under way only the answer to the last counts.
    this.turn = 0;
    this.list = make("div", "cd-suggest", {
      role: "listbox",
      id: `${this.input.id}-suggestions`,
      "aria-label": "Suggestions",
    });
    this.list.hidden = true;
    this.said = make("div", "govuk-visually-hidden", { role: "status" });
    form.append(this.list, this.said);
    set(this.input, {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    });
    this.listen(form);
  }

  listen(form) {
    this.input.addEventListener("input", () => this.askSoon());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    form.addEventListener("submit", () => this.close());
    window.addEventListener("pagehide", () => this.close());
    // The box keeps the focus, so that a click is not over before it reaches the suggestion.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  askSoon() {
    this.forget();
    this.activate(-1);
    if (this.input.value.trim()) {
      this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    } else {
      this.close();
    }
  }

  // step: 1 to choose the first suggestion once they are there, -1 for the last.
  async ask(step = 0) {
    this.forget();
    const turn = this.turn;
    // Given up, no network, signed out, too many requests: nothing is suggested, and nothing said.
    const groups = await this.fetchGroups().catch(() => null);
    if (turn !== this.turn || document.activeElement !== this.input) {
      return;
    }
    if (!groups) {
      this.close();
      return;
    }
    this.show(groups);
    if (this.isOpen && step) {
      this.move(step);
    }
  }

  async fetchGroups() {
    this.asking = new AbortController();
    const query = new URLSearchParams({ q: this.input.value.trim() });
    const answer = await fetch(`${this.address}?${query}`, {
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: this.asking.signal,
    });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return (await answer.json()).groups;
  }

  forget() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.asking?.abort();
  }

  show(groups) {
    this.list.replaceChildren(...groups.map((group, place) => this.group(group, place)));
    this.options = [...this.list.querySelectorAll('[role="option"]')];
    this.options.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
    });
    this.activate(-1);
    this.list.scrollTop = 0;
    this.open(this.options.length > 0);
    const count = this.options.length;
    this.said.textContent =
      count === 0 ? "No suggestions" : `${count} suggestion${count === 1 ? "" : "s"}`;
  }

  group({ title, items }, place) {
    const id = `${this.list.id}-kind-${place}`;
    const kind = make("div", "cd-suggest__kind", { role: "presentation", id });
    kind.textContent = title;
    const group = make("div", "cd-suggest__group", { role: "group", "aria-labelledby": id });
    group.append(kind, ...items.map(optionOf));
    return group;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.forget();
    this.activate(-1);
    this.open(false);
    this.said.textContent = "";
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.step(step, event);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].click();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      // Back to the text, in which the key moves as it always does.
      this.activate(-1);
    }
  }

  step(step, event) {
    event.preventDefault();
    if (event.altKey && this.isOpen) {
      this.close();
    } else if (this.isOpen) {
      this.move(step);
    } else if (this.input.value.trim()) {
      this.ask(event.altKey ? 0 : step);
    }
  }

  // From the last suggestion to the first, and the other way about.
  move(step) {
    const count = this.options.length;
    const from = this.active < 0 && step < 0 ? count : this.active;
    this.activate((from + step + count) % count);
  }

  activate(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }
}

// A link, so that a new tab, a long press and the status line work as with any other.
function optionOf({ url, parts, detail }) {
  const option = make("a", "cd-suggest__option", {
    role: "option",
    href: url,
    tabindex: "-1",
    "aria-selected": "false",
  });
  const label = make("span", "cd-suggest__label");
  for (const [text, isMatch] of parts) {
    const piece = isMatch ? document.createElement("mark") : document.createTextNode("");
    piece.textContent = text;
    label.append(piece);
  }
  option.append(label);
  if (detail) {
    const more = make("span", "cd-suggest__detail");
    more.textContent = detail;
    option.append(" ", more);
  }
  return option;
}

function make(name, className, attributes = {}) {
  return set(document.createElement(name), { class: className, ...attributes });
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  new SuggestBox(form);
}
