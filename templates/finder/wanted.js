// Owns what a reader wants to see, and how an address says it: `?q=stroke&theme=telestroke&sort=-start`.
//
// The names of facets and their values are those of `casebook stats` and of `--where`.

/** Facets whose values stand in the tree of another one. */
const STANDS_IN = new Map([['country', 'region'], ['theme:0', 'theme']]);

/** How many values an address may choose by; nobody ticks more boxes. */
const MOST_VALUES = 200;

/** How many words are searched for. */
const MOST_WORDS = 12;

/** How the cases can be shown. */
const VIEWS = ['cards', 'table'];

/** Years from and to, both included; an end may be open. */
class Years {
  /**
   * @param {number} from
   * @param {number} to
   */
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Reads `2010`, `2010..2015`, `2010..` or `..2015`.
   * @param {string} text
   */
  static parse(text) {
    const one = /^\d{1,4}$/.exec(text);
    if (one) return new Years(Number(text), Number(text));
    const span = /^(\d{0,4})\.\.(\d{0,4})$/.exec(text);
    if (!span || text === '..') return null;
    const [, from, to] = span;
    return new Years(from ? Number(from) : -Infinity, to ? Number(to) : Infinity);
  }

  /** @param {number} year */
  holds(year) {
    return year >= this.from && year <= this.to;
  }
}

class Wanted {
  constructor() {
    /** The words as they were typed. */
    this.text = '';
    /** For each facet the values of which one is enough. @type {Map<string, Set<string>>} */
    this.facets = new Map();
    /** What the cases are ordered by; empty for what suits the words. */
    this.sort = '';
    this.view = 'cards';
  }

  /**
   * Reads the part of an address behind `?`.
   * @param {string} query
   * @param {(facet: string) => boolean} isFacet
   */
  static parse(query, isFacet) {
    const wanted = new Wanted();
    let values = 0;
    for (const [key, value] of new URLSearchParams(query)) {
      const facet = /^region:\d$/.test(key) ? 'region' : STANDS_IN.get(key) ?? key;
      if (key === 'q') wanted.text = value.slice(0, 200);
      else if (key === 'sort') wanted.sort = /^-?[\w:-]{1,60}$/.test(value) ? value : '';
      else if (key === 'view') wanted.view = VIEWS.includes(value) ? value : 'cards';
      else if (isFacet(facet) && value !== '' && values < MOST_VALUES) {
        wanted.choose(facet, value);
        values += 1;
      }
    }
    return wanted;
  }

  /** What an address says behind `?`; empty if all cases are wanted. */
  query() {
    const query = new URLSearchParams();
    if (this.text.trim() !== '') query.append('q', this.text.trim());
    for (const [facet, value] of this.choices()) query.append(facet, value);
    if (this.sort !== '') query.append('sort', this.sort);
    if (this.view !== 'cards') query.append('view', this.view);
    return query.toString();
  }

  /** The folded words, each once. */
  words() {
    const words = new Set(wordsIn(this.text).map(({ word }) => word));
    return [...words].slice(0, MOST_WORDS);
  }

  /** What the cases are ordered by. */
  order() {
    const suited = this.words().length > 0 ? 'relevance' : 'title';
    return this.sort === '' || (this.sort === 'relevance' && suited === 'title') ? suited : this.sort;
  }

  /** All facets with a value each. @returns {[string, string][]} */
  choices() {
    /** @type {[string, string][]} */
    const all = [];
    for (const [facet, values] of this.facets) {
      for (const value of values) all.push([facet, value]);
    }
    return all;
  }

  /** Whether anything is searched for or chosen. */
  isNarrow() {
    return this.facets.size > 0 || this.words().length > 0;
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  choose(facet, value) {
    this.facets.set(facet, (this.facets.get(facet) ?? new Set()).add(value));
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  drop(facet, value) {
    const values = this.facets.get(facet);
    values?.delete(value);
    if (values?.size === 0) this.facets.delete(facet);
  }

  /** Wants all cases again, in the same order and view. */
  clear() {
    this.text = '';
    this.facets.clear();
  }
}
