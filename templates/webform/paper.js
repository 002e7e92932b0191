// Owns what only the printed form has: all choices to tick, and lines to write on where a list is empty.

/**
 * What is printed in the place of a control.
 * @param {Question} question
 * @returns {HTMLElement | null}
 */
function paperOf(question) {
  switch (question.kind) {
    case 'choice':
      return (question.choices ?? []).length > 40 ? lines(1) : boxes((question.choices ?? []).map(said));
    case 'yes-no':
      return boxes(['yes', 'no']);
    case 'list':
    case 'named':
      return question.entry ? blankEntry(question, question.entry) : lines(2);
    default:
      return null;
  }
}

/** @param {Choice} choice */
function said({ value, title, meaning }) {
  return `${title ?? value}${meaning ? ` – ${meaning}` : ''}`;
}

/**
 * An entry of a list as it would be filled in by hand.
 * @param {Question} question
 * @param {Question} entry
 */
function blankEntry(question, entry) {
  const place = make('div', { class: 'paper' });
  if (question.kind === 'named') place.append(blank('Key', 1));
  const inner = entry.questions;
  if (inner) place.append(...inner.map((one) => paperOf(one) ? titled(one, paperOf(one)) : blank(one.title, isLong(one) ? 3 : 1)));
  else place.append(entry.kind === 'choice' && paperOf(entry) ? /** @type {HTMLElement} */ (paperOf(entry)) : lines(isLong(entry) ? 6 : 3));
  return place;
}

/** @param {Question} question */
function isLong({ writing }) {
  return writing === 'lines' || writing === 'markdown';
}

/**
 * @param {Question} question
 * @param {HTMLElement | null} place
 */
function titled(question, place) {
  return make('div', { class: 'paper-line' }, question.title, place);
}

/**
 * @param {string} title
 * @param {number} count
 */
function blank(title, count) {
  return make('div', { class: 'paper-line' }, title, lines(count));
}

/** Lines to write on. @param {number} count */
function lines(count) {
  return make('div', { class: 'paper' }, ...Array.from({ length: count }, () => make('div', { class: 'rule' })));
}

/** Choices to tick. @param {string[]} texts */
function boxes(texts) {
  return make('ul', { class: 'paper boxes' }, ...texts.map((text) => make('li', {}, text)));
}
