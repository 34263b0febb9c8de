/* Choosing, sorting and opening in lists that are already on the page; addresses such as #pitfall-… and #source-… */
(() => {
  const tokens = (text) => (text || "").split(" ");

  function filter(list) {
    const items = [...list.querySelectorAll("[data-item]")];
    const chosen = [...list.querySelectorAll("[data-filter]")]
      .filter((one) => one.type !== "radio" || one.checked)
      .filter((one) => one.value.trim() !== "");
    let shown = 0;
    for (const item of items) {
      const fits = chosen.every((one) => one.dataset.filter === "words"
        ? item.textContent.toLowerCase().includes(one.value.trim().toLowerCase())
        : tokens(item.dataset[one.dataset.filter]).includes(one.value));
      item.hidden = !fits;
      shown += fits;
    }
    for (const group of list.querySelectorAll("[data-group]"))
      group.hidden = !group.querySelector("[data-item]:not([hidden])");
    const count = list.querySelector("[data-count]");
    if (count) count.textContent = shown === items.length
      ? `${shown} ${count.dataset.count}` : `${shown} of ${items.length} ${count.dataset.count}`;
  }

  function sort(button) {
    const head = button.closest("th"), table = button.closest("table");
    const column = [...head.parentNode.children].indexOf(head);
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const one of head.parentNode.children) if (one.hasAttribute("aria-sort")) one.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const key = (row) => row.children[column].dataset.key ?? row.children[column].textContent.trim();
    const rows = [...table.tBodies[0].rows];
    // What is not known stands last whichever way one looks.
    rows.sort((a, b) => (key(a) === "") - (key(b) === "") || (up ? 1 : -1) * key(a).localeCompare(key(b), "en"));
    table.tBodies[0].append(...rows);
  }

  /* The first element that fits, now or as soon as it is there. */
  function when(selector) {
    const found = document.querySelector(selector);
    if (found) return Promise.resolve(found);
    return new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        const one = document.querySelector(selector);
        if (one) { watch.disconnect(); resolve(one); }
      });
      watch.observe(document.documentElement, { childList: true, subtree: true });
      setTimeout(() => watch.disconnect(), 60000);
    });
  }

  async function openTab(id) {
    const button = await when(`#${id}-button`);
    if (button.getAttribute("aria-selected") !== "true") button.click();
  }

  function type(field, text) {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function arrive(element) {
    const place = element.querySelector(":scope > summary") || element;
    element.scrollIntoView({ block: "start" });
    place.focus({ preventScroll: true });
  }

  async function showPitfall(target) {
    await openTab("pitfalls-tab");
    const element = await when("#" + CSS.escape(target));
    const list = element.closest("[data-browse]");
    const pitfall = element.closest(".cg-pitfall");
    if (pitfall.hidden) {
      for (const one of list.querySelectorAll('[data-filter][value=""]')) one.checked = true;
      filter(list);
    }
    pitfall.open = true;
    arrive(element);
  }

  /* Have the library open a place: its button takes up what stands in commonGroundPlace. */
  async function press(place) {
    window.commonGroundPlace = place;
    (await when("#open-source")).click();
  }

  async function showSource(target) {
    const [id, anchor] = target.replace(/^(source|section)-/, "").split("--");
    await openTab("library-tab");
    await openTab("shelf-tab");
    await press(anchor ? `${id}#${anchor}` : id);
    arrive(await when("#library-view #" + CSS.escape(target)));
  }

  async function closeSource() {
    await openTab("library-tab");
    await openTab("shelf-tab");
    const source = document.querySelector("#library-view article");
    await press("");
    const link = source && document.querySelector(`#library-shelf a[href="#${CSS.escape(source.id)}"]`);
    if (link) { await gone("#library-view article"); link.focus(); }
  }

  async function gone(selector) {
    for (let tries = 0; tries < 100 && document.querySelector(selector); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  function go(hash) {
    const target = decodeURIComponent(hash.slice(1));
    if (target.startsWith("pitfall-")) return showPitfall(target);
    if (target === "library") return closeSource();
    if (!/^(source|section)-/.test(target)) return undefined;
    const there = document.getElementById(target);
    // The cards beside an answer have such ids too, and the browser finds them by itself.
    if (there && !there.closest("#library-view")) return undefined;
    return showSource(target);
  }

  async function ask(question) {
    (await when("#tabs button[role=tab]")).click();
    const field = await when("#question textarea");
    type(field, question);
    field.focus();
  }

  document.addEventListener("input", (event) => {
    const list = event.target.dataset?.filter !== undefined && event.target.closest("[data-browse]");
    if (list) filter(list);
  });
  document.addEventListener("click", (event) => {
    const sorting = event.target.closest("button[data-sort]");
    if (sorting) return sort(sorting);
    const asking = event.target.closest("button[data-ask]");
    if (asking) return ask(asking.dataset.ask);
    const link = event.target.closest('a[href^="#"]');
    // The same address a second time changes nothing that the browser would tell.
    if (link && link.hash === location.hash) go(link.hash);
    return undefined;
  });
  addEventListener("hashchange", () => go(location.hash));
  if (location.hash) go(location.hash);
})();
