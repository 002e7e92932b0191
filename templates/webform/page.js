// Owns the page: it joins the fields, the draft, the preview and the buttons.

/** How long the page waits for the next letter before it keeps a draft, in milliseconds. */
const PAUSE = 400;

class Page {
  constructor() {
    this.facts = new FormFacts();
    this.drafts = new Drafts(this.facts.report ?? '');
    this.preview = new Preview(element('reading'), element('file'), this.facts);
    this.status = element('status');
    /** Comments above the first key of an opened file. @type {string[]} */
    this.head = [];
    /** Whether saving was tried, so that all that is lacking is told. */
    this.isFinal = false;
    /** Whether the id still follows the title. */
    this.idFollows = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    this.root = this.newRoot();
  }

  /** The fields, all empty: those that must be filled in come first. */
  newRoot() {
    const question = {
      kind: 'group', key: '', title: '', help: null, limits: [], examples: [], unit: null,
      required: true, private: false, role: null, purpose: null, questions: this.facts.questions,
      conditions: this.facts.conditions,
    };
    const root = new GroupField(question, this.facts);
    const part = (/** @type {string} */ title, /** @type {boolean} */ isRequired) => {
      const fields = [...root.fields.values()].filter((field) => field.question.required === isRequired);
      const id = newId();
      const elements = fields.map((field) => field.element);
      return fields.length === 0 ? null : make('section', { 'aria-labelledby': id }, make('h2', { id }, title), ...elements);
    };
    const parts = [part('Required', true), part('As far as you know', false)].filter((one) => one !== null);
    // What an opened file has beside the form comes at the end.
    root.body = make('div');
    element('fields').replaceChildren(...parts, make('section', { 'aria-label': 'Other' }, root.body, root.fault));
    this.facts.sourceKeys = () => {
      const sources = root.fields.get('sources');
      return sources instanceof NamedField ? sources.keys().filter((key) => key !== '') : [];
    };
    return root;
  }

  begin() {
    this.facts.changed = () => this.change();
    this.listen();
    const draft = this.drafts.read();
    if (!this.drafts.works) {
      this.note('This browser keeps no draft of this page. Save an unfinished draft before you close it; it can be opened here again.');
    }
    if (draft !== null && this.load(draft, 'draft')) this.note('Here is what you wrote the last time.');
    else this.update();
  }

  listen() {
    element('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.save();
    });
    element('save-draft').addEventListener('click', () => this.saveDraft());
    element('clear').addEventListener('click', () => this.clear());
    element('print').addEventListener('click', () => print());
    const opener = /** @type {HTMLInputElement} */ (element('open'));
    opener.addEventListener('change', () => {
      const [file] = opener.files ?? [];
      // The same file may be opened again.
      if (file) void this.open(file).finally(() => (opener.value = ''));
    });
    element('form').addEventListener('input', ({ target }) => this.follow(target));
    element('form').addEventListener('keydown', (event) => {
      // A key pressed in a field shall not save the case.
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    element('preview').addEventListener('toggle', () => this.update());
  }

  /** The field of a purpose. @param {string} purpose */
  fieldOf(purpose) {
    return [...this.root.fields.values()].find(({ question }) => question.purpose === purpose);
  }

  /** Makes the id follow the title until somebody writes one. @param {EventTarget | null} target */
  follow(target) {
    const [id, title] = [this.fieldOf('id'), this.fieldOf('title')];
    if (!(id instanceof TypedField) || !(title instanceof TypedField)) return;
    if (target === id.input) this.idFollows = id.input.value === '';
    if (target !== title.input || !this.idFollows) return;
    const slug = bare(title.input.value).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
    if (faultOfText(slug, id.question) === null || slug === '') id.input.value = slug;
    this.change();
  }

  change() {
    clearTimeout(this.pause);
    this.update();
    this.pause = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    const had = this.drafts.works;
    const isKept = this.root.value() === undefined || this.drafts.keep(this.text());
    if (!isKept && had) this.note('The browser has no room for a draft any more. Save an unfinished draft as a file.');
  }

  /** Tells what is wrong, and shows the preview. */
  update() {
    const single = this.root.check(this.isFinal, true);
    const joint = checkJointRules(this.root, single, this.isFinal);
    const places = new Map(this.root.all().map((field, at) => [field, at]));
    const place = (/** @type {Fault} */ { field }) => places.get(field) ?? 0;
    const faults = [...single, ...joint.faults].sort((one, other) => place(one) - place(other));
    this.faults = faults;
    this.nameUnchecked(joint.unchecked);
    setText(this.status, faults.length === 0 ? 'Nothing is missing.' : `${faults.length} ${faults.length === 1 ? 'thing is' : 'things are'} missing or wrong.`);
    const isShown = /** @type {HTMLDetailsElement} */ (element('preview')).open;
    if (isShown) this.preview.show(this.map(), this.text());
    if (this.isFinal) this.list(faults);
  }

  /** Says which rules the page leaves to casebook. @param {Field[]} fields */
  nameUnchecked(fields) {
    const place = element('unchecked');
    place.hidden = fields.length === 0;
    const names = fields.map(({ title }) => (title === '' ? 'the form as a whole' : `“${title}”`));
    setText(place, `The form has a rule that this page cannot check, for ${enumerated(names, 'and')}. That does not keep you from saving; the editors hear of it if the rule is not kept.`);
  }

  map() {
    return this.root.value() ?? new Map();
  }

  /** The file as it is saved. */
  text() {
    const head = this.head.length > 0 ? `${this.head.join('\n')}\n` : '';
    return head + YamlWriter.write(this.map());
  }

  /** The name of the file: that of the case. */
  name() {
    const id = this.fieldOf('id')?.value();
    const name = typeof id === 'string' ? id.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') : '';
    return name === '' ? 'case' : name;
  }

  save() {
    this.isFinal = true;
    this.update();
    const [first] = this.faults ?? [];
    if (first) {
      element('faults').focus();
      return;
    }
    this.download(`${this.name()}.yaml`);
    this.note(`Saved as ${this.name()}.yaml, among your downloads. Send that file to the editors.`);
  }

  saveDraft() {
    this.download(`${this.name()}.draft.yaml`);
    this.note('The unfinished draft is among your downloads. Open it here to go on.');
  }

  /** @param {string} name */
  download(name) {
    const url = URL.createObjectURL(new Blob([this.text()], { type: 'application/yaml' }));
    const link = make('a', { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** Lists what is wrong, each with the way to it. @param {Fault[]} faults */
  list(faults) {
    const place = element('faults');
    place.hidden = faults.length === 0;
    const items = faults.slice(0, 50).map(({ field, text }) => make('li', {}, button(field.title === '' ? text : `${field.title}: ${text}`, () => {
      field.focus();
      field.element.scrollIntoView({ block: 'center' });
    }, { class: 'link' })));
    element('fault-list').replaceChildren(...items);
  }

  /** @param {File} file */
  async open(file) {
    const isEmpty = this.root.value() === undefined;
    if (!isEmpty && !confirm('Opening a file takes the place of what is here. Go on?')) return;
    if (this.load(await file.text(), 'file')) this.keep();
  }

  /**
   * Fills the form from the text of a file; if it is not understood, the form stays as it is.
   * @param {string} text
   * @param {'draft' | 'file'} from
   */
  load(text, from) {
    let read;
    try {
      read = YamlReader.read(text);
    } catch (error) {
      if (from === 'file') this.note(`This file was not opened. ${error instanceof Error ? error.message : error}`, true);
      return false;
    }
    this.root = this.newRoot();
    this.root.put(read.map);
    this.head = read.head;
    this.idFollows = this.fieldOf('id')?.value() === undefined;
    this.isFinal = false;
    element('faults').hidden = true;
    if (from === 'file') {
      const lost = read.comments > 0 ? ` It has ${read.comments} ${read.comments === 1 ? 'comment' : 'comments'} (behind #), which will not be in the saved file.` : '';
      this.note(`The file is open.${lost}`, read.comments > 0);
    }
    for (const field of this.root.all()) field.isTouched = true;
    this.update();
    return true;
  }

  clear() {
    if (!confirm('Empty the whole form? The draft in this browser is forgotten.')) return;
    clearTimeout(this.pause);
    this.root = this.newRoot();
    this.head = [];
    this.idFollows = true;
    this.isFinal = false;
    this.drafts.forget();
    element('faults').hidden = true;
    this.note('The form is empty.');
    this.update();
  }

  /**
   * @param {string} text
   * @param {boolean} isWarning
   */
  note(text, isWarning = false) {
    const place = element('note');
    place.hidden = false;
    place.classList.toggle('warning', isWarning);
    setText(place, text);
  }
}

new Page().begin();
