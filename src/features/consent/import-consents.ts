import { sha256Hex } from '../../core/hash.ts'
import { type Recording, recordEvents } from '../events/index.ts'
import type { ChosenPurpose } from './rules/purpose.ts'
import { insertConsents, type NewConsent, newestAnswers } from './store.ts'

/** What a list of customers says of a consent. */
export interface ListedConsent {
  readonly customerId: string
  readonly purpose: ChosenPurpose
  readonly allow: boolean
  /** Since when; undefined = the list does not say. */
  readonly at: Date | undefined
}

/** Where such a consent was given, and the wording: not one of ours. */
const SOURCE = 'import'
const NO_WORDING = 0

/**
 * Writes down what lists say of consents, in the order of the rows; nobody is told. With a date each stands where it
 * belongs: what the customer said later stays their last word. Without one it counts only for who never answered.
 */
export async function importConsents(work: Recording, listed: readonly ListedConsent[]): Promise<void> {
  if (listed.length === 0) return
  const answers = await newestAnswers(work.tx, [...new Set(listed.map(({ customerId }) => customerId))])
  const counted = listed.filter(({ customerId, purpose, at }) => at || !answers.get(customerId)?.has(purpose))
  // Of two rows about one person that name no date, the later counts.
  const rows = new Map(counted.map((each) => [keyOf(each), rowOf(each, work.now)]))
  await insertConsents(work.tx, [...rows.values()])
  await recordEvents(
    work,
    [...rows.values()].map(({ customerId, purpose, status, version, cause, at }) => ({
      ...{ customerId, name: 'consent.changed', at, source: SOURCE },
      sourceId: sha256Hex(`${customerId}:${purpose}:${cause}`),
      properties: { purpose, status, version }
    }))
  )
}

const keyOf = ({ customerId, purpose, at }: ListedConsent) => `${customerId}:${purpose}:${at?.toISOString() ?? ''}`

/** The same row of the same list, or of another one, is written down once. */
function rowOf({ customerId, purpose, allow, at }: ListedConsent, now: Date): NewConsent {
  const status = allow ? 'granted' : 'refused'
  const cause = `${SOURCE}:${status}:${at?.toISOString() ?? 'undated'}`
  return { customerId, purpose, status, version: NO_WORDING, source: SOURCE, cause, at: at ?? now }
}
