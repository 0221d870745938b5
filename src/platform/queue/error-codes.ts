const DEEPEST = 5

/** Every code an error carries, the outermost first: Prisma hides PostgreSQL's own at several depths. */
export function codesOf(error: unknown, depth = 0): string[] {
  if (depth > DEEPEST || error === null || typeof error !== 'object') return []
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>
  const own = [code, originalCode].filter((given) => typeof given === 'string')
  const inner = [cause, meta, driverAdapterError].flatMap((part) => codesOf(part, depth + 1))
  return [...new Set([...own, ...inner])]
}
