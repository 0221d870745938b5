/** Tells the name under which a session keeps a statement prepared; the empty one, as in PostgreSQL, is kept for nobody. */
export type StatementNames = (sql: string) => string

/** Keeps nothing, for sessions that are not ours. */
export const noStatementNames: StatementNames = () => ''

/** Each costs some kilobytes in every session. */
const MOST_NAMED = 250
/** Texts asked for once, until it is known whether they come again. */
const MOST_SEEN = 1_000

/**
 * Names a statement from the second time on that it is asked for. A session parses and plans a named one once, and that
 * takes longer than carrying out a small one. Statements of which there is no end (lists of any length) get no name.
 */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const seen = new Set<string>()
  const isNew = (sql: string) => {
    if (seen.size >= MOST_SEEN) seen.clear()
    return !seen.has(sql) && seen.add(sql)
  }
  return (sql) => {
    const known = names.get(sql)
    if (known || names.size >= MOST_NAMED || isNew(sql)) return known ?? ''
    seen.delete(sql)
    const name = `matane_${names.size + 1}`
    names.set(sql, name)
    return name
  }
}
