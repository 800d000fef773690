// The document page: what is chosen on the text is chosen on the picture and in the lists, and the other way round.
// Others hook in by events on document: "item:chosen" (detail: {kind, id, element}), and by `onKey`, `offsetOf`.

const part = () => document.getElementById("part");
const keys = new Map();

/** Another key of the page: `run` gets the event. */
export function onKey(key, run) { keys.set(key, run); }

/** The offset in the report's text of a position in the text pane (a node and an offset in it, as a Range has it). */
export function offsetOf(node, inside) {
  const text = document.getElementById("text");
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, inside);
  const walked = range.cloneContents();
  return Number(text.dataset.start) + [...walked.textContent].length + walked.querySelectorAll(".hidden-mark").length;
}

/** Choose the item `id` of the part that is shown; false where it is not there. `focus`: also move the keyboard's focus. */
export function choose(id, { focus = true, panel = true } = {}) {
  const marks = document.querySelectorAll(`#text [data-id="${CSS.escape(id)}"], #text #${CSS.escape(id)}, #about [data-id="${CSS.escape(id)}"]`);
  const boxes = document.querySelectorAll(`.sheet [data-for="${CSS.escape(id)}"], .sheet [data-findings~="${CSS.escape(id)}"]`);
  if (!marks.length && !boxes.length && id !== "passage") return false;
  for (const old of document.querySelectorAll(".is-on")) old.classList.remove("is-on");
  for (const one of [...marks, ...boxes]) one.classList.add("is-on");
  for (const link of document.querySelectorAll(`.side [data-for="${CSS.escape(id)}"]`)) link.classList.add("is-on");
  if (boxes.length) show(boxes[0]);
  const mark = marks[0];
  if (mark) {
    show(mark);
    if (focus) mark.focus({ preventScroll: true });
    if (!boxes.length && mark.dataset.kind === "section") showLine(mark);
    document.dispatchEvent(new CustomEvent("item:chosen", { detail: { kind: mark.dataset.kind, id, element: mark } }));
  }
  if (panel && id !== "passage") {
    window.htmx.ajax("GET", `/documents/${part().dataset.document}/items/${encodeURIComponent(id)}`, { source: "#item", target: "#item", swap: "innerHTML" });
  }
  return true;
}

function show(element) {
  element.scrollIntoView({ block: "center", inline: "nearest" });
}

/** A heading has no box of its own: show the first box behind it. */
function showLine(mark) {
  const start = Number(mark.dataset.start);
  const next = [...document.querySelectorAll("#text .m[data-start]")].find((m) => Number(m.dataset.start) >= start);
  const box = next && document.querySelector(`.sheet [data-for="${CSS.escape(next.dataset.id)}"]`);
  if (box) show(box);
}

let turning = false;

/** Load another part. Each kind of request has a source of its own: htmx queues a second one of the same source and calls
 *  it done at once, so that what is chosen would be chosen on the part that is still there. */
function turn(address, after) {
  if (turning) return;
  turning = true;
  window.htmx.ajax("GET", address, { source: "#part", target: "#part", swap: "outerHTML", headers: {} }).then(() => {
    history.pushState({}, "", address);
    arrive(after);
  }).finally(() => { turning = false; });
}

/** What was asked for is chosen once the part is there. */
function arrive(after) {
  const wanted = after ?? part()?.dataset.focus;
  if (wanted === "first" || wanted === "last") {
    const list = doubtful();
    if (list.length) choose(list[wanted === "first" ? 0 : list.length - 1].dataset.for);
    return;
  }
  if (!wanted) return;
  if (wanted === "passage") {
    const passage = document.getElementById("passage");
    if (passage) { show(passage); passage.focus({ preventScroll: true }); showPassage(passage); }
    return;
  }
  choose(wanted, { panel: after !== undefined });
}

function showPassage(passage) {
  const mark = passage.querySelector(".m") ?? passage.closest(".m");
  const box = mark && document.querySelector(`.sheet [data-for="${CSS.escape(mark.dataset.id)}"]`);
  if (box) show(box);
}

const doubtful = () => [...document.querySelectorAll("#doubtful li [data-for]")];

function step(by) {
  const list = doubtful();
  const at = list.findIndex((link) => link.classList.contains("is-on"));
  const to = at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by;
  if (to >= 0 && to < list.length) { choose(list[to].dataset.for); return; }
  const address = by > 0 ? part().dataset.next : part().dataset.previous;
  if (address) turn(address, by > 0 ? "first" : "last");
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target;
  if (target.closest("[data-help]")) { document.getElementById("help").showModal(); return; }
  const turned = target.closest("a.turn");
  if (turned) { event.preventDefault(); turn(turned.getAttribute("href")); return; }
  const link = target.closest("a.to[data-for]");
  if (link) {
    event.preventDefault();
    if (!choose(link.dataset.for)) turn(link.getAttribute("href"), link.dataset.for);
    return;
  }
  const mark = target.closest("#text .m[data-id], #text .cell[data-id], .sheet [data-for]");
  if (mark && !String(getSelection())) choose(mark.dataset.id ?? mark.dataset.for);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, dialog")) return;
  if ((event.key === "Enter" || event.key === " ") && event.target.matches("#text .m[data-id], #text .cell[data-id]")) {
    event.preventDefault();
    choose(event.target.dataset.id);
    return;
  }
  const arrows = event.target.closest(".picture, .words");
  const links = { ArrowRight: "next", ArrowLeft: "prev" };
  if (links[event.key] && !arrows) {
    const link = document.querySelector(`#part a[rel="${links[event.key]}"]`);
    if (link) { event.preventDefault(); turn(link.getAttribute("href")); }
    return;
  }
  const run = keys.get(event.key);
  if (run) { event.preventDefault(); run(event); }
});

for (const key of ["n", "j"]) onKey(key, () => step(1));
for (const key of ["p", "k"]) onKey(key, () => step(-1));
onKey("?", () => document.getElementById("help").showModal());
onKey("Escape", () => { for (const old of document.querySelectorAll(".is-on")) old.classList.remove("is-on"); });
window.addEventListener("popstate", () => location.reload());
arrive();
