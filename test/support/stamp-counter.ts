import { newId } from '../../src/core/ids.ts'
import { findShop } from '../../src/features/shops/index.ts'
import { codeAt } from '../../src/features/shops/rules/counter-code.ts'
import { giveStamp } from '../../src/features/stamps/give-stamp.ts'
import type { StampCardDefinition } from '../../src/features/stamps/rules/definitions.ts'
import type { Database } from '../../src/platform/db/index.ts'
import type { Feature } from '../../src/platform/feature.ts'
import { createPerform } from '../../src/platform/perform.ts'
import type { Fact } from '../../src/platform/work.ts'
import { publishLoyalty } from './loyalty.ts'
import { testScope } from './queue.ts'

/** Noon of a Saturday in Japan: when a counter's business and real time begin. */
export const NOON = new Date('2026-11-21T12:00:00+09:00')
const DAY_MS = 86_400_000
const FACTS = ['visit', 'stamp.granted', 'stamp_card.completed', 'coupon.granted']

/** The same time of day, that many days after NOON. */
export const daysLater = (days: number) => new Date(NOON.getTime() + days * DAY_MS)

/** One sending of a code. */
export interface Try {
  /** Default: kichijoji. */
  readonly shop?: string
  /** Who signed the code, when it is not the shop itself. */
  readonly signedBy?: string
  /** Business time; default: that of the try before. */
  readonly at?: Date
  /** Real time of the code and of its sending; default: a minute after the try before. */
  readonly realMs?: number
  /** How long after its code was shown it is sent; default 0. */
  readonly afterMs?: number
  readonly cause?: string
  readonly shown?: () => void
}

/**
 * The demo shop's stamp card with changes, customers, and a way to send codes; `facts` are those recorded, `first` what came
 * of the first card.
 */
export async function stampCounter(
  db: Database,
  change: Partial<StampCardDefinition> = {},
  others: readonly Feature[] = []
) {
  const publish = (changed: Partial<StampCardDefinition>, more: readonly Partial<StampCardDefinition>[] = []) =>
    publishLoyalty(db, changed, more)
  await publish(change)
  const facts: Fact[] = []
  const keep = async (_work: unknown, fact: Fact) => void facts.push(fact)
  const listener: Feature = { name: 'listener', on: Object.fromEntries(FACTS.map((name) => [name, keep])) }
  const scope = testScope(db, NOON)
  const perform = createPerform({ scope, features: [...others, listener], onCommit: () => undefined })
  let realMs = NOON.getTime()

  async function stamp(customerId: string, given: Try = {}) {
    realMs += 60_000
    const { shop = 'kichijoji', cause = newId(), shown = () => undefined } = given
    const shownMs = given.realMs ?? realMs
    const sentAt = new Date(shownMs + (given.afterMs ?? 0))
    const signer = await findShop(db.prisma, db.cipher, given.signedBy ?? shop)
    const code = { ...codeAt(signer?.id ?? shop, signer?.secret ?? new Uint8Array(32), shownMs), shop }
    scope.at = given.at ?? scope.at
    const request = { customerId, code, sentAt, counterNow: sentAt }
    const outcome = await perform(`line:${cause}`, (work) => giveStamp(work, request, shown))
    const cards = outcome.ok ? outcome.value.cards : []
    return { outcome, kind: outcome.ok ? 'given' : outcome.kind, cards, first: cards[0] }
  }
  const customer = async () => (await db.prisma.customer.create({ data: { createdAt: NOON } })).id
  return { customer, stamp, publish, facts }
}
