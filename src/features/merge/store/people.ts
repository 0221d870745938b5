import type { Prisma } from '#prisma'
import type { FieldCipher, Tx } from '../../../platform/db/index.ts'
import type { Standing } from '../rules/survivor.ts'

/** The keys under which LINE's events of these customers are handled one after another. */
export async function lineKeys(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  const where = { customerId: { in: [...customerIds] }, channel: 'line' }
  const rows = await tx.identity.findMany({ where, select: { externalHash: true } })
  return rows.map(({ externalHash }) => `line:${externalHash}`).sort()
}

/** What decides who would stay, of those of the customers that there are. */
export async function standingsOf(tx: Tx, customerIds: readonly string[]): Promise<Standing[]> {
  const rows = await tx.customer.findMany({
    where: { id: { in: [...customerIds] } },
    select: { id: true, createdAt: true, identities: { select: { channel: true } } }
  })
  return rows.map(({ id, createdAt, identities }) => ({
    id,
    createdAt,
    kinds: identities.map(({ channel }) => channel)
  }))
}

/** What staff are shown of a customer to decide whether two are one person. */
export interface Seen {
  readonly id: string
  readonly name: string | undefined
  readonly identities: readonly { readonly channel: string; readonly value: string }[]
  readonly since: Date
  readonly visits: number
  readonly orders: number
  readonly amountYen: number
  readonly lastAt: Date | undefined
}

/** The customers of these ids that there are, by id. */
export async function seePeople(tx: Tx, cipher: FieldCipher, ids: readonly string[]): Promise<Map<string, Seen>> {
  const rows = await tx.customer.findMany({
    where: { id: { in: [...ids] } },
    include: { stats: true, identities: { orderBy: [{ channel: 'asc' }, { id: 'asc' }] } }
  })
  return new Map(rows.map((row) => [row.id, seen(cipher, row)]))
}

type PersonRow = Prisma.CustomerGetPayload<{ include: { stats: true; identities: true } }>

function seen(cipher: FieldCipher, { id, nameSealed, createdAt, stats, identities }: PersonRow): Seen {
  const times = [stats?.lastVisitAt, stats?.lastOrderAt].flatMap((at) => at?.getTime() ?? [])
  return {
    id,
    name: nameSealed === null ? undefined : cipher.open('customer.name', nameSealed),
    identities: identities.map(({ channel, externalSealed }) => ({
      channel,
      value: cipher.open('identity.external', externalSealed)
    })),
    since: createdAt,
    visits: stats?.visits ?? 0,
    orders: stats?.orders ?? 0,
    amountYen: Number(stats?.amountYen ?? 0),
    lastAt: times.length > 0 ? new Date(Math.max(...times)) : undefined
  }
}

/** Whose follow-up a number is. */
export async function customerOfFollowUp(tx: Tx, number: number): Promise<string | undefined> {
  return (await tx.followUp.findUnique({ where: { number }, select: { customerId: true } }))?.customerId
}
