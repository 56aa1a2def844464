// The page in which a card stands, laid out as Anki's reviewer lays out its own. The gallery says what to show.
"use strict";
const qa = document.getElementById("qa");
const app = new CSSStyleSheet(), style = new CSSStyleSheet();
app.replaceSync(`
  html { font-size: 16px; }
  body { margin: 20px; overflow-wrap: break-word; }
  body:focus { outline: none; } /* it is focused to be scrolled by keys; the mark is the whole frame's */
  body:focus-visible::after { content: ""; position: fixed; inset: 0; border: 3px solid #1f7a8a; border-radius: 11px; pointer-events: none; }
  img { max-width: 100%; max-height: 95vh; }
  li { text-align: start; }
  button { margin: 1em .5em; }
  hr { height: 1px; margin: 1em 0; border: 0; background: #737373; }
  #typeans { box-sizing: border-box; width: 100%; line-height: 1.75; }
  code#typeans { white-space: pre-wrap; }
  #image-occlusion-container { position: relative; margin: 0 auto; max-height: calc(95vh - 40px); }
  #image-occlusion-container > * { position: absolute; top: 0; left: 0; width: 100%; height: 100%; max-width: none; max-height: none; }
`);
document.adoptedStyleSheets = [app, style]; // a policy on inline styles does not touch these
let address = "", masked = true;

// What Anki gives to templates. Masks are drawn from the attributes that the cloze filter leaves.
window.anki = { imageOcclusion: { setup() {
  masked = true;
  document.getElementById("toggle")?.addEventListener("click", () => { masked = !masked; drawMasks(); });
  const box = document.getElementById("image-occlusion-container"), ready = () => { drawMasks(); box.style.visibility = ""; };
  box.style.visibility = "hidden"; // nothing is seen before it is masked
  box.querySelector("img").decode().then(ready, ready);
} } };

function drawMasks() {
  const canvas = document.getElementById("image-occlusion-canvas"), box = canvas?.parentElement;
  const image = box?.querySelector("img");
  if (!image?.naturalWidth) return;
  box.style.width = box.style.height = "";
  const ratio = image.naturalWidth / image.naturalHeight, most = parseFloat(getComputedStyle(box).maxHeight) || Infinity;
  const width = Math.min(box.clientWidth, image.naturalWidth, most * ratio), height = width / ratio;
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const pen = canvas.getContext("2d"), look = getComputedStyle(canvas);
  pen.scale(devicePixelRatio, devicePixelRatio);
  if (!masked) return;
  for (const [name, shapes] of [
    ["inactive", '.cloze-inactive[data-shape="rect"][data-occludeinactive="1"]'],
    ["active", '.cloze[data-shape="rect"]'],
    ["highlight", '.cloze-highlight[data-shape="rect"]'],
  ]) {
    const [line, color] = look.getPropertyValue(`--${name}-shape-border`).trim().split(/\s+/);
    pen.fillStyle = look.getPropertyValue(`--${name}-shape-color`).trim();
    pen.strokeStyle = color;
    pen.lineWidth = parseFloat(line);
    for (const { dataset: at } of qa.querySelectorAll(shapes)) {
      const rectangle = [at.left * width, at.top * height, at.width * width, at.height * height];
      pen.fillRect(...rectangle);
      pen.strokeRect(...rectangle);
    }
  }
}

// What was typed beside what is right, as Anki compares them: letter by letter.
function compare(typed, right) {
  const a = [...typed.normalize("NFC").trim()], b = [...right];
  const common = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  const above = [], below = [];
  const put = (line, kind, text) => {
    if (line.at(-1)?.className !== kind) line.push(Object.assign(document.createElement("span"), { className: kind }));
    line.at(-1).textContent += text;
  };
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put(above, "typeGood", a[i++]);
      put(below, "typeGood", b[j++]);
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) put(above, "typeBad", a[i++]);
    else put(below, "typeMissed", b[j++]);
  }
  if (above.length === 1 && below.length === 1 && above[0].className === "typeGood") return above;
  const br = () => document.createElement("br");
  return [...above, br(), Object.assign(document.createElement("span"), { id: "typearrow", textContent: "↓" }), br(), ...below];
}

function show(card) {
  const typed = card.address === address && card.back ? document.querySelector("input#typeans")?.value : "";
  address = card.address;
  style.replaceSync(card.css);
  document.documentElement.className = card.night ? "night-mode" : "";
  document.body.className = `card card${card.number}${card.night ? " nightMode night_mode" : ""}`;
  document.title = card.title;
  qa.innerHTML = card.html;
  for (const script of qa.querySelectorAll("script")) { // as Anki does: those in innerHTML do not run
    const again = document.createElement("script");
    again.textContent = script.textContent;
    script.replaceWith(again);
  }
  const right = document.querySelector("code#typeans");
  if (typed && right) right.replaceChildren(...compare(typed, right.textContent));
  const answer = card.back && !card.again && document.getElementById("answer");
  if (!card.again) scrollTo(0, answer ? answer.getBoundingClientRect().top + scrollY : 0);
}

addEventListener("message", (event) => {
  if (event.source !== parent || !event.data?.card) return;
  show(event.data.card);
});
addEventListener("resize", drawMasks);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input"), { key } = event;
  if (typing ? key !== "Enter" && key !== "Escape" : event.target.closest("a, button, summary") && (key === " " || key === "Enter")) return;
  if (typing) event.target.blur();
  if (key === " " || key === "Enter" || key === "/") event.preventDefault();
  parent.postMessage({ key }, "*");
});
addEventListener("click", (event) => {
  const hint = event.target.closest("a.hint");
  if (hint) {
    event.preventDefault();
    hint.hidden = true;
    hint.nextElementSibling.hidden = false;
  } else if (!event.target.closest("a, button, summary, input, label") && !getSelection().toString()) parent.postMessage({ key: "click" }, "*");
});
parent.postMessage({ ready: true }, "*");
