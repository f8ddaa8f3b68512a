/* Reading a document: the outline follows the scroll, and paragraphs can be kept. Kept paragraphs stay in this browser
   (localStorage) and go nowhere. Without this file the page is read as well, and nothing is kept. */
"use strict";

(() => {
  const KEY = "smallplaces.bookmarks";
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY)) || [];
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.path === "string" && /^\/[a-z]/.test(one.path)) : [];
    } catch { return []; } // storage is closed, or holds something else
  };
  const write = (kept) => { try { localStorage.setItem(KEY, JSON.stringify(kept)); return true; } catch { return false; } };

  /* The outline ---------------------------------------------------------------------------------------------------- */
  const links = new Map();
  document.querySelectorAll(".outline a[href^='#']").forEach((link) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  });
  if (links.size && "IntersectionObserver" in window) {
    let current = null;
    const follow = () => {
      let last = null;
      for (const [target, link] of links) if (target.getBoundingClientRect().top < innerHeight / 4) last = link;
      if (last === current) return;
      current?.removeAttribute("aria-current");
      current = last;
      if (!current) return;
      current.setAttribute("aria-current", "location");
      const box = current.closest(".outline");
      if (box.scrollHeight > box.clientHeight) {
        const from = current.getBoundingClientRect().top - box.getBoundingClientRect().top;
        if (from < 0 || from > box.clientHeight - 40) box.scrollTop += from - box.clientHeight / 3;
      }
    };
    const watcher = new IntersectionObserver(follow, { rootMargin: "-25% 0px -74% 0px" });
    document.querySelectorAll(".text > *, section > h2").forEach((part) => watcher.observe(part));
  }

  /* Keeping a paragraph -------------------------------------------------------------------------------------------- */
  const text = document.querySelector("article[data-keep]");
  if (text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain keep";
    button.lang = document.documentElement.lang;
    const path = () => new URL(button.closest(".p").querySelector(".n").href).pathname;
    const name = () => {
      const kept = read().some((one) => one.path === path());
      button.textContent = kept ? text.dataset.kept : text.dataset.keep;
      button.setAttribute("aria-pressed", String(kept));
    };
    const offer = (event) => {
      const paragraph = event.target.closest?.(".p[id]");
      if (!paragraph || button.parentElement === paragraph) return;
      paragraph.append(button);
      name();
    };
    button.addEventListener("click", () => {
      const kept = read();
      const rest = kept.filter((one) => one.path !== path());
      if (rest.length === kept.length) {
        const paragraph = button.closest(".p");
        const words = paragraph.querySelector(".n + div, .n ~ div").textContent.trim();
        const number = paragraph.querySelector(".n").dataset.n;
        rest.unshift({ path: path(), title: document.querySelector("h1").textContent, number, words: words.slice(0, 240),
          lang: text.lang, dir: text.dir });
      }
      if (write(rest)) name();
    });
    text.addEventListener("pointerover", offer);
    text.addEventListener("focusin", offer);
  }

  /* The list of what was kept -------------------------------------------------------------------------------------- */
  const list = document.getElementById("kept");
  if (list) {
    const none = document.getElementById("none-kept");
    const draw = () => {
      const kept = read();
      none.hidden = kept.length > 0;
      list.replaceChildren(...kept.map(row));
    };
    const row = (one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `/${document.documentElement.lang}${one.path.replace(/^\/[a-z]+(?=\/)/, "")}?text=${encodeURIComponent(one.lang || "")}`;
      const name = document.createElement("bdi");
      name.textContent = [one.title, one.number && `¶ ${one.number}`].filter(Boolean).join(" · ");
      link.append(name);
      const words = document.createElement("p");
      words.lang = one.lang || "";
      words.dir = one.dir || "auto";
      words.textContent = one.words || "";
      const away = document.createElement("button");
      away.type = "button";
      away.className = "plain";
      away.textContent = list.dataset.remove;
      const which = document.createElement("span");
      which.className = "vh";
      which.textContent = ` ${name.textContent}`;
      away.append(which);
      away.addEventListener("click", () => {
        write(read().filter((other) => other.path !== one.path));
        draw();
        document.querySelector("h1").focus();
      });
      item.append(link, words, away);
      return item;
    };
    draw();
  }
})();
