// Hears from `casebook watch` what changes: loads the page anew, goes to the page of the case that was
// saved, and shows what is wrong. Texts are put in as text alone.
"use strict";

(() => {
  const here = document.currentScript.dataset.build;
  /** @type {EventSource | null} */
  let stream = null;

  const host = document.createElement("div");
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    section { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483647; box-sizing: border-box;
      max-width: min(44rem, calc(100vw - 2rem)); max-height: 70vh; overflow: auto; padding: .75rem 1rem;
      font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; overflow-wrap: anywhere;
      border: 2px solid #8a5a00; border-radius: .5rem; box-shadow: 0 .25rem 1.5rem #0006; }
    section.faulty { border-color: #b00020; }
    section:empty { display: none; }
    summary { cursor: pointer; font-weight: 700; }
    summary:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
    ul { list-style: none; margin: .5rem 0 0; padding: 0; }
    li { padding: .5rem 0; border-top: 1px solid #ccc; }
    strong, code { display: block; }
    code { font: .875em/1.5 ui-monospace, monospace; color: #444; }
    p { margin: 0; }
    @media print { :host { display: none; } }
  `);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement("section");
  box.setAttribute("role", "status");
  box.setAttribute("aria-label", "casebook watch");
  root.append(box);
  document.body.append(host);

  /** An element with a text. */
  const make = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };

  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  /** Shows what is wrong; nothing if all is well. */
  const show = ({ notes, errors, warnings }) => {
    box.replaceChildren();
    box.classList.toggle("faulty", errors > 0);
    if (errors + warnings === 0) return;
    const list = document.createElement("ul");
    for (const note of notes) {
      const item = document.createElement("li");
      item.append(make("strong", `${note.is_error ? "error" : "warning"}: ${note.message}`));
      if (note.place) item.append(make("code", note.place));
      if (note.label) item.append(make("p", note.label));
      for (const help of note.help) item.append(make("p", `→ ${help}`));
      list.append(item);
    }
    if (errors + warnings > notes.length) {
      list.append(make("li", `and ${errors + warnings - notes.length} more in the terminal`));
    }
    const all = document.createElement("details");
    all.open = errors > 0;
    const found = [count(errors, "error"), count(warnings, "warning")];
    const state = errors > 0 ? " – this page is of the last good build" : "";
    all.append(make("summary", found.filter((text) => !text.startsWith("0 ")).join(", ") + state), list);
    box.append(all);
  };

  const hear = (event) => {
    const news = JSON.parse(event.data);
    // Who reads the report in one file stays there.
    const follows = location.pathname.startsWith("/site/");
    const { ahead } = news;
    if (ahead ? ahead.build === here || !follows : news.build === here) {
      show(news);
      return;
    }
    leave();
    const path = ahead ? ahead.page : news.page;
    const page = follows && path && new URL(`/${path}`, location.href);
    if (page && page.pathname !== location.pathname) location.assign(page);
    else location.reload();
  };

  // A browser keeps few connections to one server, so a tab that nobody sees gives its own back.
  const leave = () => {
    stream?.close();
    stream = null;
  };
  const listen = () => {
    if (document.visibilityState === "hidden") return leave();
    if (stream) return;
    stream = new EventSource("/.casebook/events");
    stream.addEventListener("message", hear);
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
