import type { LocaleText } from '../../core/locale.ts'
import type { Work } from '../../platform/work.ts'
import { type KeptTouch, touchesOf } from '../attribution/index.ts'
import { recordAudit } from '../audit/index.ts'
import { type ConsentGlance, consentGlance } from '../consent/index.ts'
import { type CouponsGlance, couponsGlance } from '../coupons/index.ts'
import { type CustomerProfile, customerAttributes, customerProfile } from '../customers/index.ts'
import { type CustomerFigures, customerFigures, type TimelineEvent, timelinePage } from '../events/index.ts'
import { runningFlows } from '../flows/index.ts'
import { type FollowUpsGlance, followUpsGlance } from '../follow-ups/index.ts'
import { type PointsGlance, pointsGlance } from '../points/index.ts'
import { shopNames } from '../shops/index.ts'
import { type CardGlance, cardGlances } from '../stamps/index.ts'
import { type GivenAnswer, latestAnswers } from '../surveys/index.ts'
import { type Outlook, tierOutlook } from '../tiers/index.ts'
import type { PageRef } from './rules/page-ref.ts'

/** Events on a page of the timeline. */
const PAGE = 10
const ANSWERS = 3

/** All that a customer's card shows, whoever looks: the view leaves out what a role may not see. */
export interface CustomerCard {
  readonly customer: CustomerProfile
  /** What sources say of them, by name: "birthday", "prefecture" … */
  readonly attributes: ReadonlyMap<string, string>
  readonly consent: ConsentGlance
  /** Undefined when nothing that counts ever happened. */
  readonly figures: CustomerFigures | undefined
  readonly followUps: FollowUpsGlance
  readonly flows: readonly { readonly flow: string; readonly startedAt: Date }[]
  /** Those that take stamps. */
  readonly stampCards: readonly CardGlance[]
  readonly coupons: CouponsGlance
  /** Undefined while there are no points. */
  readonly points: PointsGlance | undefined
  /** Undefined where there are no tiers. */
  readonly tier: Outlook | undefined
  /** The newest first. */
  readonly answers: readonly GivenAnswer[]
  /** What brought them, the first time and the last; undefined when nobody told. */
  readonly touches: { readonly first: KeptTouch; readonly last: KeptTouch } | undefined
  readonly shops: ReadonlyMap<string, LocaleText>
  readonly timeline: Timeline
}

/** One page of what happened, the newest first. */
interface Timeline {
  readonly events: readonly TimelineEvent[]
  /** Whether the page begins at the top. */
  readonly isFirst: boolean
  /** Whether there are older ones. */
  readonly hasOlder: boolean
}

/**
 * Reads a customer's card and puts on record that it was seen; undefined when there is no such customer. A fixed number of
 * statements, each over an index of the customer.
 */
export async function viewCustomer(work: Work, page: PageRef, by: string): Promise<CustomerCard | undefined> {
  const { tx, cipher, now } = work
  const { id, below } = page
  const customer = await customerProfile(tx, cipher, id)
  if (!customer) return undefined
  const events = await timelinePage(tx, id, { below, limit: PAGE + 1 })
  const card = {
    customer,
    attributes: await customerAttributes(tx, cipher, id),
    consent: await consentGlance(tx, id),
    figures: await customerFigures(tx, id),
    followUps: await followUpsGlance(tx, id),
    flows: await runningFlows(tx, id),
    stampCards: await cardGlances(tx, id, now),
    coupons: await couponsGlance(tx, id, now),
    points: await pointsGlance(tx, id, now),
    tier: await tierOutlook(work, id),
    answers: await latestAnswers(tx, cipher, { customerId: id, limit: ANSWERS }),
    touches: await touchesOf(tx, id),
    shops: await shopNames(tx),
    timeline: { events: events.slice(0, PAGE), isFirst: below === undefined, hasOlder: events.length > PAGE }
  }
  await recordAudit(work, {
    actor: { kind: 'staff', id: by },
    action: 'customer.card',
    subject: { type: 'customer', id },
    customerId: id,
    ...(below && { detail: { view: 'timeline', until: below.at.toISOString() } })
  })
  return card
}
