// Owns what is said of conditions that do not hold: at which answer, and in plain words what must change.

/** Alternatives that are told one by one. */
const MOST_TOLD = 4;

/** The longest answer that is repeated in a message. */
const LONGEST_REPEATED = 40;

/** The way from an answer to one inside it. @typedef {(string | number)[]} Way */

/**
 * What is wrong, and where: what `must` hold of that answer, or a sentence that was `told` by the form.
 * @typedef {object} Breach
 * @property {Way} way
 * @property {string} [must]
 * @property {string} [told]
 * @property {boolean} lacks Whether nothing but an answer is lacking.
 */

/** The words for types of answers. @type {Record<string, string>} */
const TYPES = {
  string: 'a text', number: 'a number', integer: 'a whole number', boolean: 'yes or no', array: 'a list',
  object: 'a group of answers', null: 'empty',
};

/** @param {string[]} words @param {string} last The word before the last one. */
function enumerated(words, last) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

class Breaches {
  /** @param {Question} question The question whose answer is judged. */
  constructor(question) {
    this.question = question;
  }

  /**
   * What must change for a condition to hold that does not.
   * @param {Condition} condition
   * @param {Value} value
   * @param {Way} way
   * @returns {Breach[]}
   */
  of(condition, value, way = []) {
    switch (condition.is) {
      case 'all':
        return this.failing(condition.of, value).flatMap((one) => this.of(one, value, way));
      case 'any':
        return this.ofAlternatives(condition.of, value, way);
      case 'one': {
        const fitting = /** @type {Condition[]} */ (condition.of).filter((one) => judged(one, value) === true);
        return fitting.length > 1 ? [this.exclusive(fitting, way)] : this.ofAlternatives(condition.of, value, way);
      }
      case 'not':
        return [this.ofNegation(condition.of, value, way)];
      case 'when': {
        const premise = /** @type {Condition} */ (condition.premise);
        const broken = /** @type {Condition} */ (judged(premise, value) === true ? condition.then : condition.otherwise);
        const reason = this.reason(premise, value, way);
        return this.of(broken, value, way).map((breach) => (breach.must ? { ...breach, must: breach.must + reason } : breach));
      }
      case 'said': {
        const [first] = this.of(condition.of, value, way);
        return [{ way: first?.way ?? way, told: condition.words, lacks: first?.lacks ?? false }];
      }
    }
    if (value instanceof Map) return this.ofGroup(condition, value, way);
    if (Array.isArray(value)) return this.ofList(condition, value, way);
    return [{ way, must: this.must(condition), lacks: false }];
  }

  /** @param {Condition[]} conditions @param {Value} value */
  failing(conditions, value) {
    return conditions.filter((one) => judged(one, value) === false);
  }

  /**
   * @param {Condition} condition
   * @param {Map<string, Value>} map
   * @param {Way} way
   * @returns {Breach[]}
   */
  ofGroup(condition, map, way) {
    const { key = '', of } = condition;
    const inside = (/** @type {string[]} */ keys) => keys.filter((name) => judged(of, /** @type {Value} */ (map.get(name))) === false)
      .flatMap((name) => this.of(of, /** @type {Value} */ (map.get(name)), [...way, name]));
    switch (condition.is) {
      case 'has':
        return [{ way: [...way, key], must: 'must be filled in', lacks: true }];
      case 'key':
        return inside([key]);
      case 'keys-like':
        return inside([...map.keys()].filter((name) => patternOf(condition.pattern)?.test(name)));
      case 'other-keys':
        return inside(otherKeys(condition, map));
      case 'key-names': {
        const wrong = [...map.keys()].find((name) => judged(of, name) === false);
        return [{ way, must: `cannot have the key “${wrong}”`, lacks: false }];
      }
      default:
        return [{ way, must: this.must(condition), lacks: false }];
    }
  }

  /**
   * @param {Condition} condition
   * @param {Value[]} list
   * @param {Way} way
   * @returns {Breach[]}
   */
  ofList(condition, list, way) {
    const inside = (/** @type {number[]} */ places) => places.filter((at) => judged(condition.of, /** @type {Value} */ (list[at])) === false)
      .flatMap((at) => this.of(condition.of, /** @type {Value} */ (list[at]), [...way, at]));
    switch (condition.is) {
      case 'entries':
        return inside([...list.keys()].slice(condition.from));
      case 'entry':
        return inside([condition.at ?? 0]);
      default:
        return [{ way, must: this.must(condition), lacks: false }];
    }
  }

  /** What must hold of an answer that is no group. @param {Condition} condition */
  must(condition) {
    switch (condition.is) {
      case 'types':
        return `must be ${enumerated((condition.types ?? []).map((type) => TYPES[type] ?? type), 'or')}`;
      case 'among':
        return `must be ${this.oneOf(condition.values ?? [])}`;
      case 'length':
        return `must have ${this.many(condition.size, 'character', 'characters')}`;
      case 'count':
        return `must have ${this.many(condition.size, 'entry', 'entries')}`;
      case 'keys':
        return `must have ${this.many(condition.size, 'answer', 'answers')}`;
      case 'contains':
        return `must have ${this.many(condition.size, 'entry', 'entries')} of the kind that the form asks for`;
      case 'unique':
        return 'must not hold the same entry twice';
      case 'pattern':
        return 'must be written as the form asks: see the help above';
      case 'format':
        return `must be ${{ date: 'a day such as 2007-05-10', email: 'an e-mail address' }[condition.name ?? ''] ?? 'a web address that begins with https://'}`;
      case 'bound': {
        const words = { 'at-least': '# or more', above: 'more than #', 'at-most': '# or less', below: 'less than #' }[condition.bound ?? ''];
        return `must be ${(words ?? 'a multiple of #').replace('#', String(condition.limit))}`;
      }
      default:
        return 'must be left empty';
    }
  }

  /** @param {Size | undefined} size @param {string} one @param {string} several */
  many(size, one, several) {
    const parts = [size?.least ? `at least ${size.least}` : '', size?.most == null ? '' : `at most ${size.most}`];
    return `${parts.filter((part) => part !== '').join(' and ')} ${(size?.most ?? size?.least) === 1 ? one : several}`;
  }

  /** @param {any[]} values */
  oneOf(values) {
    if (values.length > 6) return 'one of the values that the form lists';
    const words = values.map((value) => `“${typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)}”`);
    return enumerated(words, 'or');
  }

  /**
   * Of alternatives none of which fits: what is wrong with the one that is meant, else all of them.
   * @param {Condition[]} branches
   * @param {Value} value
   * @param {Way} way
   * @returns {Breach[]}
   */
  ofAlternatives(branches, value, way) {
    const meant = branches.filter((branch) => this.isMeant(branch, value));
    const [only] = meant.length === 1 ? meant : branches;
    if (only && (meant.length === 1 || branches.length === 1) && judged(only, value) === false) return this.of(only, value, way);
    const told = branches.filter((branch) => judged(branch, value) === false).map((branch) => this.of(branch, value, way));
    const ways = told.flat().map((breach) => breach.way);
    const place = ways.find((one) => one.length > way.length) ?? way;
    const lacks = told.every((list) => list.every((breach) => breach.lacks));
    const isShort = told.length <= MOST_TOLD && told.every((list) => list.length <= MOST_TOLD);
    const words = told.map((list) => enumerated(list.map((breach) => this.sentence(breach)), 'and'));
    const sentence = isShort ? `one of these is needed: ${words.join('; or ')}` : 'this fits none of the ways in which the form may be filled in here';
    return [{ way: place, told: sentence, lacks }];
  }

  /** Whether an alternative is the one that was chosen: by a word that it alone has. @param {Condition} branch @param {Value} value */
  isMeant(branch, value) {
    if (!(value instanceof Map)) return false;
    const marks = this.parts(branch).filter(({ is, key, of }) => is === 'key' && of.is === 'among' && hasKey(value, key));
    return marks.length > 0 && marks.every((mark) => judged(mark, value) === true);
  }

  /** The conditions that a condition is joined from. @param {Condition} condition @returns {Condition[]} */
  parts(condition) {
    if (condition.is === 'said') return this.parts(condition.of);
    return condition.is === 'all' ? condition.of.flatMap((/** @type {Condition} */ one) => this.parts(one)) : [condition];
  }

  /** The keys of a group that a condition speaks of. @param {Condition} condition @returns {string[]} */
  mentions(condition) {
    const inside = (/** @type {Condition} */ one) => {
      if (one.is === 'has' || one.is === 'key') return [one.key ?? ''];
      if (['all', 'any', 'one'].includes(one.is)) return one.of.flatMap((/** @type {Condition} */ inner) => this.mentions(inner));
      return one.is === 'not' || one.is === 'said' ? this.mentions(one.of) : [];
    };
    return [...new Set(inside(condition))];
  }

  /** Answers that cannot stand together. @param {Condition[]} conditions @param {Way} way @returns {Breach} */
  exclusive(conditions, way) {
    const keys = [...new Set(conditions.flatMap((one) => this.mentions(one)))];
    const names = keys.map((key) => this.name([...way, key]));
    const told = keys.length < 2 ? 'this fits several ways, of which the form allows one alone'
      : `${enumerated(names, 'and')} exclude each other: change or empty one of them`;
    return { way: [...way, ...keys.slice(0, 1)], told, lacks: false };
  }

  /** @param {Condition} condition @param {Value} value @param {Way} way @returns {Breach} */
  ofNegation(condition, value, way) {
    const keys = this.mentions(condition).filter((key) => hasKey(value, key));
    const [first] = keys;
    if (first === undefined) {
      const must = condition.is === 'among' ? `must not be ${this.oneOf(condition.values ?? [])}` : 'must be answered otherwise';
      return { way, must, lacks: false };
    }
    if (keys.length > 1) return this.exclusive([condition], way);
    const of = this.parts(condition).find(({ is, key }) => is === 'key' && key === first)?.of;
    const must = of === undefined ? 'must be left empty' : of.is === 'among' ? `must not be ${this.oneOf(of.values)}` : 'must be answered otherwise';
    return { way: [...way, first], must, lacks: false };
  }

  /** Why something is asked: the answers that it depends on. @param {Condition} premise @param {Value} value @param {Way} way */
  reason(premise, value, way) {
    if (!(value instanceof Map)) return '';
    const facts = this.mentions(premise).map((key) => `${this.name([...way, key])} is ${this.shown(value.get(key), [...way, key])}`);
    return facts.length === 0 || facts.length > 3 ? '' : `, because ${enumerated(facts, 'and')}`;
  }

  /** An answer in a few words. @param {Value | undefined} value @param {Way} way */
  shown(value, way) {
    if (value === undefined) return 'empty';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    const choice = this.at(way)?.choices?.find((one) => String(one.value) === String(value));
    const text = choice?.title ?? (typeof value === 'string' || value instanceof Numeral ? String(value) : '');
    return text === '' || text.length > LONGEST_REPEATED ? 'filled in' : `“${text}”`;
  }

  /** The question at the end of a way. @param {Way} way @returns {Question | undefined} */
  at(way) {
    /** @type {Question | undefined} */
    let question = this.question;
    for (const step of way) {
      question = question?.kind === 'group' ? question.questions?.find(({ key }) => key === step) : question?.entry;
    }
    return question;
  }

  /** What an answer is called in a message. @param {Way} way */
  name(way) {
    const title = this.at(way)?.title;
    const last = way.at(-1);
    if (last === undefined) return 'this';
    return typeof last === 'number' ? `entry ${last + 1}` : `“${title || last}”`;
  }

  /** A breach as a part of a sentence. @param {Breach} breach */
  sentence({ way, must, told }) {
    return told ?? `${this.name(way)} ${must}`;
  }
}

/** Whether a group has an answer under a key. @param {Value} value @param {string | undefined} key */
function hasKey(value, key) {
  return value instanceof Map && key !== undefined && value.has(key);
}

/**
 * The places in an answer of which a condition cannot be judged.
 * @param {Condition} condition
 * @param {Value} value
 * @param {Way} way
 * @returns {Way[]}
 */
function doubts(condition, value, way = []) {
  if (judged(condition, value) !== null) return [];
  const { key = '', of } = condition;
  const inside = Array.isArray(of) ? of : [condition.premise, condition.then, condition.otherwise].filter((one) => one !== undefined);
  if (inside.length > 0) return inside.flatMap((one) => doubts(one, value, way));
  if (of === undefined) return [way];
  if (value instanceof Map && condition.is === 'key') return doubts(of, /** @type {Value} */ (value.get(key)), [...way, key]);
  const deeper = value instanceof Map && condition.is !== 'key-names' ? [...value].flatMap(([name, inner]) => doubts(of, inner, [...way, name]))
    : Array.isArray(value) ? value.flatMap((inner, at) => doubts(of, inner, [...way, at]))
      : doubts(of, value, way);
  return deeper.length > 0 ? deeper : [way];
}
