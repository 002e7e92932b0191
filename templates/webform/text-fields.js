// Owns the fields that are typed into: texts, numbers, dates, addresses, keys of sources.

class TypedField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    const isLong = question.writing === 'lines' || question.writing === 'markdown';
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    this.input = isLong ? make('textarea', { rows: question.writing === 'markdown' ? 4 : 3 })
      : make('input', { type: 'text', autocomplete: 'off', inputmode: this.keyboard() });
    /** The answer as it was opened; it stays so until somebody types. @type {Value | undefined} */
    this.original = undefined;
    this.asShown = '';
    this.assemble(this.input);
    this.input.addEventListener('input', () => {
      this.showLength();
      facts.changed();
    });
    this.counter = question.words ? make('p', { class: 'count', 'aria-hidden': 'true' }) : null;
    if (this.counter) this.fault.before(this.counter);
    this.showLength();
  }

  keyboard() {
    if (this.question.kind === 'number') return this.question.whole ? 'numeric' : 'decimal';
    return this.question.writing === 'link' ? 'url' : null;
  }

  showLength() {
    const { words } = this.question;
    if (this.counter && words) setText(this.counter, `${countWords(this.input.value)} of ${words} words`);
  }

  value() {
    const text = this.input.value;
    if (this.original !== undefined && text === this.asShown) return this.original;
    return text.trim() === '' ? undefined : this.meant(text);
  }

  /**
   * What a typed text stands for.
   * @param {string} text
   * @returns {Value}
   */
  meant(text) {
    const isLine = this.input instanceof HTMLInputElement;
    const kept = isLine ? text.trim() : text.replace(/^\s*\n/, '').trimEnd();
    return (this.question.number && Numeral.parse(kept)) || kept;
  }

  /** @param {Value} value */
  put(value) {
    const text = this.typed(value);
    const isLine = this.input instanceof HTMLInputElement;
    if (text === null || (isLine && text.replace(/\n$/, '').includes('\n'))) return false;
    this.input.value = isLine ? text.replace(/\n$/, '') : text;
    this.original = value;
    this.asShown = this.input.value;
    this.showLength();
    return true;
  }

  /**
   * An answer as it is typed; null if it cannot be.
   * @param {Value} value
   * @returns {string | null}
   */
  typed(value) {
    if (typeof value === 'string') return value;
    return value instanceof Numeral && this.question.number ? value.text : null;
  }

  /** @param {Value} value */
  faultOf(value) {
    if (value instanceof Numeral && this.question.writing !== 'date') return null;
    const text = String(value);
    const fault = faultOfText(text, this.question);
    if (fault !== null) return fault;
    const [missing] = this.question.role === 'markdown' ? this.facts.missingSources(text) : [];
    return missing === undefined ? null : `“${missing}” is no key among the sources: add it there`;
  }
}

class NumberField extends TypedField {
  /** @param {string} text */
  meant(text) {
    return Numeral.parse(text.trim()) ?? text.trim();
  }

  /** @param {Value} value */
  typed(value) {
    return value instanceof Numeral ? value.text : typeof value === 'string' ? value : null;
  }

  /** @param {Value} value */
  faultOf(value) {
    if (typeof value === 'string' && Numeral.parse(value)) return 'this is written as a text: type the number again';
    return faultOfNumber(String(value), this.question);
  }
}

/** Keys of sources: one, or several with commas between. */
class CitationField extends TypedField {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    const offers = make('datalist', { id: `${this.id}-keys` });
    this.input.setAttribute('list', offers.id);
    this.element.append(offers);
    this.input.addEventListener('focus', () => {
      offers.replaceChildren(...[...facts.sourceKeys(), ...facts.library].map((value) => make('option', { value })));
    });
  }

  /** @param {string} text @returns {Value} */
  meant(text) {
    const keys = text.split(',').map((key) => key.trim()).filter((key) => key !== '');
    return keys.length === 1 ? keys[0] ?? '' : keys;
  }

  /** @param {Value} value */
  typed(value) {
    const keys = Array.isArray(value) ? value : [value];
    return keys.every((key) => typeof key === 'string' && !/[,\n]/.test(key)) ? keys.join(', ') : null;
  }

  /** @param {Value} value */
  faultOf(value) {
    const keys = /** @type {string[]} */ (Array.isArray(value) ? value : [value]);
    if (keys.length === 0) return 'write the key of a source';
    const missing = this.facts.hasSources ? keys.find((key) => !this.facts.isSource(key)) : undefined;
    if (missing === undefined) return null;
    const known = this.facts.sourceKeys();
    return `“${missing}” is no key among the sources; ${known.length > 0 ? `there are: ${known.join(', ')}` : 'add the source first'}`;
  }
}
