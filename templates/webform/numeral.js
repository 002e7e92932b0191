// Owns numbers as they are written: 1.10 stays 1.10, and no digit of a long one is lost.

/** What a case file, a list or a field can hold. Mappings keep the order of their keys.
 * @typedef {string | boolean | null | Numeral | any[] | Map<string, any>} Value
 */

/** A number as YAML and people write it: 12, -0.5, 1e6. */
const NUMERAL = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

class Numeral {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /**
   * Reads a number; null if the text is none.
   * @param {string} text
   */
  static parse(text) {
    return NUMERAL.test(text) && Number.isFinite(Number(text)) ? new Numeral(text) : null;
  }

  get number() {
    return Number(this.text);
  }

  get isWhole() {
    return Number.isInteger(this.number);
  }

  toString() {
    return this.text;
  }
}
