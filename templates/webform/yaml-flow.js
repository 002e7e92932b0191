// Owns the reading of lists and mappings between brackets.

/** Brackets inside brackets that are read. */
const DEEPEST_FLOW = 30;

class FlowReader {
  /**
   * @param {string} text From the first bracket on.
   * @param {number} line Where it stands in the file.
   */
  constructor(text, line) {
    this.text = text;
    this.line = line;
    this.at = 0;
  }

  /** @param {number} depth @returns {Value} */
  value(depth = 0) {
    if (depth > DEEPEST_FLOW) throw this.refusal('there are too many brackets inside each other');
    this.space();
    const first = this.text[this.at];
    if (first === '[') return this.list(depth);
    if (first === '{') return this.map(depth);
    if (first === '"' || first === "'") return this.quoted(first);
    return plainValue(this.word(), this.line);
  }

  /** @param {number} depth */
  list(depth) {
    /** @type {Value[]} */
    const list = [];
    this.at += 1;
    while (!this.ends(']')) {
      list.push(this.value(depth + 1));
      this.space();
      if (this.text[this.at] === ':') throw this.refusal('a key inside square brackets is not read here');
      this.separator(']');
    }
    return list;
  }

  /** @param {number} depth */
  map(depth) {
    /** @type {Map<string, Value>} */
    const map = new Map();
    this.at += 1;
    while (!this.ends('}')) {
      const first = this.text[this.at];
      const key = first === '"' || first === "'" ? this.quoted(first) : this.word();
      this.space();
      if (this.text[this.at] !== ':') throw this.refusal('a colon is missing between brackets');
      this.at += 1;
      if (map.has(key)) throw this.refusal(`the key “${key}” stands twice`);
      map.set(key, this.ends('}', ',') ? null : this.value(depth + 1));
      this.separator('}');
    }
    return map;
  }

  /** @param {string} mark */
  quoted(mark) {
    const end = endOfQuoted(this.text, this.at + 1, mark);
    if (end < 0) throw this.refusal('a quotation mark is missing');
    const inner = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return unquoted(inner, mark, this.line);
  }

  /** A word without quotation marks. */
  word() {
    const rest = this.text.slice(this.at);
    const end = rest.search(/[,[\]{}]|:(?=[\s,[\]{}]|$)|\s#/);
    const word = joined((end < 0 ? rest : rest.slice(0, end)).trim());
    if (/^[&*!|>%@`#]/.test(word)) throw this.refusal(`what begins with “${word[0]}” is not read here`);
    if (word === '') throw this.refusal('there is nothing between two marks');
    this.at += end < 0 ? rest.length : end;
    return word;
  }

  /** Goes on behind white space and comments. */
  space() {
    const gap = /^(\s+(#.*)?)*/.exec(this.text.slice(this.at));
    this.at += gap?.[0].length ?? 0;
  }

  /**
   * Whether the next mark is one of these; the first, which closes, is taken.
   * @param {string} close
   * @param {string[]} others
   */
  ends(close, ...others) {
    this.space();
    const next = this.text.charAt(this.at);
    if (next === '') throw this.refusal(`“${close}” is missing`);
    if (next === close && others.length === 0) this.at += 1;
    return next === close || others.includes(next);
  }

  /** @param {string} close */
  separator(close) {
    this.space();
    const next = this.text[this.at];
    if (next === ',') this.at += 1;
    else if (next !== close) throw this.refusal(`“,” or “${close}” is missing`);
  }

  /** @param {string} message */
  refusal(message) {
    return new Refusal(message, this.line);
  }
}
