// What a report of a check needs beside Gradio: corrections are sent from where they stand, and after
// the report is drawn again, what was open is open and what was typed is there.

window.verdicts = (element, correct, watch) => {
  let kept = null;

  const keep = (pitfall) => {
    const typed = {};
    for (const one of element.querySelectorAll("textarea")) typed[one.id] = one.value;
    const chosen = [...element.querySelectorAll("input:checked")].map((one) => [one.name, one.value]);
    const open = [...element.querySelectorAll("details[open]")].map((one) => one.id);
    kept = { pitfall, typed, chosen, open };
  };

  const restore = () => {
    if (!kept) return;
    const { pitfall, typed, chosen, open } = kept;
    kept = null;
    for (const id of open) {
      const one = document.getElementById(id);
      if (one && id !== `correct-${pitfall}`) one.open = true;
    }
    for (const [id, text] of Object.entries(typed)) {
      const one = document.getElementById(id);
      if (one && id !== `reason-${pitfall}`) one.value = text;
    }
    for (const [name, value] of chosen) {
      if (name === `status-${pitfall}`) continue;
      const one = element.querySelector(`input[name="${name}"][value="${value}"]`);
      if (one) one.checked = true;
    }
    const box = document.getElementById(`verdict-${pitfall}`);
    const problem = box?.querySelector(".cg-correct[open] textarea");
    (problem ?? box?.querySelector(".cg-correction") ?? box?.querySelector("summary"))?.focus();
  };

  element.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    if (link) {
      const one = document.getElementById(link.dataset.opens);
      one.open = true;
      one.querySelector("summary").focus();
      return;
    }
    const button = event.target.closest("[data-correct], [data-withdraw]");
    if (!button) return;
    const pitfall = button.dataset.correct ?? button.dataset.withdraw;
    keep(pitfall);
    const status = element.querySelector(`input[name="status-${pitfall}"]:checked`)?.value ?? "";
    const reason = document.getElementById(`reason-${pitfall}`).value;
    correct({ pitfall, status, reason, withdraw: Boolean(button.dataset.withdraw) });
  });

  watch("value", restore);
};

// Hand a file to the reader's browser: it is made for this moment, and kept nowhere else.
window.takeAway = (made) => {
  if (!made) return;
  const { name, type, content } = JSON.parse(made);
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
