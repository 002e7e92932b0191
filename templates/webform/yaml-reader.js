// Owns the reading of case files: the YAML that casebook and people write. What it does not understand
// it refuses, with the line; it never leaves anything out.

/** Groups inside groups that are read. */
const DEEPEST = 60;

/** The most letters of a file. */
const LONGEST = 2_000_000;

/** A key and what stands behind its colon. */
const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`[\]{},-](?:[^:#]|:(?=\S)|(?<=\S)#)*|-[^\s:#][^:#]*)\s*:(?=\s|$)\s*(.*)$/u;

class YamlReader {
  /** @param {string} text */
  constructor(text) {
    if (text.length > LONGEST) throw new Refusal('the file is too long', 1);
    this.lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
    this.at = 0;
    /** Comments above the first key. @type {string[]} */
    this.head = [];
    /** How many comments stand elsewhere. */
    this.comments = 0;
  }

  /**
   * Reads a file that holds one mapping.
   * @param {string} text
   */
  static read(text) {
    const reader = new YamlReader(text);
    const map = reader.file();
    return { map, head: reader.head, comments: reader.comments };
  }

  /** @returns {Map<string, Value>} */
  file() {
    while (this.at < this.lines.length && /^\s*(#.*)?$/.test(this.line())) {
      if (this.line().trim() !== '') this.head.push(this.line());
      this.at += 1;
    }
    if (/^---(\s|$)/.test(this.line())) {
      if (this.line().trim() !== '---') throw this.refusal('what stands behind “---” is not read here');
      this.at += 1;
    }
    const indent = this.next();
    if (indent < 0) return new Map();
    const value = this.block(indent, 0);
    if (this.next() >= 0) throw this.refusal('this does not belong to what stands above');
    if (!(value instanceof Map)) throw new Refusal('a case is a group of keys, such as “title: …”', 1);
    return value;
  }

  line() {
    return this.lines[this.at] ?? '';
  }

  /** Goes on to the next line that says something; its indentation, or -1 at the end. */
  next() {
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.line();
      const [space = ''] = /^\s*/.exec(line) ?? [];
      if (line.length === space.length) continue;
      if (line[space.length] === '#') {
        this.comments += 1;
        continue;
      }
      if (/^(---|\.\.\.)(\s|$)/.test(line)) throw this.refusal('a file with several documents is not read here');
      if (/[^ ]/.test(space)) throw this.refusal('a line begins with a tab or another space than that of the keyboard');
      return space.length;
    }
    return -1;
  }

  /**
   * What begins on this line, so far in.
   * @param {number} indent
   * @param {number} depth
   * @returns {Value}
   */
  block(indent, depth) {
    if (depth > DEEPEST) throw this.refusal('there are too many groups inside each other');
    const text = this.line().slice(indent);
    if (/^-(\s|$)/.test(text)) return this.list(indent, depth);
    if (/^\?(\s|$)/.test(text)) throw this.refusal('a key behind a question mark is not read here');
    if (KEY.test(text)) return this.map(indent, depth);
    return this.scalar(text, indent - 1);
  }

  /**
   * @param {number} indent
   * @param {number} depth
   */
  list(indent, depth) {
    /** @type {Value[]} */
    const list = [];
    for (let here = this.next(); here === indent && /^-(\s|$)/.test(this.line().slice(indent)); here = this.next()) {
      const rest = this.line().slice(indent + 1);
      const text = rest.trimStart();
      const inner = indent + 1 + rest.length - text.length;
      if (text === '' || text.startsWith('#')) {
        list.push(this.below(indent, depth, text));
      } else if (/^-(\s|$)/.test(text) || KEY.test(text)) {
        // What stands behind the hyphen is a block of its own, as far in as it begins.
        this.lines[this.at] = ' '.repeat(inner) + text;
        list.push(this.block(inner, depth + 1));
      } else {
        list.push(this.scalar(text, indent));
      }
    }
    return list;
  }

  /**
   * @param {number} indent
   * @param {number} depth
   */
  map(indent, depth) {
    /** @type {Map<string, Value>} */
    const map = new Map();
    for (let here = this.next(); here === indent; here = this.next()) {
      const found = KEY.exec(this.line().slice(indent));
      if (!found) throw this.refusal('a key with a colon and a space behind it is missing');
      const [, written = '', text = ''] = found;
      const mark = written.charAt(0);
      const isQuoted = mark === '"' || mark === "'";
      const key = isQuoted ? unquoted(written.slice(1, -1), mark, this.at + 1) : written.trim();
      if (key === '<<' && !isQuoted) throw this.refusal('“<<” is not read here');
      if (map.has(key)) throw this.refusal(`the key “${key}” stands twice`);
      const isOpen = text === '' || text.startsWith('#');
      map.set(key, isOpen ? this.below(indent, depth, text, true) : this.scalar(text, indent));
    }
    if (this.at < this.lines.length && this.next() > indent) throw this.refusal('this line stands too far in');
    return map;
  }

  /**
   * What stands below a key or a hyphen, further in; nothing if nothing does.
   * @param {number} indent
   * @param {number} depth
   * @param {string} comment What stands behind it on its line.
   * @param {boolean} isKey Of a key, a list may stand as far in as the key itself.
   * @returns {Value}
   */
  below(indent, depth, comment, isKey = false) {
    if (comment !== '') this.comments += 1;
    this.at += 1;
    const here = this.next();
    const isList = isKey && here === indent && /^-(\s|$)/.test(this.line().slice(here));
    return here > indent || isList ? this.block(here, depth + 1) : null;
  }

  /**
   * A single value that begins with a text on this line, and goes on as long as lines stand further in.
   * @param {string} text
   * @param {number} indent
   * @returns {Value}
   */
  scalar(text, indent) {
    const first = text.charAt(0);
    if (first === '|' || first === '>') return this.literal(text, indent);
    if (first === '"' || first === "'") return this.marked(text, indent, first);
    if (first === '[' || first === '{') return this.flow(text, indent);
    if ('&*!%@`?,]}'.includes(first) && !/^\?\S/.test(text)) {
      throw this.refusal(`what begins with “${first}” is not read here`);
    }
    return this.plain(text, indent);
  }

  /**
   * @param {string} text
   * @param {number} indent
   */
  plain(text, indent) {
    const line = this.at + 1;
    const whole = (/** @type {string} */ part) => {
      const end = part.search(/\s#/);
      if (end >= 0) this.comments += 1;
      return { part: (end < 0 ? part : part.slice(0, end)).trim(), ends: end >= 0 };
    };
    let { part, ends } = whole(text);
    this.at += 1;
    let breaks = 0;
    for (; !ends && this.at < this.lines.length; this.at += 1) {
      const next = this.line();
      const [space = ''] = /^ */.exec(next) ?? [];
      if (next.trim() === '') {
        breaks += 1;
        continue;
      }
      if (space.length <= indent || next.trim().startsWith('#')) break;
      const more = whole(next);
      if (/:(\s|$)/.test(more.part)) throw this.refusal('a colon with a space behind it stands inside a text');
      part += (breaks > 0 ? '\n'.repeat(breaks) : ' ') + more.part;
      ends = more.ends;
      breaks = 0;
    }
    if (/:(\s|$)/.test(part)) throw new Refusal('a colon with a space behind it stands inside a text', line);
    return plainValue(part, line);
  }

  /**
   * A text between quotation marks.
   * @param {string} text
   * @param {number} indent
   * @param {string} mark
   */
  marked(text, indent, mark) {
    const line = this.at + 1;
    const { all, end } = this.until(text, indent, (so) => endOfQuoted(so, 1, mark));
    this.afterwards(all.slice(end + 1));
    return unquoted(all.slice(1, end), mark, line);
  }

  /**
   * Lists and mappings between brackets.
   * @param {string} text
   * @param {number} indent
   */
  flow(text, indent) {
    const line = this.at + 1;
    const { all, end } = this.until(text, indent, endOfBrackets);
    this.comments += /\s#/.test(all.slice(0, end)) ? 1 : 0;
    const reader = new FlowReader(all, line);
    const value = reader.value();
    this.afterwards(all.slice(reader.at));
    return value;
  }

  /**
   * Takes lines until a text is whole.
   * @param {string} text
   * @param {number} indent
   * @param {(text: string) => number} endOf
   */
  until(text, indent, endOf) {
    const line = this.at + 1;
    const parts = [text];
    this.at += 1;
    let end = endOf(text);
    while (end < 0) {
      const next = this.lines[this.at];
      const isOut = next !== undefined && next.trim() !== '' && next.search(/\S/) <= indent && !/^\s*[\]}]/.test(next);
      if (next === undefined || isOut || parts.length > 2000) throw new Refusal('what is opened here is never closed', line);
      parts.push(next);
      this.at += 1;
      // Only a line with a mark can be the last one.
      if (/["'\]}]/.test(next)) end = endOf(parts.join('\n'));
    }
    return { all: parts.join('\n'), end };
  }

  /** @param {string} rest What stands behind a value on its last line. */
  afterwards(rest) {
    if (rest.trim() === '') return;
    if (!/^\s+#/.test(rest)) throw new Refusal('something stands behind a value', this.at);
    this.comments += 1;
  }

  /**
   * A text of several lines behind `|` or `>`.
   * @param {string} text
   * @param {number} indent
   */
  literal(text, indent) {
    const found = /^([|>])(?:([-+])?([1-9])?|([1-9])([-+]))(\s+#.*)?\s*$/.exec(text);
    if (!found) throw this.refusal('what stands behind “|” or “>” is not read here');
    const [, style, one, alone, before, other, comment] = found;
    if (comment) this.comments += 1;
    this.at += 1;
    const given = alone ?? before;
    let inner = given === undefined ? -1 : Math.max(indent, 0) + Number(given);
    /** @type {string[]} */
    const lines = [];
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.line();
      const space = line.length - line.replace(/^ +/, '').length;
      if (/^ *$/.test(line)) {
        lines.push(inner >= 0 ? line.slice(inner) : '');
        continue;
      }
      if (inner < 0) inner = space;
      if (space <= indent || space < inner) break;
      lines.push(line.slice(inner));
    }
    return endOfText(lines, style === '>', one ?? other ?? '');
  }

  /** @param {string} message */
  refusal(message) {
    return new Refusal(message, this.at + 1);
  }
}

/**
 * A text out of its lines, folded or not; `-` drops the break at its end, `+` keeps all of them.
 * @param {string[]} lines
 * @param {boolean} isFolded
 * @param {string} ending
 */
function endOfText(lines, isFolded, ending) {
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last -= 1;
  const body = lines.slice(0, last);
  const empty = lines.length - last;
  const text = isFolded ? fold(body) : body.join('\n');
  if (ending === '-') return text;
  if (ending === '+') return text + '\n'.repeat(body.length > 0 ? empty + 1 : empty);
  return body.length > 0 ? `${text}\n` : '';
}

/**
 * Lines as one, but for those that stand further in and those with an empty one between.
 * @param {string[]} lines
 */
function fold(lines) {
  let out = '';
  let breaks = 0;
  let wasIn = false;
  for (const [number, line] of lines.entries()) {
    if (line === '') {
      breaks += 1;
      continue;
    }
    const isIn = /^[ \t]/.test(line);
    if (number === 0 || out === '') out += '\n'.repeat(breaks);
    else if (wasIn || isIn) out += '\n'.repeat(breaks + 1);
    else out += breaks > 0 ? '\n'.repeat(breaks) : ' ';
    out += line;
    breaks = 0;
    wasIn = isIn;
  }
  return out;
}

/**
 * Where the bracket that a text begins with is closed; -1 if it is not.
 * @param {string} text
 */
function endOfBrackets(text) {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    const isFirst = /[\s,[{:]/.test(text.charAt(at - 1));
    if ((letter === '"' || letter === "'") && isFirst) {
      const end = endOfQuoted(text, at + 1, letter);
      if (end < 0) return -1;
      at = end;
    } else if (letter === '#' && /\s/.test(text.charAt(at - 1))) {
      const end = text.indexOf('\n', at);
      if (end < 0) return -1;
      at = end;
    } else if (letter === '[' || letter === '{') open += 1;
    else if (letter === ']' || letter === '}') {
      open -= 1;
      if (open === 0) return at;
    }
  }
  return -1;
}
