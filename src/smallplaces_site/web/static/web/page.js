/* Everything works without this file. It makes three things better:
   results while typing, facets without losing one's place, and copying with the source. */
"use strict";

(() => {
  const live = document.querySelector("form[data-live]");
  const byId = (id) => document.getElementById(id);

  /* Results ------------------------------------------------------------------------------------------------------ */
  const WAIT = 350; // milliseconds after the last key
  let running = null;

  async function show(address, { record }) {
    running?.abort();
    running = new AbortController();
    byId("results").classList.add("busy");
    try {
      // A symbol leads away from the results; who is still typing says so with this header and stays.
      const headers = record === "replace" ? { "HX-Request": "true" } : {};
      const answer = await fetch(address, { signal: running.signal, headers });
      if (answer.redirected) return location.assign(answer.url);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("results");
      if (!fresh) throw new Error("no results");
      if (record === "push") history.pushState({ live: true }, "", address);
      if (record === "replace") history.replaceState({ live: true }, "", address);
      swap(fresh, page);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  function swap(fresh, page) {
    const old = byId("results");
    const focused = document.activeElement?.id;
    const inside = old.contains(document.activeElement);
    const open = [...old.querySelectorAll("details[open]")].map(place);
    old.replaceWith(fresh);
    for (const details of fresh.querySelectorAll("details")) if (open.includes(place(details))) details.open = true;
    drawer();
    document.title = page.title;
    keepHidden(page);
    document.querySelector(".langs ul")?.replaceWith(page.querySelector(".langs ul"));
    byId("announce").textContent = fresh.dataset.count;
    if (inside) (byId(focused) || fresh.querySelector("h1")).focus({ preventScroll: true });
  }

  const place = (details) => details.id || details.previousElementSibling?.getAttribute("aria-labelledby") || "";

  /* The box keeps what is being typed; the hidden fields beside it follow the facets. */
  function keepHidden(page) {
    const form = page.querySelector("form[data-live]");
    live.querySelectorAll("input[type=hidden]").forEach((field) => field.remove());
    form.querySelectorAll("input[type=hidden]").forEach((field) => live.insertBefore(field, live.querySelector("button")));
  }

  /* Drawers stand open where there is room. */
  const wide = matchMedia("(min-width: 56.01rem)");
  function drawer() {
    if (wide.matches) document.querySelectorAll("[data-drawer]").forEach((details) => { details.open = true; });
  }
  wide.addEventListener("change", drawer);
  drawer();

  if (live) {
    let timer = 0;
    const address = () => `${live.action}?${new URLSearchParams(new FormData(live))}`;
    live.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(() => show(address(), { record: "replace" }), WAIT);
    });
    live.addEventListener("compositionend", () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(address(), { record: "replace" }), WAIT);
    });
    live.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      show(address(), { record: "push" });
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("#facets a, .chosen a, .sorts a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      show(link.href, { record: "push" });
    });
    addEventListener("popstate", () => location.reload());
  }

  /* Copying ------------------------------------------------------------------------------------------------------ */
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = button.dataset.done;
      });
    }
  }

  const text = document.querySelector("article[data-cite]");

  /* One button goes to the paragraph that is pointed at or in focus, right after its number. */
  if (text && navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain link";
    button.lang = document.documentElement.lang;
    const offer = (event) => {
      const number = event.target.closest?.(".p")?.querySelector(".n");
      if (!number || number.nextElementSibling === button) return;
      button.textContent = text.dataset.copyLink;
      number.after(button);
    };
    button.addEventListener("click", async () => {
      const link = new URL(button.previousElementSibling.href);
      await navigator.clipboard.writeText(link.origin + link.pathname);
      button.textContent = text.dataset.copied;
    });
    text.addEventListener("pointerover", offer);
    text.addEventListener("focusin", offer);
  }

  text?.addEventListener("copy", (event) => {
    const selection = getSelection();
    const words = selection.toString();
    const first = selection.anchorNode?.parentElement?.closest(".p");
    const last = selection.focusNode?.parentElement?.closest(".p");
    if (words.length < 40 || !first) return;
    const numbers = [...new Set([first, last].map((p) => p?.querySelector(".n")?.dataset.n).filter(Boolean))].sort((a, b) => a - b);
    const link = new URL(first.querySelector(".n").href).href;
    const where = numbers.length ? `${text.dataset.place} ${numbers.join("–")}` : "";
    event.clipboardData.setData("text/plain", `${words}\n\n— ${[text.dataset.cite.replace(/\.$/, ""), where].filter(Boolean).join(", ")}. ${link}`);
    event.preventDefault();
  });
})();
