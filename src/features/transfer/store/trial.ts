import type { Tx } from '../../../platform/db/index.ts'

/** Runs a part of a transaction, answers what it answered, and takes back all that it wrote. */
export async function takingBack<T>(tx: Tx, write: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT trial`
  const answer = await write()
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT trial`
  await tx.$executeRaw`RELEASE SAVEPOINT trial`
  return answer
}

/** Runs a part of a transaction that may fail: what a part that failed wrote is taken back, and the transaction goes on. */
export async function apart<T>(tx: Tx, write: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT apart`
  try {
    return await write()
  } catch (error) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT apart`
    throw error
  } finally {
    await tx.$executeRaw`RELEASE SAVEPOINT apart`
  }
}
