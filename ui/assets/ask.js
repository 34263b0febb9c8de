/* The Ask tab: the two choices that the browser remembers, the way from a number to its card and back,
   what is copied, terms that open where they stand, and a word when the connection is lost. */

const CHOICES = "common-ground-choices";

function remembered([audiences, nations]) {
  let kept = [];
  try { kept = JSON.parse(localStorage.getItem(CHOICES)) || []; } catch { /* nothing can be kept here */ }
  return [
    audiences.includes(kept[0]) ? kept[0] : audiences[0],
    nations.includes(kept[1]) ? kept[1] : nations[0],
  ];
}

function remember(audience, nation) {
  try { localStorage.setItem(CHOICES, JSON.stringify([audience, nation])); } catch { /* nor here */ }
}

function toTheBox() {
  const box = document.querySelector("#question textarea");
  if (box) { box.focus(); box.setSelectionRange(box.value.length, box.value.length); }
}

function openTab(name) {
  const tab = [...document.querySelectorAll('[role="tab"]')].find((one) => one.textContent.trim() === name);
  if (tab) tab.click();
  return tab;
}

async function copied(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea"); // where the page is not served by https
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  announce("Copied");
  button.classList.add("cg-copied");
  setTimeout(() => button.classList.remove("cg-copied"), 2000);
}

/* One region for what the page says by itself; it has to be there before it says anything. */
function region(id, role) {
  let found = document.getElementById(id);
  if (!found) {
    found = document.createElement("div");
    found.id = id;
    found.setAttribute("role", role);
    (document.querySelector("main") || document.body).prepend(found);
  }
  return found;
}

function announce(text) {
  const place = region("cg-announced", "status");
  place.className = "cg-hidden";
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}

let cameFrom = null;

function goToCard(mark) {
  const card = document.getElementById(mark.getAttribute("href").slice(1));
  if (!card) return;
  cameFrom = mark;
  for (let one = card.parentElement; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  const at = window.scrollY;
  requestAnimationFrame(() => {
    card.focus({ preventScroll: true });
    requestAnimationFrame(() => showWords(card, at)); // by then the browser has followed the link in its own way
  });
}

function showWords(card, at) {
  const panel = card.closest(".cg-side");
  if (!panel || getComputedStyle(panel).position !== "sticky") return;
  window.scrollTo({ top: at, behavior: "instant" }); // the panel moves, and what is being read stays
  const frame = panel.getBoundingClientRect();
  panel.scrollTop += card.getBoundingClientRect().top - frame.top - 8;
  const words = card.querySelector("mark")?.getBoundingClientRect();
  const end = Math.min(frame.bottom, window.innerHeight);
  if (words && words.bottom > end) panel.scrollTop += words.bottom - end + 16;
  // at the top of the page the panel's foot is below the window
  const below = (card.querySelector("mark")?.getBoundingClientRect().bottom ?? 0) - window.innerHeight;
  if (below > 0) window.scrollBy({ top: below + 16, behavior: "instant" });
}

function goBack(event, link) {
  const [, turn, number] = link.hash.match(/mark-(\d+)-(\d+)/) || [];
  const isSame = cameFrom?.isConnected && cameFrom.getAttribute("href") === `#source-${turn}-${number}`;
  const mark = isSame ? cameFrom : document.getElementById(`mark-${turn}-${number}`);
  if (!mark) return;
  event.preventDefault();
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const one = event.target.closest?.(".cg-mark, .cg-back, .cg-copy, .cg-term, .cg-go-to, .cg-skip");
  if (!one) return;
  if (one.matches(".cg-mark") && one.hash.startsWith("#source-")) goToCard(one);
  else if (one.matches(".cg-back")) goBack(event, one);
  else if (one.matches(".cg-copy")) copied(one);
  else if (one.matches(".cg-go-to")) openTab(one.dataset.tab);
  else if (one.matches(".cg-term")) {
    const meaning = document.getElementById(one.getAttribute("aria-controls"));
    meaning.hidden = !meaning.hidden;
    one.setAttribute("aria-expanded", String(!meaning.hidden));
  } else if (one.matches(".cg-skip")) {
    event.preventDefault();
    openTab("Ask");
    requestAnimationFrame(toTheBox);
  }
});

/* In a narrow window the sources stand between the answer and the box: folded, and a number opens them. */
function foldSources() {
  for (const one of document.querySelectorAll(".cg-cards[open]:not([data-seen])")) {
    one.dataset.seen = "";
    if (window.matchMedia("(max-width: 999px)").matches) one.open = false;
  }
}

/* A new question is brought to the top of the window, wherever it was asked from. */
let asked = 0;
let awaited = false;
new MutationObserver(() => {
  const log = document.querySelector(".cg-log");
  const turns = log ? log.children.length : 0;
  const busy = log?.getAttribute("aria-busy") === "true";
  // and again with its answer: before, the page may have been too short for that
  const isAnswered = awaited && !busy && turns > 0 && turns === asked;
  if (turns > asked || isAnswered) log.lastElementChild.scrollIntoView({ block: "start" });
  asked = turns;
  awaited = busy;
  foldSources();
}).observe(document, { childList: true, subtree: true });

/* When the server does not answer, the page says so and keeps what it shows. */
function connection(text) {
  const place = region("cg-connection", "alert");
  if (place.textContent === text) return;
  place.className = text ? "cg-notice" : "cg-hidden";
  place.textContent = text;
  if (text) {
    document.querySelector(".cg-log")?.setAttribute("aria-busy", "false");
    const step = document.querySelector(".cg-working");
    if (step) step.textContent = "";
  }
}

const through = window.fetch;
window.fetch = async (...given) => {
  try {
    const answer = await through(...given);
    const address = String(given[0]?.url || given[0]);
    if (address.includes("/queue/join")) {
      const isBusy = answer.status === 503 || answer.status === 429;
      connection(isBusy ? "Too many people are asking just now. Wait a moment, then ask again." : "");
    }
    return answer;
  } catch (error) {
    if (error.name !== "AbortError") {
      connection("The page has lost its connection to Common Ground. What stands here stays. Ask again in a moment.");
    }
    throw error;
  }
};
document.addEventListener("DOMContentLoaded", () => { region("cg-announced", "status").className = "cg-hidden"; });
