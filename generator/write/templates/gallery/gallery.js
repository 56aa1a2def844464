// Lists, finds and turns the cards that cards.js brings. Addresses: #card-id, and #card-id/2 for its second Anki card.
"use strict";
const $ = (id) => document.getElementById(id);
const FILTERS = ["topic", "level", "certainty", "trait", "source"];
const NAMES = {
  core: "Core", standard: "Standard", detail: "Detail", settled: "Settled", debated: "Debated", weak: "Weak",
  question: "Question", reverse: "The other way round", typed: "Answer to type", cloze: "Gap", occlusion: "Hidden label",
  case: "Case", figure: "With a figure", "red-flag": "Red flag", retired: "Retired",
};
const narrow = matchMedia("(max-width: 44.99rem)"), dark = matchMedia("(prefers-color-scheme: dark)");
const frame = $("frame"), query = $("query"), selects = Object.fromEntries(FILTERS.map((key) => [key, $("form").elements[key]]));
let deck = { cards: [] }, rows = [], places = new Map(), found = [], current = -1, back = false;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const values = (card, key) => ({ trait: card.traits, source: card.sources })[key] ?? [card[key]];
const number = (count) => `${count} Anki card${count === 1 ? "" : "s"}`;

function make(tag, name, text = "") {
  return Object.assign(document.createElement(tag), { className: name, textContent: text });
}

// ---- the list

function fill(given) {
  deck = given;
  const wanted = Object.fromEntries(FILTERS.map((key) => [key, selects[key].value]));
  const topics = new Map(deck.topics), sources = new Map(deck.sources);
  const names = { topic: topics, source: sources };
  for (const key of FILTERS) {
    const counts = new Map((names[key] ? [...names[key].keys()] : Object.keys(NAMES)).map((value) => [value, 0]));
    for (const card of deck.cards) for (const value of values(card, key)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const options = [...counts].filter(([, count]) => count).map(([value, count]) =>
      new Option(`${(names[key]?.get(value) ?? NAMES[value] ?? value)} (${count})`, value));
    selects[key].replaceChildren(new Option("All", ""), ...options);
    selects[key].value = wanted[key];
    if (selects[key].selectedIndex < 0) selects[key].value = "";
  }
  const groups = new Map();
  rows = deck.cards.map((card) => {
    const row = make("li", ""), link = make("a", "");
    const marks = [card.part, card.level === "standard" ? "" : card.level, card.certainty === "settled" ? "" : card.certainty,
      card.traits.includes("red-flag") ? "red flag" : "", card.traits.includes("retired") ? "retired" : ""].filter(Boolean);
    link.href = `#${card.address}`;
    link.append(make("span", "asked", card.title));
    if (marks.length) link.append(make("span", "marks", marks.join(" · ")));
    row.append(link);
    if (!groups.has(card.topic)) {
      const group = make("section", "group"), list = make("ul", "");
      group.append(make("h3", "", topics.get(card.topic) ?? card.topic), list);
      groups.set(card.topic, { group, list });
    }
    groups.get(card.topic).list.append(row);
    return row;
  });
  places = new Map(deck.cards.map((card, i) => [card.address, i]));
  $("list").replaceChildren(...[...groups.values()].map(({ group }) => group));
}

function sift() {
  const words = fold(query.value).split(/\s+/).filter(Boolean);
  const chosen = FILTERS.map((key) => [key, selects[key].value]).filter(([, value]) => value);
  found = [];
  deck.cards.forEach((card, i) => {
    const fits = words.every((word) => (card.folded ??= fold(card.searched)).includes(word)) && chosen.every(([key, value]) => values(card, key).includes(value));
    rows[i].hidden = !fits;
    if (fits) found.push(i);
  });
  for (const group of $("list").children) group.hidden = !group.querySelector("li:not([hidden])");
  const all = deck.cards.length;
  $("count").textContent = found.length === all ? number(all) : `${found.length} of ${number(all)}`;
  $("nothing").hidden = found.length > 0 || !all;
  $("active").textContent = chosen.length ? ` (${chosen.length})` : "";
  $("clear").disabled = !chosen.length && !words.length;
  step();
}

function clear() {
  query.value = "";
  for (const key of FILTERS) selects[key].value = "";
  sift();
  remember();
  query.focus();
}

// ---- the card

const here = () => location.hash.slice(1); // ids need no escapes
const toAddress = (i) => history.replaceState(history.state, "", `#${deck.cards[i].address}`);

function open(again = false) {
  const address = here(), [id, part] = address.split("/");
  document.body.dataset.view = address ? "card" : "list";
  let place = places.get(address) ?? (part === "1" ? places.get(id) : undefined);
  const missing = address && place === undefined;
  if (!address) place = current in deck.cards ? current : (found[0] ?? 0);
  rows[current]?.firstChild.removeAttribute("aria-current");
  current = missing || !deck.cards.length ? -1 : place;
  rows[current]?.firstChild.setAttribute("aria-current", "true");
  const link = rows[current]?.firstChild;
  if (link && !rows[current].hidden) link.parentElement.scrollIntoView({ block: "nearest" });
  step();
  draw(again);
  if (missing) {
    $("name").textContent = "No such card";
    $("facts").textContent = `There is no card “${address}” here.`;
  }
}

function draw(again = false) {
  const card = deck.cards[current];
  document.body.classList.toggle("without", !card);
  $("flip").disabled = !card;
  $("flip").textContent = back ? "Show question" : "Show answer";
  if (!card) return;
  const night = document.documentElement.dataset.look === "night";
  const side = `${card.address}, ${back ? "answer" : "question"}`;
  $("name").textContent = card.address;
  $("facts").textContent = [NAMES[card.level], NAMES[card.certainty], card.path].join(" · ");
  document.title = `${card.address} – ${deck.title}`;
  frame.title = side;
  const html = (back ? card.back : card.front).replace(/<img src="([^"]+)"/g, (image, name) =>
    window.figures[name] ? `<img src="${window.figures[name]}"` : image);
  const shown = { address: card.address, number: card.number, title: side, html, css: deck.styles[card.css], back, night, again };
  frame.contentWindow.postMessage({ card: shown }, "*"); // a sandbox has no origin to name
}

function step() {
  const at = found.indexOf(current);
  $("previous").disabled = at === 0 || !found.length;
  $("next").disabled = at === found.length - 1 || !found.length;
}

function go(by) {
  if (!found.length) return;
  let at = found.indexOf(current);
  if (at < 0) at = by > 0 ? found.findIndex((i) => i > current) - 1 : found.findLastIndex((i) => i < current) + 1;
  const place = found[at + by];
  if (place === undefined) return;
  const focused = document.activeElement?.closest?.(".list a");
  back = false;
  toAddress(place);
  open();
  if (focused) rows[place].firstChild.focus();
  remember();
}

function turn() {
  if (current < 0) return;
  back = !back;
  draw();
  $("turned").textContent = back ? "Answer" : "Question";
  remember();
}

// ---- what is kept: the place and the filters with the page's history, the look with the browser

function remember() {
  const filters = Object.fromEntries(FILTERS.map((key) => [key, selects[key].value]));
  history.replaceState({ back, query: query.value, filters }, "");
}

function look(night) {
  document.documentElement.dataset.look = night ? "night" : "day";
  $("night").setAttribute("aria-pressed", String(night));
  draw(true);
}

function store(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(`studydeck-${key}`);
    localStorage.setItem(`studydeck-${key}`, value);
  } catch { /* a browser may forbid it to files */ }
  return null;
}

function asPhone(on) {
  document.body.classList.toggle("phone", on);
  $("phone").setAttribute("aria-pressed", String(on));
}

// ---- what people do

function press(event, key) {
  const element = event.target, typing = element.matches?.("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Escape" && element === query && !query.value) $("name").focus();
  if (typing) return;
  const native = element.closest?.("button, summary, a") && (key === "Enter" || (key === " " && !element.closest("a")));
  if (key === "/") query.focus();
  else if (key === "j" || key === "ArrowRight") go(1);
  else if (key === "k" || key === "ArrowLeft") go(-1);
  else if ((key === "ArrowDown" || key === "ArrowUp") && element.closest?.(".list")) go(key === "ArrowDown" ? 1 : -1);
  else if ((key === " " || key === "Enter" || key === "click") && !native) turn();
  else return;
  event.preventDefault?.();
}

addEventListener("keydown", (event) => press(event, event.key));
addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  if (event.data?.ready) draw();
  else if (event.data?.key) press({ target: frame }, event.data.key);
});
addEventListener("popstate", () => {
  back = Boolean(history.state?.back);
  open();
  remember();
  if (narrow.matches) (here() ? $("name") : rows[current]?.firstChild)?.focus();
});
$("form").addEventListener("input", () => {
  sift();
  $("list").scrollTop = 0;
  remember();
});
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (found.length) rows[found[0]].firstChild.click();
});
$("clear").addEventListener("click", clear);
$("all").addEventListener("click", clear);
$("flip").addEventListener("click", turn);
$("next").addEventListener("click", () => go(1));
$("previous").addEventListener("click", () => go(-1));
$("skip").addEventListener("click", () => frame.focus());
$("night").addEventListener("click", () => {
  const night = document.documentElement.dataset.look !== "night";
  store("look", night ? "night" : "day");
  look(night);
});
$("phone").addEventListener("click", () => {
  asPhone(!document.body.classList.contains("phone"));
  store("phone", document.body.classList.contains("phone") ? "yes" : "");
});
dark.addEventListener("change", () => { if (!store("look")) look(dark.matches); });

// ---- begin; a preview calls `renew` when the cards have changed

window.renew = () => {
  const address = deck.cards[current]?.address, scrolled = $("list").scrollTop;
  fill(window.deck);
  sift();
  current = places.get(address) ?? -1;
  $("list").scrollTop = scrolled;
  open(true);
};
const kept = history.state ?? {};
back = Boolean(kept.back);
asPhone(Boolean(store("phone")));
fill(window.deck);
query.value = kept.query ?? "";
for (const key of FILTERS) selects[key].value = kept.filters?.[key] ?? "";
sift();
$("filters").open = FILTERS.some((key) => selects[key].value);
look(store("look") ? store("look") === "night" : dark.matches);
open();
