// Keeps the progress of a run up to date, and shows the run anew once it is settled. Without
// this file the page says the same, and a link refreshes it.

const EVERY_MS = 1500;

const box = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const run = await answer.json();
  if (run.settled) {
    window.location.reload();
    return;
  }
  show("[data-progress-step]", run.step);
  show("[data-progress-words]", run.words);
  box.querySelector("[data-progress-bar]").value = run.share_percent;
  setTimeout(keepLooking, EVERY_MS);
}

// A screen reader hears of what changed, and of nothing twice.
function show(selector, text) {
  const place = box.querySelector(selector);
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

function keepLooking() {
  look().catch(() => {
    // Signed out or without a network: the link stays the way on.
    box.querySelector("[data-progress-refresh]").hidden = false;
  });
}

if (box) {
  box.querySelector("[data-progress-refresh]").hidden = true;
  setTimeout(keepLooking, EVERY_MS);
}
