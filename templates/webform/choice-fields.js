// Owns the fields that are chosen: one of a few, yes or no, one of many by name.

/** Up to so many choices are shown at once. */
const FEW = 12;

/** A value as somebody would type it. @param {Value | number | undefined} value */
function asTyped(value) {
  return value instanceof Numeral ? value.text : String(value);
}

class SelectField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    this.choices = this.offered();
    this.select = make('select', {}, make('option', { value: '' }, '– choose –'),
      ...this.choices.map(({ value, title }, at) => make('option', { value: String(at) }, title ?? String(value))));
    this.meaning = make('p', { class: 'count' });
    this.assemble(this.select);
    this.fault.before(this.meaning);
    this.select.addEventListener('change', () => {
      this.showMeaning();
      facts.changed();
    });
  }

  /** @returns {Choice[]} */
  offered() {
    return this.question.choices ?? [];
  }

  showMeaning() {
    setText(this.meaning, this.choices[Number(this.select.value || -1)]?.meaning ?? '');
  }

  /** @returns {Value | undefined} */
  value() {
    const value = this.choices[Number(this.select.value || -1)]?.value;
    return typeof value === 'number' ? new Numeral(String(value)) : value;
  }

  /** @param {Value} value */
  put(value) {
    const at = this.choices.findIndex((choice) => String(choice.value) === asTyped(value)
      && (typeof choice.value === 'number') === value instanceof Numeral && (typeof choice.value === 'boolean') === (typeof value === 'boolean'));
    if (at < 0) return false;
    this.select.value = String(at);
    this.showMeaning();
    return true;
  }

  lacking() {
    return 'choose one';
  }
}

class YesNoField extends SelectField {
  offered() {
    return [{ value: true, title: 'yes', meaning: null }, { value: false, title: 'no', meaning: null }];
  }
}

/** One of many, searched by name: regions, themes, long lists. */
class SearchField extends Field {
  /**
   * @param {Question} question
   * @param {FormFacts} facts
   * @param {string} [title]
   */
  constructor(question, facts, title) {
    super(question, facts, title);
    const choices = question.choices;
    this.offers = choices ? new Offers(choices.map(({ value, title }) => [String(value), title ?? String(value)]))
      : /** @type {Offers} */ (facts.regions);
    this.box = new Combobox(this.offers, this.id, this.title, () => facts.changed());
    /** A code as it was opened. @type {string | null} */
    this.original = null;
    this.asShown = '';
    this.assemble(this.box.input, this.box.element);
  }

  value() {
    const { chosen, input } = this.box;
    if (this.original !== null && input.value === this.asShown) return this.original;
    const text = input.value.trim();
    return chosen ? chosen.code : text === '' ? undefined : text;
  }

  /** @param {Value} value */
  put(value) {
    if (typeof value !== 'string') return false;
    const offer = this.offers.has(value) ? this.offers.find(value) : null;
    this.box.chosen = offer;
    this.box.input.value = offer ? this.offers.label(offer) : value;
    this.original = value;
    this.asShown = this.box.input.value;
    return true;
  }

  /** @param {Value} value */
  faultOf(value) {
    return this.offers.has(String(value)) ? null : `“${value}” is not in the list: type a part of the name, and choose`;
  }

  control() {
    return this.box.input;
  }
}
