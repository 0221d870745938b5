const DEEPEST = 5

/** PostgreSQL's "data exceptions" (a number out of range, a text that is none), and a check that a row does not pass. */
const DATA_FAULT = /^(22[0-9A-Z]{3}|23514)$/

/** Whether the database refused what it was given, and will again: not that it is away, or that others were faster. */
export function isDataFault(error: unknown): boolean {
  return codesOf(error).some((code) => DATA_FAULT.test(code))
}

/** Every code an error carries, the outermost first: Prisma hides PostgreSQL's own at several depths. */
export function codesOf(error: unknown, depth = 0): string[] {
  if (depth > DEEPEST || error === null || typeof error !== 'object') return []
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>
  const own = [code, originalCode].filter((given) => typeof given === 'string')
  const inner = [cause, meta, driverAdapterError].flatMap((part) => codesOf(part, depth + 1))
  return [...new Set([...own, ...inner])]
}
