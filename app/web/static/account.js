// "Tampilkan": shows the password fields of its form while it is ticked. Without scripts there is no such box.
for (const box of document.querySelectorAll("input.shows-password")) {
  const fields = box.form.querySelectorAll("input[type=password]");
  box.closest("label").hidden = false;
  box.addEventListener("change", () => {
    for (const field of fields) field.type = box.checked ? "text" : "password";
  });
  box.form.addEventListener("submit", () => {
    for (const field of fields) field.type = "password";
  });
}
