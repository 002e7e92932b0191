// Owns the words of a text as they are searched for: without case, accents and marks between letters.
//
// src/export/finder/fold.rs folds the words of the index in the same way; a test holds its tables
// against these.

/** The longest word, in characters: of a longer one the beginning counts. */
const LONGEST_WORD = 32;

/** Letters that no decomposition takes to those that readers type instead. */
const LETTERS = new Map([
  ['ß', 'ss'], ['æ', 'ae'], ['œ', 'oe'], ['ø', 'o'], ['ł', 'l'], ['đ', 'd'], ['ð', 'd'],
  ['þ', 'th'], ['ħ', 'h'], ['ı', 'i'], ['ŋ', 'n'], ['ŧ', 't'], ['ς', 'σ'],
]);

/** Accents, points and voicing marks, and characters that only join, part or choose shapes. */
const DROPPED =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\u3099-\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/gu;

/** Scripts that set no spaces between words: each of their characters is a word. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3fffd}]/u;

/** What words are made of. */
const OF_WORD = /[\p{Alphabetic}\p{N}\p{M}]/u;

/** Of each ASCII character, what it is in a word; nothing where it parts words. */
const ASCII = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[0-9A-Za-z]/.test(character) ? character.toLowerCase() : '';
});

/**
 * A word of a text with its place there.
 * @typedef {{word: string, start: number, end: number}} WordAt
 */

/**
 * A character without case and accents: none, one or several others.
 * @param {string} character
 */
function fold(character) {
  const plain = character.normalize('NFKD').replace(DROPPED, '').toLowerCase();
  return Array.from(plain, (letter) => LETTERS.get(letter) ?? letter).join('');
}

/**
 * The folded words of a text, in its order.
 * @param {string} text
 * @returns {WordAt[]}
 */
function wordsIn(text) {
  /** @type {WordAt[]} */
  const found = [];
  let [word, length, start, end] = ['', 0, 0, 0];
  const close = () => {
    if (word !== '') found.push({ word, start, end });
    [word, length] = ['', 0];
  };
  /** @type {(letter: string, from: number, to: number) => void} */
  const add = (letter, from, to) => {
    if (word === '') start = from;
    if (length < LONGEST_WORD) word += letter;
    length += 1;
    end = to;
  };
  for (let at = 0; at < text.length; ) {
    const code = /** @type {number} */ (text.codePointAt(at));
    const next = at + (code > 0xffff ? 2 : 1);
    if (code < ASCII.length) {
      const letter = ASCII[code];
      if (letter === '') close();
      else add(letter, at, next);
    } else {
      const folded = fold(String.fromCodePoint(code));
      // A mark that is dropped belongs to the letter before it.
      if (folded === '' && word !== '') end = next;
      for (const letter of folded) {
        const standsAlone = UNSPACED.test(letter);
        const isOfWord = OF_WORD.test(letter);
        if (standsAlone || !isOfWord) close();
        if (isOfWord) add(letter, at, next);
        if (standsAlone) close();
      }
    }
    at = next;
  }
  close();
  return found;
}
