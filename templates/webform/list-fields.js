// Owns lists, and groups under keys that the contributor chooses.

class ListField extends EntriesField {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    /** Whether an empty list was opened. */
    this.wasEmpty = false;
    // What must be answered begins with a place for the answer.
    if (question.required) this.add();
  }

  /** @returns {Value[] | undefined} */
  value() {
    const values = this.entries.map(({ field }) => field.value()).filter((value) => value !== undefined);
    return values.length > 0 || (this.wasEmpty && this.entries.length === 0) ? /** @type {Value[]} */ (values) : undefined;
  }

  /** @param {Value} value */
  put(value) {
    if (!Array.isArray(value)) return false;
    for (const entry of [...this.entries]) entry.element.remove();
    this.entries = [];
    this.wasEmpty = value.length === 0;
    for (const one of value) this.addFilled(one);
    return true;
  }

  /** @param {Way} way @returns {Field} */
  fieldAt([at, ...rest]) {
    const answered = this.entries.filter(({ field }) => field.value() !== undefined);
    return answered[Number(at)]?.field.fieldAt(rest) ?? this;
  }

  /** @param {Value} value */
  faultOf(value) {
    const list = /** @type {Value[]} */ (value);
    const { role } = this.entryQuestion;
    const texts = list.map((one) => (typeof one === 'string' ? one : null));
    const twice = texts.find((text, at) => text !== null && texts.indexOf(text) < at);
    if ((role === 'region' || role === 'theme') && twice != null) return `“${twice}” stands here twice`;
    return super.faultOf(value);
  }
}

class NamedField extends EntriesField {
  newKey() {
    const key = make('input', { id: newId(), type: 'text', autocomplete: 'off', spellcheck: 'false', class: 'key' });
    const names = new Set(this.keys());
    const isTaken = (/** @type {string} */ name) => names.has(name) || this.facts.library.includes(name);
    let number = 1;
    while (isTaken(`S${number}`)) number += 1;
    // The keys of sources are short and mean nothing, so one can be given.
    if (this.question.key === 'sources' && this.fits(`S${number}`)) key.value = `S${number}`;
    key.addEventListener('input', () => this.facts.changed());
    return key;
  }

  keys() {
    return this.entries.map(({ key }) => key?.value.trim() ?? '');
  }

  /** @param {string} key */
  fits(key) {
    return patternOf(this.question.pattern)?.test(key) !== false;
  }

  /** @returns {Map<string, Value> | undefined} */
  value() {
    /** @type {Map<string, Value>} */
    const map = new Map();
    for (const { field, key } of this.entries) {
      const value = field.value();
      let name = key?.value.trim() ?? '';
      if (value === undefined && name === '') continue;
      // A key that stands twice is told as a fault; until then nothing is lost.
      while (map.has(name)) name += '-2';
      map.set(name, value ?? (this.entryQuestion.kind === 'group' ? new Map() : ''));
    }
    return map.size > 0 ? map : undefined;
  }

  /** @param {Value} value */
  put(value) {
    if (!(value instanceof Map)) return false;
    for (const entry of [...this.entries]) entry.element.remove();
    this.entries = [];
    for (const [key, inner] of value) {
      const entry = this.addFilled(inner);
      if (entry.key) entry.key.value = key;
    }
    return true;
  }

  /** @param {Way} way @returns {Field} */
  fieldAt([name, ...rest]) {
    return this.entries.find(({ key }) => key?.value.trim() === name)?.field.fieldAt(rest) ?? this;
  }

  /** @param {Value} value */
  faultOf(value) {
    const keys = this.entries.filter(({ field, key }) => field.value() !== undefined || key?.value.trim()).map(({ key }) => key?.value.trim() ?? '');
    if (keys.includes('')) return 'give each entry a key';
    const twice = keys.find((key, at) => keys.indexOf(key) < at);
    if (twice !== undefined) return `the key “${twice}” stands here twice`;
    const wrong = keys.find((key) => !this.fits(key));
    if (wrong !== undefined) return `“${wrong}” cannot be a key here: see the help above`;
    return super.faultOf(value);
  }

  /** @param {Entry} entry */
  isNeeded(entry) {
    return super.isNeeded(entry) || (entry.key?.value.trim() ?? '') !== '';
  }
}
