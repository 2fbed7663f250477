// The print button appears only where printing by script works; everybody else has the browser's menu.
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
