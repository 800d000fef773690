// Corrections on the document page: keys, words that were selected, and what is shown after something was kept.
import { choose, offsetOf, onKey } from "./document.js";

const item = () => document.getElementById("item");
const status = () => document.getElementById("corrections-status");

/** Press what the panel of the chosen item has for `act`; where the person has no name yet, ask for it. */
function press(act) {
  const button = document.querySelector(`#item [data-act="${act}"], #corrections [data-act="${act}"]`);
  if (button) { button.click(); return button; }
  const name = document.querySelector('#item input[name="who"]') ?? document.querySelector('#corrections .who[open] input[name="who"]');
  name?.focus();
  return null;
}

onKey("a", () => press("accept"));
onKey("u", () => press("undo-last"));
onKey("c", () => {
  const details = item().querySelector("details.correct");
  if (!details) { press("correct"); return; }
  details.open = true;
  const field = ["value", "key", "place", "number", "title"].map((name) => details.querySelector(`input[name="${name}"]`)).find(Boolean);
  field?.focus();
  field?.select();
});
onKey("m", () => {
  const chosen = selection();
  if (!chosen) { document.querySelector('#corrections input[name="words"]')?.focus(); return; }
  const id = document.getElementById("part").dataset.document;
  window.htmx.ajax("GET", `/documents/${id}/missed?start=${chosen.start}&end=${chosen.end}`, { target: "#item", swap: "innerHTML" });
});

/** The offsets of what is selected in the text, null where nothing is. */
function selection() {
  const chosen = getSelection();
  const text = document.getElementById("text");
  if (!chosen || chosen.isCollapsed || !text) return null;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  return { start: offsetOf(range.startContainer, range.startOffset), end: offsetOf(range.endContainer, range.endOffset) };
}

// Escape in a form leaves it: back to the item in the text.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("#item form, #corrections form")) return;
  const details = event.target.closest("details.correct");
  if (details) details.open = false;
  const id = item().querySelector("article[data-id]")?.dataset.id;
  if (!id || !choose(id, { panel: false })) document.getElementById("main").focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const error = event.detail.elt.querySelector?.(".error");
  if (error) error.hidden = true;
});

for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const { elt, xhr } = event.detail;
    const plain = xhr?.getResponseHeader("content-type")?.startsWith("text/plain");
    const said = (plain && xhr.responseText) || `${xhr?.status || ""} ${xhr?.statusText || ""}`.trim() || "–";
    const error = elt.closest?.("form")?.querySelector(".error");
    if (error) { error.textContent = said; error.hidden = false; } else if (status()) { status().textContent = said; }
  });
}

// What was kept: say so, and go on with the next doubtful item where this one was found right.
let kept = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig?.verb !== "post" || !elt.matches?.("form[data-done]")) return;
  const shown = item().querySelector("article[data-start]");
  kept = { done: elt.dataset.done, what: requestConfig.parameters.what ?? new FormData(elt).get("what"), start: Number(shown?.dataset.start ?? -1) };
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!kept || event.detail.elt.id !== "part") return;
  const { done, what, start } = kept;
  kept = null;
  if (status()) status().textContent = done;
  const next = what === "accept" && [...document.querySelectorAll("#doubtful li [data-for]")].find((link) => {
    const mark = document.getElementById(link.dataset.for);
    return mark && Number(mark.dataset.start) > start;
  });
  if (next && choose(next.dataset.for)) return;
  const focus = document.getElementById("part").dataset.focus;
  if (focus && choose(focus, { panel: false })) return;
  document.getElementById("main").focus({ preventScroll: true });
});
