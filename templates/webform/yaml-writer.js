// Owns the way from data to YAML text, as a person would have written it.

/** The width, in characters, that a list of words may take on one line. */
const WIDEST_LIST = 90;

/** How wide the lines of a long text are, in characters, without its indentation. */
const WIDTH = 90;

/** What must be written by its number. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ue000-\uf8ff]/;

class YamlWriter {
  /**
   * A mapping as the text of a file, which reads as the same mapping again.
   * @param {Map<string, Value>} map
   */
  static write(map) {
    return map.size === 0 ? '{}\n' : `${new YamlWriter().map(map, '').join('\n')}\n`;
  }

  /**
   * The lines of a mapping.
   * @param {Map<string, Value>} map
   * @param {string} indent
   * @returns {string[]}
   */
  map(map, indent) {
    return [...map].flatMap(([key, value]) => this.entry(`${indent}${this.key(key)}:`, value, indent));
  }

  /**
   * The lines of a list.
   * @param {Value[]} list
   * @param {string} indent
   * @returns {string[]}
   */
  list(list, indent) {
    return list.flatMap((value) => {
      const inner = `${indent}  `;
      const lines = value instanceof Map && value.size > 0 ? this.map(value, inner) : null;
      // The first key stands behind the hyphen.
      if (lines) return [`${indent}- ${(lines[0] ?? '').slice(inner.length)}`, ...lines.slice(1)];
      return this.entry(`${indent}-`, value, indent);
    });
  }

  /**
   * The lines of a value behind its key or its hyphen.
   * @param {string} head
   * @param {Value} value
   * @param {string} indent
   * @returns {string[]}
   */
  entry(head, value, indent) {
    const inner = `${indent}  `;
    if (value instanceof Map) return value.size === 0 ? [`${head} {}`] : [head, ...this.map(value, inner)];
    if (Array.isArray(value)) {
      const words = this.words(value);
      return words === null ? [head, ...this.list(value, inner)] : [`${head} [${words}]`];
    }
    if (typeof value !== 'string') return [`${head} ${value === null ? 'null' : String(value)}`];
    const [first = '', ...rest] = this.text(whole(value));
    return [`${head} ${first}`, ...rest.map((line) => (line === '' ? '' : inner + line))];
  }

  /**
   * The entries of a list that one line has room for; null if it has none.
   * @param {Value[]} list
   */
  words(list) {
    if (list.length === 0) return '';
    const words = [];
    for (const value of list) {
      if (value instanceof Numeral) words.push(value.text);
      else if (typeof value !== 'string' || !HARMLESS_IN_LIST.test(value)) return null;
      else words.push(isPlain(value) ? value : this.quoted(value));
    }
    const line = words.join(', ');
    return line.length > WIDEST_LIST ? null : line;
  }

  /** @param {string} key */
  key(key) {
    return isPlain(key) && key.length < 100 ? key : this.quoted(whole(key));
  }

  /**
   * The lines of a text; those behind the first stand further in.
   * @param {string} text
   */
  text(text) {
    if (text.includes('\n')) return this.lines(text) ?? [this.quoted(text)];
    if (text.length > WIDTH && isFoldable(text)) return ['>-', ...folded(text)];
    return [isPlain(text) ? text : this.quoted(text)];
  }

  /**
   * A text of several lines; null if it cannot stand as it is.
   * @param {string} text
   */
  lines(text) {
    const body = text.replace(/\n$/, '');
    const lines = body.split('\n');
    if (UNPRINTABLE.test(text) || text.includes('\t') || /^\s|\n$/.test(body) || body === '') return null;
    if (lines.some((line) => line !== '' && line.trim() === '')) return null;
    const ends = text.endsWith('\n');
    if (lines.length === 1 && body.length > WIDTH && isFoldable(body)) return ['>', ...folded(body)];
    return [ends ? '|' : '|-', ...lines];
  }

  /** @param {string} text */
  quoted(text) {
    const short = new Map([['\n', '\\n'], ['\t', '\\t'], ['"', '\\"'], ['\\', '\\\\']]);
    const all = new RegExp(`${UNPRINTABLE.source}|[\\n\\t"\\\\]`, 'g');
    const byNumber = (/** @type {string} */ letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return `"${text.replace(all, (letter) => short.get(letter) ?? byNumber(letter))}"`;
  }
}

/** A text without halves of letters, which no file can hold. @param {string} text */
function whole(text) {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/**
 * Whether a text of one line can be broken into several: its words stand one space apart.
 * @param {string} text
 */
function isFoldable(text) {
  return !UNPRINTABLE.test(text) && !text.includes('\t') && text.trim() === text && !text.includes('  ');
}

/**
 * A text of one line, broken between words.
 * @param {string} text
 */
function folded(text) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
