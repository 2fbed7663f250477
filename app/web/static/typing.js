// Put a text in place of a stretch of what is written, as if it had been typed: the browser's own undo takes it back.
function typeInto(area, text, from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
