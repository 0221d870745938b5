/** Tells the name under which a session keeps a statement prepared; the empty one, as in PostgreSQL, is kept for nobody. */
export type StatementNames = (sql: string) => string

/** Keeps nothing, for sessions that are not ours. */
export const noStatementNames: StatementNames = () => ''

/** Each costs some kilobytes in every session. */
const MOST_NAMED = 400
/** Texts without a name, until it is known whether they come again. */
const MOST_SEEN = 1_000
/** Asked for so often without a name, a statement is worth that all others earn theirs anew. */
const HOT = 1_000

/**
 * Names a statement from the second time on that it is asked for. A session parses and plans a named one once, and that
 * takes longer than carrying out a small one. Statements of which there is no end (lists of any length) get no name. When
 * all names are taken and one without turns out to be in constant use, all are given anew: what came first and is not used
 * any more keeps none. What sessions still hold of the old ones goes with the session (see SESSION_SECONDS).
 */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  let given = 0
  const timesSeen = (sql: string) => {
    if (seen.size >= MOST_SEEN) seen.clear()
    const times = (seen.get(sql) ?? 0) + 1
    seen.set(sql, times)
    return times
  }
  return (sql) => {
    const known = names.get(sql)
    if (known) return known
    const times = timesSeen(sql)
    if (names.size >= MOST_NAMED && times >= HOT) names.clear()
    if (names.size >= MOST_NAMED || times < 2) return ''
    seen.delete(sql)
    given += 1
    const name = `matane_${given}`
    names.set(sql, name)
    return name
  }
}

/** A session does not live longer, so that it does not keep what nobody asks for. */
export const SESSION_SECONDS = 3_600
