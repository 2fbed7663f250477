// What Word or a browser puts on the clipboard beside the plain text: bold letters and numbered lists are kept as signs.
const area = document.getElementById("text");
const EDGE = "\v"; // between two blocks: however many meet, one line ends
const BLOCKS = /^(p|div|li|tr|h[1-6]|ol|ul|table|blockquote)$/;

const strong = (node) => /^(b|strong|u|mark)$/.test(node.localName)
  || /font-weight:\s*(bold|[6-9]00)|text-decoration[a-z-]*:[^;]*underline/i.test(node.getAttribute("data-style") || "");
const plain = (node) => node.localName === "b" && /font-weight:\s*normal/i.test(node.getAttribute("data-style") || ""); // Google Docs wraps all in one

function begin(item) {
  const list = item.parentElement;
  if (list.localName !== "ol") return "- ";
  const place = [...list.children].indexOf(item) + (Number(list.getAttribute("start")) || 1) - 1;
  const letters = list.type === "A" || list.type === "a" || /alpha|latin/.test((item.getAttribute("data-style") || "") + (list.getAttribute("data-style") || ""));
  return letters ? `${String.fromCharCode(65 + (place % 26))}. ` : `${place + 1}. `;
}

function read(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\r\n]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || /^(style|script|title|head|meta|link)$/.test(node.localName)) return "";
  if (node.localName === "br") return "\n";
  let text = [...node.childNodes].map(read).join("");
  if (/^t[dh]$/.test(node.localName)) return `${text.trim()}\t`;
  if (strong(node) && !plain(node) && text.trim() && !text.includes("\n") && !text.includes("**")) text = text.replace(/^(\s*)(.*?)(\s*)$/, "$1**$2**$3");
  if (!BLOCKS.test(node.localName)) return text;
  return `${EDGE}${node.localName === "li" ? begin(node) : ""}${text.replace(new RegExp(`^${EDGE}+|${EDGE}+$`, "g"), "")}${EDGE}`;
}

area?.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  if (!html || !/<(b|strong|u|ol)\b|font-weight|underline/i.test(html)) return;
  // The page's policy allows no style: nothing here shall be one, not even while it is read.
  const bare = html.replace(/<style[^]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style=");
  const text = read(new DOMParser().parseFromString(bare, "text/html").body).replace(/\v+/g, "\n").replace(/\*{4}/g, "").trim();
  if (!text) return;
  event.preventDefault();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// The button says how many are taken.
const button = document.querySelector("[name=do][value=add]");
document.querySelector(".offered")?.addEventListener("change", () => {
  const count = document.querySelectorAll("[name^=take-]:checked").length;
  button.textContent = button.textContent.replace(/\d+/, count);
});
