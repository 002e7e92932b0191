// Owns the fields of questions that belong together, and which field a question gets.

/**
 * The field for a question.
 * @param {Question} question
 * @param {FormFacts} facts
 * @param {string} [title]
 * @returns {Field}
 */
function fieldFor(question, facts, title) {
  switch (question.kind) {
    case 'text':
      if (question.role === 'citation') return new CitationField(question, facts, title);
      if (question.role === 'region' && facts.regions) return new SearchField(question, facts, title);
      return new TypedField(question, facts, title);
    case 'number':
      return new NumberField(question, facts, title);
    case 'yes-no':
      return new YesNoField(question, facts, title);
    case 'choice': {
      const isSearched = question.role === 'theme' || question.role === 'region' || (question.choices ?? []).length > FEW;
      const isText = (question.choices ?? []).every(({ value }) => typeof value === 'string');
      return isSearched && isText ? new SearchField(question, facts, title) : new SelectField(question, facts, title);
    }
    case 'list':
      return new ListField(question, facts, title);
    case 'named':
      return new NamedField(question, facts, title);
    case 'group':
      return new GroupField(question, facts, title);
    default:
      return new OpenField(question, facts, title);
  }
}

/**
 * A field with an answer in it: the one that is there, or one that can show what that cannot.
 * @param {Field} field
 * @param {Value} value
 */
function filled(field, value) {
  if (value === null ? field instanceof OpenField && field.put(value) : field.put(value)) return field;
  const remark = 'this is not what the form asks for here; it is kept as it was opened';
  const open = new OpenField({ ...field.question, kind: 'open', limits: [], examples: [] }, field.facts, field.title, remark);
  open.put(value);
  field.element.replaceWith(open.element);
  return open;
}

class GroupField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    /** @type {Map<string, Field>} */
    this.fields = new Map((question.questions ?? []).map((inner) => [inner.key, fieldFor(inner, facts)]));
    this.body = make('div', { class: 'inner' }, ...[...this.fields.values()].map((field) => field.element));
    this.assembleGroup(this.body);
  }

  /** @returns {Map<string, Value> | undefined} */
  value() {
    /** @type {Map<string, Value>} */
    const map = new Map();
    for (const [key, field] of this.fields) {
      const value = field.value();
      if (value !== undefined) map.set(key, value);
    }
    return map.size > 0 ? map : undefined;
  }

  /** @param {Value} value */
  put(value) {
    if (!(value instanceof Map)) return false;
    for (const [key, inner] of value) this.putKey(key, inner);
    return true;
  }

  /**
   * @param {string} key
   * @param {Value} value
   */
  putKey(key, value) {
    const known = this.fields.get(key);
    if (known) {
      this.fields.set(key, filled(known, value));
      return;
    }
    const question = { kind: 'open', key, title: key, help: null, limits: [], examples: [], unit: null, required: false, private: false, role: null, purpose: null };
    const field = new OpenField(question, this.facts, key, 'the form does not ask for this; it is kept as it was opened');
    field.put(value);
    this.fields.set(key, field);
    this.body.append(field.element);
  }

  /**
   * @param {boolean} isFinal
   * @param {boolean} isNeeded
   */
  check(isFinal, isNeeded) {
    const isAnswered = this.value() !== undefined;
    const inner = [...this.fields.values()].flatMap((field) =>
      field.check(isFinal, isAnswered || (isNeeded && this.question.required)));
    const fault = this.question.role === 'period' ? this.faultOfPeriod() : null;
    this.tell(fault);
    const isLacking = inner.length === 0 && !isAnswered && this.question.required && isNeeded;
    if (isLacking) return [{ field: this, text: this.lacking() }];
    return fault === null ? inner : [...inner, { field: this, text: fault }];
  }

  faultOfPeriod() {
    const date = (/** @type {string} */ key) => this.fields.get(key)?.value();
    const [start, end] = [date('start'), date('end')].map((value) => (value === undefined ? '' : asTyped(value)));
    return start && end && ANY_DATE.test(start) && ANY_DATE.test(end) && isBefore(end, start) ? 'the end lies before the start' : null;
  }

  control() {
    return [...this.fields.values()][0]?.control() ?? null;
  }

  /** @param {Way} way @returns {Field} */
  fieldAt([key, ...rest]) {
    return this.fields.get(String(key))?.fieldAt(rest) ?? this;
  }

  /** @param {string | null} text */
  tell(text) {
    this.fault.hidden = text === null;
    setText(this.fault, text ?? '');
  }

  /** @returns {Field[]} */
  all() {
    return [this, ...[...this.fields.values()].flatMap((field) => field.all())];
  }
}
