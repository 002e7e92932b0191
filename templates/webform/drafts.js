// Owns the draft that the browser keeps. Where it keeps none, the page says so.

class Drafts {
  /** @param {string} name What tells the draft of this form from that of another. */
  constructor(name) {
    this.name = `casebook-draft:${name}`;
    this.works = this.probe();
  }

  probe() {
    try {
      localStorage.setItem(`${this.name}:probe`, '1');
      localStorage.removeItem(`${this.name}:probe`);
      return true;
    } catch {
      return false;
    }
  }

  /** The draft of the last time. */
  read() {
    try {
      return localStorage.getItem(this.name);
    } catch {
      return null;
    }
  }

  /** Keeps a draft; false if there is no room for it. @param {string} text */
  keep(text) {
    if (!this.works) return false;
    try {
      localStorage.setItem(this.name, text);
      return true;
    } catch {
      this.works = false;
      return false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // Nothing was kept.
    }
  }
}
