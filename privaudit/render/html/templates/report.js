"use strict";
(() => {
  const root = document.documentElement;
  const form = document.getElementById("filters");
  const folded = [...document.querySelectorAll("details[data-fold]")];

  // Everything is unfolded without scripts; for reading on a screen the long lists begin folded.
  for (const one of folded) one.open = false;
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = folded.filter((one) => !one.open);
    for (const one of unfolded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });

  const rows = (within) => [...within.querySelectorAll("[data-s]")].map((element) => ({
    element, level: element.dataset.s, rule: element.dataset.r, id: element.id,
  }));
  const sheets = [...document.querySelectorAll("main > .document")].map((element) => ({
    element,
    id: element.id,
    language: element.dataset.l,
    unread: "unread" in element.dataset,
    verdicts: rows(element),
    parts: [...element.querySelectorAll(".part")].map((part) => ({ element: part, verdicts: rows(part) })),
    refs: [...element.querySelectorAll(".ref")],
    marks: [...element.querySelectorAll("mark[data-e]")],
  }));
  const cells = [...document.querySelectorAll("main > section:not(.document) :is([data-r], [data-d])")];
  const kinds = new Map();
  const documents = sheets.filter((sheet) => sheet.language !== "*");
  const plural = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;
  const owner = (id) => id.replace(/[en]\d+$/, "");

  let narrowed = false;
  const apply = () => {
    const levels = new Set([...form.elements.level].filter((box) => box.checked).map((box) => box.value));
    const { value: rule } = form.elements.rule;
    const { value: language } = form.elements.language;
    const filtered = levels.size < form.elements.level.length || rule !== "" || language !== "*";
    const rightRule = (number) => rule === "" || number === rule || Boolean(kinds.get(rule)?.has(number));
    const out = new Set();
    let shown = 0;
    let all = 0;
    for (const sheet of sheets) {
      const rightLanguage = language === "*" || sheet.language === language;
      const visible = new Set();
      for (const verdict of sheet.verdicts) {
        const fits = rightLanguage && levels.has(verdict.level) && rightRule(verdict.rule);
        verdict.element.classList.toggle("out", !fits);
        if (fits) visible.add(verdict.id);
      }
      for (const part of sheet.parts) {
        const left = part.verdicts.filter((one) => visible.has(one.id)).length;
        part.element.classList.toggle("out", left === 0);
        part.element.querySelector(".left").textContent = left < part.verdicts.length ? `${left} of ` : "";
      }
      for (const ref of sheet.refs) ref.classList.toggle("off", !visible.has(owner(ref.hash.slice(1))));
      for (const mark of sheet.marks) {
        mark.classList.toggle("off", !mark.dataset.e.split(" ").some((id) => visible.has(owner(id))));
      }
      // A filter for verdicts never hides that a document was not read.
      const gone = filtered && (!rightLanguage || (visible.size === 0 && !sheet.unread));
      sheet.element.classList.toggle("out", gone);
      if (gone) out.add(sheet.id);
      shown += visible.size;
      all += sheet.verdicts.length;
    }
    for (const cell of cells) {
      const { d, r } = cell.dataset;
      cell.classList.toggle("out", out.has(d) || (r !== undefined && !rightRule(r)));
    }
    // Lists unfold when filters come on; what a reader unfolds stays so while they are.
    if (filtered !== narrowed) for (const one of folded) if (one.querySelector("[data-s]")) one.open = filtered;
    narrowed = filtered;
    const count = documents.filter((sheet) => !out.has(sheet.id)).length;
    form.elements.count.value = filtered
      ? `${shown} of ${plural(all, "verdict")} in ${count} of ${plural(documents.length, "document")}`
      : `${plural(all, "verdict")} in ${plural(documents.length, "document")}`;
  };

  // What a link leads to must be on the page and unfolded, and all parts of a passage are shown together.
  const reveal = () => {
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    let moved = false;
    if (form && target.closest(".out, .off")) {
      form.reset();
      apply();
      moved = true;
    }
    for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) {
      moved = moved || !one.open;
      one.open = true;
    }
    if (target.classList.contains("ref")) {
      const id = target.hash.slice(1);
      for (const mark of document.querySelectorAll("mark[data-e]")) {
        if (mark.dataset.e.split(" ").includes(id)) mark.classList.add("lit");
      }
    }
    if (moved) target.scrollIntoView();
  };

  if (form) {
    for (const group of form.querySelectorAll("optgroup")) {
      kinds.set(group.dataset.kind, new Set([...group.children].map((option) => option.value)));
    }
    root.classList.add("filtering");
    form.hidden = false;
    new ResizeObserver(() => root.style.setProperty("--bar", `${form.offsetHeight}px`)).observe(form);
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    // Browsers keep what was chosen over a reload.
    apply();
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
