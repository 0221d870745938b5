import { customerCiphers, type Database } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import {
  countCustomers,
  customersAfter,
  SEALED_COLUMNS,
  type SealedColumn,
  sealedByOthers,
  writeSealed
} from './store/sealed.ts'

const CUSTOMERS_AT_ONCE = 100

/**
 * Seals what lies under another key than its customer's own: what was stored before customers had keys, and what was written
 * while two were one. How many values.
 */
export async function sealAnew(place: Pick<Work, 'tx' | 'cipher'>, customerIds: readonly string[]): Promise<number> {
  let sealed = 0
  for (const column of SEALED_COLUMNS) sealed += await sealColumn(place, column, customerIds)
  return sealed
}

async function sealColumn(
  { tx, cipher }: Pick<Work, 'tx' | 'cipher'>,
  column: SealedColumn,
  customerIds: readonly string[]
): Promise<number> {
  const rows = await sealedByOthers(tx, column, customerIds)
  // Of somebody whose key is gone there is nothing left to seal.
  const readable = rows.filter(({ sealed }) => cipher.opens(sealed))
  if (readable.length === 0) return 0
  const cipherOf = await customerCiphers(
    { tx, cipher },
    readable.map(({ customerId }) => customerId)
  )
  const anew = readable.map(({ customerId, sealed }) => {
    return { before: sealed, after: cipherOf(customerId).seal(column.field, cipher.open(column.field, sealed)) }
  })
  return writeSealed(tx, column, { customerIds, anew })
}

/** Does that for all customers, some at a time; how many values. May be stopped and begun again; the server may run meanwhile. */
export async function sealAllAnew(
  { query, transaction, cipher }: Database,
  onProgress?: (done: number, total: number) => void
): Promise<number> {
  const total = await countCustomers(query)
  let [done, sealed, after] = [0, 0, '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const ids = await customersAfter(query, after, CUSTOMERS_AT_ONCE)
    const last = ids.at(-1)
    if (last === undefined) return sealed
    sealed += await transaction((tx) => sealAnew({ tx, cipher }, ids))
    after = last
    done += ids.length
    onProgress?.(done, Math.max(total, done))
  }
}
