import type { Tx } from '../../../platform/db/index.ts'

/** Runs a part of a transaction, answers what it answered, and takes back all that it wrote. */
export async function takingBack<T>(tx: Tx, write: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT trial`
  const answer = await write()
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT trial`
  await tx.$executeRaw`RELEASE SAVEPOINT trial`
  return answer
}
