// A picture for the course: chosen, taken or pasted, made small on the way, and sent at once. `panel` is what
// authoring/_picture.html makes, `alt` the field that says what the picture shows, `form` the form around them; `done` is
// told { path, url, written, kilobytes } of the picture as the course has it now. Without this script the form sends it.
function picturePanel(panel, form, alt, done) {
  const LONGEST = 1000; // pixels of a picture's longer side, as the server keeps it
  const ENOUGH = 80000; // bytes; a smaller picture goes as it is
  const chosen = panel.querySelector("[type=file]");
  const press = panel.querySelector("[value=picture]");
  const said = panel.querySelector("[data-picture-said]");

  async function small(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= ENOUGH) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const data = await new Promise((made) => { canvas.toBlob(made, "image/webp", 0.85); });
      return data && data.size < file.size ? new File([data], "gambar", { type: data.type }) : file;
    } catch {
      return file; // the server says what it is
    }
  }

  function say(words, wrong) {
    said.textContent = words;
    said.className = wrong ? "field-fault" : "";
  }

  async function send() {
    if (!chosen.files.length) { say(panel.dataset.choose, true); chosen.focus(); return; }
    if (!alt.value.trim()) { say(panel.dataset.describe, true); alt.focus(); return; }
    press.disabled = true;
    say(panel.dataset.shrinking);
    const file = await small(chosen.files[0]);
    say(panel.dataset.sending.replace("0", Math.max(1, Math.round(file.size / 1000))));
    const fields = new FormData();
    fields.set("form_token", form.elements.form_token.value);
    fields.set("alt", alt.value);
    fields.set("file", file);
    try {
      const answer = await fetch(form.dataset.pictures, { method: "POST", body: fields, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) { say(told.error, true); return; }
      chosen.value = "";
      done(told);
      say(panel.dataset.done.replace("0", told.kilobytes));
    } catch {
      say(panel.dataset.failed, true);
    } finally {
      press.disabled = false;
    }
  }

  function open() {
    const fold = panel.closest("details");
    if (fold) fold.open = true;
    panel.scrollIntoView({ block: "nearest" });
    (chosen.files.length ? alt : chosen).focus();
  }

  press.addEventListener("click", (event) => { event.preventDefault(); send(); });

  return {
    open,
    send,
    // Whether what was pasted or dropped is a picture, which then is as good as chosen.
    take(event, carried) {
      const files = [...carried.files].filter((each) => each.type.startsWith("image/"));
      // Word puts a picture of the text beside the text: then the text is meant.
      if (!files.length || carried.types.includes("text/plain")) return false;
      event.preventDefault();
      const picked = new DataTransfer();
      picked.items.add(files[0]);
      chosen.files = picked.files;
      open();
      return true;
    },
  };
}
