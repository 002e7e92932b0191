// Owns the preview: the case as a reader would see it, and as the file that is saved.

class Preview {
  /**
   * @param {HTMLElement} reading
   * @param {HTMLElement} file
   * @param {FormFacts} facts
   */
  constructor(reading, file, facts) {
    this.reading = reading;
    this.file = file;
    this.facts = facts;
  }

  /**
   * @param {Map<string, Value>} map
   * @param {string} yaml
   */
  show(map, yaml) {
    this.reading.replaceChildren(...this.group(map, this.facts.questions, 3));
    setText(this.file, yaml);
  }

  /**
   * @param {Map<string, Value>} map
   * @param {Question[]} questions
   * @param {number} level
   * @returns {HTMLElement[]}
   */
  group(map, questions, level) {
    return [...map].flatMap(([key, value]) => {
      const question = questions.find((one) => one.key === key);
      const heading = make(/** @type {'h3'} */ (`h${Math.min(level, 6)}`), {}, question?.title ?? key);
      if (question?.private) heading.append(' ', make('span', { class: 'mark quiet' }, 'private'));
      return [heading, ...this.value(value, question, level + 1)];
    });
  }

  /**
   * @param {Value} value
   * @param {Question | undefined} question
   * @param {number} level
   * @returns {HTMLElement[]}
   */
  value(value, question, level) {
    if (value instanceof Map) {
      if (question?.kind !== 'named') return [make('div', { class: 'inner' }, ...this.group(value, question?.questions ?? [], level))];
      return [...value].map(([key, inner]) =>
        make('div', { class: 'inner' }, make('p', {}, make('strong', {}, key)), ...this.value(inner, question.entry, level)));
    }
    if (Array.isArray(value)) {
      return [make('ul', {}, ...value.map((one) => make('li', {}, ...this.value(one, question?.entry ?? question, level))))];
    }
    const text = this.said(value, question);
    return text.split(/\n{2,}/).map((part) => make('p', { class: 'prose' }, part));
  }

  /**
   * @param {Value} value
   * @param {Question | undefined} question
   */
  said(value, question) {
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    const text = value === null ? '' : String(value);
    const chosen = question?.choices?.find((choice) => String(choice.value) === text);
    if (chosen) return chosen.title ?? text;
    const region = question?.role === 'region' ? this.facts.regions?.find(text) : null;
    return region && this.facts.regions ? this.facts.regions.label(region) : text;
  }
}
