// Owns the judgement over conditions: whether an answer is as the form asks, or whether that cannot be told.

/**
 * What must hold of an answer; which properties it has depends on its kind. What speaks of one type of
 * answer holds for all others.
 * @typedef {object} Condition
 * @property {string} is
 * @property {any} [of]
 * @property {Condition} [premise]
 * @property {Condition} [then]
 * @property {Condition} [otherwise]
 * @property {string} [words]
 * @property {string[]} [types]
 * @property {any[]} [values]
 * @property {string} [key]
 * @property {string[]} [named]
 * @property {string[]} [patterns]
 * @property {string} [pattern]
 * @property {string} [name]
 * @property {number} [from]
 * @property {number} [at]
 * @property {string} [bound]
 * @property {number} [limit]
 * @property {Size} [size]
 */

/** Whether something holds; null if that is not known. @typedef {boolean | null} Verdict */

/** @param {Verdict[]} verdicts @returns {Verdict} */
function allOf(verdicts) {
  return verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
}

/** @param {Verdict[]} verdicts @returns {Verdict} */
function anyOf(verdicts) {
  return verdicts.includes(true) ? true : verdicts.includes(null) ? null : false;
}

/**
 * Whether a count lies within limits, so many more of which are not known to count.
 * @param {number} count
 * @param {Size | undefined} size
 * @param {number} [doubtful]
 * @returns {Verdict}
 */
function isWithin(count, size, doubtful = 0) {
  const [least, most] = [size?.least ?? 0, size?.most ?? Infinity];
  if (count > most || count + doubtful < least) return false;
  return count >= least && count + doubtful <= most ? true : null;
}

/**
 * An answer as a text that is the same for all that are the same.
 * @param {any} value
 * @returns {string}
 */
function fingerprint(value) {
  if (value instanceof Numeral) return String(value.number);
  if (Array.isArray(value)) return `[${value.map(fingerprint).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const parts = entries.map(([key, inner]) => `${JSON.stringify(key)}:${fingerprint(inner)}`);
  return `{${parts.sort().join(',')}}`;
}

/** The types of an answer, in the words of JSON Schema. @param {Value} value @returns {string[]} */
function typesOf(value) {
  if (value === null) return ['null'];
  if (value instanceof Map) return ['object'];
  if (Array.isArray(value)) return ['array'];
  if (value instanceof Numeral) return value.isWhole ? ['number', 'integer'] : ['number'];
  return [typeof value];
}

/** The keys of a group that a condition of its other answers speaks of. @param {Condition} condition @param {Map<string, Value>} map */
function otherKeys({ named = [], patterns = [] }, map) {
  const expressions = patterns.map(patternOf);
  return [...map.keys()].filter((key) => !named.includes(key) && !expressions.some((one) => one?.test(key)));
}

/**
 * Whether a condition holds of an answer.
 * @param {Condition} condition
 * @param {Value} value
 * @returns {Verdict}
 */
function judged(condition, value) {
  const each = () => /** @type {Condition[]} */ (condition.of).map((one) => judged(one, value));
  switch (condition.is) {
    case 'all':
      return allOf(each());
    case 'any':
      return anyOf(each());
    case 'one': {
      const verdicts = each();
      const fitting = verdicts.filter((verdict) => verdict === true).length;
      return isWithin(fitting, { least: 1, most: 1 }, verdicts.filter((verdict) => verdict === null).length);
    }
    case 'not': {
      const verdict = judged(condition.of, value);
      return verdict === null ? null : !verdict;
    }
    case 'when': {
      const premise = judged(/** @type {Condition} */ (condition.premise), value);
      const [then, otherwise] = [condition.then, condition.otherwise].map((one) => judged(/** @type {Condition} */ (one), value));
      if (premise === null) return then === otherwise ? then ?? null : null;
      return (premise ? then : otherwise) ?? null;
    }
    case 'said':
      return judged(condition.of, value);
    case 'types':
      return typesOf(value).some((type) => condition.types?.includes(type));
    case 'among':
      return (condition.values ?? []).map(fingerprint).includes(fingerprint(value));
    case 'never':
      return false;
    case 'unknown':
      return null;
  }
  if (value instanceof Map) return judgedGroup(condition, value);
  if (Array.isArray(value)) return judgedList(condition, value);
  if (value instanceof Numeral) return condition.is === 'bound' ? judgedNumber(condition, value.number) : true;
  return typeof value === 'string' ? judgedText(condition, value) : true;
}

/**
 * @param {Condition} condition
 * @param {Map<string, Value>} map
 * @returns {Verdict}
 */
function judgedGroup(condition, map) {
  const { key = '', of } = condition;
  switch (condition.is) {
    case 'has':
      return map.has(key);
    case 'key':
      return map.has(key) ? judged(of, /** @type {Value} */ (map.get(key))) : true;
    case 'keys-like': {
      const expression = patternOf(condition.pattern);
      if (expression === null) return null;
      return allOf([...map].filter(([name]) => expression.test(name)).map(([, inner]) => judged(of, inner)));
    }
    case 'other-keys': {
      if (condition.patterns?.some((pattern) => patternOf(pattern) === null)) return null;
      return allOf(otherKeys(condition, map).map((name) => judged(of, /** @type {Value} */ (map.get(name)))));
    }
    case 'key-names':
      return allOf([...map.keys()].map((name) => judged(of, name)));
    case 'keys':
      return isWithin(map.size, condition.size);
    default:
      return true;
  }
}

/**
 * @param {Condition} condition
 * @param {Value[]} list
 * @returns {Verdict}
 */
function judgedList(condition, list) {
  const { of } = condition;
  switch (condition.is) {
    case 'entries':
      return allOf(list.slice(condition.from).map((entry) => judged(of, entry)));
    case 'entry': {
      const at = condition.at ?? 0;
      return at < list.length ? judged(of, /** @type {Value} */ (list[at])) : true;
    }
    case 'contains': {
      const verdicts = list.map((entry) => judged(of, entry));
      const count = (/** @type {Verdict} */ wanted) => verdicts.filter((verdict) => verdict === wanted).length;
      return isWithin(count(true), condition.size, count(null));
    }
    case 'count':
      return isWithin(list.length, condition.size);
    case 'unique':
      return new Set(list.map(fingerprint)).size === list.length;
    default:
      return true;
  }
}

/**
 * @param {Condition} condition
 * @param {number} number
 * @returns {Verdict}
 */
function judgedNumber({ bound, limit = 0 }, number) {
  switch (bound) {
    case 'at-least':
      return number >= limit;
    case 'above':
      return number > limit;
    case 'at-most':
      return number <= limit;
    case 'below':
      return number < limit;
    default: {
      const times = number / limit;
      if (Number.isInteger(number) && Number.isInteger(limit)) return Number.isInteger(times);
      // What decimals leave over may be rounding.
      return Math.abs(times - Math.round(times)) < 1e-6 ? null : false;
    }
  }
}

/**
 * @param {Condition} condition
 * @param {string} text
 * @returns {Verdict}
 */
function judgedText(condition, text) {
  switch (condition.is) {
    case 'length':
      return isWithin(countLetters(text), condition.size);
    case 'pattern':
      return patternOf(condition.pattern)?.test(text) ?? null;
    case 'format':
      return judgedFormat(condition.name, text);
    default:
      return true;
  }
}

/**
 * What has a name in JSON Schema is judged where the page is sure, and nowhere else.
 * @param {string | undefined} name
 * @param {string} text
 * @returns {Verdict}
 */
function judgedFormat(name, text) {
  switch (name) {
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) && ANY_DATE.test(text) && isInCalendar(text);
    case 'uri':
    case 'iri':
      if (/^https?:\/\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(\/[A-Za-z0-9._~/-]*)?$/.test(text)) return true;
      return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && !/\s/.test(text) ? null : false;
    case 'email':
      if (/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*@[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/.test(text)) return true;
      return text.includes('@') ? null : false;
    default:
      return null;
  }
}
