import { LOST } from '../encoding.ts'
import { type Field, WHO } from '../fields.ts'
import type { Layout } from '../mapping.ts'
import type { Cell } from './cells.ts'
import type { Parsed } from './problem.ts'

/** Who a row names, as told. */
export interface ToldWho {
  readonly kind: string
  readonly value: string
  readonly field: Field
}

/** Whom a row is about: at least one of the two. */
export interface Person {
  readonly mataneId: string | undefined
  readonly who: readonly ToldWho[]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads who a row names. */
export function personOf({ mapping, columns }: Layout, cell: Cell): Parsed<Person> {
  const lost = [...columns.keys()].find((field) => cell(field)?.includes(LOST))
  if (lost) return { fault: { problem: 'encoding', field: lost } }
  const mataneId = cell('matane_id')?.toLowerCase()
  if (mataneId !== undefined && !UUID.test(mataneId))
    return { fault: { problem: 'bad_matane_id', field: 'matane_id', value: mataneId } }
  const who = WHO.flatMap((field): ToldWho[] => {
    const value = cell(field)
    if (value === undefined || field === 'matane_id') return []
    if (field !== 'customer_id') return [{ kind: field, value, field }]
    return [{ kind: mapping.identity, value: `${mapping.identity_prefix ?? ''}${value}`, field }]
  })
  if (mataneId === undefined && who.length === 0) return { fault: { problem: 'no_customer' } }
  return { row: { mataneId, who } }
}
