// Owns how the cases that fit are shown: cards or rows in their order, with the words that were found.

/** How many cases are shown at once, and how many at a time of those that follow. */
const [FIRST, THEN] = [40, 150];

/** How long the others wait, in milliseconds: while a reader types on, they would come and go for nothing. */
const REST = 400;

/** The name under which its look finds what was searched for. */
const FOUND = 'found';

/** What that looks like. In a style sheet of a page it would be an error to validators, which do not know it. */
const FOUND_LOOK = '::highlight(found) { background-color: var(--mark); color: var(--on-mark); }';

/** The fields that the table has a column for. */
const COLUMNS = ['title', 'regions', 'themes', 'period', 'status', 'outcome'];

/** The fields that words are looked for in. */
const SEARCHED = '[data-field="title"], [data-field="summary"], [data-field="regions"], [data-field="themes"]';

/** @param {string | null | undefined} text */
const inOneLine = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

/** A case as the page shows it. */
class Card {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.position = Number(element.dataset.case);
    /** @type {HTMLElement | null} */
    this.row = null;
  }

  /** @param {string} name */
  field(name) {
    return this.element.querySelector(`[data-field="${name}"]`);
  }

  /**
   * The entries of a field, or all of its text as the only one.
   * @param {string} name
   */
  entries(name) {
    const field = this.field(name);
    const entries = [...(field?.querySelectorAll('.entry') ?? [])];
    return (entries.length > 0 || !field ? entries : [field]).map((entry) => inOneLine(entry.textContent));
  }

  /** The first day of the case, as far as it is known. */
  start() {
    const start = this.element.dataset.start;
    return start ? `${start}-01-01`.slice(0, 10) : null;
  }

  /** The country of the home region, then the region; nothing without one. */
  home() {
    const [home] = this.entries('regions');
    return home === undefined ? null : home.split(', ').reverse().join(', ');
  }

  /** Where the case is: the same, whatever was searched for. */
  address() {
    const link = this.element.querySelector('a');
    return link ? link.href.replace(link.search, '') : '';
  }

  /** The case as a row of the table, made when it is first asked for. */
  asRow() {
    if (this.row) return this.row;
    const row = document.createElement('tr');
    for (const name of COLUMNS) {
      const cell = document.createElement(name === 'title' ? 'th' : 'td');
      if (name === 'title') cell.setAttribute('scope', 'row');
      const field = this.field(name);
      if (field) cell.append(field.cloneNode(true));
      row.append(cell);
    }
    this.row = row;
    return row;
  }
}

/** The cards, or a table in their place. */
class Results {
  /**
   * @param {HTMLElement} list
   * @param {{table: string, columns: Record<string, string>}} texts
   */
  constructor(list, texts) {
    this.list = list;
    this.texts = texts;
    this.cards = [...list.children].map((element) => new Card(/** @type {HTMLElement} */ (element)));
    /** @type {HTMLElement | null} */
    this.table = null;
    /** Tells a task that goes on whether it is still wanted. */
    this.run = 0;
    /** @type {WeakMap<Element, {node: Text, words: WordAt[]}[]>} */
    this.wordsOf = new WeakMap();
    // Browsers without it show the cases without marks.
    this.marks = 'highlights' in CSS ? new Highlight() : null;
    if (this.marks) {
      CSS.highlights.set(FOUND, this.marks);
      const look = new CSSStyleSheet();
      look.replaceSync(FOUND_LOOK);
      document.adoptedStyleSheets.push(look);
    }
  }

  /**
   * Shows cards in their order.
   * @param {Card[]} cards
   * @param {string} view
   * @param {string[]} words
   */
  show(cards, view, words) {
    this.run += 1;
    this.marks?.clear();
    const isTable = view === 'table';
    this.list.hidden = isTable;
    if (isTable || this.table) this.frame().hidden = !isTable;
    const place = isTable ? /** @type {HTMLElement} */ (this.frame().querySelector('tbody')) : this.list;
    const elements = cards.map((card) => (isTable ? () => card.asRow() : () => card.element));
    const focused = document.activeElement;
    const hadFocus = focused !== null && place.contains(focused);
    clearAll(place);
    place.append(...this.made(elements.slice(0, FIRST), words));
    this.goOn(place, elements, FIRST, words, this.run, REST);
    // Who stood in a card that is gone, or that was moved, must not be thrown to the top of the page.
    if (hadFocus) (focused instanceof HTMLElement && focused.isConnected ? focused : heading()).focus();
  }

  /**
   * Shows the rest, some at a time.
   * @param {HTMLElement} place
   * @param {(() => HTMLElement)[]} elements
   * @param {number} from
   * @param {string[]} words
   * @param {number} run
   * @param {number} wait
   */
  goOn(place, elements, from, words, run, wait) {
    if (from >= elements.length) return;
    setTimeout(() => {
      if (run !== this.run) return;
      place.append(...this.made(elements.slice(from, from + THEN), words));
      this.goOn(place, elements, from + THEN, words, run, 0);
    }, wait);
  }

  /**
   * @param {(() => HTMLElement)[]} elements
   * @param {string[]} words
   */
  made(elements, words) {
    return elements.map((make) => {
      const element = make();
      if (words.length > 0) this.mark(element, words);
      return element;
    });
  }

  /**
   * Marks the words that begin with one of those searched for.
   * @param {HTMLElement} element
   * @param {string[]} words
   */
  mark(element, words) {
    if (!this.marks) return;
    for (const { node, words: there } of this.textsOf(element)) {
      for (const { word, start, end } of there) {
        if (words.some((wanted) => word.startsWith(wanted))) {
          this.marks.add(
            new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }),
          );
        }
      }
    }
  }

  /** @param {HTMLElement} element */
  textsOf(element) {
    let texts = this.wordsOf.get(element);
    if (!texts) {
      texts = [];
      for (const field of element.querySelectorAll(SEARCHED)) {
        const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const text = /** @type {Text} */ (node);
          texts.push({ node: text, words: wordsIn(text.data) });
        }
      }
      this.wordsOf.set(element, texts);
    }
    return texts;
  }

  /** The table, made when it is first asked for. */
  frame() {
    if (this.table) return this.table;
    const frame = document.createElement('div');
    frame.className = 'wide finder-table';
    frame.tabIndex = 0;
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', this.texts.table);
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    for (const name of COLUMNS) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = this.texts.columns[name];
      head.append(cell);
    }
    table.append(document.createElement('tbody'));
    frame.append(table);
    this.list.after(frame);
    this.table = frame;
    return frame;
  }

  /**
   * Cases as rows under the names of their columns.
   * @param {Card[]} cards
   */
  rows(cards) {
    const fields = [...COLUMNS, 'summary'];
    const { columns } = this.texts;
    const row = (/** @type {Card} */ card) => [
      ...fields.map((field) => {
        const isList = field === 'regions' || field === 'themes';
        const entries = card.entries(field);
        return isList ? listOf(entries) : entries.join(' ');
      }),
      card.address(),
    ];
    return [[...fields.map((field) => columns[field]), columns.address], ...cards.map(row)];
  }
}

/**
 * Takes all out of a list. Of elements that are laid out only when they come into view, browsers keep a
 * register, from which each by itself is taken slowly; where nothing is laid out, they are no longer in it.
 * @param {HTMLElement} place
 */
function clearAll(place) {
  if (place.childElementCount > 2 * THEN && !place.hidden) {
    place.hidden = true;
    place.getBoundingClientRect();
    place.replaceChildren();
    place.hidden = false;
  } else {
    place.replaceChildren();
  }
}

/** What stands above the cases, where focus goes when what had it is gone. */
function heading() {
  return element('finder-heading');
}

/**
 * A part of the page that templates/components/finder.typ makes.
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}
