// Owns answers of which there may be several: adding, removing and moving them, with the focus kept.

/** An entry: its field, its element, and its key if it has one. */
class Entry {
  /**
   * @param {Field} field
   * @param {HTMLInputElement | null} key
   */
  constructor(field, key) {
    this.field = field;
    this.key = key;
    /** @type {HTMLElement} */
    this.element = make('div', { class: 'entry' });
    /** @type {HTMLButtonElement[]} */
    this.buttons = [];
  }

  focus() {
    if (this.key) this.key.focus();
    else this.field.focus();
  }
}

class EntriesField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    this.entryQuestion = /** @type {Question} */ (question.entry);
    /** @type {Entry[]} */
    this.entries = [];
    this.body = make('div', { class: 'entries' });
    this.adder = button(`Add to “${this.title}”`, () => {
      this.add().focus();
      announce(`added: ${this.entryTitle(this.entries.length)}`);
      facts.changed();
    }, { class: 'add' });
    const paper = paperOf(question);
    this.assembleGroup(this.body, this.adder, ...(paper ? [paper] : []));
  }

  /** @param {number} number */
  entryTitle(number) {
    const own = this.entryQuestion.title;
    return `${own && own !== this.title ? own : this.title} ${number}`;
  }

  /** The key of a new entry; null if entries have none. @returns {HTMLInputElement | null} */
  newKey() {
    return null;
  }

  /** Adds an entry at the end. */
  add() {
    const title = this.entryTitle(this.entries.length + 1);
    const entry = new Entry(fieldFor({ ...this.entryQuestion, required: false }, this.facts, title), this.newKey());
    entry.buttons = [
      button('↑', () => this.move(entry, -1), { class: 'small' }),
      button('↓', () => this.move(entry, 1), { class: 'small' }),
      button('Remove', () => this.remove(entry), { class: 'small' }),
    ];
    entry.element.append(...(entry.key ? [this.keyPart(entry.key)] : []), entry.field.element,
      make('div', { class: 'buttons' }, ...entry.buttons));
    this.entries.push(entry);
    this.body.append(entry.element);
    this.renumber();
    return entry;
  }

  /** @param {HTMLInputElement} key */
  keyPart(key) {
    return make('div', { class: 'field' }, make('label', { for: key.id }, make('span', { class: 'name' }, 'Key')), key);
  }

  /** @param {Entry} entry */
  remove(entry) {
    const at = this.entries.indexOf(entry);
    this.entries.splice(at, 1);
    entry.element.remove();
    this.renumber();
    const next = this.entries[Math.min(at, this.entries.length - 1)];
    (next?.buttons[2] ?? this.adder).focus();
    announce(`removed; ${this.entries.length} left in “${this.title}”`);
    this.facts.changed();
  }

  /**
   * @param {Entry} entry
   * @param {number} step
   */
  move(entry, step) {
    const at = this.entries.indexOf(entry);
    const other = this.entries[at + step];
    if (!other) return;
    this.entries[at] = other;
    this.entries[at + step] = entry;
    if (step < 0) other.element.before(entry.element);
    else other.element.after(entry.element);
    this.renumber();
    const pressed = entry.buttons[step < 0 ? 0 : 1];
    const still = pressed?.disabled ? entry.buttons[step < 0 ? 1 : 0] : pressed;
    still?.focus();
    announce(`moved to place ${at + step + 1} of ${this.entries.length}`);
    this.facts.changed();
  }

  /** Names entries by their places. */
  renumber() {
    for (const [at, { field, buttons, key }] of this.entries.entries()) {
      const title = this.entryTitle(at + 1);
      field.title = title;
      const name = field.element.querySelector('.name');
      if (name) setText(name, title);
      const names = [`Move ${title} up`, `Move ${title} down`, `Remove ${title}`];
      buttons.forEach((pressed, number) => pressed.setAttribute('aria-label', names[number] ?? ''));
      if (buttons[0]) buttons[0].disabled = at === 0;
      if (buttons[1]) buttons[1].disabled = at === this.entries.length - 1;
      key?.setAttribute('aria-label', `Key of ${title}`);
    }
  }

  /**
   * Puts an answer into a new entry.
   * @param {Value} value
   */
  addFilled(value) {
    const entry = this.add();
    entry.field = filled(entry.field, value);
    return entry;
  }

  /**
   * @param {boolean} isFinal
   * @param {boolean} isNeeded
   */
  check(isFinal, isNeeded) {
    const own = super.check(isFinal, isNeeded);
    for (const { element, field } of this.entries) element.classList.toggle('answered', field.value() !== undefined);
    const inner = this.entries.flatMap((entry) => entry.field.check(isFinal, this.isNeeded(entry)));
    return [...own, ...inner];
  }

  /** Whether an entry counts as answered. @param {Entry} entry */
  isNeeded(entry) {
    return entry.field.value() !== undefined;
  }

  /** @param {Value} value */
  faultOf(value) {
    const count = value instanceof Map ? value.size : Array.isArray(value) ? value.length : 0;
    return faultOfCount(count, this.question.size);
  }

  /** @param {string | null} text */
  tell(text) {
    this.fault.hidden = text === null;
    setText(this.fault, text ?? '');
  }

  control() {
    return this.entries[0]?.field.control() ?? this.adder;
  }

  /** @returns {Field[]} */
  all() {
    return [this, ...this.entries.flatMap((entry) => entry.field.all())];
  }
}
