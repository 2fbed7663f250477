// A chosen photo is made small on the phone before it is sent, which saves paid data, and is sent at once. Without this
// script it goes as it is, with the form's own buttons.
const LONGEST = 1600; // pixels of the longer side, as the server keeps it
const SMALL = 300000; // bytes; a photo below that goes as it is
let shrinking = false;
let pressed = null; // the button to press once all photos are small

const takesFiles = (form) => Boolean(form) && form.enctype === "multipart/form-data";

async function small(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const data = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.8); });
    const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
    return data && data.size < file.size ? new File([data], name, { type: "image/jpeg" }) : file;
  } catch {
    return file; // the server says what it is
  }
}

// Put the small photos in place of those that were chosen, after those that stood there and were not sent yet; an old
// browser sends them as they are. Their size together, in bytes.
async function shrink(input) {
  const files = input.multiple ? [...(filesIn.get(input) || [])] : [];
  for (const file of input.files) files.push(await small(file));
  putFiles(input, files);
  return [...input.files].reduce((sum, file) => sum + file.size, 0);
}

function say(words) {
  const saved = document.getElementById("saved");
  saved.classList.remove("wrong");
  saved.textContent = words;
  saved.dataset.saving = words; // what quiz.js goes on to say while it is on its way
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  const form = input.form;
  if (!takesFiles(form) || (input.type !== "file" && input.name !== "remove")) return;
  const button = form.querySelector("[data-sending]");
  if (input.type === "file") {
    if (!input.files.length) return;
    shrinking = true;
    say(button.dataset.shrinking);
    const size = await shrink(input);
    shrinking = false;
    if (form.hasAttribute("data-answer")) questions.keep(form);
    say(button.dataset.sending.replace("0", Math.max(1, Math.round(size / 1000))));
  }
  const next = pressed || button;
  pressed = null;
  form.requestSubmit(next);
});

document.addEventListener("submit", (event) => {
  if (!shrinking || !takesFiles(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = event.submitter;
}, true);
