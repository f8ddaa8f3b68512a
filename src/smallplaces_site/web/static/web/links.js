/* A citation tells what it leads to, a word of the glossary what it means, before one follows it: pointed at or in
   focus, its title becomes a card that can be pointed at too and goes with Escape (WCAG 1.4.13). Without this file the
   title itself does it. */
"use strict";

(() => {
  const card = document.createElement("div");
  card.className = "peek";
  card.id = "peek";
  card.role = "tooltip";
  card.hidden = true;
  card.lang = document.documentElement.lang;
  card.dir = document.documentElement.dir;
  document.getElementById("main").append(card);
  let shown = null;
  let timer = 0;

  function show(link) {
    clearTimeout(timer);
    if (shown === link) return;
    hide();
    shown = link;
    link.dataset.told = link.title;
    link.removeAttribute("title"); // else the browser shows it as well
    const [name, ...text] = link.matches(".term") ? [link.textContent, link.dataset.told] : link.dataset.told.split("\n");
    const strong = document.createElement("strong");
    strong.textContent = name;
    const words = document.createElement("bdi");
    words.textContent = text.join(" ");
    card.replaceChildren(strong, words);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    const box = link.getClientRects()[0];
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.left = `${scrollX + Math.max(16, Math.min(box.left, room))}px`;
    const below = box.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.top = `${scrollY + (below ? box.bottom + 4 : box.top - card.offsetHeight - 4)}px`;
  }

  function hide() {
    if (!shown) return;
    shown.title = shown.dataset.told;
    shown.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 200); };
  const link = (event) => event.target.closest?.("a.c, a.term");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (link(event)) show(link(event));
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (shown && shown !== document.activeElement) later();
  });
  document.addEventListener("focusin", (event) => (link(event) ? show(link(event)) : hide()));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
