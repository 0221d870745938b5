import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { frequencyCap } from './frequency-cap.ts'
import { mayUseAll } from './may-use.ts'
import { isTheirOwn, quietFor } from './quiet-hours.ts'
import { type Contact, capUntil, LESS_DAYS, type Standing, type Withheld, withheldBy } from './rules/contact.ts'
import type { Purpose } from './rules/purpose.ts'
import { frequenciesOf, noteTold, toldSince, UNDECIDED } from './store.ts'

/** Whether a customer may be written to now: by consent, and as often as they want. */
export async function mayTell(at: Now, customerId: string, contact: Contact): Promise<boolean> {
  return (await mayTellAll(at, [customerId], contact)).has(customerId)
}

/** Those among the customers who may be written to now. Three statements, however many they are. */
export async function mayTellAll(at: Now, customerIds: readonly string[], contact: Contact): Promise<Set<string>> {
  const standingOf = await standings(at, customerIds, contact.purpose)
  return new Set(customerIds.filter((id) => !withheldBy(contact, standingOf(id), at.now)))
}

/** A message somebody is about to send. */
export interface Sending extends Contact {
  readonly customerId: string
  /** What sends it: a flow's id, say. Written down when it is withheld. */
  readonly campaign: string
  /** It belongs to what has begun already: that they want to hear less no longer matters, only whether at all. */
  readonly goingOn?: boolean
  /** Nothing is said yet: only whether they want any of it is asked, and it does not count. */
  readonly isSilent?: boolean
  /** Nothing is ever said: they are what those who are written to are compared with. Asked as these are, it does not count. */
  readonly isControl?: boolean
}

/** What becomes of a message: it goes now, it waits until then, or it never goes. */
export type Admission =
  | { readonly do: 'send' }
  | { readonly do: 'wait'; readonly until: Date }
  | { readonly do: 'drop'; readonly reason: Withheld }

/**
 * The one gate before every message that is not an answer to the customer: consent, how often they want to hear from us,
 * quiet hours, and how often anybody is written to. "send" counts as having told them; why something is dropped is on
 * record as the fact message.withheld. What comes of something that they just did waits for nothing. The caller holds the
 * customer's lock.
 */
export async function admitMessage(work: Work, sending: Sending): Promise<Admission> {
  const standing = (await standings(work, [sending.customerId], sending.purpose))(sending.customerId)
  const reason = withheldBy(sending, standing, work.now)
  if (reason && !(sending.goingOn && reason === 'too_often')) {
    await recordWithheld(work, sending, reason)
    return { do: 'drop', reason }
  }
  if (sending.isSilent) return { do: 'send' }
  const until = await waitsUntil(work, sending, standing)
  if (until) return { do: 'wait', until }
  const { customerId, campaign } = sending
  if (sending.purpose !== 'service' && !sending.isControl)
    await noteTold(work.tx, { customerId, campaign, at: work.now }, daysBefore(work.now, LESS_DAYS))
  return { do: 'send' }
}

/** Until the later of both; the gate is asked again then. */
async function waitsUntil(work: Work, { customerId, purpose }: Sending, { told }: Standing): Promise<Date | undefined> {
  if (isTheirOwn(work)) return undefined
  const cap = purpose === 'service' ? undefined : await frequencyCap(work.tx)
  const until = [await quietFor(work, customerId), cap && capUntil(cap, told, work.now)].filter(
    (at) => at !== undefined
  )
  return until.sort((one, other) => other.getTime() - one.getTime())[0]
}

/** Puts on record why somebody is not written to: for a reason of this room, or of the one that would have written. */
export async function recordWithheld(
  work: Work,
  { customerId, campaign, purpose }: Pick<Sending, 'customerId' | 'campaign' | 'purpose'>,
  reason: Withheld | 'too_many'
): Promise<void> {
  await recordFact(work, {
    ...{ customerId, name: 'message.withheld', at: work.now, source: 'matane' },
    sourceId: `${work.cause}:${campaign}`,
    properties: { campaign, purpose, reason }
  })
}

type Now = Pick<Work, 'tx' | 'now'>

/** What decides about each of the customers. */
async function standings({ tx, now }: Now, customerIds: readonly string[], purpose: Purpose) {
  const allowed = await mayUseAll(tx, customerIds, purpose)
  const frequencies = await frequenciesOf(tx, customerIds)
  const told = await toldSince(tx, customerIds, daysBefore(now, LESS_DAYS))
  return (id: string): Standing => ({
    allowed: allowed.has(id),
    frequency: frequencies.get(id) ?? UNDECIDED,
    told: told.get(id) ?? []
  })
}

function daysBefore(at: Date, days: number): Date {
  return new Date(at.getTime() - days * 86_400_000)
}
