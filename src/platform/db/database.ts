import { PrismaPg } from '@prisma/adapter-pg'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'
import type { DB } from '#kysely'
import { type Prisma, PrismaClient } from '#prisma'
import { bringKeys, KEYS_SQL, withKeys } from './brought-keys.ts'
import type { FieldCipher } from './cipher.ts'
import { createStatementNames, noStatementNames } from './statement-names.ts'

/** A transaction's client. Inside a transaction nothing else may touch the database: an embedded one has one session. */
export type Tx = Prisma.TransactionClient

/** The store as the rest of the product sees it: embedded or on a server, the same. */
export interface Database {
  /** Typed records, outside a transaction. */
  readonly prisma: PrismaClient
  /** Analytical and bulk SQL, outside a transaction. What it answers does not bring customers' keys along. */
  readonly kysely: Kysely<DB>
  /** Plain SQL, one statement, outside a transaction. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** All or nothing; a throw rolls back. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  readonly cipher: FieldCipher
  /** How many transactions can go on at once: 1 embedded. */
  readonly concurrency: number
  close(): Promise<void>
}

const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const

export interface PoolUse {
  /** Ends the pool. */
  readonly close: () => Promise<void>
  /** Whether a connection stays in one session, which then keeps statements prepared; behind a pooler it does not. */
  readonly ownSessions: boolean
}

/** Builds the database over a pool. */
export function databaseOver(pool: Pool, cipher: FieldCipher, { close, ownSessions }: PoolUse): Database {
  const nameOf = ownSessions ? createStatementNames() : noStatementNames
  // Made on first use: it takes some milliseconds, and on Workers each request has its own, often for nothing.
  let client: PrismaClient | undefined
  const prisma = () => {
    const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) })
    client ??= new PrismaClient({ adapter: withKeys(adapter, cipher) })
    return client
  }
  const ask = async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>({ name: nameOf(sql), text: sql, values: [...values] })).rows
  const findKeys = async (ids: readonly string[]) =>
    (await ask<{ id: string; key_sealed: string }>(KEYS_SQL, [ids])).map((row) => [row.id, row.key_sealed] as const)
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    get prisma() {
      return prisma()
    },
    kysely,
    cipher,
    concurrency: pool.options.max ?? 10,
    async query<Row extends object>(sql: string, values?: readonly unknown[]) {
      const rows = await ask<Row>(sql, values)
      await bringKeys(cipher, rows.flatMap(Object.values), findKeys)
      return rows
    },
    transaction: (work) => prisma().$transaction(work, TRANSACTION),
    async close() {
      await client?.$disconnect()
      await close()
    }
  }
}

/**
 * Makes everything about one key (a customer, a LINE user id) happen one after another until the transaction ends.
 * Take it before the first read that decides something.
 */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${key}, 0))`
}
