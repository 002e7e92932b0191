// Owns the cases as CSV: cells that no spreadsheet calculates. The rules are those of src/export/csv.rs.

/** What makes a formula to a spreadsheet, some of them in the wide forms as well. */
const FORMULA = /'*[=+\-@＝＋－＠]/y;

/** Where a spreadsheet may begin a cell of its own, and what it may drop there. */
const BOUNDARY = /[;\t\r\n]/;
const PASSED_OVER = /[ \u00a0"]/;

/**
 * A text as a cell that is never a formula.
 * @param {string} text
 */
function cellOf(text) {
  let out = /^'*[\t\r\n]/.test(text) ? "'" : '';
  let begins = true;
  for (let at = 0; at < text.length; at += 1) {
    FORMULA.lastIndex = at;
    if (begins && FORMULA.test(text)) {
      out += "'";
      begins = false;
    }
    const character = text[at];
    begins = BOUNDARY.test(character) || (begins && PASSED_OVER.test(character));
    out += character;
  }
  return out;
}

/**
 * The entries of a list as one text.
 * @param {string[]} entries
 */
function listOf(entries) {
  return entries.map((entry) => entry.replace(/[;\\]/g, '\\$&')).join('; ');
}

/**
 * Rows as lines.
 * @param {string[][]} rows
 */
function linesOf(rows) {
  const quoted = (/** @type {string} */ cell) =>
    /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((row) => `${row.map((text) => quoted(cellOf(text))).join(',')}\n`).join('');
}
