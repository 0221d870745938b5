import { oneOf } from '../../core/one-of.ts'
import { customerCipher, type FieldCipher, type Tx } from '../../platform/db/index.ts'
import { RIGHTS, type Right, STATES, type State, sourceOf } from './rules/request.ts'

/** A customer's request to have a right carried out. */
export interface RightsRequest {
  readonly id: string
  /** What people call it by. */
  readonly number: number
  readonly customerId: string
  readonly right: Right
  readonly state: State
  /** Grows with every change. */
  readonly version: number
  /** What is to be corrected, in the customer's words; null = none, or taken back. */
  readonly detail: string | null
  /** Why staff declined, as the customer was told. */
  readonly reason: string | null
  readonly requestedAt: Date
  readonly dueAt: Date
  readonly runAt: Date | null
  /** Slack user id of who approved or declined. */
  readonly decidedBy: string | null
  readonly closedAt: Date | null
  /** The system that passed it on ("shopify"); null = asked in the chat. */
  readonly source: string | null
}

type Row = Awaited<ReturnType<Tx['rightsRequest']['findUniqueOrThrow']>>

const DETAIL = 'rights_request.detail'
const REASON = 'rights_request.reason'

export interface NewRequest {
  readonly customerId: string
  readonly right: Right
  readonly state: State
  readonly requestedAt: Date
  readonly dueAt: Date
  readonly runAt: Date | null
  readonly cause: string
}

export async function insertRequest(tx: Tx, cipher: FieldCipher, made: NewRequest): Promise<RightsRequest> {
  return requestOf(await tx.rightsRequest.create({ data: made }), cipher)
}

export async function findRequest(tx: Tx, cipher: FieldCipher, id: string): Promise<RightsRequest | undefined> {
  const row = await tx.rightsRequest.findUnique({ where: { id } })
  return row ? requestOf(row, cipher) : undefined
}

/** Whose request it is: what to lock before reading it. */
export async function customerOf(tx: Tx, id: string): Promise<string | undefined> {
  return (await tx.rightsRequest.findUnique({ where: { id }, select: { customerId: true } }))?.customerId
}

/** The customer's requests that go on, the newest first. */
export async function findOpen(tx: Tx, cipher: FieldCipher, customerId: string): Promise<RightsRequest[]> {
  const rows = await tx.rightsRequest.findMany({
    where: { customerId, closedAt: null },
    orderBy: { number: 'desc' }
  })
  return rows.map((row) => requestOf(row, cipher))
}

/** The request that a cause led to. */
export async function findByCause(
  tx: Tx,
  cipher: FieldCipher,
  { customerId, cause }: { customerId: string; cause: string }
): Promise<RightsRequest | undefined> {
  const row = await tx.rightsRequest.findUnique({ where: { customerId_cause: { customerId, cause } } })
  return row ? requestOf(row, cipher) : undefined
}

export type RequestChange = Partial<
  Pick<RightsRequest, 'state' | 'requestedAt' | 'dueAt' | 'runAt' | 'decidedBy' | 'closedAt' | 'detail' | 'reason'>
> & { readonly detailCause?: string }

/** Stores a change of a request that was read under its customer's lock; throws when it is not as it was read. */
export async function saveRequest(
  tx: Tx,
  cipher: FieldCipher,
  { before, change }: { before: RightsRequest; change: RequestChange }
): Promise<RightsRequest> {
  const { detail, reason, ...fields } = change
  const own = await customerCipher({ tx, cipher }, before.customerId)
  const { count } = await tx.rightsRequest.updateMany({
    where: { id: before.id, version: before.version },
    data: {
      ...fields,
      version: before.version + 1,
      ...(detail !== undefined && { detailSealed: sealed(own, DETAIL, detail) }),
      ...(reason !== undefined && { reasonSealed: sealed(own, REASON, reason) })
    }
  })
  if (count !== 1) throw new Error(`Request ${before.id} is no longer at version ${before.version}`)
  return { ...before, ...change, version: before.version + 1 }
}

/** The request whose words came with this cause. */
export async function findByWords(
  tx: Tx,
  cipher: FieldCipher,
  { customerId, cause }: { customerId: string; cause: string }
): Promise<RightsRequest | undefined> {
  const row = await tx.rightsRequest.findFirst({ where: { customerId, detailCause: cause } })
  return row ? requestOf(row, cipher) : undefined
}

/** Whether something for this customer is still to be sent. */
export async function hasUnsent(tx: Tx, customerId: string): Promise<boolean> {
  const waiting = { customerId, channel: 'line', state: { in: ['ready', 'running'] } }
  return (await tx.outbox.count({ where: waiting })) > 0
}

/** Forgets the words of a customer's requests. That there were requests stays, under an id that leads to nobody. */
export async function forgetWords(tx: Tx, customerId: string, at: Date): Promise<string[]> {
  const rows = await tx.rightsRequest.findMany({ where: { customerId }, select: { id: true } })
  await tx.rightsRequest.updateMany({
    where: { customerId },
    data: { detailSealed: null, detailCause: null, reasonSealed: null, version: { increment: 1 } }
  })
  await tx.rightsRequest.updateMany({
    where: { customerId, state: { in: ['wording', 'waiting', 'scheduled'] } },
    data: { state: 'cancelled', closedAt: at }
  })
  return rows.map(({ id }) => id)
}

function sealed(cipher: FieldCipher, field: string, text: string | null): string | null {
  return text === null ? null : cipher.seal(field, text)
}

function requestOf(row: Row, cipher: FieldCipher): RightsRequest {
  const { id, number, customerId, version, requestedAt, dueAt, runAt, decidedBy, closedAt } = row
  return {
    ...{ id, number, customerId, version, requestedAt, dueAt, runAt, decidedBy, closedAt },
    right: oneOf(RIGHTS, row.right),
    state: oneOf(STATES, row.state),
    source: sourceOf(row.cause),
    detail: row.detailSealed === null ? null : cipher.open(DETAIL, row.detailSealed),
    reason: row.reasonSealed === null ? null : cipher.open(REASON, row.reasonSealed)
  }
}
