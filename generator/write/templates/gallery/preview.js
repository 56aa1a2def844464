// In a preview: takes the cards anew when they change, and shows what is wrong with them.
"use strict";
{
  let known = JSON.parse(document.currentScript.dataset.revisions), work = Promise.resolve();
  const box = $("problems"), head = $("problems-title"), list = box.querySelector("ol");

  const take = (name) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${name}.js?${encodeURIComponent(performance.now())}`;
    script.onload = script.onerror = (event) => {
      script.remove();
      event.type === "load" ? done() : failed(event);
    };
    document.head.append(script);
  });

  const tell = (title, problems, stale) => {
    const moves = box.hidden === Boolean(title);
    box.hidden = !title;
    box.className = stale ? "" : "review";
    document.body.classList.toggle("stale", stale);
    head.textContent = title;
    list.replaceChildren(...problems.map((problem) => {
      const item = make("li", problem.severity);
      item.append(make("code", "", problem.place), ` ${problem.severity === "error" ? "" : "to review: "}${problem.message}`);
      if (problem.excerpt) item.append(Object.assign(make("pre", "", problem.excerpt), { tabIndex: 0 })); // it may scroll
      if (problem.help) item.append(make("p", "help", `Help: ${problem.help}`));
      return item;
    }));
    if (moves) rows[current]?.scrollIntoView({ block: "nearest" });
  };

  const handle = async (news) => {
    if (news.revisions.page !== known.page) return location.reload();
    const changed = ["figures", "cards"].filter((name) => news.revisions[name] !== known[name]);
    await Promise.all(changed.map(take));
    known = news.revisions;
    if (changed.length) renew();
    const more = news.more ? ` The first ${news.problems.length} are shown.` : "";
    const state = news.ever_good ? "The cards below are those of before." : "There are no cards to show yet.";
    tell(news.problems.length ? `${news.summary}.${more}${news.stale ? ` ${state}` : ""}` : "", news.problems, news.stale);
  };

  const events = new EventSource("events");
  events.onmessage = ({ data }) => { work = work.then(() => handle(JSON.parse(data))).catch(() => {}); };
  events.onerror = () => tell("The preview is not running any more. Start it again: studydeck preview.", [], true);
}
