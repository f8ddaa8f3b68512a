/* Reordering lines of a draft by two buttons; without this file the numbers do the same. */
"use strict";
for (const list of document.querySelectorAll("[data-lines] .brief-lines")) {
  const rows = () => [...list.children].filter((row) => row.querySelector("[name^=order-]"));
  const number = () => rows().forEach((row, at) => { row.querySelector("[name^=order-]").value = at + 1; });
  const move = (row, before, focus) => { if (before) { list.insertBefore(row, before); number(); focus.focus(); } };
  for (const row of rows()) {
    const field = row.querySelector("[name^=order-]").parentElement;
    for (const [sign, words, go] of [["↑", list.dataset.up, () => [row, row.previousElementSibling]], ["↓", list.dataset.down, () => [row.nextElementSibling, row]]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "plain", textContent: sign });
      button.setAttribute("aria-label", words);
      button.addEventListener("click", () => { const [what, before] = go(); if (what && before) move(what, before, button); });
      field.append(" ", button);
    }
  }
}
