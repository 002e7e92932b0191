// Owns the map: a dot for each region, as large as the number of cases that it would show, to choose by.

/** How far from a dot a pointer may be for the dot to be meant, in pixels: fingers are not sharp. */
const REACH = 16;

/** The least radius in which a number can be read, and that of a dot without cases. */
const [ROOM, SPECK] = [4.6, 1.8];

/** What leads from dot to dot, in the order of their names. */
const STEPS = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);

/** A region on the map. */
class Dot {
  /** @param {SVGElement} element */
  constructor(element) {
    this.element = element;
    this.region = element.dataset.region ?? '';
    this.title = /** @type {Element} */ (element.querySelector('title'));
    this.name = inOneLine(this.title.textContent);
    this.disc = /** @type {SVGElement} */ (element.querySelector('circle'));
    this.number = /** @type {Element} */ (element.querySelector('text'));
    this.radius = Number(this.disc.getAttribute('r'));
    element.setAttribute('role', 'checkbox');
    this.tell(element.dataset.cases ?? '', false);
  }

  /**
   * @param {string} cases How many there are, in the language of the page.
   * @param {boolean} isChosen
   */
  tell(cases, isChosen) {
    setText(this.title, `${this.name} (${cases})`);
    this.element.setAttribute('aria-label', `${this.name} (${cases})`);
    this.element.setAttribute('aria-checked', String(isChosen));
  }

  /**
   * @param {number} count How many cases it would show.
   * @param {number} most How many there are at all.
   * @param {string} told The number in the language of the page.
   * @param {boolean} isChosen
   */
  show(count, most, told, isChosen) {
    const radius = count === 0 ? SPECK : this.radius * Math.sqrt(count / most);
    this.disc.setAttribute('r', radius.toFixed(1));
    setText(this.number, count > 1 && radius > ROOM ? told : '');
    this.tell(told, isChosen);
    this.element.classList.toggle('is-empty', count === 0);
  }

  /**
   * How far a point of the window is from it.
   * @param {{clientX: number, clientY: number}} point
   */
  distance({ clientX, clientY }) {
    const { left, right, top, bottom } = this.disc.getBoundingClientRect();
    const away = Math.hypot(clientX - (left + right) / 2, clientY - (top + bottom) / 2);
    return away - (right - left) / 2;
  }
}

class DotMap {
  /**
   * @param {HTMLElement} place
   * @param {Intl.NumberFormat} numbers
   * @param {Intl.Collator} collator
   * @param {(region: string) => void} toggle
   */
  constructor(place, numbers, collator, toggle) {
    this.numbers = numbers;
    this.toggle = toggle;
    const elements = [.../** @type {NodeListOf<SVGElement>} */ (place.querySelectorAll('[data-region]'))];
    /** @type {Dot[]} */
    this.dots = elements.map((element) => new Dot(element));
    this.dots.sort((one, two) => collator.compare(one.name, two.name));
    this.reach(0);
    const button = /** @type {HTMLElement} */ (place.querySelector('button'));
    button.addEventListener('click', () => {
      const isOpen = place.classList.toggle('is-open');
      button.setAttribute('aria-expanded', String(isOpen));
    });
    const drawing = /** @type {SVGElement} */ (place.querySelector('svg'));
    drawing.addEventListener('click', (event) => this.choose(this.nearest(event)));
    drawing.addEventListener('keydown', (event) => this.steer(event));
  }

  /** @param {Dot | undefined} dot */
  choose(dot) {
    if (dot) this.toggle(dot.region);
  }

  /** @param {MouseEvent} event */
  nearest(event) {
    const measured = this.dots.map((dot) => ({ dot, away: dot.distance(event) }));
    const [first] = measured.sort((one, two) => one.away - two.away);
    return first && first.away <= REACH ? first.dot : undefined;
  }

  /** @param {KeyboardEvent} event */
  steer(event) {
    const at = this.dots.findIndex(({ element }) => element === event.target);
    const step = STEPS.get(event.key);
    if (at < 0) return;
    if (event.key === ' ' || event.key === 'Enter') this.choose(this.dots[at]);
    else if (step !== undefined) this.reach((at + step + this.dots.length) % this.dots.length)?.focus();
    else return;
    event.preventDefault();
  }

  /**
   * Makes a dot the one that the Tab key leads to: one stop is enough for a map.
   * @param {number} place
   */
  reach(place) {
    for (const [number, { element }] of this.dots.entries()) {
      element.setAttribute('tabindex', number === place ? '0' : '-1');
    }
    return this.dots[place]?.element;
  }

  /** The regions with their names. */
  names() {
    return this.dots.map(({ region, name }) => ({ facet: 'region', value: region, name }));
  }

  /**
   * @param {Matches} matches
   * @param {Wanted} wanted
   */
  show(matches, wanted) {
    for (const dot of this.dots) {
      const most = matches.index.casesOf('region', dot.region).length;
      const count = matches.count('region', dot.region);
      const isChosen = wanted.facets.has('region', dot.region);
      dot.show(count, Math.max(most, 1), this.numbers.format(count), isChosen);
    }
  }
}
