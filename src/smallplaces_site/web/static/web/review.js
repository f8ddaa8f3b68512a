/* The review queue by keyboard: c confirm, e correct, s or j skip, k back, u take back, ? keys. The page works without. */
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const KEYS = { c: "confirm", s: "skip", j: "skip", k: "back", u: "undo" };
  let busy = false;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && byId("correct")?.contains(event.target)) return leave();
    if (field || busy) return;
    if (event.key === "?") return open("keys");
    if (event.key === "e") {
      event.preventDefault();
      return open("correct", "level");
    }
    const found = byId(KEYS[event.key]);
    if (!found) return;
    event.preventDefault();
    found.click();
  });

  function open(id, field) {
    const details = byId(id);
    if (!details) return;
    details.open = true;
    (field ? byId(field) : details.querySelector("summary")).focus();
  }

  function leave() {
    byId("correct").open = false;
    byId("focus").focus();
  }

  /* A decision or a step brings the next demand without losing one's place: focus moves there, and it is said. */
  async function bring(address, options) {
    busy = true;
    byId("queue").classList.add("busy");
    try {
      const answer = await fetch(address, options);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("queue");
      if (!fresh) throw new Error("no queue");
      const wrong = page.querySelector(".said");
      document.querySelector(".said")?.remove();
      if (wrong) byId("main").prepend(wrong);
      byId("queue").replaceWith(fresh);
      history.replaceState(null, "", answer.url);
      byId("queue-says").textContent = [page.querySelector(".said")?.textContent ?? wrong?.textContent, fresh.querySelector(".sorts").textContent]
        .filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
      (byId("focus") || fresh.querySelector("h1")).focus();
      window.scrollTo({ top: 0 });
    } catch {
      if (options) byId("queue").classList.remove("busy");
      location.assign(options ? location.href : address);
    } finally {
      busy = false;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !byId("queue").contains(form)) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    bring(location.href, { method: "POST", body });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#skip, #back");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    bring(link.href);
  });
})();
