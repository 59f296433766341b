/* The search page. It fetches nothing: a browser reads no data from local files, but it runs scripts of the same
   folder, so every piece of the index is a script that passes its value to briefingSearch(name, value).
   The definition of a word must be the same here and in the program that wrote the index. */
(function () {
  "use strict";

  const FIRST = 10; /* The number of results of a kind that are shown before "Show all". */
  const EXCERPT = 220; /* Characters around the first word that was found. */
  const WORD = /[\p{L}\p{N}]+(?:[-‐./'’,&][\p{L}\p{N}]+)*/gu;
  const PART = /[\p{L}\p{N}]+/gu;
  /* The same in a text that was not folded, where accents may be separate from their letters. */
  const SHOWN_WORD = /[\p{L}\p{N}\p{M}]+(?:[-‐‑./'’,&][\p{L}\p{N}\p{M}]+)*/gu;
  const SHOWN_PART = /[\p{L}\p{N}\p{M}]+/gu;

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const words = JSON.parse(results.dataset.words); /* What the script prints, in the language of the site. */
  const plurals = new Intl.PluralRules(words.language);
  const root = new URL("../", document.currentScript.src);
  const folder = new URL("search/", document.currentScript.src);

  /* ---------------------------------------------------------------------------- pieces of the index */

  const pieces = new Map();

  window.briefingSearch = function (name, value) {
    pieces.get(name).arrived(value);
  };

  function load(name) {
    if (!pieces.has(name)) {
      const piece = {};
      piece.value = new Promise(function (resolve, reject) {
        const script = document.createElement("script");
        piece.arrived = resolve;
        script.onerror = function () {
          pieces.delete(name); /* The next search tries again. */
          script.remove();
          reject(new Error(name));
        };
        script.src = new URL(name + ".js", folder).href;
        document.head.append(script);
      });
      pieces.set(name, piece);
    }
    return pieces.get(name).value;
  }

  function loadAll(names) {
    return Promise.all(names.map(load));
  }

  /* ------------------------------------------------------------------------------------------ words */

  /* Words for a number, in the form that the language has for it; {n} and {query} are places for values. */
  function counted(forms, number, query) {
    const form = forms[number] || forms[plurals.select(number)] || forms.other;
    return form.replace(/\{(n|query)\}/g, (_, name) => (name === "n" ? number : query));
  }

  function folded(text, settings) {
    const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    return Array.from(plain, (letter) => (Object.hasOwn(settings.folds, letter) ? settings.folds[letter] : letter)).join("");
  }

  /* The terms of a query: each word with the forms that a text may have. F-16 is looked up as f16, long-range
     as two words, because a text may write them separately. */
  function termsOf(query, settings) {
    const found = new Set();
    for (const word of folded(query, settings).match(WORD) || []) {
      const parts = word.match(PART);
      const isOne = parts.some((part) => part.length < 2);
      for (const part of isOne ? [parts.join("")] : parts) {
        found.add(part);
      }
    }
    const useful = [...found].filter((word) => !settings.stops.includes(word));
    return useful.map((word) => ({ word, ways: waysOf(word, settings) }));
  }

  /* A word finds all words that begin with it, but a single letter or digit finds only itself; an English plural
     finds its singular and the other way round. */
  function waysOf(word, settings) {
    const ways = [{ text: word, isStart: Array.from(word).length > 1 }];
    const add = (text) => ways.push({ text, isStart: false });
    if (settings.english && word.length > 3) {
      if (word.endsWith("ies")) {
        add(word.slice(0, -3) + "y");
      } else if (/(?:s|x|z|ch|sh)es$/.test(word)) {
        add(word.slice(0, -2));
      }
      if (/[^aeiou]y$/.test(word)) {
        add(word.slice(0, -1) + "ies");
      }
      if (/[^sui]s$/.test(word)) {
        add(word.slice(0, -1));
      }
    }
    return ways;
  }

  function fits(word, ways) {
    return ways.some((way) => (way.isStart ? word.startsWith(way.text) : word === way.text));
  }

  function fileName(prefix) {
    const encoded = (letter) => (/[a-z0-9]/.test(letter) ? letter : "_" + letter.codePointAt(0).toString(16) + "_");
    return Array.from(prefix, encoded).join("");
  }

  /* ----------------------------------------------------------------------------------------- finding */

  /* "shelf mark" -> score of every document with a term; a whole word counts twice as much as its beginning. */
  async function having(term, settings) {
    const found = new Map();
    const wanted = settings.shards.filter((shard) =>
      term.ways.some((way) => way.text.startsWith(shard) || (way.isStart && shard.startsWith(way.text))),
    );
    for (const shard of await loadAll(wanted.map((prefix) => "words-" + fileName(prefix)))) {
      for (const word of Object.keys(shard)) {
        if (fits(word, term.ways)) {
          const times = term.ways.some((way) => way.text === word) ? 2 : 1;
          for (const shelf of Object.keys(shard[word])) {
            const postings = shard[word][shelf];
            for (let at = 0; at < postings.length; at += settings.mark + 1) {
              const key = shelf + " " + postings.slice(at, at + settings.mark);
              const score = times * Number(postings[at + settings.mark]);
              found.set(key, Math.max(score, found.get(key) || 0));
            }
          }
        }
      }
    }
    return found;
  }

  /* Documents with every term, by kind, the best first. */
  async function find(terms, settings) {
    const [first, ...others] = await Promise.all(terms.map((term) => having(term, settings)));
    const byKind = new Map(Object.keys(settings.kinds).map((kind) => [kind, []]));
    for (const [key, score] of first) {
      if (others.every((other) => other.has(key))) {
        const [shelf, mark] = key.split(" ");
        const whole = others.reduce((sum, other) => sum + other.get(key), score);
        byKind.get(shelf.split("-")[0]).push({ shelf, mark, key, score: whole });
      }
    }
    for (const found of byKind.values()) {
      found.sort((one, other) => other.score - one.score || (one.key < other.key ? -1 : 1));
    }
    return byKind;
  }

  /* ----------------------------------------------------------------------------------------- showing */

  /* [start, end] of every part of a text that matches a term. */
  function marksIn(text, terms, settings) {
    const isFound = (word) => terms.some((term) => fits(word, term.ways));
    const found = [];
    for (const match of text.matchAll(SHOWN_WORD)) {
      const whole = folded(match[0], settings);
      const parts = [...match[0].matchAll(SHOWN_PART)].filter((part) => isFound(folded(part[0], settings)));
      if (parts.length) {
        for (const part of parts) {
          found.push([match.index + part.index, match.index + part.index + part[0].length]);
        }
      } else if (isFound((whole.match(PART) || []).join(""))) {
        found.push([match.index, match.index + match[0].length]);
      }
    }
    return found;
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    made.append(...children);
    return made;
  }

  function marked(text, marks) {
    const children = [];
    let at = 0;
    for (const [start, end] of marks) {
      children.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    return [...children, text.slice(at)];
  }

  /* The part of a text around the first word found, cut between words. */
  function excerpt(text, terms, settings) {
    const marks = marksIn(text, terms, settings);
    const middle = marks.length ? marks[0][0] : 0;
    let start = middle < EXCERPT / 2 ? 0 : text.indexOf(" ", middle - EXCERPT / 3) + 1;
    if (start > middle) {
      start = middle;
    }
    let end = text.length;
    if (end - start > EXCERPT) {
      end = text.lastIndexOf(" ", start + EXCERPT);
      end = end > middle ? end : start + EXCERPT;
    }
    const within = marks.filter((mark) => mark[0] >= start && mark[1] <= end);
    const moved = within.map((mark) => [mark[0] - start, mark[1] - start]);
    return [start ? "… " : "", ...marked(text.slice(start, end), moved), end < text.length ? " …" : ""];
  }

  function result(kind, found, terms, settings) {
    const [path, title, text, state] = found;
    const link = element("a", "", ...marked(title, marksIn(title, terms, settings)));
    link.href = new URL(path, root).href;
    const head = element("p", "result-title", link);
    if (state) {
      const status = state.split(", ")[0];
      const isStatus = kind === "fact" && /^[a-z-]+$/.test(status);
      head.append(" ", element("span", isStatus ? "status status-" + status : "quiet", state));
    }
    const item = element("li", "", head);
    if (text) {
      item.append(element("p", "result-text", ...excerpt(text, terms, settings)));
    }
    return item;
  }

  async function items(kind, found, terms, settings) {
    const shelves = await loadAll(found.map((it) => "shelf-" + it.shelf));
    return found.map((it, number) => result(kind, shelves[number][it.mark], terms, settings));
  }

  async function group(kind, found, terms, settings) {
    const id = "found-" + kind;
    const heading = element("h2", "", settings.kinds[kind] + " ", element("span", "quiet", String(found.length)));
    heading.id = id;
    const list = element("ol", "results", ...(await items(kind, found.slice(0, FIRST), terms, settings)));
    const section = element("section", "", heading, list);
    section.setAttribute("aria-labelledby", id);
    if (found.length > FIRST) {
      const more = element("button", "more", counted(words.show_all, found.length, ""));
      more.type = "button";
      more.setAttribute("aria-describedby", id);
      more.addEventListener("click", async function () {
        const rest = await items(kind, found.slice(FIRST), terms, settings);
        list.append(...rest);
        more.remove();
        rest[0].querySelector("a").focus();
      });
      section.append(more);
    }
    return section;
  }

  let asked = 0; /* Answers may come late; only the answer to the newest query is shown. */

  async function answer() {
    const number = ++asked;
    const query = input.value.trim();
    const show = function (said, ...sections) {
      if (number === asked) {
        results.replaceChildren(...sections);
        status.textContent = said;
      }
    };
    remember(query);
    if (!query) {
      show("");
      return;
    }
    try {
      const settings = await load("settings");
      const terms = termsOf(query, settings);
      if (!terms.length) {
        show(words.too_common);
        return;
      }
      const byKind = [...(await find(terms, settings))].filter((it) => it[1].length);
      const count = byKind.reduce((sum, it) => sum + it[1].length, 0);
      const sections = await Promise.all(byKind.map((it) => group(it[0], it[1], terms, settings)));
      show(counted(words.results, count, query), ...sections);
    } catch {
      show(words.missing);
    }
  }

  /* The address always contains the query, so that a reader can send it to somebody. */
  function remember(query) {
    const address = new URL(location.href);
    if ((address.searchParams.get("q") || "") !== query) {
      address.search = query ? "?" + new URLSearchParams({ q: query }) : "";
      try {
        history.replaceState(null, "", address);
      } catch {
        /* Some browsers keep the address of a file as it is. */
      }
    }
  }

  /* The arrow keys move through the results; all other keys work as usual. */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...results.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (step && at >= 0 && stops[at + step]) {
      event.preventDefault();
      stops[at + step].focus();
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    answer();
  });
  input.addEventListener("input", answer);
  document.getElementById("content").addEventListener("keydown", walk);
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) {
    answer();
  } else {
    input.focus();
  }
})();
