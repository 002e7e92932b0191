// Owns the field for what the form leaves open, and for what an opened file has and no field can show: it
// is kept, as YAML.

class OpenField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   * @param {string | null} [remark] What is told while the answer stays as it was opened.
   */
  constructor(question, facts, title, remark = null) {
    super(question, facts, title);
    this.remark = remark;
    this.area = make('textarea', { rows: 3, spellcheck: 'false', class: 'code' });
    /** @type {Value | undefined} */
    this.original = undefined;
    this.asShown = '';
    this.assemble(this.area);
    this.note = make('p', { class: 'remark', hidden: true }, remark ?? '');
    this.fault.before(this.note);
    this.area.addEventListener('input', () => facts.changed());
  }

  /** @returns {Value | undefined} */
  value() {
    if (this.area.value === this.asShown && this.original !== undefined) return this.original;
    if (this.area.value.trim() === '') return undefined;
    return this.read().value ?? this.area.value;
  }

  /** What is typed, as YAML. @returns {{value?: Value, refusal?: string}} */
  read() {
    try {
      const text = this.area.value.split('\n').map((line) => `  ${line}`).join('\n');
      return { value: YamlReader.read(`value:\n${text}`).map.get('value') };
    } catch (error) {
      return { refusal: error instanceof Refusal ? error.message.replace(/^line \d+: /, '') : String(error) };
    }
  }

  /** @param {Value} value */
  put(value) {
    this.original = value;
    const text = YamlWriter.write(new Map([['value', value]]));
    // What stands behind the key, or below it two letters further in.
    this.area.value = text.startsWith('value:\n') ? text.slice(7).replace(/^ {2}/gm, '').trimEnd() : text.slice(7).trimEnd();
    if (/^[|>]/.test(this.area.value) && typeof value === 'string') this.area.value = value;
    this.asShown = this.area.value;
    this.area.rows = Math.min(12, this.area.value.split('\n').length + 1);
    return true;
  }

  /** @param {Value} _value */
  faultOf(_value) {
    return this.isAsOpened() ? null : this.read().refusal ?? null;
  }

  isAsOpened() {
    return this.original !== undefined && this.area.value === this.asShown;
  }

  /**
   * What no field can show is remarked on, and may be saved: casebook knows more of the form than the page.
   * @param {boolean} isFinal
   * @param {boolean} isNeeded
   */
  check(isFinal, isNeeded) {
    const faults = super.check(isFinal, isNeeded);
    this.note.hidden = this.remark === null || !this.isAsOpened();
    return faults;
  }
}
