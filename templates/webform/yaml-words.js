// Owns what YAML makes of a word without quotation marks, for the reader and the writer alike.

/** Words that casebook reads as something else than a text. */
const MEANING = new Map(/** @type {[string, Value][]} */ ([
  ['', null], ['~', null], ['null', null], ['Null', null], ['NULL', null],
  ['true', true], ['True', true], ['TRUE', true],
  ['false', false], ['False', false], ['FALSE', false],
]));

/** Words that some other reader of YAML takes for an answer or for no number. */
const AMBIGUOUS = /^(y|n|yes|no|on|off|true|false|null|~|[-+]?\.?inf|\.?nan|=|<<)$/i;

/** What might be a number, a time or a version to somebody. */
const LIKE_A_NUMBER = /^[-+.]?\d[\d_.,:]*$|^[-+]?[\d.][\d_.]*e[-+]?\d+$|^[-+]?0[xob][\da-f_]*$/i;

/** Dates, alone or with a slash between, which stay texts. */
const DATE = /^\d{4}-\d\d(-\d\d)?(\/\d{4}(-\d\d){0,2})?$|^\d{4}\/\d{4}(-\d\d){0,2}$/;

/** Letters with which a text may begin, and those inside it, that mean nothing to any reader. */
const HARMLESS = /^[\p{L}\p{N}(/][\p{L}\p{M}\p{N} ()/.,;'"&+=?!@$€£%°§²³~^_*–—’“”„‘·×…<>|-]*$/u;

/** Letters with a meaning between brackets. */
const HARMLESS_IN_LIST = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ()/_&+-]*$/u;

/**
 * Whether a text is itself without quotation marks, to every reader.
 * @param {string} text
 */
function isPlain(text) {
  if (!HARMLESS.test(text) && !isAddress(text)) return false;
  if (AMBIGUOUS.test(text) || text.trim() !== text) return false;
  return DATE.test(text) || !LIKE_A_NUMBER.test(text);
}

/**
 * Whether a text is a web address: a colon and a number sign inside it have no space beside them.
 * @param {string} text
 */
function isAddress(text) {
  return /^https?:\/\/[\w.~/?#@!$&()*+;=%:-]*[\w/]$/.test(text);
}
