// Owns which cases fit what is wanted, how many there would be of each value, and their order.

/** So many misses has a case that is left out: more than there can be facets. */
const LEFT_OUT = 255;

/** Cases held against what is wanted. */
class Matches {
  /**
   * @param {CaseIndex} index
   * @param {Wanted} wanted
   */
  constructor(index, wanted) {
    this.index = index;
    this.scores = index.search(wanted.words());
    /** For each case, how many facets it does not fit. */
    this.misses = new Uint8Array(index.size);
    /** For each case, the last of these facets, counted from one. */
    this.missed = new Uint8Array(index.size);
    this.facets = wanted.facets.facets();
    for (const [place, facet] of this.facets.entries()) this.hold(facet, place + 1, wanted);
    for (const [facet, value] of wanted.without.all()) {
      for (const found of index.casesOf(facet, value)) this.misses[found] = LEFT_OUT;
    }
  }

  /**
   * @param {string} facet
   * @param {number} number
   * @param {Wanted} wanted
   */
  hold(facet, number, wanted) {
    const fits = new Uint8Array(this.index.size);
    for (const value of wanted.facets.of(facet)) {
      for (const found of this.index.casesOf(facet, value)) fits[found] = 1;
    }
    for (let found = 0; found < fits.length; found += 1) {
      if (fits[found] === 0) {
        this.misses[found] += 1;
        this.missed[found] = number;
      }
    }
  }

  /** @param {number} found */
  fits(found) {
    return this.scores[found] > 0 && this.misses[found] === 0;
  }

  /**
   * How many cases of a value fit all that is wanted of other facets.
   * @param {string} facet
   * @param {string} value
   */
  count(facet, value) {
    const own = this.facets.indexOf(facet) + 1;
    let count = 0;
    for (const found of this.index.casesOf(facet, value)) {
      const misses = this.misses[found];
      const fitsOthers = misses === 0 || (misses === 1 && own > 0 && this.missed[found] === own);
      if (fitsOthers && this.scores[found] > 0) count += 1;
    }
    return count;
  }
}

/**
 * Something that cards are ordered by: smaller comes first, and what is not known last.
 * @typedef {(card: Card) => number | string | null} SortKey
 */

/**
 * @param {string} name
 * @param {Matches} matches
 * @returns {SortKey}
 */
function sortKey(name, matches) {
  if (name === 'relevance') return (card) => -matches.scores[card.position];
  if (name === 'start') return (card) => card.start();
  if (name === 'region') return (card) => card.home();
  const values = matches.index.valuesOf(name);
  const ranks = new Map();
  for (const [rank, value] of values.entries()) {
    for (const found of matches.index.casesOf(name, value)) {
      if (!ranks.has(found)) ranks.set(found, rank);
    }
  }
  return (card) => ranks.get(card.position) ?? null;
}

/**
 * Cards in an order of a name; with a `-` before it, the other way round. They come in the order of their
 * titles, which decides where nothing else does.
 * @param {Card[]} cards
 * @param {string} name
 * @param {Matches} matches
 * @param {Intl.Collator} collator
 */
function inOrder(cards, name, matches, collator) {
  if (name === 'title') return cards;
  if (name === '-title') return cards.reverse();
  const sign = name.startsWith('-') ? -1 : 1;
  const key = sortKey(name.replace(/^-/, ''), matches);
  const keyed = cards.map((card) => ({ card, key: key(card) }));
  keyed.sort((one, two) => {
    if (one.key === null || two.key === null) return Number(one.key === null) - Number(two.key === null);
    if (typeof one.key === 'number' && typeof two.key === 'number') return sign * (one.key - two.key);
    return sign * collator.compare(String(one.key), String(two.key));
  });
  return keyed.map(({ card }) => card);
}
