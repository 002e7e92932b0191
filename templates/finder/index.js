// Owns the index: which cases a word is found in and what it tells of them, which have a value of a facet.
//
// src/export/finder/postings.rs says how lists are written.

/**
 * What the index file says.
 * @typedef {object} IndexData
 * @property {number} cases How many cases there are.
 * @property {string} words All words, sorted; of each, what it shares with the one before, and the rest.
 * @property {string} ranked For each word its cases, with its rank there.
 * @property {[string, [string, string][]][]} facets The facets with their values and the cases of each.
 */

/** What a word of each rank counts: in the text, the summary, a name, the title. */
const WEIGHTS = [1, 2, 4, 8];

/** The bit of a character that says that more digits follow. */
const MORE = 32;

/** How many words are remembered with their cases: those of which one is being typed. */
const REMEMBERED = 16;

/** The six bits of each character. */
const BITS = new Uint8Array(128);
for (const [bits, character] of Array.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
).entries()) {
  BITS[character.charCodeAt(0)] = bits;
}

/**
 * Hands over the numbers of a list.
 * @param {string} text
 * @param {(number: number) => void} take
 */
function eachNumber(text, take) {
  for (let at = 0; at < text.length; at += 1) {
    let scale = 1;
    let number = 0;
    let bits = BITS[text.charCodeAt(at)];
    while (bits >= MORE && at + 1 < text.length) {
      number += (bits - MORE) * scale;
      scale *= MORE;
      at += 1;
      bits = BITS[text.charCodeAt(at)];
    }
    take(number + bits * scale);
  }
}

/**
 * The cases of a list, ascending.
 * @param {string} text
 * @returns {number[]}
 */
function casesOfList(text) {
  /** @type {number[]} */
  const cases = [];
  let next = 0;
  eachNumber(text, (distance) => {
    cases.push(next + distance);
    next += distance + 1;
  });
  return cases;
}

/**
 * The words of a list, sorted.
 * @param {string} text
 * @returns {string[]}
 */
function wordsOfList(text) {
  if (text === '') return [];
  let before = '';
  return text.split(' ').map((entry) => {
    before = before.slice(0, BITS[entry.charCodeAt(0)]) + entry.slice(1);
    return before;
  });
}

class CaseIndex {
  /** @param {IndexData} data */
  constructor(data) {
    this.size = data.cases;
    this.words = wordsOfList(data.words);
    this.ranked = data.ranked.split(' ');
    /** @type {Map<string, Map<string, string>>} */
    this.facets = new Map(data.facets.map(([facet, values]) => [facet, new Map(values)]));
    /** @type {Map<string, number[]>} */
    this.lists = new Map();
    /** @type {Map<string, Uint8Array>} */
    this.scores = new Map();
  }

  /**
   * The values of a facet that any case has, in the facet's order.
   * @param {string} facet
   */
  valuesOf(facet) {
    return [...(this.facets.get(facet)?.keys() ?? [])];
  }

  /**
   * The cases that a value of a facet chooses; years may be a span.
   * @param {string} facet
   * @param {string} value
   * @returns {number[]}
   */
  casesOf(facet, value) {
    const written = this.facets.get(facet)?.get(value);
    if (written === undefined) return facet === 'year' ? this.casesOfYears(value) : [];
    // Every casesOf of a session is of a value of the index, so this does not grow without end.
    const key = `${facet}=${value}`;
    const cases = this.lists.get(key) ?? casesOfList(written);
    this.lists.set(key, cases);
    return cases;
  }

  /** @param {string} value */
  casesOfYears(value) {
    const span = Years.parse(value);
    if (!span) return [];
    const years = this.valuesOf('year').filter((year) => span.holds(Number(year)));
    return years.flatMap((year) => this.casesOf('year', year));
  }

  /**
   * What each case scores for a word or the beginning of one; nothing where it is not found.
   * @param {string} word
   * @returns {Uint8Array}
   */
  scoresOf(word) {
    const known = this.scores.get(word);
    if (known) return known;
    const scores = new Uint8Array(this.size);
    for (let at = this.placeOf(word); this.words[at]?.startsWith(word); at += 1) {
      // A whole word tells more than the beginning of one.
      const factor = this.words[at] === word ? 3 : 2;
      let next = 0;
      eachNumber(this.ranked[at], (number) => {
        const found = next + Math.floor(number / WEIGHTS.length);
        scores[found] = Math.max(scores[found], WEIGHTS[number % WEIGHTS.length] * factor);
        next = found + 1;
      });
    }
    if (this.scores.size >= REMEMBERED) this.scores.clear();
    this.scores.set(word, scores);
    return scores;
  }

  /**
   * Where a word stands among all, or would.
   * @param {string} word
   */
  placeOf(word) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * What each case scores for all words together: nothing unless every word is found in it.
   * @param {string[]} words
   * @returns {Uint16Array}
   */
  search(words) {
    const all = new Uint16Array(this.size).fill(words.length === 0 ? 1 : 0);
    for (const [place, word] of words.entries()) {
      const scores = this.scoresOf(word);
      for (let found = 0; found < this.size; found += 1) {
        const fits = scores[found] > 0 && (place === 0 || all[found] > 0);
        all[found] = fits ? all[found] + scores[found] : 0;
      }
    }
    return all;
  }
}
