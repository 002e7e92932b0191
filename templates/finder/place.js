// Owns where the finder stands and what differs by it: on a page of its own, with its index in a file beside
// it, or in a report that is one page, with its index behind the cases.

/**
 * Where a click leads in this tab; nowhere if it is meant for another one.
 * @param {MouseEvent} click
 */
function wayOf(click) {
  const isPlain = click.button === 0 && !click.ctrlKey && !click.metaKey && !click.shiftKey && !click.altKey;
  const { target } = click;
  const way = isPlain && target instanceof Element ? target.closest('a[data-find]') : null;
  return way?.getAttribute('href') ?? null;
}

class Place {
  /** @param {HTMLElement} list The cards. */
  constructor(list) {
    /** The file of the index. */
    this.file = list.dataset.index;
    this.isInReport = this.file === undefined;
  }

  /** What the index says. @returns {Promise<IndexData | undefined>} */
  async index() {
    if (this.isInReport) return JSON.parse(element('finder-index').textContent ?? '');
    const script = document.createElement('script');
    const loaded = new Promise((tell, fail) => {
      script.addEventListener('load', tell);
      script.addEventListener('error', () => fail(new Error('no index')));
    });
    script.src = this.file ?? '';
    document.head.append(script);
    await loaded;
    return /** @type {{casebookFinder?: IndexData}} */ (globalThis).casebookFinder;
  }

  /**
   * The address of a selection, to which a reader comes back.
   * @param {string} query
   */
  address(query) {
    return (query === '' ? location.pathname : `?${query}`) + (this.isInReport ? '#finder' : '');
  }

  /**
   * Lets counts in the same page lead here without loading it again.
   * @param {() => void} take Takes up what the address says.
   */
  listen(take) {
    if (!this.isInReport) return;
    document.addEventListener('click', (click) => {
      const way = wayOf(click);
      if (way === null) return;
      try {
        history.pushState(null, '', way);
      } catch {
        // Where addresses of files stay as they are, the link does what links do.
        return;
      }
      click.preventDefault();
      take();
      heading().focus({ preventScroll: true });
      element('finder').scrollIntoView();
    });
  }
}
