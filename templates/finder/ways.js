// Owns the ways from counts into the page of all cases: there a reader goes on choosing. Without scripts they
// lead to lists of the same cases, as their addresses say.
'use strict';
{
  const finder = new URL('../cases/index.html', /** @type {HTMLScriptElement} */ (document.currentScript).src);
  for (const way of document.querySelectorAll('a[data-find]')) {
    way.setAttribute('href', `${finder.href}?${/** @type {HTMLElement | SVGElement} */ (way).dataset.find}`);
  }
}
