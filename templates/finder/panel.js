// Owns the filters: what is ticked, how many cases each value would show, and what was chosen as a list.

/**
 * A value with its name.
 * @typedef {{facet: string, value: string, name: string}} Named
 */

/**
 * A box of a value; `share` is the length of its bar, as it is shown.
 * @typedef {Named & {input: HTMLInputElement, count: HTMLElement, share: string}} Box
 */

/** The filters beside the cases. */
class Panel {
  /**
   * @param {HTMLElement} form
   * @param {{facets: Record<string, string>, not: string}} texts
   * @param {Intl.NumberFormat} numbers
   * @param {Named[]} others What has a name and no box.
   */
  constructor(form, texts, numbers, others) {
    this.numbers = numbers;
    this.texts = texts;
    /** @type {Map<string, string>} */
    this.names = new Map(Object.entries(texts.facets));
    for (const group of form.querySelectorAll('[data-facet]')) {
      const name = inOneLine(group.querySelector('.facet-name')?.textContent);
      this.names.set(/** @type {HTMLElement} */ (group).dataset.facet ?? '', name);
    }
    /** @type {Box[]} */
    this.boxes = [...form.querySelectorAll('label.option')].map((label) => {
      const input = /** @type {HTMLInputElement} */ (label.querySelector('input'));
      const count = /** @type {HTMLElement} */ (label.querySelector('.count'));
      const name = inOneLine(label.querySelector('.name')?.textContent);
      return { facet: input.name, value: input.value, input, count, name, share: '' };
    });
    /** @type {Named[]} */
    this.named = [...this.boxes, ...others];
    this.draw(this.boxes.map(({ count }) => Number(count.textContent?.replace(/\D/g, ''))));
    /** @type {(HTMLSelectElement | null)[]} */
    this.years = ['year-from', 'year-to'].map((name) => form.querySelector(`select[name="${name}"]`));
  }

  /** @param {string} facet */
  has(facet) {
    return this.names.has(facet);
  }

  /**
   * The value of a facet that has a name, if only one has.
   * @param {string} facet
   * @param {string} text
   */
  valueOf(facet, text) {
    const words = (/** @type {string} */ name) => wordsIn(name).map(({ word }) => word).join(' ');
    const wanted = words(text);
    const of = this.named.filter((named) => named.facet === facet && words(named.name) === wanted);
    const values = new Set(of.map(({ value }) => value));
    return values.size === 1 ? [...values][0] : undefined;
  }

  /**
   * What a choice is called.
   * @param {string} facet
   * @param {string} value
   * @param {boolean} isNot Whether it is what is left out.
   */
  nameOf(facet, value, isNot) {
    const named = this.named.find((named) => named.facet === facet && named.value === value);
    const parts = {
      facet: this.names.get(facet) ?? facet,
      value: named?.name ?? (facet === 'year' ? value.replace('..', '–') : value),
    };
    const form = isNot ? this.texts.not : '{facet}: {value}';
    return form.replace(/\{(facet|value)\}/g, (_, part) => parts[/** @type {'facet' | 'value'} */ (part)]);
  }

  /**
   * Takes what a control says over into what is wanted.
   * @param {EventTarget | null} control
   * @param {Wanted} wanted
   */
  take(control, wanted) {
    if (control instanceof HTMLInputElement) {
      if (control.checked) wanted.choose(control.name, control.value);
      else wanted.facets.drop(control.name, control.value);
    } else {
      const [from, to] = this.years.map((select) => select?.value ?? '');
      wanted.facets.clear('year');
      if (from !== '' || to !== '') wanted.choose('year', from === to ? from : `${from}..${to}`);
    }
  }

  /**
   * Shows what is wanted.
   * @param {Wanted} wanted
   */
  reflect(wanted) {
    for (const box of this.boxes) {
      box.input.checked = wanted.facets.has(box.facet, box.value);
      if (box.input.checked) open(box.input);
    }
    const [only, ...others] = wanted.facets.of('year');
    const span = only !== undefined && others.length === 0 ? Years.parse(only) : null;
    for (const [place, select] of this.years.entries()) {
      const year = place === 0 ? span?.from : span?.to;
      const value = year !== undefined && Number.isFinite(year) ? String(year).padStart(4, '0') : '';
      if (select) select.value = value;
    }
  }

  /**
   * Shows how many cases each value would show.
   * @param {Matches} matches
   */
  recount(matches) {
    const numbers = this.boxes.map(({ facet, value }) => matches.count(facet, value));
    for (const [place, { input, count }] of this.boxes.entries()) {
      setText(count, this.numbers.format(numbers[place]));
      input.parentElement?.classList.toggle('is-empty', numbers[place] === 0);
    }
    this.draw(numbers);
    for (const option of this.years.flatMap((select) => [...(select?.options ?? [])])) {
      if (option.value !== '') {
        setText(option, `${option.value} (${this.numbers.format(matches.count('year', option.value))})`);
      }
    }
  }

  /**
   * Draws a bar behind each number, the longest of a facet as long as there is room.
   * @param {number[]} numbers
   */
  draw(numbers) {
    /** @type {Map<string, number>} */
    const highest = new Map();
    for (const [place, { facet }] of this.boxes.entries()) {
      highest.set(facet, Math.max(highest.get(facet) ?? 1, numbers[place]));
    }
    for (const [place, box] of this.boxes.entries()) {
      const share = (numbers[place] / (highest.get(box.facet) ?? 1)).toFixed(2);
      // Each change costs the browser a layout.
      if (box.share !== share) box.count.style.setProperty('--share', share);
      box.share = share;
    }
  }
}

/**
 * Opens what lies around a control inside of the filters, so that it can be seen.
 * @param {HTMLElement} control
 */
function open(control) {
  for (
    let around = control.closest('details');
    around && around.id !== 'finder-filters';
    around = around.parentElement?.closest('details') ?? null
  ) {
    around.open = true;
  }
}

/**
 * Leaves alone what says so already: each change costs the browser a layout.
 * @param {Node} node
 * @param {string} text
 */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What was chosen, each with a button to take it away. */
class Chips {
  /**
   * @param {HTMLElement} place
   * @param {{chosen: string, remove: string, clear: string, words: string}} texts
   * @param {(takeAway: (wanted: Wanted) => void) => void} remove
   * @param {() => void} clear
   */
  constructor(place, texts, remove, clear) {
    this.place = place;
    this.texts = texts;
    this.remove = remove;
    this.clear = clear;
  }

  /**
   * @param {Wanted} wanted
   * @param {Panel} panel
   */
  show(wanted, panel) {
    if (!wanted.isNarrow()) {
      this.place.replaceChildren();
      return;
    }
    const list = document.createElement('ul');
    list.setAttribute('role', 'list');
    list.setAttribute('aria-label', this.texts.chosen);
    const text = inOneLine(wanted.text);
    if (wanted.words().length > 0) {
      list.append(this.chip(`${this.texts.words}: ${text}`, (wanted) => (wanted.text = '')));
    }
    for (const [facet, value] of wanted.facets.all()) {
      list.append(this.chip(panel.nameOf(facet, value, false), (wanted) => wanted.facets.drop(facet, value)));
    }
    for (const [facet, value] of wanted.without.all()) {
      list.append(this.chip(panel.nameOf(facet, value, true), (wanted) => wanted.without.drop(facet, value)));
    }
    const clear = button(this.texts.clear, () => this.clear());
    clear.className = 'clear';
    this.place.replaceChildren(list, clear);
  }

  /**
   * @param {string} name
   * @param {(wanted: Wanted) => void} takeAway
   */
  chip(name, takeAway) {
    const item = document.createElement('li');
    const chip = button(name, () => {
      const place = this.buttons().indexOf(chip);
      this.remove(takeAway);
      // The next one has come to its place; behind the last stands the one before.
      const left = this.buttons();
      (left[Math.min(place, left.length - 1)] ?? heading()).focus();
    });
    chip.className = 'chip';
    chip.setAttribute('aria-label', this.texts.remove.replace('{choice}', () => name));
    item.append(chip);
    return item;
  }

  buttons() {
    return [...this.place.querySelectorAll('button.chip')].map(
      (button) => /** @type {HTMLButtonElement} */ (button),
    );
  }
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}
