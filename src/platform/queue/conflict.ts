import { codesOf } from './error-codes.ts'

/** The last two: a row that was referred to has gone meanwhile, such as a customer who was merged into another. */
const CONFLICT_CODES = new Set(['40001', '40P01', 'P2034', '23503', 'P2003'])
const TRIES = 4

/**
 * Runs a transaction again when PostgreSQL undid it because of another one (deadlock, serialization failure, a row referred to that went away). The work
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

/** Whether an error says that the transaction lost against another. */
function isConflict(error: unknown): boolean {
  return codesOf(error).some((code) => CONFLICT_CODES.has(code))
}
