// Owns what the fields share: the data of the page, and what fields know of each other.

/** @typedef {{least: number | null, most: number | null}} Size */

/** @typedef {{value: string | number | boolean, title: string | null, meaning: string | null}} Choice */

/**
 * A question of the form; which fields it has depends on its kind.
 * @typedef {object} Question
 * @property {string} kind
 * @property {string} key
 * @property {string} title
 * @property {string | null} help
 * @property {string[]} limits
 * @property {string[]} examples
 * @property {string | null} unit
 * @property {boolean} required
 * @property {boolean} private
 * @property {string | null} role
 * @property {string | null} purpose
 * @property {string} [writing]
 * @property {boolean} [number]
 * @property {Size} [length]
 * @property {number | null} [words]
 * @property {string | null} [pattern]
 * @property {string | null} [message]
 * @property {boolean} [whole]
 * @property {number | null} [least]
 * @property {number | null} [most]
 * @property {Choice[]} [choices]
 * @property {Question} [entry]
 * @property {Size} [size]
 * @property {Question[]} [questions]
 * @property {Condition[]} [conditions] What must hold of an answer beyond what its question asks.
 */

class FormFacts {
  constructor() {
    /** @type {{report: string | null, questions: Question[], conditions: Condition[], regions: string, library: string[]}} */
    const data = JSON.parse(element('data').textContent ?? '{}');
    this.report = data.report;
    this.questions = data.questions;
    this.conditions = data.conditions;
    this.regions = data.regions === '' ? null : Offers.regions(data.regions);
    this.library = data.library;
    /** The keys of the case's own sources. @type {() => string[]} */
    this.sourceKeys = () => [];
    /** Whether texts cite sources by their keys. */
    this.hasSources = data.questions.some(({ key, kind }) => key === 'sources' && kind === 'named');
    /** @type {() => void} */
    this.changed = () => {};
  }

  /** Whether a key may be cited. @param {string} key */
  isSource(key) {
    return this.sourceKeys().includes(key) || this.library.includes(key);
  }

  /**
   * Keys that a text in Markdown cites and no source has.
   * @param {string} text
   */
  missingSources(text) {
    if (!this.hasSources) return [];
    const prose = text.replace(/`[^`\n]*`/g, '');
    const cited = [...prose.matchAll(/\[([^\][]*@[^\][]*)\]/g)].flatMap(([, inside = '']) =>
      [...inside.matchAll(/(?:^|[\s;-])@([A-Za-z0-9][A-Za-z0-9_-]*)/g)].map(([, key = '']) => key));
    return [...new Set(cited)].filter((key) => !this.isSource(key));
  }
}
