// Copies the citation of a page. The button is hidden until this runs; without a script, readers select the line.
"use strict";
document.querySelectorAll("button.copy").forEach((button) => {
  const words = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(words);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const say = () => { status.textContent = ` ${button.dataset.done}`; };
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent);
      say();
    } catch {
      // No permission, or an old browser: the line is selected, for the reader to copy.
      select();
      if (document.execCommand("copy")) say();
    }
  });
});
