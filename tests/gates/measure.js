// What a test asks of a page: is it too wide, is a text too small or too faint, is a thing to tap too low?
() => {
  const rgba = (color) => color.match(/[\d.]+/g).map(Number);
  const opaque = (color) => rgba(color)[3] === undefined || rgba(color)[3] === 1;
  const light = (color) => {
    const [r, g, b] = rgba(color).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (opaque(color)) return color;
      if (rgba(color)[3] > 0) return "half transparent";
    }
    return "rgb(255, 255, 255)";
  };
  const small = [], faint = [], low = [], colors = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !element.checkVisibility()) continue;
    if (element.closest("style, script")) continue;
    seen.add(element);
    const style = getComputedStyle(element), on = ground(element);
    const what = `<${element.tagName.toLowerCase()} class="${element.className}"> ${walker.currentNode.data.trim().slice(0, 40)}`;
    // raised and lowered figures are small by their nature
    if (parseFloat(style.fontSize) < 16 && !element.closest("sub, sup")) small.push(`${style.fontSize} ${what}`);
    const ratio = opaque(style.color) && on !== "half transparent" ? contrast(style.color, on) : 0;
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${style.color} on ${on} ${what}`);
    colors.add(`${style.color} on ${on}`);
  }
  for (const e of document.querySelectorAll("summary, button, input"))
    if (e.checkVisibility() && e.getBoundingClientRect().height < 44)
      low.push(`${e.getBoundingClientRect().height} <${e.tagName.toLowerCase()}>`);
  return {
    width: document.documentElement.scrollWidth,
    text: document.body.innerText,
    small, faint, low, colors: [...colors],
  };
}
