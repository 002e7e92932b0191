// Owns the search of regions, and of whatever else is chosen from a long list by name.

/** The most that a search shows. */
const MOST_SHOWN = 40;

/** ISO's codes of the countries that NUTS calls otherwise. */
const ALIASES = new Map([['GR', 'EL'], ['GB', 'UK'], ['EL', 'GR'], ['UK', 'GB']]);

/**
 * Something that may be chosen.
 * @typedef {object} Offer
 * @property {string} code What is saved.
 * @property {string} name
 * @property {string} folded What is searched.
 */

/** A text as it is compared: without accents and letter sizes. @param {string} text */
function bare(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/ł/g, 'l');
}

class Offers {
  /** @param {Iterable<[string, string]>} all Codes and names. */
  constructor(all) {
    /** @type {Map<string, Offer>} */
    this.byCode = new Map();
    for (const [code, name] of all) {
      this.byCode.set(code, { code, name, folded: bare(`${name} ${code}`) });
    }
  }

  /**
   * Unpacks the regions that src/authoring/webform/regions.rs packed.
   * @param {string} packed
   */
  static regions(packed) {
    /** @type {[string, string][]} */
    const all = [];
    let [code, name] = ['', ''];
    for (const line of packed.split('\n')) {
      if (line === '') continue;
      const [rest = '', said = ''] = line.split('\t');
      code = code.slice(0, Number(rest[0])) + rest.slice(1);
      name = said === '' ? name : said;
      all.push([code, name]);
    }
    const countries = new Map(all.filter(([code]) => code.length === 2));
    return new Offers(all.map(([code, name]) => {
      const short = code.slice(0, 2);
      const country = countries.get(short) ?? countries.get(ALIASES.get(short) ?? '');
      return code.length > 2 && country ? [code, `${name}, ${country}`] : [code, name];
    }));
  }

  /**
   * What a text means: a code, or the name of one alone.
   * @param {string} text
   * @returns {Offer | null}
   */
  find(text) {
    const wanted = text.trim();
    const code = wanted.toUpperCase();
    const other = (ALIASES.get(code.slice(0, 2)) ?? '') + code.slice(2);
    const found = this.byCode.get(wanted) ?? this.byCode.get(code) ?? this.byCode.get(other);
    if (found) return found;
    const name = bare(wanted);
    const called = [...this.byCode.values()].filter((offer) => bare(this.label(offer)) === name || bare(offer.name) === name);
    return called.length === 1 ? called[0] ?? null : null;
  }

  /** Whether a code may be saved as it is. @param {string} code */
  has(code) {
    return this.byCode.has(code) || this.byCode.has((ALIASES.get(code.slice(0, 2)) ?? '?') + code.slice(2));
  }

  /** @param {Offer} offer */
  label(offer) {
    return offer.name === offer.code ? offer.name : `${offer.name} (${offer.code})`;
  }

  /**
   * What has all words of a text, the likeliest first.
   * @param {string} text
   */
  search(text) {
    const words = bare(text).split(/[\s,()]+/).filter((word) => word !== '');
    const [first = ''] = words;
    const fitting = [...this.byCode.values()].filter((offer) => words.every((word) => offer.folded.includes(word)));
    const rank = (/** @type {Offer} */ offer) =>
      (offer.code.toLowerCase() === first ? 0 : offer.folded.startsWith(first) ? 1 : offer.folded.includes(` ${first}`) ? 2 : 3) * 10
      + (offer.code.includes('-') ? 9 : Math.min(offer.code.length, 8));
    const ranked = words.length === 0 ? fitting : fitting.map((offer) => ({ offer, rank: rank(offer) }))
      .sort((a, b) => a.rank - b.rank).map(({ offer }) => offer);
    return { shown: ranked.slice(0, MOST_SHOWN), count: fitting.length };
  }
}
