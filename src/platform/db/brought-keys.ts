import type { Prisma } from '#prisma'
import { type FieldCipher, ownKeysIn } from './cipher.ts'

/** What Prisma asks a database through. */
type Factory = NonNullable<Prisma.PrismaClientOptions['adapter']>
type Adapter = Awaited<ReturnType<Factory['connect']>>
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>
type Queryable = Pick<Adapter, 'provider' | 'adapterName' | 'queryRaw' | 'executeRaw'>

/** A stored key, by its id. */
export type StoredKey = readonly [id: string, keySealed: string]

export const KEYS_SQL = 'SELECT id, key_sealed FROM customer_key WHERE id = ANY ($1::text[])'

/**
 * Takes to hand the customers' own keys by which these values open, those that are missing with one more question: reading
 * stays as simple as if there were one key. `values` are of any kind; texts may be JSON.
 */
export async function bringKeys(
  cipher: FieldCipher,
  values: Iterable<unknown>,
  find: (ids: readonly string[]) => Promise<readonly StoredKey[]>
): Promise<void> {
  const missing = new Set<string>()
  for (const value of values) {
    if (typeof value !== 'string') continue
    for (const id of ownKeysIn(value)) if (!cipher.keys.has(id)) missing.add(id)
  }
  if (missing.size === 0) return
  for (const [id, keySealed] of await find([...missing])) cipher.keys.hold(id, keySealed)
}

/** A way to the database whose answers bring their keys along. */
export function withKeys(factory: Factory, cipher: FieldCipher): Factory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => adapterWithKeys(await factory.connect(), cipher)
  }
}

function adapterWithKeys(inner: Adapter, cipher: FieldCipher): Adapter {
  return {
    ...queriesWithKeys(inner, cipher),
    executeScript: (script) => inner.executeScript(script),
    startTransaction: async (level) => transactionWithKeys(await inner.startTransaction(level), cipher),
    getConnectionInfo: () => inner.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => inner.dispose()
  }
}

function transactionWithKeys(inner: Transaction, cipher: FieldCipher): Transaction {
  return {
    ...queriesWithKeys(inner, cipher),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    ...(inner.createSavepoint && { createSavepoint: inner.createSavepoint.bind(inner) }),
    ...(inner.rollbackToSavepoint && { rollbackToSavepoint: inner.rollbackToSavepoint.bind(inner) }),
    ...(inner.releaseSavepoint && { releaseSavepoint: inner.releaseSavepoint.bind(inner) })
  }
}

function queriesWithKeys(inner: Queryable, cipher: FieldCipher): Queryable {
  const find = async (ids: readonly string[]): Promise<StoredKey[]> => {
    const { rows } = await inner.queryRaw({
      sql: KEYS_SQL,
      args: [ids],
      argTypes: [{ scalarType: 'string', arity: 'list' }]
    })
    return rows.map(([id, keySealed]) => [String(id), String(keySealed)])
  }
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query) => inner.executeRaw(query),
    async queryRaw(query) {
      const answer = await inner.queryRaw(query)
      await bringKeys(cipher, answer.rows.flat(), find)
      return answer
    }
  }
}
