// Owns the reading of single values of YAML: words, and texts between quotation marks.

/** What is told of a file that is not read. */
class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} line From 1 on.
   */
  constructor(message, line) {
    super(`line ${line}: ${message}`);
  }
}

/** What a letter behind a backslash stands for. */
const ESCAPES = new Map([
  ['0', '\0'], ['a', '\x07'], ['b', '\b'], ['t', '\t'], ['n', '\n'], ['v', '\v'], ['f', '\f'], ['r', '\r'],
  ['e', '\x1b'], [' ', ' '], ['"', '"'], ['/', '/'], ['\\', '\\'], ['N', '\x85'], ['_', '\xa0'],
  ['L', '\u2028'], ['P', '\u2029'],
]);

/** How many digits follow a letter behind a backslash. */
const DIGITS = new Map([['x', 2], ['u', 4], ['U', 8]]);

/**
 * What a word without quotation marks means.
 * @param {string} text
 * @param {number} line
 * @returns {Value}
 */
function plainValue(text, line) {
  const known = MEANING.get(text);
  if (known !== undefined) return known;
  const numeral = Numeral.parse(text);
  if (numeral) return numeral;
  if (/^[-+]?(0[xob][\da-f]+|\d[\d_]*|\d*\.\d*(e[-+]?\d+)?|\.inf|\.nan)$/i.test(text) && /\d|inf|nan/i.test(text)) {
    throw new Refusal(`“${text}” is a number in a writing that this page does not read`, line);
  }
  return text;
}

/**
 * Where a text between quotation marks ends, from behind its first mark; -1 if it goes on.
 * @param {string} text
 * @param {number} from
 * @param {string} mark
 */
function endOfQuoted(text, from, mark) {
  for (let at = from; at < text.length; at += 1) {
    if (mark === '"' && text[at] === '\\') at += 1;
    else if (text[at] === mark && mark === "'" && text[at + 1] === mark) at += 1;
    else if (text[at] === mark) return at;
  }
  return -1;
}

/**
 * What stands between quotation marks. A line break is a space, several are one less.
 * @param {string} inner
 * @param {string} mark
 * @param {number} line
 */
function unquoted(inner, mark, line) {
  if (mark === "'") return joined(inner).replaceAll("''", "'");
  let out = '';
  // A backslash at the end of a line joins it with the next as it is.
  const text = inner.includes('\n') ? joined(inner.replace(/(?<!\\)((?:\\\\)*)\\\n[ \t]*/g, '$1')) : inner;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter !== '\\') {
      out += letter;
      continue;
    }
    at += 1;
    const name = text.charAt(at);
    const digits = DIGITS.get(name);
    const known = ESCAPES.get(name);
    if (digits !== undefined) {
      const number = text.slice(at + 1, at + 1 + digits);
      if (!/^[\da-f]+$/i.test(number) || number.length < digits || parseInt(number, 16) > 0x10ffff) {
        throw new Refusal(`“\\${name}” must be followed by ${digits} digits`, line);
      }
      out += String.fromCodePoint(parseInt(number, 16));
      at += digits;
    } else if (known !== undefined) out += known;
    else throw new Refusal(`“\\${name}” has no meaning between quotation marks`, line);
  }
  return out;
}

/**
 * Lines of a flowing text as one: a break is a space, and of several breaks one is lost.
 * @param {string} text
 */
function joined(text) {
  return text.replace(/[ \t]*\n[ \t\n]*/g, (gap) => '\n'.repeat(gap.split('\n').length - 2) || ' ');
}
