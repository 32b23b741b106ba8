// Offers the words of the vocabulary while somebody types what they know. Without this file, and
// wherever it meets an error, whatever is typed is looked up when it is sent.

const PAUSE_MS = 150;

class TagInput {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("datalist");
    this.list.id = `${input.id}-tags`;
    // Of several questions under way only the answer to the last counts.
    this.turn = 0;
    input.after(this.list);
    input.setAttribute("list", this.list.id);
    input.setAttribute("autocomplete", "off");
    input.addEventListener("input", () => this.askSoon());
  }

  askSoon() {
    clearTimeout(this.timer);
    this.turn += 1;
    if (this.input.value.trim()) {
      this.timer = setTimeout(() => this.ask(this.turn), PAUSE_MS);
    }
  }

  async ask(turn) {
    const question = new URLSearchParams({ q: this.input.value });
    try {
      const answer = await fetch(`/suggest?${question}`);
      if (answer.ok) {
        this.show(turn, await answer.json());
      }
    } catch {
      // Offline: the server looks the word up when it is sent.
    }
  }

  show(turn, { groups }) {
    if (turn !== this.turn) {
      return;
    }
    const tags = groups.find((group) => group.title === "Expertise")?.items ?? [];
    this.list.replaceChildren(
      ...tags.map(({ parts }) => {
        const option = document.createElement("option");
        option.value = parts.map(([text]) => text).join("");
        return option;
      }),
    );
  }
}

for (const input of document.querySelectorAll("input[data-tags]")) {
  new TagInput(input);
}
