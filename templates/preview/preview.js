// The frame of the preview. After every change it asks what there is to show, loads a changed document beside the
// one that is read, and puts it in its place once it is there and at the same paragraph.
"use strict";
(() => {
  const { base, suffix, busy, lost } = document.body.dataset;
  let { brief, view } = document.body.dataset;
  const bar = document.getElementById("bar");
  const stage = document.getElementById("stage");
  const panel = document.getElementById("panel");
  const status = document.getElementById("status");
  const BLOCKS = "[data-place], h1, h2, h3, h4, p, li, tr, dt, dd, figure, pre";
  let asked = 0;
  let address = stage.querySelector("iframe").getAttribute("src");

  const shown = () => stage.querySelector("iframe.shown");

  // What somebody reads: blocks of a document, each by its name or its words, and how often these came before.
  const blocks = (page) => {
    const seen = new Map();
    return [...page.querySelectorAll(BLOCKS)]
      .filter((block) => !block.closest("dialog") && block.getClientRects().length)
      .map((block) => {
        const words = block.dataset.place || `${block.localName} ${block.textContent.replace(/\s+/g, " ").trim()}`;
        const times = seen.get(words) || 0;
        seen.set(words, times + 1);
        return { block, key: `${times} ${words}`, top: block.getBoundingClientRect().top };
      });
  };

  // The blocks around the upper edge, the nearest first: where one was changed, the next one keeps the place.
  const place = (frame) => {
    const page = frame.contentDocument;
    const found = page ? blocks(page) : [];
    const at = found.findIndex(({ block, top }) => top + block.getBoundingClientRect().height > 0);
    const near = found.map(({ key, top }, index) => ({ key, top, far: Math.abs(index - at) }));
    near.sort((one, other) => one.far - other.far);
    const open = page ? [...page.querySelectorAll("dialog[popover]")].filter((card) => card.matches(":popover-open")) : [];
    return { near: at < 0 ? [] : near, y: frame.contentWindow.scrollY, cards: open.map((card) => card.id), focus: document.activeElement === frame && page.activeElement ? blockOf(page, page.activeElement) : null };
  };

  const blockOf = (page, element) => element.id || element.getAttribute("href") || element.getAttribute("popovertarget") || "";

  const restore = (frame, before) => {
    const page = frame.contentDocument;
    const now = new Map(blocks(page).map((item) => [item.key, item]));
    const same = before.near.find(({ key }) => now.has(key));
    const y = same ? frame.contentWindow.scrollY + now.get(same.key).top - same.top : before.y;
    frame.contentWindow.scrollTo({ top: y, behavior: "instant" });
    for (const id of before.cards) page.getElementById(id)?.showPopover();
    if (before.focus === null) return;
    frame.focus();
    const wanted = CSS.escape(before.focus);
    page.querySelector(`#${wanted || "none"}, [href="${wanted}"], [popovertarget="${wanted}"]`)?.focus({ preventScroll: true });
  };

  const decorate = (frame) => {
    const page = frame.contentDocument;
    if (!page) return;
    for (const link of page.querySelectorAll("a[href]")) {
      if (link.origin !== location.origin || !link.pathname.endsWith(".html")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    }
    for (const badge of page.querySelectorAll(".found-badge")) {
      badge.addEventListener("click", () => point(badge.id.replace("badge-", "")));
    }
    page.addEventListener("keydown", (event) => event.key === "Escape" && point(""));
  };

  // The finding that somebody looks at, in the text and in the list.
  const point = (number) => {
    for (const item of panel.querySelectorAll(".finding.at")) item.classList.remove("at");
    const page = shown().contentDocument;
    for (const mark of page.querySelectorAll("mark.found.at")) mark.classList.remove("at");
    if (!number) return;
    const item = document.getElementById(`found-${number}`);
    item?.classList.add("at");
    item?.scrollIntoView({ block: "nearest" });
    for (const mark of page.querySelectorAll(`mark.found[data-found~="${number}"]`)) mark.classList.add("at");
  };

  panel.addEventListener("click", (event) => {
    const number = event.target.closest("[data-go]")?.dataset.go;
    if (!number) return;
    point(number);
    const page = shown().contentDocument;
    const badge = page.getElementById(`badge-${number}`) || page.querySelector(`mark.found[data-found~="${number}"]`);
    badge?.scrollIntoView({ block: "center" });
    shown().focus();
    badge?.focus({ preventScroll: true });
  });

  const follow = (frame) => {
    // A link within the site may lead to the page of another brief.
    const found = frame.contentWindow.location.pathname.match(/\/site\/briefs\/([a-z0-9-]+)\.html$/);
    if (!found || (found[1] === brief && view === "site")) return;
    [brief, view] = [found[1], "site"];
    address = null;
    history.replaceState(null, "", `${base}show/${brief}/${view}`);
    ask();
  };

  const load = (to) => {
    const old = shown();
    for (const frame of stage.querySelectorAll("iframe:not(.shown)")) frame.remove();
    const next = document.createElement("iframe");
    next.title = old.title;
    stage.setAttribute("aria-busy", "true");
    const late = setTimeout(() => { status.textContent = busy; }, 300);
    next.addEventListener("load", () => {
      clearTimeout(late);
      if (!next.isConnected) return;
      decorate(next);
      restore(next, place(old));
      next.classList.add("shown");
      old.remove();
      stage.setAttribute("aria-busy", "false");
      status.textContent = "";
      next.addEventListener("load", () => { decorate(next); follow(next); });
    }, { once: true });
    next.src = to;
    stage.append(next);
  };

  const put = (part, html) => {
    const open = [...part.querySelectorAll("details[open][data-more]")].map((item) => item.dataset.more);
    const focus = part.contains(document.activeElement) ? document.activeElement.dataset.go : undefined;
    const [top, text] = [part.scrollTop, new DOMParser().parseFromString(html, "text/html")];
    part.replaceChildren(...text.body.childNodes);
    for (const name of open) part.querySelector(`details[data-more="${name}"]`)?.setAttribute("open", "");
    part.scrollTop = top;
    if (focus) part.querySelector(`[data-go="${focus}"]`)?.focus({ preventScroll: true });
  };

  // First what concerns this brief, then the findings of the whole project.
  const ask = async (whole = false) => {
    const number = (asked += 1);
    let answer;
    try {
      const reply = await fetch(`${base}state/${brief}/${view}${whole ? "?whole=1" : ""}`);
      if (!reply.ok) throw new Error(reply.status);
      answer = await reply.json();
    } catch {
      status.textContent = lost;
      return;
    }
    if (number !== asked) return;
    document.title = `${answer.title} – ${suffix}`;
    if (bar.dataset.was !== answer.bar) put(bar, answer.bar);
    bar.dataset.was = answer.bar;
    if (panel.dataset.was !== answer.panel) put(panel, answer.panel);
    panel.dataset.was = answer.panel;
    if (address && answer.address !== address) load(answer.address);
    address = answer.address;
    if (!answer.is_checked && !whole) ask(true);
  };

  shown().addEventListener("load", () => { decorate(shown()); follow(shown()); });
  if (shown().contentDocument?.readyState === "complete") decorate(shown());
  const changes = new EventSource(`${base}changes`);
  changes.addEventListener("changed", () => ask());
  changes.addEventListener("open", () => { if (status.textContent === lost) status.textContent = ""; });
  changes.addEventListener("error", () => { status.textContent = lost; });
})();
