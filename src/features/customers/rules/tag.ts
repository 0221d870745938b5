import { graphemeCount, storable } from '../../../core/text.ts'

/** Longest tag, in characters as people count them: it has to fit on a Slack card and in its menus. */
export const TAG_MAX_LENGTH = 30

/** A tag as it is stored: full-width letters made ordinary, no leading #, single spaces; undefined when empty or too long. */
export function tagName(text: string): string | undefined {
  const name = storable(text).normalize('NFKC').trim().replace(/^#+/, '').replace(/\s+/g, ' ').trim()
  return name === '' || graphemeCount(name) > TAG_MAX_LENGTH ? undefined : name
}
