/** What spreadsheets take for the beginning of a formula. */
const BEGINS = /^'*[=+\-@\t\r]/

/** A cell that no spreadsheet computes: an apostrophe goes in front of what looks like a formula (=1+1, +81…, -, @). */
export function harmless(text: string): string {
  return BEGINS.test(text) ? `'${text}` : text
}

/** The cell as it was before `harmless`. */
export function original(text: string): string {
  return text.startsWith("'") && BEGINS.test(text) ? text.slice(1) : text
}
