// Owns the finder: it joins controls, address, index and cases.

/** How long an address waits for the next letter, in milliseconds. */
const PAUSE = 300;

/** From this width on there is room for the filters beside the cases. */
const HAS_ROOM = '(min-width: 60rem)';

/**
 * The words of the page, in its language.
 * @typedef {object} Texts
 * @property {string} language
 * @property {string} shown
 * @property {string} none
 * @property {string} failed
 * @property {string} chosen
 * @property {string} remove
 * @property {string} clear
 * @property {string} words
 * @property {string} copied
 * @property {string} copy-by-hand
 * @property {string} close
 * @property {string} table
 * @property {string} not
 * @property {Record<string, string>} columns
 * @property {Record<string, string>} facets
 */

class Finder {
  constructor() {
    const texts = /** @type {Texts} */ (JSON.parse(element('finder-texts').textContent ?? '{}'));
    this.texts = texts;
    this.numbers = new Intl.NumberFormat(texts.language);
    this.collator = new Intl.Collator(texts.language);
    this.input = /** @type {HTMLInputElement} */ (element('finder-words'));
    this.bar = /** @type {HTMLFormElement} */ (element('finder-bar'));
    this.filters = /** @type {HTMLDetailsElement} */ (element('finder-filters'));
    this.status = element('finder-status');
    this.results = new Results(element('finder-cards'), texts);
    this.place = new Place(this.results.list);
    const map = document.getElementById('finder-map');
    const toggle = (/** @type {string} */ region) => this.change(() => this.wanted.toggle('region', region));
    this.map = map && new DotMap(map, this.numbers, this.collator, toggle);
    this.panel = new Panel(element('finder-facets'), texts, this.numbers, this.map?.names() ?? []);
    this.chips = new Chips(
      element('finder-chosen'),
      texts,
      (takeAway) => this.change(() => takeAway(this.wanted)),
      () => this.clear(),
    );
    this.wanted = new Wanted();
    /** The cards shown, in their order. */
    this.shown = this.results.cards;
    /** @type {Promise<CaseIndex> | null} */
    this.loading = null;
    /** @type {CaseIndex | null} */
    this.index = null;
    /** Whether the last change was made in the field for words. */
    this.isTyping = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
  }

  /** Takes up what the address says, and listens. */
  begin() {
    this.filters.open = matchMedia(HAS_ROOM).matches;
    this.listen();
    document.documentElement.classList.add('finder-ready');
    this.takeAddress(location.search !== '');
  }

  listen() {
    const ahead = () => void this.load().catch(() => {});
    for (const control of [this.input, this.filters, this.bar]) {
      control.addEventListener('focusin', ahead, { once: true });
      control.addEventListener('pointerenter', ahead, { once: true });
    }
    this.input.addEventListener('input', () => {
      this.wanted.text = this.input.value;
      this.update();
      this.remember(this.isTyping);
      this.isTyping = true;
    });
    element('finder-facets').addEventListener('change', ({ target }) =>
      this.change(() => this.panel.take(target, this.wanted)),
    );
    this.bar.addEventListener('change', ({ target }) =>
      this.change(() => {
        if (target instanceof HTMLSelectElement) this.wanted.sort = target.value;
        if (target instanceof HTMLInputElement) this.wanted.view = target.value;
      }),
    );
    this.place.listen(() => this.takeAddress(true));
    for (const form of document.querySelectorAll('form.needs-script')) {
      form.addEventListener('submit', (event) => event.preventDefault());
    }
    element('finder-copy').addEventListener('click', () => void this.copy());
    // Links inside of the page come here too.
    window.addEventListener('popstate', () =>
      this.takeAddress(location.search !== (this.wanted.query() && `?${this.wanted.query()}`)),
    );
  }

  /** Loads the index, once. @returns {Promise<CaseIndex>} */
  load() {
    this.loading ??= this.place.index().then((data) => {
      // An index of another edition would lead to other cases.
      if (data?.cases !== this.results.cards.length) throw new Error('not the index of this page');
      this.index = new CaseIndex(data);
      return this.index;
    });
    return this.loading;
  }

  /**
   * Wants what the address says.
   * @param {boolean} isNews Whether it may say anything else than the page shows.
   */
  takeAddress(isNews) {
    if (!isNews) return this.reflect();
    clearTimeout(this.pause);
    this.load().then(
      (index) => {
        this.wanted = Wanted.parse(location.search, {
          isFacet: (facet) => this.panel.has(facet) || index.facets.has(facet),
          valueOf: (facet, text) =>
            index.facets.get(facet)?.has(text) ? text : this.panel.valueOf(facet, text) ?? text,
        });
        this.isTyping = false;
        this.input.value = this.wanted.text;
        this.update();
      },
      () => this.fail(),
    );
  }

  /**
   * Changes what is wanted, shows it and puts it into the address.
   * @param {() => void} change
   */
  change(change) {
    change();
    this.isTyping = false;
    if (this.input.value !== this.wanted.text) this.input.value = this.wanted.text;
    this.update();
    this.remember(false);
  }

  /** Wants all cases, and leaves the reader where the next search begins. */
  clear() {
    this.change(() => this.wanted.clear());
    this.input.focus();
  }

  /**
   * Puts what is wanted into the address. Words that are being typed are one step for the button that
   * leads back.
   * @param {boolean} isSameStep
   */
  remember(isSameStep) {
    clearTimeout(this.pause);
    const write = () => {
      const query = this.wanted.query();
      if (`?${query}` === location.search || (query === '' && location.search === '')) return;
      const address = this.place.address(query);
      try {
        if (isSameStep) history.replaceState(null, '', address);
        else history.pushState(null, '', address);
      } catch {
        // Some browsers keep the addresses of files as they are, or count how often they change.
      }
    };
    if (isSameStep) this.pause = setTimeout(write, PAUSE);
    else write();
  }

  /** Shows what is wanted, as soon as there is an index. */
  update() {
    if (this.index) this.show(this.index);
    else this.load().then((index) => this.show(index), () => this.fail());
  }

  /** @param {CaseIndex} index */
  show(index) {
    const { wanted } = this;
    const matches = new Matches(index, wanted);
    const fitting = this.results.cards.filter((card) => matches.fits(card.position));
    this.shown = inOrder(fitting, wanted.order(), matches, this.collator);
    this.results.show(this.shown, wanted.view, wanted.words());
    this.panel.recount(matches);
    this.map?.show(matches, wanted);
    this.reflect();
    this.chips.show(wanted, this.panel);
    const numbers = { part: this.shown.length, all: this.results.cards.length };
    const told = this.texts.shown.replace(/\{(part|all)\}/g, (_, name) =>
      this.numbers.format(numbers[/** @type {'part' | 'all'} */ (name)]),
    );
    this.tell(this.shown.length === 0 ? `${told}. ${this.texts.none}` : told);
  }

  /** Makes the controls say what is wanted. */
  reflect() {
    this.panel.reflect(this.wanted);
    const order = this.wanted.order();
    const sort = /** @type {HTMLSelectElement} */ (this.bar.elements.namedItem('sort'));
    for (const option of sort.options) {
      if (option.value === 'relevance') option.disabled = this.wanted.words().length === 0;
    }
    sort.value = order;
    for (const input of this.bar.querySelectorAll('input')) input.checked = input.value === this.wanted.view;
  }

  fail() {
    this.tell(this.texts.failed);
  }

  /** @param {string} text */
  tell(text) {
    setText(this.status, text);
  }

  /** Copies what is shown, or shows it to be copied by hand. */
  async copy() {
    const text = linesOf(this.results.rows(this.shown));
    try {
      await navigator.clipboard.writeText(text);
      this.tell(this.texts.copied);
    } catch {
      this.showText(text);
    }
  }

  /** @param {string} text */
  showText(text) {
    const dialog = document.createElement('dialog');
    dialog.className = 'finder-dialog';
    const about = document.createElement('p');
    about.id = 'finder-by-hand';
    about.textContent = this.texts['copy-by-hand'];
    const area = document.createElement('textarea');
    area.readOnly = true;
    area.rows = 10;
    area.value = text;
    area.setAttribute('aria-labelledby', about.id);
    dialog.setAttribute('aria-labelledby', about.id);
    dialog.append(about, area, button(this.texts.close, () => dialog.close()));
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
    area.select();
  }
}

new Finder().begin();
