// Owns the filters: what is ticked, how many cases each value would show, and what was chosen as a list.

/**
 * A box of a value.
 * @typedef {{facet: string, value: string, input: HTMLInputElement, count: Element, name: string}} Box
 */

/** The filters beside the cases. */
class Panel {
  /**
   * @param {HTMLElement} form
   * @param {{facets: Record<string, string>}} texts
   * @param {Intl.NumberFormat} numbers
   */
  constructor(form, texts, numbers) {
    this.numbers = numbers;
    /** @type {Map<string, string>} */
    this.names = new Map(Object.entries(texts.facets));
    for (const group of form.querySelectorAll('[data-facet]')) {
      const name = inOneLine(group.querySelector('.facet-name')?.textContent);
      this.names.set(/** @type {HTMLElement} */ (group).dataset.facet ?? '', name);
    }
    /** @type {Box[]} */
    this.boxes = [...form.querySelectorAll('label.option')].map((label) => {
      const input = /** @type {HTMLInputElement} */ (label.querySelector('input'));
      const count = /** @type {Element} */ (label.querySelector('.count'));
      const name = inOneLine(label.querySelector('.name')?.textContent);
      return { facet: input.name, value: input.value, input, count, name };
    });
    /** @type {(HTMLSelectElement | null)[]} */
    this.years = ['year-from', 'year-to'].map((name) => form.querySelector(`select[name="${name}"]`));
  }

  /** @param {string} facet */
  has(facet) {
    return this.names.has(facet);
  }

  /**
   * What a choice is called.
   * @param {string} facet
   * @param {string} value
   */
  nameOf(facet, value) {
    const box = this.boxes.find((box) => box.facet === facet && box.value === value);
    const name = box?.name ?? (facet === 'year' ? value.replace('..', '–') : value);
    return `${this.names.get(facet) ?? facet}: ${name}`;
  }

  /**
   * Takes what a control says over into what is wanted.
   * @param {EventTarget | null} control
   * @param {Wanted} wanted
   */
  take(control, wanted) {
    if (control instanceof HTMLInputElement) {
      if (control.checked) wanted.choose(control.name, control.value);
      else wanted.drop(control.name, control.value);
    } else {
      const [from, to] = this.years.map((select) => select?.value ?? '');
      wanted.facets.delete('year');
      if (from !== '' || to !== '') wanted.choose('year', from === to ? from : `${from}..${to}`);
    }
  }

  /**
   * Shows what is wanted.
   * @param {Wanted} wanted
   */
  reflect(wanted) {
    for (const box of this.boxes) {
      box.input.checked = wanted.facets.get(box.facet)?.has(box.value) ?? false;
      if (box.input.checked) open(box.input);
    }
    const [only, ...others] = wanted.facets.get('year') ?? [];
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
    for (const { facet, value, input, count } of this.boxes) {
      const number = matches.count(facet, value);
      setText(count, this.numbers.format(number));
      input.parentElement?.classList.toggle('is-empty', number === 0);
    }
    for (const option of this.years.flatMap((select) => [...(select?.options ?? [])])) {
      if (option.value !== '') {
        setText(option, `${option.value} (${this.numbers.format(matches.count('year', option.value))})`);
      }
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
   * @param {(facet: string, value: string) => void} remove
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
    if (wanted.words().length > 0) list.append(this.chip('q', text, `${this.texts.words}: ${text}`));
    for (const [facet, value] of wanted.choices()) {
      list.append(this.chip(facet, value, panel.nameOf(facet, value)));
    }
    const clear = button(this.texts.clear, () => this.clear());
    clear.className = 'clear';
    this.place.replaceChildren(list, clear);
  }

  /**
   * @param {string} facet
   * @param {string} value
   * @param {string} name
   */
  chip(facet, value, name) {
    const item = document.createElement('li');
    const chip = button(name, () => {
      const place = this.buttons().indexOf(chip);
      this.remove(facet, value);
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
