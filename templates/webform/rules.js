// Owns what may be wrong with a single answer, in plain words.

/** A year, a month or a day. */
const ANY_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** Marks that are no letters, and that casebook refuses. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** What parts words is no word, and neither is a dash that stands alone. @param {string} text */
function countWords(text) {
  return text.split(/\s+/u).filter((word) => !/^[-\u2010-\u2015\u2212]*$/.test(word)).length;
}

/** Whether a day is in the calendar. @param {string} date */
function isInCalendar(date) {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * A pattern of the form; null if this browser cannot read it.
 * @param {string | null | undefined} pattern
 */
function patternOf(pattern) {
  if (!pattern) return null;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}

/** How many letters a text has, as the form counts them. @param {string} text */
function countLetters(text) {
  return [...text].length;
}

/**
 * What is wrong with a text; nothing if it is as the form asks.
 * @param {string} text
 * @param {Question} question
 * @returns {string | null}
 */
function faultOfText(text, question) {
  const { writing, length, words, pattern, message, number } = question;
  if (CONTROL.test(text)) return 'this holds a mark that cannot be seen, from another program; write that place again';
  const count = words ? countWords(text) : 0;
  if (words && count > words) return `this has ${count} words; at most ${words} fit here`;
  const letters = countLetters(text);
  if (length?.most && letters > length.most) return `this has ${letters} characters; at most ${length.most} fit here`;
  if (length?.least && letters < length.least) return `write at least ${length.least} characters`;
  if (writing === 'date') return faultOfDate(text, patternOf(pattern), !pattern);
  if (writing === 'link' && !/^https?:\/\/[^\s/]+\S*$/.test(text)) return 'write a web address that begins with https://';
  const isNumber = number && Numeral.parse(text) !== null;
  if (!isNumber && patternOf(pattern)?.test(text) === false) {
    if (question.purpose === 'id' && !message) return 'write small letters, digits and single hyphens, such as oulu-self-care';
    return message ?? (question.examples.length > 0 ? `this is not written as the form asks; for example: ${question.examples.join(', ')}`
      : 'this is not written as the form asks: see the help above');
  }
  return null;
}

/**
 * @param {string} text
 * @param {RegExp | null} pattern
 * @param {boolean} isDay Whether only whole days are dates here.
 */
function faultOfDate(text, pattern, isDay) {
  if (isDay && !/^\d{4}-\d\d-\d\d/.test(text)) return 'write a day as year, month and day, such as 2007-05-10';
  const dates = text.split('/');
  const isSpan = dates.length === 2 && (pattern?.source.includes('/') ?? false);
  if (!isDay && (dates.length > (isSpan ? 2 : 1) || !dates.every((date) => ANY_DATE.test(date)) || pattern?.test(text) === false)) {
    return 'write a year (2007), a month (2007-05) or a day (2007-05-10)';
  }
  if (!dates.every((date) => !ANY_DATE.test(date) || isInCalendar(date))) return 'there is no such day in the calendar';
  const [start = '', end = ''] = dates;
  if (isSpan && isBefore(end, start)) return 'the end lies before the start';
  return null;
}

/**
 * Whether a date of any precision lies before another for sure.
 * @param {string} one
 * @param {string} other
 */
function isBefore(one, other) {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) < other.slice(0, length);
}

/**
 * What is wrong with a number that was typed.
 * @param {string} text
 * @param {Question} question
 */
function faultOfNumber(text, question) {
  const numeral = Numeral.parse(text.trim());
  if (!numeral) {
    const hint = /^[-+]?\d[\d\s.,']*$/u.test(text) ? ', with digits alone and a point before decimals' : '';
    return `write a number${hint}, such as ${question.whole ? '2007' : '9000 or 0.62'}`;
  }
  if (question.whole && !numeral.isWhole) return 'write a whole number';
  if (question.least !== null && question.least !== undefined && numeral.number < question.least) return `it must be ${question.least} or more`;
  if (question.most !== null && question.most !== undefined && numeral.number > question.most) return `it must be ${question.most} or less`;
  return null;
}

/**
 * What is wrong with how many entries there are.
 * @param {number} count
 * @param {Size | undefined} size
 */
function faultOfCount(count, size) {
  const entries = (/** @type {number} */ number) => (number === 1 ? '1 entry' : `${number} entries`);
  if (size?.most && count > size.most) return `there are ${entries(count)}; at most ${size.most} fit here`;
  if (size?.least && count > 0 && count < size.least) return `there must be at least ${entries(size.least)}`;
  return null;
}
