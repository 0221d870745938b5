import type { Tx } from '../../platform/db/index.ts'
import type { MergedPair } from '../../platform/feature.ts'
import { FREQUENCIES, type Frequency } from './rules/contact.ts'
import { STATUSES, type Status } from './rules/purpose.ts'

/** One answer of a customer, as it is kept. */
export interface NewConsent {
  readonly customerId: string
  readonly purpose: string
  readonly status: Status
  /** Of the wording they saw; 0 = none. */
  readonly version: number
  /** Where it was given: "line:welcome", "line:settings", "line:rights", "slack", "import". */
  readonly source: string
  readonly cause: string
  readonly at: Date
}

/** Of those who never chose how often they want to hear from us. */
export const UNDECIDED: Frequency = 'normal'

/** Keeps an answer; false when this cause gave one for this purpose before. */
export async function insertConsent(tx: Tx, data: NewConsent): Promise<boolean> {
  const { count } = await tx.consentChange.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

/** Keeps many answers; those that their cause gave before stay. */
export async function insertConsents(tx: Tx, data: readonly NewConsent[]): Promise<void> {
  await tx.consentChange.createMany({ data: [...data], skipDuplicates: true })
}

/** The newest answer of each customer to each purpose they answered, by customer, then purpose. */
export async function newestAnswers(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Map<string, Status>>> {
  const rows = await tx.$queryRaw<{ customer: string; purpose: string; status: string }[]>`
    SELECT DISTINCT ON (customer_id, purpose) customer_id::text AS customer, purpose, status
    FROM consent_change WHERE customer_id = ANY (${customerIds}::uuid[]) ORDER BY customer_id, purpose, at DESC, id DESC`
  const answers = new Map<string, Map<string, Status>>()
  for (const { customer, purpose, status } of rows) {
    const known = STATUSES.find((one) => one === status)
    if (known) answers.set(customer, (answers.get(customer) ?? new Map()).set(purpose, known))
  }
  return answers
}

/** How often they want to hear from us, of those among the customers who chose. */
export async function frequenciesOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Frequency>> {
  const rows = await tx.customerPreference.findMany({ where: { customerId: { in: [...customerIds] } } })
  return new Map(
    rows.map(({ customerId, frequency }) => [customerId, FREQUENCIES.find((one) => one === frequency) ?? UNDECIDED])
  )
}

export async function saveFrequency(
  tx: Tx,
  { customerId, frequency, at }: { customerId: string; frequency: Frequency; at: Date }
): Promise<void> {
  const data = { frequency, changedAt: at }
  await tx.customerPreference.upsert({ where: { customerId }, create: { customerId, ...data }, update: data })
}

/** When the customers were written to since an instant, the newest first. */
export async function toldSince(tx: Tx, customerIds: readonly string[], since: Date): Promise<Map<string, Date[]>> {
  const where = { customerId: { in: [...customerIds] }, at: { gt: since } }
  const rows = await tx.told.findMany({ where, orderBy: { at: 'desc' }, select: { customerId: true, at: true } })
  const times = new Map<string, Date[]>()
  for (const { customerId, at } of rows) times.set(customerId, [...(times.get(customerId) ?? []), at])
  return times
}

/** Notes that a customer is written to, and forgets what is so long ago that nothing asks for it. */
export async function noteTold(
  tx: Tx,
  told: { readonly customerId: string; readonly campaign: string; readonly at: Date },
  forgetBefore: Date
): Promise<void> {
  await tx.told.deleteMany({ where: { customerId: told.customerId, at: { lt: forgetBefore } } })
  await tx.told.create({ data: told })
}

const ROWS_AT_ONCE = 1_000

/** Forgets that some customers were written to before an instant; how many times. */
export async function dropTold(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`DELETE FROM told WHERE id IN (SELECT id FROM told WHERE at < ${before} LIMIT ${ROWS_AT_ONCE})`
}

/** How often two customers who become one want to hear from us: what they said last. */
export async function keepNewestPreference(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM customer_preference AS own USING customer_preference AS other
    WHERE own.customer_id = ${into}::uuid AND other.customer_id = ${from}::uuid AND other.changed_at > own.changed_at`
}
