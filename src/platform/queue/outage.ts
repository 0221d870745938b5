import { codesOf } from './error-codes.ts'

/**
 * What PostgreSQL and Prisma say when the database is not at its work: no connection, shutting down, full, or a table
 * locked for long (a migration). Nothing that an event could be the cause of.
 */
const OUTAGE = /^(08...|53100|53300|55P03|57P0[123]|P1001|P1002|P1017|P2024)$/

/** Whether an error says that the database was not at its work. */
export function isOutage(error: unknown): boolean {
  return codesOf(error).some((code) => OUTAGE.test(code))
}
