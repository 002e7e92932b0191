// Owns the ways from counts to the finder: there a reader goes on choosing. Without scripts they lead to lists
// of the same cases, as their addresses say.
'use strict';
{
  const own = document.currentScript;
  // Where the script has no file, the finder is in the same page.
  const finder = own instanceof HTMLScriptElement ? new URL('../cases/index.html', own.src).href : '';
  const place = finder === '' ? '#finder' : '';
  for (const way of document.querySelectorAll('a[data-find]')) {
    const { find } = /** @type {HTMLElement | SVGElement} */ (way).dataset;
    way.setAttribute('href', `${finder}?${find}${place}`);
  }
}
