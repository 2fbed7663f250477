// Copies the text that a button names, as it stands in its field. Without this script the text can be selected by hand.
for (const button of document.querySelectorAll("button.copy")) {
  const field = document.getElementById(button.dataset.copies);
  const told = button.closest("details").querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Over plain http there is no clipboard to write to; the older way copies what is selected.
      if (!document.execCommand("copy")) return;
    }
    told.textContent = button.dataset.copied;
  });
}
