import { idOf } from '../../core/ids.ts'
import { nameColumns } from '../../features/customers/index.ts'
import { type NewEvent, type Recording, recordEvents } from '../../features/events/index.ts'
import { placeTiers, type TiersInForce } from '../../features/tiers/index.ts'
import { DEMO_SOURCE } from '../../platform/db/customers-check.ts'
import { customerCiphers } from '../../platform/db/index.ts'
import { insertMany } from './bulk.ts'
import { type CardTerms, cardsOf, couponEnds } from './cards.ts'
import type { DemoCustomer } from './customers.ts'
import type { DemoFollowUp } from './follow-ups.ts'
import { demoLineId } from './line-ids.ts'
import * as tables from './tables.ts'

/** What the writers share. */
export type Writing = Recording

/** The id of a customer of the demo. */
export const customerId = ({ number }: DemoCustomer): string => idOf('demo', 'customer', String(number))
const responseId = (id: string, at: Date): string => idOf('demo', 'response', id, at.toISOString())

const idOfKnown = ({ id }: { readonly id: string }): string => id

/** Customers, how LINE knows them, and their visits. */
export async function writeCustomers(writing: Writing, customers: readonly DemoCustomer[]): Promise<void> {
  const { tx, cipher, now } = writing
  const known = customers.map((customer) => ({
    customer,
    id: customerId(customer),
    since: customer.visits[0]?.at ?? now
  }))
  const cipherOf = await customerCiphers(writing, known.map(idOfKnown))
  const people = known.map(({ customer: { name, locale }, id, since }) => {
    const { nameSealed, nameHash } = nameColumns(cipherOf(id), name)
    return [id, nameSealed, nameHash, locale, since]
  })
  const identities = known.map(({ customer, id, since }) => {
    const external = customer.lineUserId ?? demoLineId(id)
    const [hash, sealed] = [
      cipher.blindIndex('identity.external', external),
      cipherOf(id).seal('identity.external', external)
    ]
    return [idOf('demo', 'identity', id), id, 'line', hash, sealed, now, since]
  })
  const visits = known.flatMap(({ customer, id }) =>
    customer.visits.map(({ at, shop }, index) => {
      const sourceId = `visit:${customer.number}/${index}`
      return { customerId: id, name: 'visit', at, source: DEMO_SOURCE, sourceId, shop, properties: {} }
    })
  )
  // Two in three said yes to offers when they were asked at the beginning.
  const consents = known
    .filter(({ customer }) => customer.number % 3 !== 0)
    .map(({ id, since }) => [id, 'marketing', 'granted', 1, 'line:welcome', `demo:${id}`, since])
  await insertMany(tx, tables.CUSTOMER, people)
  await insertMany(tx, tables.CONSENT, consents)
  await insertMany(tx, tables.IDENTITY, identities)
  await recordAll(writing, visits)
}

/** The tiers that are theirs by their visits. */
export function writeTiers(writing: Writing, customers: readonly DemoCustomer[], tiers: TiersInForce): Promise<void> {
  return placeTiers(writing, tiers, customers.map(customerId))
}

/** What customers answered when asked whether they would recommend the shop. */
export async function writeVoices(
  writing: Writing,
  customers: readonly DemoCustomer[],
  definitionId: string
): Promise<void> {
  const { tx } = writing
  const voices = customers.flatMap((customer) =>
    customer.voices.map((voice) => ({
      ...voice,
      id: customerId(customer),
      response: responseId(customerId(customer), voice.at)
    }))
  )
  const cipherOf = await customerCiphers(writing, voices.map(idOfKnown))
  const responses = voices.map(({ id, response, score, at }) => {
    const askedAt = new Date(at.getTime() - 60_000)
    return [response, id, 'nps', definitionId, idOf('demo', 'run', response), score, at, askedAt]
  })
  const scores = voices.map(({ id, response, score, at }) => {
    return [idOf('demo', 'score', response), response, id, 'score', score, null, `demo:score:${response}`, at]
  })
  const reasons = voices.flatMap(({ id, response, reason, at }) => {
    if (!reason) return []
    const sealed = cipherOf(id).seal('survey_answer.text', reason)
    return [[idOf('demo', 'reason', response), response, id, 'reason', null, sealed, `demo:reason:${response}`, at]]
  })
  await insertMany(tx, tables.SURVEY_RESPONSE, responses)
  await insertMany(tx, tables.SURVEY_ANSWER, [...scores, ...reasons])
  const answered = voices.map(({ id, response, score, at }) => {
    const properties = { survey: 'nps', question: 'score', measure: 'nps', score }
    return { customerId: id, name: 'survey.answered', at, source: 'demo', sourceId: `score:${response}`, properties }
  })
  await recordAll(writing, answered)
}

const EVENTS_AT_ONCE = 1000

async function recordAll(writing: Writing, events: readonly NewEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE)
    await recordEvents(writing, events.slice(from, from + EVENTS_AT_ONCE))
}

/** Stamp cards with their stamps, and the coupons that full ones brought. */
export async function writeCards(
  { tx, now }: Writing,
  customers: readonly DemoCustomer[],
  terms: CardTerms & { definitionId: string }
): Promise<void> {
  const cards = customers.flatMap((customer) =>
    cardsOf(customer, terms, now).map((card) => {
      const owner = customerId(customer)
      return { ...card, owner, id: idOf('demo', 'card', owner, String(card.number)) }
    })
  )
  const rows = cards.map(({ id, owner, number, startedAt, expiresAt, completedAt }) => {
    return [id, owner, 'main', terms.definitionId, number, startedAt, expiresAt ?? null, completedAt ?? null]
  })
  const stamps = cards.flatMap(({ id, owner, stamps: given }) =>
    given.map(({ at, shop }, index) => {
      const name = idOf('demo', 'stamp', id, String(index + 1))
      return [name, owner, id, index + 1, shop, `demo:stamp:${name}`, `demo:${name}`, at]
    })
  )
  const coupons = cards.flatMap(({ id, owner, completedAt }) => {
    if (!completedAt) return []
    const grant = idOf('demo', 'coupon', id)
    const serial = `DEMO-${grant.slice(0, 4)}-${grant.slice(4, 8)}`.toUpperCase()
    const ends = couponEnds(completedAt, terms) ?? null
    return [[grant, owner, terms.coupon, terms.definitionId, serial, `demo:card:${id}`, completedAt, ends]]
  })
  await insertMany(tx, tables.STAMP_CARD, rows)
  await insertMany(tx, tables.STAMP, stamps)
  await insertMany(tx, tables.COUPON_GRANT, coupons)
}

/** How staff looked after unhappy customers: all resolved. */
export async function writeFollowUps({ tx, cipher }: Writing, followUps: readonly DemoFollowUp[]): Promise<void> {
  const named = followUps.map((followUp) => {
    const owner = customerId(followUp.customer)
    return { ...followUp, owner, id: idOf('demo', 'follow_up', owner, followUp.voice.at.toISOString()) }
  })
  const owners = named.map(({ owner }) => owner)
  const cipherOf = await customerCiphers({ tx, cipher }, owners)
  const rows = named.map(({ id, owner, assignee, voice, outcome, ...times }) => {
    const { dueAt, respondedAt, resolvedAt } = times
    return [id, owner, 3, 'high', dueAt, assignee, respondedAt, resolvedAt, assignee, outcome, voice.at]
  })
  const reasons = named.map(({ id, owner, voice }) => {
    const sealed = voice.reason ? cipherOf(owner).seal('follow_up_reason.words', voice.reason) : null
    return [idOf('demo', 'why', id), id, owner, 'nps', voice.score, sealed, `demo:${id}`, voice.at]
  })
  const activities = named.flatMap(({ id, assignee, voice, respondedAt, resolvedAt }) => {
    const steps = [
      ['matane', 'open', voice.at],
      [assignee, 'claim', respondedAt],
      [assignee, 'resolve', resolvedAt]
    ] as const
    return steps.map(([actor, action, at]) => [idOf('demo', action, id), id, actor, action, `demo:${id}`, at])
  })
  await insertMany(tx, tables.FOLLOW_UP, rows)
  await insertMany(tx, tables.FOLLOW_UP_REASON, reasons)
  await insertMany(tx, tables.FOLLOW_UP_ACTIVITY, activities)
}
