const CONFLICT_CODES = new Set(['40001', '40P01', 'P2034'])
const TRIES = 4

/**
 * Runs a transaction again when PostgreSQL undid it because of another one (deadlock, serialization failure). The work
 * must therefore keep nothing outside the transaction.
 */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt >= TRIES || !isConflict(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

/** Whether an error says that the transaction lost against another; Prisma hides the database's code at several depths. */
export function isConflict(error: unknown, depth = 0): boolean {
  if (depth > 4 || error === null || typeof error !== 'object') return false
  const { code, originalCode, kind, cause, meta, driverAdapterError } = error as Record<string, unknown>
  if ([code, originalCode].some((c) => typeof c === 'string' && CONFLICT_CODES.has(c))) return true
  if (kind === 'TransactionWriteConflict') return true
  return [cause, meta, driverAdapterError].some((inner) => isConflict(inner, depth + 1))
}
