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

/** How often a customer wants to hear from us, and when they last did, if they want less than usual. */
export interface Preference {
  readonly frequency: Frequency
  readonly lastToldAt: Date | undefined
}

/** Of those who never chose. */
export const UNDECIDED: Preference = { frequency: 'normal', lastToldAt: undefined }

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

/** The preferences of those among the customers who have one. */
export async function preferencesOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Preference>> {
  const rows = await tx.customerPreference.findMany({ where: { customerId: { in: [...customerIds] } } })
  return new Map(
    rows.map(({ customerId, frequency, lastToldAt }) => [
      customerId,
      {
        frequency: FREQUENCIES.find((one) => one === frequency) ?? UNDECIDED.frequency,
        lastToldAt: lastToldAt ?? undefined
      }
    ])
  )
}

export async function saveFrequency(
  tx: Tx,
  { customerId, frequency, at }: { customerId: string; frequency: Frequency; at: Date }
): Promise<void> {
  const data = { frequency, changedAt: at }
  await tx.customerPreference.upsert({ where: { customerId }, create: { customerId, ...data }, update: data })
}

/** Notes that a customer with a preference was written to. */
export async function noteTold(tx: Tx, customerId: string, at: Date): Promise<void> {
  await tx.customerPreference.updateMany({ where: { customerId }, data: { lastToldAt: at } })
}

/** How often two customers who become one want to hear from us: what they said last. */
export async function keepNewestPreference(tx: Tx, { from, into }: MergedPair): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM customer_preference AS own USING customer_preference AS other
    WHERE own.customer_id = ${into}::uuid AND other.customer_id = ${from}::uuid AND other.changed_at > own.changed_at`
}
