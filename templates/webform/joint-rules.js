// Owns the rules that join several answers: they are judged for the whole form at once, told at the fields,
// and what cannot be judged is named.

/**
 * Judges the conditions of all fields, tells what does not hold at fields that have no fault yet, and names
 * the fields of which a condition could not be judged.
 * @param {GroupField} root
 * @param {Fault[]} faults What is known to be wrong already.
 * @param {boolean} isFinal Whether what is lacking is told wherever nobody has been, too.
 * @returns {{faults: Fault[], unchecked: Field[]}}
 */
function checkJointRules(root, faults, isFinal) {
  const known = new Set(faults.map(({ field }) => field));
  /** @type {Fault[]} */
  const found = [];
  /** @type {Set<Field>} */
  const unchecked = new Set();
  for (const field of root.all()) {
    const { conditions = [] } = field.question;
    const value = field.value() ?? (field === root ? new Map() : undefined);
    if (value === undefined) continue;
    if (field.question.pattern && typeof value === 'string' && patternOf(field.question.pattern) === null) unchecked.add(field);
    const breaches = new Breaches(field.question);
    for (const condition of conditions) {
      const verdict = judged(condition, value);
      if (verdict === null) doubts(condition, value).forEach((way) => unchecked.add(field.fieldAt(way)));
      if (verdict !== false) continue;
      for (const breach of breaches.of(condition, value)) {
        const place = field.fieldAt(breach.way);
        if (known.has(place)) continue;
        known.add(place);
        const text = breach.told ?? `this ${breach.must}`;
        if (!breach.lacks || isFinal || place.isTouched) place.tell(text);
        found.push({ field: place, text });
      }
    }
  }
  return { faults: found, unchecked: [...unchecked] };
}
