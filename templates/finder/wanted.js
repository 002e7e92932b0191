// Owns what a reader wants to see, and how an address says it:
// `?q=stroke&theme=telestroke&status!=pilot&sort=-start`.
//
// The names of facets and their values are those of `casebook stats` and of `--where`.
// src/typeset/inputs/selections.rs writes such addresses.

/** Facets whose values stand in the tree of another one. */
const STANDS_IN = new Map([['country', 'region'], ['theme:0', 'theme']]);

/** What addresses call other things by. A declared facet of such a name stands behind `OWN` there. */
const RESERVED = ['q', 'sort', 'view'];
const OWN = 'facet:';

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

/** Values of facets. */
class Choices {
  constructor() {
    /** @type {Map<string, Set<string>>} */
    this.values = new Map();
  }

  /** @param {string} facet */
  of(facet) {
    return [...(this.values.get(facet) ?? [])];
  }

  /** The facets of which there are values. */
  facets() {
    return [...this.values.keys()];
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  has(facet, value) {
    return this.values.get(facet)?.has(value) ?? false;
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  add(facet, value) {
    this.values.set(facet, (this.values.get(facet) ?? new Set()).add(value));
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  drop(facet, value) {
    const values = this.values.get(facet);
    values?.delete(value);
    if (values?.size === 0) this.values.delete(facet);
  }

  /** All facets with a value each. @returns {[string, string][]} */
  all() {
    return this.facets().flatMap((facet) =>
      this.of(facet).map((value) => /** @type {[string, string]} */ ([facet, value])),
    );
  }

  /** @param {string} facet */
  clear(facet) {
    this.values.delete(facet);
  }
}

/**
 * What the names and values in an address mean.
 * @typedef {object} Meanings
 * @property {(facet: string) => boolean} isFacet
 * @property {(facet: string, text: string) => string} valueOf A value by itself or by its name.
 */

class Wanted {
  constructor() {
    /** The words as they were typed. */
    this.text = '';
    /** Of several values of one facet, one is enough. */
    this.facets = new Choices();
    /** None of these may be. */
    this.without = new Choices();
    /** What the cases are ordered by; empty for what suits the words. */
    this.sort = '';
    this.view = 'cards';
  }

  /**
   * Reads the part of an address behind `?`.
   * @param {string} query
   * @param {Meanings} meanings
   */
  static parse(query, meanings) {
    const wanted = new Wanted();
    let values = 0;
    for (const [key, value] of new URLSearchParams(query)) {
      const name = key.replace(/!$/, '').replace(OWN, '');
      const facet = /^region:\d$/.test(name) ? 'region' : STANDS_IN.get(name) ?? name;
      if (key === 'q') wanted.text = value.slice(0, 200);
      else if (key === 'sort') wanted.sort = /^-?[\w:-]{1,60}$/.test(value) ? value : '';
      else if (key === 'view') wanted.view = VIEWS.includes(value) ? value : 'cards';
      else if (meanings.isFacet(facet) && value !== '' && values < MOST_VALUES) {
        const choices = key.endsWith('!') ? wanted.without : wanted.facets;
        choices.add(facet, meanings.valueOf(facet, value));
        values += 1;
      }
    }
    return wanted;
  }

  /** What an address says behind `?`; empty if all cases are wanted. */
  query() {
    const query = new URLSearchParams();
    if (this.text.trim() !== '') query.append('q', this.text.trim());
    const nameOf = (/** @type {string} */ facet) => (RESERVED.includes(facet) ? OWN + facet : facet);
    for (const [facet, value] of this.facets.all()) query.append(nameOf(facet), value);
    for (const [facet, value] of this.without.all()) query.append(`${nameOf(facet)}!`, value);
    if (this.sort !== '') query.append('sort', this.sort);
    if (this.view !== 'cards') query.append('view', this.view);
    // As people write it. A value has neither sign as it is.
    return query.toString().replaceAll('%21=', '!=');
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

  /** Whether anything is searched for or chosen. */
  isNarrow() {
    const choices = [...this.facets.facets(), ...this.without.facets()];
    return choices.length > 0 || this.words().length > 0;
  }

  /**
   * Chooses a value that is not chosen, and takes away one that is.
   * @param {string} facet
   * @param {string} value
   */
  toggle(facet, value) {
    if (this.facets.has(facet, value)) this.facets.drop(facet, value);
    else this.choose(facet, value);
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  choose(facet, value) {
    this.without.drop(facet, value);
    this.facets.add(facet, value);
  }

  /** Wants all cases again, in the same order and view. */
  clear() {
    this.text = '';
    this.facets = new Choices();
    this.without = new Choices();
  }
}
