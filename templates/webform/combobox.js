// Owns a field that searches a long list by name, by the combobox pattern of ARIA.

class Combobox {
  /**
   * @param {Offers} offers
   * @param {string} id Of the input.
   * @param {string} label What the list is called.
   * @param {() => void} changed
   */
  constructor(offers, id, label, changed) {
    this.offers = offers;
    this.changed = changed;
    /** What is chosen. @type {Offer | null} */
    this.chosen = null;
    /** @type {Offer[]} */
    this.shown = [];
    this.active = -1;
    this.list = make('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': label, class: 'offers', hidden: true });
    this.input = make('input', {
      id, type: 'text', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': this.list.id,
      'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
      placeholder: 'search by name',
    });
    this.element = make('div', { class: 'combobox' }, this.input, this.list);
    this.listen();
  }

  listen() {
    this.input.addEventListener('input', () => {
      this.chosen = null;
      this.search();
      this.changed();
    });
    this.input.addEventListener('keydown', (event) => this.press(event));
    this.input.addEventListener('click', () => this.search());
    this.input.addEventListener('blur', () => {
      this.close();
      this.settle();
    });
    // The input keeps the focus while the list is clicked.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', ({ target }) => {
      const item = target instanceof Element ? target.closest('[role=option]') : null;
      const offer = item && this.shown[[...this.list.children].indexOf(item)];
      if (offer) this.choose(offer);
    });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const isOpen = !this.list.hidden;
    const steps = new Map([['ArrowDown', 1], ['ArrowUp', -1]]);
    const step = steps.get(event.key);
    if (step !== undefined) {
      event.preventDefault();
      if (!isOpen) this.search();
      else this.point((this.active + step + this.shown.length) % Math.max(this.shown.length, 1));
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const offer = this.shown[Math.max(this.active, 0)];
      if (offer) this.choose(offer);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      this.close();
    }
  }

  search() {
    const { shown, count } = this.offers.search(this.chosen ? '' : this.input.value);
    this.shown = shown;
    this.list.replaceChildren(...shown.map((offer, number) =>
      make('li', { id: `${this.list.id}-${number}`, role: 'option', 'aria-selected': 'false' }, this.offers.label(offer))));
    this.list.hidden = shown.length === 0;
    this.input.setAttribute('aria-expanded', String(shown.length > 0));
    this.point(-1);
    const many = count > shown.length ? `the first ${shown.length} of ${count} are shown` : `${count} found`;
    announce(count === 0 ? 'nothing found' : many);
  }

  /** @param {number} number */
  point(number) {
    this.list.children[this.active]?.setAttribute('aria-selected', 'false');
    this.active = number;
    const item = this.list.children[number];
    if (!item) return this.input.removeAttribute('aria-activedescendant');
    item.setAttribute('aria-selected', 'true');
    this.input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Offer} offer */
  choose(offer) {
    this.chosen = offer;
    this.input.value = this.offers.label(offer);
    this.close();
    this.changed();
  }

  close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  /** Takes a code or a whole name that was typed and not chosen. */
  settle() {
    if (this.chosen || this.input.value.trim() === '') return;
    const offer = this.offers.find(this.input.value);
    if (offer) this.choose(offer);
  }
}
