/* The search page. It fetches nothing: a browser reads no data from local files, but it runs scripts of the same
   folder, so every piece of the index is a script that passes its value to briefingSearch(name, value).
   The definition of a word, and what is taken for the same word, must be the same here and in the program that
   wrote the index; the tables and rules for it come with the settings. */
(function () {
  "use strict";

  const FIRST = 20; /* The number of results that are shown before "Show more". */
  const MORE = 50;
  const EXCERPT = 320; /* Characters up to which an excerpt has a second sentence. */
  /* How good a word is that was found, by how it was found. */
  const SAME = 1;
  const LIKE = 0.95;
  const BEGUN = 0.5;
  const WORD = /[\p{L}\p{N}]+(?:[-‐./'’,&][\p{L}\p{N}]+)*/gu;
  const PART = /[\p{L}\p{N}]+/gu;
  /* The same in a text that was not folded, where accents may be separate from their letters. */
  const SHOWN_WORD = /[\p{L}\p{N}\p{M}]+(?:[-‐‑./'’,&][\p{L}\p{N}\p{M}]+)*/gu;
  const SHOWN_PART = /[\p{L}\p{N}\p{M}]+/gu;
  const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
  const AMOUNT = /(\d)(?=(?:bn|mn|mds?)(?![\p{L}\p{N}]))/giu; /* 90bn is 90 billion. */
  const SENTENCE = /[.?!…]["'”’»)\]\s]*$/;
  const FACETS = ["kind", "topic", "side", "status", "year"];

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const narrow = document.getElementById("search-facets");
  const clear = document.getElementById("search-clear");
  const selects = new Map(FACETS.map((name) => [name, document.getElementById("facet-" + name)]));
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

  let settings;

  async function ready() {
    if (!settings) {
      const found = await load("settings");
      const compiled = (rules) => rules.map(([pattern, text]) => [new RegExp(pattern, "g"), text]);
      settings = { ...found, alike: compiled(found.alike), sound: compiled(found.sound) };
    }
  }

  /* ------------------------------------------------------------------------------------------ words */

  /* Words for a number, in the form that the language has for it; {n}, {query} and {meant} are places for values. */
  function counted(forms, number, values) {
    const form = typeof forms === "string" ? forms : forms[number] || forms[plurals.select(number)] || forms.other;
    return form.replace(/\{(n|query|meant)\}/g, (_, name) => (name === "n" ? number.toLocaleString(words.language) : values[name]));
  }

  function folded(text, settings) {
    const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    return Array.from(plain, (letter) => (Object.hasOwn(settings.folds, letter) ? settings.folds[letter] : letter)).join("");
  }

  function replaced(word, rules) {
    return rules.reduce((text, [pattern, other]) => text.replace(pattern, other), word);
  }

  function inLatin(word, settings) {
    return Array.from(word, (letter) => (Object.hasOwn(settings.latin, letter) ? settings.latin[letter] : letter)).join("");
  }

  /* What a folded word has in common with its other spellings, and with those in other scripts. */
  function formsOf(word, settings) {
    const latin = inLatin(word, settings);
    const alike = replaced(latin, settings.alike) || word;
    return { word, alike, sound: replaced(alike, settings.sound) || word, isLatin: latin === word };
  }

  /* The end of a query: what a word sounds like that may go on. */
  const known = new Map();

  function formsKept(word) {
    if (!known.has(word)) {
      known.set(word, formsOf(word, settings));
    }
    return known.get(word);
  }

  function soundOfBeginning(word) {
    const rules = settings.alike.slice(-2); /* Without those of the language, which are about whole words. */
    return replaced(replaced(inLatin(word, settings), rules), settings.sound) || word;
  }

  function plainTerm(word) {
    const beginning = soundOfBeginning(word);
    return {
      ...formsKept(word),
      said: word,
      beginning,
      isOne: Array.from(word).length < 2,
      isNumber: /^\d+$/.test(word),
      fits: new Map(),
    };
  }

  /* The terms of a query: phrases, and words. F-16 is looked up as f16, long-range as two words, because a text
     may write them separately. */
  function termsOf(query) {
    const found = new Map();
    const isUseful = (word) => !settings.stops.includes(word);
    const rest = query.replace(QUOTED, function (_, quoted) {
      const parts = folded(quoted, settings).match(PART) || [];
      const words = parts.filter(isUseful).map(plainTerm);
      if (parts.length > 1 && words.length) {
        found.set('"' + parts.join(" "), { said: quoted.trim(), parts, words });
        return " ";
      }
      return " " + quoted + " ";
    });
    for (const word of folded(rest.replace(AMOUNT, "$1 "), settings).match(WORD) || []) {
      const parts = word.match(PART);
      const isOne = parts.some((part) => part.length < 2);
      for (const part of isOne ? [parts.join("")] : parts) {
        if (isUseful(part)) {
          found.set(part, plainTerm(part));
        }
      }
    }
    return [...found.values()];
  }

  /* How well a word is what a term asks for; 0 if it is not. A word finds all words that begin with it, but a
     single letter, a number, and a word of a phrase find only themselves. */
  function fit(term, word) {
    if (!term.fits.has(word)) {
      term.fits.set(word, fitAnew(term, word));
    }
    return term.fits.get(word);
  }

  function fitAnew(term, word) {
    if (word === term.word) {
      return SAME;
    }
    if (term.isOne || term.isNumber) {
      return 0;
    }
    const forms = formsKept(word);
    if (forms.alike === term.alike || (forms.isLatin !== term.isLatin && forms.sound === term.sound)) {
      return LIKE;
    }
    const isBegun =
      word.startsWith(term.word) ||
      (forms.isLatin !== term.isLatin && term.beginning.length > 2 && forms.sound.startsWith(term.beginning));
    return isBegun ? BEGUN : 0;
  }

  function fileName(prefix) {
    const encoded = (letter) => (/[a-z0-9]/.test(letter) ? letter : "_" + letter.codePointAt(0).toString(16) + "_");
    return "words-" + Array.from(prefix, encoded).join("");
  }

  /* ----------------------------------------------------------------------------------------- finding */

  /* The shards that may have words for a term. Of a beginning the last letter may sound otherwise in a whole word,
     and so may what follows the first three. */
  function shardsOf(term) {
    const begun = term.beginning.replace(/k$/, "").slice(0, 3);
    const goesOn = !term.isOne && !term.isNumber;
    return settings.shards.filter(
      (shard) =>
        term.sound.startsWith(shard) || (goesOn && (begun.startsWith(shard) || shard.startsWith(begun))),
    );
  }

  /* "shelf mark" -> score of every document that has a word, by place, and by how the word was found. */
  async function having(term, isExact) {
    const found = new Map();
    for (const shard of await loadAll(shardsOf(term).map(fileName))) {
      for (const word of Object.keys(shard)) {
        const quality = isExact ? Number(word === term.word) : fit(term, word);
        if (quality) {
          for (const [key, score] of postingsOf(shard[word])) {
            found.set(key, Math.max(quality * score, found.get(key) || 0));
          }
        }
      }
    }
    return found;
  }

  function* postingsOf(shelves) {
    for (const shelf of Object.keys(shelves)) {
      const postings = shelves[shelf];
      for (let at = 0; at < postings.length; at += settings.mark + 1) {
        yield [shelf + " " + postings.slice(at, at + settings.mark), parseInt(postings[at + settings.mark], 36)];
      }
    }
  }

  /* The same for a phrase: of the documents with all its words those whose texts have them in its order. */
  async function havingPhrase(term) {
    const [first, ...others] = await Promise.all(term.words.map((word) => having(word, true)));
    const found = new Map();
    for (const [key, score] of first) {
      if (others.every((other) => other.has(key)) && hasPhrase((await shown(key)).slice(1, 3).join("\n"), term)) {
        found.set(key, others.reduce((least, other) => Math.min(least, other.get(key)), score));
      }
    }
    return found;
  }

  function hasPhrase(text, term) {
    return text.split("\n").some((line) => phrasesIn(line, term).length);
  }

  /* [start, end] of every place of a line that has a phrase. */
  function phrasesIn(line, term) {
    const parts = [...line.matchAll(SHOWN_PART)];
    const said = parts.map((part) => folded(part[0], settings));
    const found = [];
    for (let at = 0; at + term.parts.length <= parts.length; at += 1) {
      if (term.parts.every((part, step) => said[at + step] === part)) {
        const last = parts[at + term.parts.length - 1];
        found.push([parts[at].index, last.index + last[0].length]);
      }
    }
    return found;
  }

  async function shown(key) {
    const [shelf, mark] = key.split(" ");
    return (await load("shelf-" + shelf))[mark];
  }

  /* Letters that have to be put in, left out, changed or swapped to make one word of another; more than the most
     allowed is all the same. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) {
      return most + 1;
    }
    let older = [];
    let old = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row += 1) {
      const line = [row];
      for (let at = 1; at <= other.length; at += 1) {
        const isSame = one[row - 1] === other[at - 1];
        line[at] = Math.min(old[at] + 1, line[at - 1] + 1, old[at - 1] + (isSame ? 0 : 1));
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
          line[at] = Math.min(line[at], older[at - 2] + 1);
        }
      }
      if (Math.min(...line) > most) {
        return most + 1;
      }
      older = old;
      old = line;
    }
    return old[other.length];
  }

  /* The nearest word to one that nothing has: of those equally near the one that most documents have. */
  async function meant(term) {
    if (term.isNumber || /\d/.test(term.word) || term.alike.length < 4) {
      return "";
    }
    const most = term.alike.length < 6 ? 1 : 2;
    const starts = [term.sound[0], term.sound[1]];
    const shards = await loadAll(settings.shards.filter((shard) => starts.includes(shard[0])).map(fileName));
    let best = { word: "", far: most + 1, often: 0 };
    for (const shard of shards) {
      for (const word of Object.keys(shard)) {
        const forms = formsKept(word);
        const far = forms.alike.length < 3 ? most + 1 : distance(term.alike, forms.alike, most);
        if (far <= most && far <= best.far) {
          const often = [...postingsOf(shard[word])].length;
          if (far < best.far || often > best.often) {
            best = { word, far, often };
          }
        }
      }
    }
    return best.word;
  }

  /* Each term with the documents that have it. In place of a word that nothing has stands the nearest that is
     had, and in place of such a phrase its words; the remarks say so. */
  async function lookedUp(terms) {
    const found = [];
    const remarks = [];
    for (const term of terms) {
      const having_ = term.parts ? await havingPhrase(term) : await having(term);
      if (having_.size) {
        found.push({ term, having: having_ });
      } else if (term.parts) {
        remarks.push({ said: term.said });
        const inside = await lookedUp(term.words);
        found.push(...inside.found);
        remarks.push(...inside.remarks);
      } else {
        const other = await meant(term);
        if (other) {
          remarks.push({ said: term.said, meant: other });
          const instead = plainTerm(other);
          found.push({ term: instead, having: await having(instead) });
        } else {
          found.push({ term, having: having_ });
        }
      }
    }
    return { found, remarks };
  }

  /* The documents with all terms, then those with most of them, at least half. A rare word counts for more, and
     so do all words where the least of them is at a good place: of a question that is asked in a title. */
  function ranked(found) {
    const scores = new Map();
    let rarities = 0;
    for (const { having } of found) {
      const rarity = 1 / Math.log2(2 + having.size);
      rarities += rarity;
      for (const [key, score] of having) {
        const before = scores.get(key) || { key, count: 0, score: 0, least: score };
        const least = Math.min(before.least, score);
        scores.set(key, { key, count: before.count + 1, score: before.score + score * rarity, least });
      }
    }
    const most = [...scores.values()].filter((it) => it.count >= found.length / 2);
    return most.map((it) => (it.count === found.length ? { ...it, score: it.score + it.least * rarities } : it));
  }

  /* ----------------------------------------------------------------------------------------- facets */

  function tableOf(key) {
    const digit = "0123456789abcdefghijklmnopqrstuvwxyz".indexOf(key[key.lastIndexOf(" ") + 1]);
    return "facets-" + "0123456789ab"[digit % 12];
  }

  /* Give every document its kind and facets, and put the documents in their order. */
  async function inOrder(documents) {
    const names = [...new Set(documents.map((it) => tableOf(it.key)))];
    const loaded = await loadAll(names);
    const tables = new Map(names.map((name, at) => [name, loaded[at]]));
    const kinds = Object.keys(settings.kinds);
    for (const it of documents) {
      const [kind, ...others] = tables.get(tableOf(it.key))[it.key].split("|");
      it.facets = [[kind], ...others.map((text) => (text ? text.split(",") : []))];
      it.kind = kind;
      it.place = kinds.indexOf(kind);
    }
    return documents.sort(
      (one, other) =>
        other.count - one.count || other.score - one.score || one.place - other.place || (one.key < other.key ? -1 : 1),
    );
  }

  /* Of the documents that are shown first: before all others those whose title has the query as it was written,
     from three words on. */
  async function asWritten(query, documents) {
    const parts = folded(query, settings).match(PART) || [];
    if (parts.length < 3) {
      return documents;
    }
    const first = documents.slice(0, FIRST);
    const titles = await Promise.all(first.map((it) => shown(it.key)));
    const has = new Set(first.filter((_, at) => hasPhrase(titles[at][1], { parts })));
    return [...has, ...documents.filter((it) => !has.has(it))];
  }

  async function everything() {
    const tables = await loadAll(settings.facets);
    return tables.flatMap((table) => Object.keys(table).map((key) => ({ key, count: 0, score: 0 })));
  }

  function chosen() {
    return new Map([...selects].filter(([, select]) => select.value).map(([name, select]) => [name, select.value]));
  }

  function isWithin(it, wanted, except) {
    return FACETS.every((name, at) => name === except || !wanted.has(name) || it.facets[at].includes(wanted.get(name)));
  }

  function nameOf(facet, value) {
    if (facet === "kind") {
      return (settings.kinds[value] || [value, value])[1];
    }
    const names = settings.names[facet] || {};
    return Object.hasOwn(names, value) ? names[value] : value;
  }

  /* Offer for each facet what the results have that the other facets leave. */
  function offer(documents, wanted) {
    FACETS.forEach(function (facet, at) {
      const counts = new Map();
      for (const it of documents) {
        if (isWithin(it, wanted, facet)) {
          for (const value of it.facets[at]) {
            counts.set(value, (counts.get(value) || 0) + 1);
          }
        }
      }
      const value = wanted.get(facet) || "";
      if (value && !counts.has(value)) {
        counts.set(value, 0);
      }
      const select = selects.get(facet);
      const option = (text, of) => new Option(text, of, false, of === value);
      select.replaceChildren(
        option(words.any, ""),
        ...inTheirOrder(facet, [...counts.keys()]).map((name) =>
          option(nameOf(facet, name) + " (" + counts.get(name).toLocaleString(words.language) + ")", name),
        ),
      );
      select.parentElement.hidden = counts.size < 2 && !value;
    });
    clear.hidden = !wanted.size;
    narrow.hidden = [...selects.values()].every((select) => select.parentElement.hidden);
  }

  function inTheirOrder(facet, values) {
    if (facet === "kind") {
      const kinds = Object.keys(settings.kinds);
      return values.sort((one, other) => kinds.indexOf(one) - kinds.indexOf(other));
    }
    const sorted = values.sort((one, other) => nameOf(facet, one).localeCompare(nameOf(facet, other), words.language));
    return facet === "year" ? sorted.reverse() : sorted;
  }

  /* ----------------------------------------------------------------------------------------- showing */

  /* Of each term that a line has: the term, and [start, end] of every place. */
  function placesIn(line, terms) {
    const found = terms.map((term) => ({ term, marks: term.parts ? phrasesIn(line, term) : [] }));
    for (const match of line.matchAll(SHOWN_WORD)) {
      const parts = [...match[0].matchAll(SHOWN_PART)].map((part) => ({ at: part.index, text: part[0] }));
      const saying = parts.map((part) => folded(part.text, settings).match(PART) || []);
      const whole = saying.flat().join("");
      for (const { term, marks } of found) {
        if (!term.parts) {
          const before = marks.length;
          parts.forEach(function (part, number) {
            if (saying[number].some((word) => fit(term, word))) {
              const start = match.index + part.at;
              marks.push([start, start + part.text.length]);
            }
          });
          if (marks.length === before && parts.length > 1 && fit(term, whole)) {
            marks.push([match.index, match.index + match[0].length]);
          }
        }
      }
    }
    return found.filter((it) => it.marks.length);
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    made.append(...children);
    return made;
  }

  /* A text with its marks; those that overlap become one. */
  function marked(text, places) {
    const marks = places.flatMap((it) => it.marks).sort((one, other) => one[0] - other[0]);
    const children = [];
    let at = 0;
    for (const [start, end] of marks) {
      if (start >= at) {
        children.push(text.slice(at, start), element("mark", "", text.slice(start, end)));
        at = end;
      }
    }
    return [...children, text.slice(at)];
  }

  /* The sentence of a text that has most of the terms, and one that has others of them; a line that is no sentence
     only where it has more. */
  function excerpt(text, terms) {
    const lines = text.split("\n").map((line, at) => ({ line, at, places: placesIn(line, terms) }));
    const better = (had) => (best, it) => (goodness(it, had) > goodness(best, had) ? it : best);
    const newIn = (it, had) => it.places.filter((place) => !had.has(place.term)).length;
    const goodness = (it, had) => newIn(it, had) + (SENTENCE.test(it.line) ? 0.5 : 0);
    const first = lines.reduce(better(new Set()));
    const had = new Set(first.places.map((place) => place.term));
    const second = lines.reduce(better(had));
    const isTwo = newIn(second, had) && first.line.length + second.line.length < EXCERPT;
    const both = isTwo ? [first, second].sort((one, other) => one.at - other.at) : [first];
    return both.flatMap((it, number) => [
      number && it.at - both[0].at > 1 ? " … " : " ",
      ...marked(it.line, it.places),
    ]);
  }

  async function result(it, found) {
    const terms = found.map((one) => one.term);
    const [path, title, text, state] = await shown(it.key);
    const link = element("a", "", ...marked(title, placesIn(title, terms)));
    link.href = new URL(path, root).href;
    const head = element("p", "result-title", link);
    if (state) {
      const status = state.split(", ")[0];
      const isStatus = it.kind === "fact" && /^[a-z-]+$/.test(status);
      head.append(" ", element("span", isStatus ? "status status-" + status : "quiet", state));
    }
    const topics = it.facets[1].length === 1 && it.kind !== "topic" ? " · " + nameOf("topic", it.facets[1][0]) : "";
    const item = element("li", "", element("p", "result-kind", settings.kinds[it.kind][0] + topics), head);
    if (text) {
      item.append(element("p", "result-text", ...excerpt(text, terms)));
    }
    const missing = found.filter((one) => it.count && !one.having.has(it.key)).map((one) => one.term.said);
    if (missing.length) {
      item.append(element("p", "result-kind", counted(words.without, 0, { query: missing.join(" ") })));
    }
    return item;
  }

  /* Results one after the other, with a heading before those that lack words. */
  function listed(documents, found) {
    const place = element("div", "");
    const isWhole = (it) => it.count === found.length;
    let at = 0;
    async function more(number) {
      const shownNow = documents.slice(at, at + number);
      const items = await Promise.all(shownNow.map((it) => result(it, found)));
      shownNow.forEach(function (it, step) {
        const isNew = at + step === 0 || isWhole(documents[at + step - 1]) !== isWhole(it);
        if (isNew && !isWhole(it)) {
          place.append(element("h2", "", words.some));
        }
        if (isNew) {
          place.append(element("ol", "results"));
        }
        place.lastElementChild.append(items[step]);
      });
      at += shownNow.length;
      const left = Math.min(MORE, documents.length - at);
      if (left) {
        const button = element("button", "more", counted(words.more, left));
        button.type = "button";
        button.addEventListener("click", async function () {
          button.remove();
          (await more(MORE)).querySelector("a").focus();
        });
        place.append(button);
      }
      return items[0];
    }
    return more(FIRST).then(() => place);
  }

  function remarkOf(remark) {
    if (!remark.meant) {
      return element("p", "search-meant", counted(words.no_phrase, 0, { query: remark.said }));
    }
    const link = element("a", "", remark.meant);
    const query = input.value.toLowerCase().replace(remark.said, remark.meant);
    link.href = "?" + new URLSearchParams({ q: query === input.value.toLowerCase() ? remark.meant : query });
    const [before, after] = counted(words.meant, 0, { query: remark.said, meant: "\n" }).split("\n");
    return element("p", "search-meant", before, link, after);
  }

  let asked = 0; /* Answers may come late; only the answer to the newest query is shown. */

  async function answer() {
    const number = ++asked;
    const query = input.value.trim();
    const wanted = chosen();
    const show = function (said, ...parts) {
      if (number === asked) {
        results.replaceChildren(...parts);
        status.textContent = said;
      }
    };
    remember(query, wanted);
    if (!query && !wanted.size) {
      narrow.hidden = true;
      show("");
      return;
    }
    try {
      await ready();
      const terms = termsOf(query);
      if (query && !terms.length) {
        narrow.hidden = true;
        show(words.too_common);
        return;
      }
      const { found, remarks } = await lookedUp(terms);
      const documents = await inOrder(query ? ranked(found) : await everything());
      const left = await asWritten(query, documents.filter((it) => isWithin(it, wanted)));
      const list = await listed(left, found);
      if (number === asked) {
        offer(documents, wanted);
        show(said(query, left, found.length), ...remarks.map(remarkOf), list);
      }
    } catch {
      show(words.missing);
    }
  }

  function said(query, documents, terms) {
    if (!query) {
      return counted(words.listed, documents.length);
    }
    const whole = documents.filter((it) => it.count === terms).length;
    const all = counted(words.results, documents.length, { query });
    return whole < documents.length ? all + " " + counted(words.all, whole) : all;
  }

  /* The address always contains the query and the facets, so that a reader can send it to somebody. */
  function remember(query, wanted) {
    const address = new URL(location.href);
    const before = address.search;
    const all = [["q", query], ...wanted].filter(([, value]) => value);
    address.search = all.length ? "?" + new URLSearchParams(all) : "";
    if (address.search !== before) {
      try {
        history.replaceState(null, "", address);
      } catch {
        /* Some browsers keep the address of a file as it is. */
      }
    }
  }

  /* The arrow keys move through the results, and Escape goes back to the words, and there empties them; all other
     keys work as usual. */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...results.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Escape" && at > 0) {
      input.focus();
    } else if (event.key === "Escape" && at === 0 && input.value) {
      event.preventDefault();
      input.value = "";
      answer();
    } else if (step && at >= 0 && stops[at + step]) {
      event.preventDefault();
      stops[at + step].focus();
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    answer();
  });
  input.addEventListener("input", answer);
  for (const select of selects.values()) {
    select.addEventListener("change", answer);
  }
  clear.addEventListener("click", function () {
    for (const select of selects.values()) {
      select.value = "";
    }
    answer();
    input.focus();
  });
  document.getElementById("content").addEventListener("keydown", walk);
  const address = new URLSearchParams(location.search);
  input.value = address.get("q") || "";
  for (const [name, select] of selects) {
    if (address.get(name)) {
      select.replaceChildren(new Option("", address.get(name), false, true));
    }
  }
  if (input.value || chosen().size) {
    answer();
  } else {
    input.focus();
  }
})();
