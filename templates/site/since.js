// Leaves out of the page of changes what became known before a day. Without it the page shows everything.
(function () {
  "use strict";
  var form = document.getElementById("since");
  var day = document.getElementById("since-day");
  var status = document.getElementById("since-status");
  var sections = Array.prototype.slice.call(document.querySelectorAll("section.day"));
  var lines = Array.prototype.slice.call(document.querySelectorAll("li[data-day]"));
  var months = Array.prototype.slice.call(document.querySelectorAll("[data-month]"));
  if (!form || !day || !status) return;

  function show(since) {
    var shown = 0, moves = 0;
    sections.forEach(function (section) {
      // A month or a year counts as new until its last day has passed.
      var isNew = !since || section.getAttribute("data-day") >= since;
      section.hidden = !isNew;
      if (isNew) {
        shown += 1;
        moves += Number(section.getAttribute("data-moves"));
      }
    });
    lines.forEach(function (line) {
      line.hidden = Boolean(since) && line.getAttribute("data-day") < since;
    });
    months.forEach(function (month) {
      month.hidden = Boolean(since) && month.getAttribute("data-month") < since;
    });
    day.value = since;
    status.textContent = !since ? "" : (shown ? form.dataset.shown : form.dataset.none)
      .replace("{moves}", moves).replace("{days}", shown);
    var address = since ? "#since=" + since : location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
    if (since || location.hash.indexOf("#since=") === 0) {
      try { history.replaceState(null, "", address); } catch (error) { /* a file of a disk may refuse it */ }
    }
  }

  function daysAgo(number) {
    var now = new Date();
    now.setDate(now.getDate() - number);
    return now.getFullYear() + "-" + ("0" + (now.getMonth() + 1)).slice(-2) + "-" + ("0" + now.getDate()).slice(-2);
  }

  function asked() {
    var found = /^#since=(\d{4}-\d{2}-\d{2})$/.exec(location.hash);
    return found ? found[1] : "";
  }

  form.addEventListener("click", function (event) {
    var button = event.target;
    if (button.dataset && button.dataset.since) show(button.dataset.since);
    if (button.dataset && button.dataset.days) show(daysAgo(Number(button.dataset.days)));
  });
  form.addEventListener("reset", function (event) { event.preventDefault(); show(""); });
  form.addEventListener("submit", function (event) { event.preventDefault(); show(day.value); });
  day.addEventListener("change", function () { show(day.value); });
  window.addEventListener("hashchange", function () { if (asked()) show(asked()); });
  form.hidden = false;
  if (asked()) show(asked());
}());
