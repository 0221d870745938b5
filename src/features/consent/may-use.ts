import type { Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'
import { recordFact } from '../events/index.ts'
import { currentPolicy } from './definition.ts'
import { type Contact, type Standing, type Withheld, withheldBy } from './rules/contact.ts'
import { isAllowed } from './rules/definition.ts'
import { PURPOSES, type Purpose } from './rules/purpose.ts'
import { newestAnswers, noteTold, preferencesOf, UNDECIDED } from './store.ts'

/** Whether a customer's data may be used for a purpose. */
export async function mayUse(tx: Tx, customerId: string, purpose: Purpose): Promise<boolean> {
  return (await mayUseAll(tx, [customerId], purpose)).has(customerId)
}

/** Those among the customers whose data may be used for a purpose. Two statements, however many they are. */
export async function mayUseAll(tx: Tx, customerIds: readonly string[], purpose: Purpose): Promise<Set<string>> {
  if (purpose === 'service') return new Set(customerIds)
  const policy = await currentPolicy(tx)
  const answers = await newestAnswers(tx, customerIds)
  return new Set(customerIds.filter((id) => isAllowed(policy, purpose, answers.get(id)?.get(purpose))))
}

/** The purposes that are allowed for customers who have not answered. */
export async function allowedByDefault(tx: Tx): Promise<Purpose[]> {
  const policy = await currentPolicy(tx)
  return PURPOSES.filter((purpose) => isAllowed(policy, purpose, undefined))
}

/** Whether a customer may be written to now: by consent, and as often as they want. */
export async function mayTell(at: Now, customerId: string, contact: Contact): Promise<boolean> {
  return (await whyNot(at, customerId, contact)) === undefined
}

/** Those among the customers who may be written to now. Three statements, however many they are. */
export async function mayTellAll(
  { tx, now }: Now,
  customerIds: readonly string[],
  contact: Contact
): Promise<Set<string>> {
  const standingOf = await standings(tx, customerIds, contact.purpose)
  return new Set(customerIds.filter((id) => !withheldBy(contact, standingOf(id), now)))
}

/** A message somebody is about to send. */
export interface Sending extends Contact {
  readonly customerId: string
  /** What sends it: a flow's id, say. Written down when it is withheld. */
  readonly campaign: string
  /** It belongs to what has begun already: how often no longer matters, only whether at all. */
  readonly goingOn?: boolean
  /** Nothing is sent: they are what those who are written to are compared with. */
  readonly isControl?: boolean
}

/**
 * The gate before every message that is not an answer to the customer: true = send it now, which counts as having told
 * them. False = don't; why is on record as the fact message.withheld. The caller holds the customer's lock.
 */
export async function admitMessage(work: Work, sending: Sending): Promise<boolean> {
  const { customerId, purpose, campaign, goingOn, isControl } = sending
  if (purpose === 'service') return true
  const reason = await whyNot(work, customerId, sending)
  if (reason && !(goingOn && reason === 'too_often')) {
    await recordFact(work, {
      ...{ customerId, name: 'message.withheld', at: work.now, source: 'matane' },
      sourceId: `${work.cause}:${campaign}`,
      properties: { campaign, purpose, reason }
    })
    return false
  }
  if (!isControl) await noteTold(work.tx, customerId, work.now)
  return true
}

type Now = Pick<Work, 'tx' | 'now'>

async function whyNot({ tx, now }: Now, customerId: string, contact: Contact): Promise<Withheld | undefined> {
  const standingOf = await standings(tx, [customerId], contact.purpose)
  return withheldBy(contact, standingOf(customerId), now)
}

/** What decides about each of the customers. */
async function standings(tx: Tx, customerIds: readonly string[], purpose: Purpose): Promise<(id: string) => Standing> {
  const allowed = await mayUseAll(tx, customerIds, purpose)
  const preferences = await preferencesOf(tx, customerIds)
  return (id) => {
    const { frequency, lastToldAt } = preferences.get(id) ?? UNDECIDED
    return { allowed: allowed.has(id), frequency, lastToldAt }
  }
}
