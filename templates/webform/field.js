// Owns what all fields have in common: label, help, marks, and the place where a fault is told.

/** A fault and where it is. @typedef {{field: Field, text: string}} Fault */

class Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} title What it is called, if not as the question is.
   */
  constructor(question, facts, title = question.title) {
    this.question = question;
    this.facts = facts;
    this.title = title;
    this.id = newId();
    /** Whether somebody has been here, so that what is lacking may be told. */
    this.isTouched = false;
    this.fault = make('p', { id: `${this.id}-fault`, class: 'fault', hidden: true });
    /** @type {HTMLElement} */
    this.element = make('div', { class: 'field' });
    this.element.addEventListener('focusout', (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && this.element.contains(next)) return;
      // What a click on a button does comes first.
      if (this.value() !== undefined || !(next instanceof HTMLButtonElement)) this.isTouched = true;
      this.facts.changed();
    });
  }

  /** The answer; undefined if there is none. @returns {Value | undefined} */
  value() {
    return undefined;
  }

  /**
   * Takes an answer up; false if it cannot be shown here.
   * @param {Value} _value
   * @returns {boolean}
   */
  put(_value) {
    return false;
  }

  /**
   * What is wrong with the answer that is there.
   * @param {Value} _value
   * @returns {string | null}
   */
  faultOf(_value) {
    return null;
  }

  /** What is told where an answer must stand and none does. */
  lacking() {
    return 'this must be filled in';
  }

  /**
   * What is wrong here and inside, and tells it.
   * @param {boolean} isFinal Whether what is lacking is told wherever nobody has been, too.
   * @param {boolean} isNeeded Whether the group that this belongs to is answered at all.
   * @returns {Fault[]}
   */
  check(isFinal, isNeeded) {
    const value = this.value();
    const isLacking = value === undefined && this.question.required && isNeeded;
    const text = value === undefined ? null : this.faultOf(value);
    this.element.classList.toggle('answered', value !== undefined);
    this.tell(isLacking && (isFinal || this.isTouched) ? this.lacking() : text);
    return isLacking ? [{ field: this, text: this.lacking() }] : text === null ? [] : [{ field: this, text }];
  }

  /** @param {string | null} text */
  tell(text) {
    this.fault.hidden = text === null;
    setText(this.fault, text ?? '');
    const control = this.control();
    if (text === null) control?.removeAttribute('aria-invalid');
    else control?.setAttribute('aria-invalid', 'true');
    this.element.classList.toggle('has-fault', text !== null);
  }

  /** What takes the keyboard. @returns {HTMLElement | null} */
  control() {
    return this.element.querySelector('input, textarea, select, button');
  }

  focus() {
    this.control()?.focus();
  }

  /** The field of an answer inside this one; the last one on the way there, if it has none of its own. @param {Way} _way @returns {Field} */
  fieldAt(_way) {
    return this;
  }

  /** All fields inside, this one first. @returns {Field[]} */
  all() {
    return [this];
  }

  /**
   * What stands above a control: its name, its marks and its help.
   * @param {'label' | 'legend'} tag
   */
  heading(tag) {
    const { question } = this;
    const marks = [
      question.required ? make('span', { class: 'mark' }, 'required') : null,
      question.private ? make('span', { class: 'mark quiet' }, 'private') : null,
    ];
    const name = make('span', { class: 'name' }, this.title);
    return make(tag, tag === 'label' ? { for: this.id } : {}, name, ...marks.flatMap((mark) => (mark ? [' ', mark] : [])));
  }

  /** The help; nothing if there is none. */
  help() {
    const { help, limits, examples, private: isPrivate } = this.question;
    const parts = [help, ...limits, examples.length > 0 ? `For example: ${examples.join(', ')}` : null];
    if (isPrivate) parts.push('Only the editors see this.');
    const text = parts.filter(Boolean).join(' ');
    return text === '' ? null : make('p', { id: `${this.id}-help`, class: 'help' }, text);
  }

  /**
   * Joins a control with its name, its help and its fault.
   * @param {HTMLElement} control The element that takes the keyboard.
   * @param {HTMLElement} shown What is put into the page.
   */
  assemble(control, shown = control) {
    const help = this.help();
    control.id = this.id;
    control.setAttribute('aria-describedby', [help?.id, this.fault.id].filter(Boolean).join(' '));
    if (this.question.required) control.setAttribute('aria-required', 'true');
    this.element.append(this.heading('label'), ...(help ? [help] : []), shown, this.fault);
    const paper = paperOf(this.question);
    if (paper) {
      this.element.append(paper);
      shown.classList.add('screen');
    }
  }

  /**
   * Makes a group of controls with its name, its help and its fault.
   * @param {HTMLElement[]} inner
   */
  assembleGroup(...inner) {
    const help = this.help();
    const describedBy = [help?.id, this.fault.id].filter(Boolean).join(' ');
    this.element = make('fieldset', { class: 'field', 'aria-describedby': describedBy }, this.heading('legend'), help, this.fault, ...inner);
  }
}
