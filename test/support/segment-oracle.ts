import { addDays, dayOf, daysBetween } from '../../src/core/time.ts'
import type { Figure } from '../../src/features/segments/rules/figures.ts'
import type { Condition, Leaf } from '../../src/features/segments/rules/schema.ts'
import { instantOf, NOW, type Person, TODAY, ZONE } from './segment-world.ts'

/** Whether a condition is true of a person, told from the plain data alone: what SQL has to come to. */
export function isMember(condition: Condition, one: Person, all: readonly Person[]): boolean {
  if ('all' in condition) return condition.all.every((part) => isMember(part, one, all))
  if ('any' in condition) return condition.any.some((part) => isMember(part, one, all))
  if ('not' in condition) return !isMember(condition.not, one, all)
  return holds(condition, one, all)
}

function holds(leaf: Leaf, one: Person, all: readonly Person[]): boolean {
  if ('figure' in leaf) return figureHolds(leaf, one, all)
  if ('event' in leaf) {
    const matching = one.events.filter((event) => event.name === leaf.event && eventFits(leaf, event))
    return matching.length >= (leaf.at_least ?? 1)
  }
  if ('tag' in leaf) return [leaf.tag].flat().some((tag) => one.tags.includes(tag))
  if ('stage' in leaf) return hasFigures(one) && one.stage !== null && [leaf.stage].flat().includes(one.stage)
  if ('score' in leaf) {
    const scores = { recency: one.scores?.[0], frequency: one.scores?.[1], money: one.scores?.[2] }
    return hasFigures(one) && fits(leaf, scores[leaf.score])
  }
  if ('survey' in leaf) return surveyHolds(leaf, one)
  if ('coupon' in leaf) return couponHolds(leaf, one)
  return knownOf(leaf, one)
}

type Known = Extract<
  Leaf,
  | { birthday: unknown }
  | { gender: unknown }
  | { consent: unknown }
  | { prefecture: unknown }
  | { locale: unknown }
  | { line: unknown }
  | { tier: unknown }
>

/** What is true of who they are. */
function knownOf(leaf: Known, one: Person): boolean {
  if ('birthday' in leaf) return one.birthday !== null && Number(one.birthday.slice(0, 2)) === monthMeant(leaf.birthday)
  if ('gender' in leaf) return one.gender === leaf.gender
  if ('consent' in leaf) {
    const answer = one.consents.findLast(({ purpose }) => purpose === leaf.consent)?.status
    const isAllowed = answer === undefined ? ALLOWED.includes(leaf.consent) : answer === 'granted'
    return isAllowed === (leaf.is !== 'refused')
  }
  if ('tier' in leaf) return [leaf.tier].flat().includes(one.tier ?? FIRST_TIER)
  // Nobody of this world has told where they live.
  if ('prefecture' in leaf) return false
  return 'locale' in leaf ? one.locale === leaf.locale : one.line === leaf.line
}

/** What is allowed with the data of those who have not answered. */
export const ALLOWED: readonly string[] = ['research']

/** The tier of those who have none of their own. */
export const FIRST_TIER = 'regular'

/** It is November. */
const monthMeant = (birthday: number | 'this_month' | 'next_month') =>
  birthday === 'this_month' ? 11 : birthday === 'next_month' ? 12 : birthday

interface Bounds {
  readonly gte?: number | undefined
  readonly lte?: number | undefined
  readonly is?: number | undefined
}
const fits = ({ gte, lte, is }: Bounds, value: number | undefined): boolean =>
  value !== undefined && value >= (gte ?? -Infinity) && value <= (lte ?? Infinity) && (is === undefined || value === is)

function inSpan(span: string | undefined, at: Date): boolean {
  if (span === undefined) return true
  const length = Number.parseInt(span, 10)
  if (span.endsWith('h')) return at <= NOW && NOW.getTime() - at.getTime() <= length * 3_600_000
  const ago = daysBetween(dayOf(at, ZONE), TODAY)
  return ago >= 0 && ago < length
}

function eventFits(leaf: Extract<Leaf, { event: string }>, event: Person['events'][number]): boolean {
  if (leaf.shop !== undefined && !(event.shop !== undefined && [leaf.shop].flat().includes(event.shop))) return false
  if (!inSpan(leaf.in_last, instantOf(event.when))) return false
  return Object.entries(leaf.where ?? {}).every(([property, test]) => {
    const value = event.properties[property]
    if (value === undefined) return false
    if (typeof test !== 'object') return value === test
    if (test.is !== undefined && value !== test.is) return false
    if (test.any_of && !test.any_of.includes(value)) return false
    const isBounded = test.gte !== undefined || test.lte !== undefined
    return !isBounded || (typeof value === 'number' && fits({ gte: test.gte, lte: test.lte }, value))
  })
}

function surveyHolds({ survey, in_last, ...bounds }: Extract<Leaf, { survey: string }>, one: Person): boolean {
  const scored = one.answers.filter((answer) => answer.survey === survey && answer.score !== null)
  const newest = Math.max(...scored.map(({ when }) => instantOf(when).getTime()))
  // Of two at one moment either may be meant: the world leaves such people out.
  const last = scored.find(({ when }) => instantOf(when).getTime() === newest)
  return last !== undefined && fits(bounds, last.score ?? undefined) && inSpan(in_last, instantOf(last.when))
}

function couponHolds(leaf: Extract<Leaf, { coupon: string }>, one: Person): boolean {
  return one.coupons.some(({ key, expiresIn, redeemed }) => {
    if (leaf.coupon !== 'any' && leaf.coupon !== key) return false
    if (leaf.state === 'redeemed') return redeemed
    // Coupons end as a day begins, and it is ten in the morning.
    const isOver = expiresIn !== null && expiresIn <= 0
    if (redeemed || isOver !== (leaf.state === 'expired')) return false
    return leaf.expires_in === undefined || (expiresIn !== null && expiresIn <= Number.parseInt(leaf.expires_in, 10))
  })
}

const COUNTED = ['visit', 'order.completed', 'order.refunded', 'message.clicked', 'feedback.given', 'survey.answered']

/** Figures are kept of those of whom something counted happened. */
function hasFigures({ events, coupons }: Person): boolean {
  const counted = [...COUNTED, 'subscription.started']
  return events.some(({ name }) => counted.includes(name)) || coupons.some(({ redeemed }) => redeemed)
}

function figureHolds(leaf: Extract<Leaf, { figure: Figure }>, one: Person, all: readonly Person[]): boolean {
  const { figure, known, top_percent: top, bottom_percent: bottom } = leaf
  const value = figureOf(figure, one)
  if (known !== undefined && (value !== undefined) !== known) return false
  if ([leaf.gte, leaf.lte, leaf.is].some((bound) => bound !== undefined) && !fits(leaf, value)) return false
  const above = all.map((each) => figureOf(figure, each) ?? 0).filter((each) => each > 0)
  const isWithin = (percent: number, isBeyond: (other: number, own: number) => boolean) =>
    value !== undefined &&
    value > 0 &&
    above.filter((other) => isBeyond(other, value)).length * 100 < above.length * percent
  if (top !== undefined && !isWithin(top, (other, own) => other > own)) return false
  return bottom === undefined || isWithin(bottom, (other, own) => other < own)
}

function figureOf(figure: Figure, one: Person): number | undefined {
  const window = /^(visits|orders|amount|active_days)_(\d+)d(_yen)?$/.exec(figure)
  if (window) return sumsOf(one, Number(window[2]))[window[1] as keyof ReturnType<typeof sumsOf>]
  const sums = sumsOf(one, Number.POSITIVE_INFINITY)
  switch (figure) {
    case 'visits':
      return sums.visits
    case 'orders':
      return sums.orders
    case 'amount_yen':
      return sums.amount
    case 'active_days':
      return sums.active_days
    case 'messages_clicked':
      return ofName(one, 'message.clicked').length
    case 'negatives':
      return one.events.filter(isNegative).length
    case 'coupons_redeemed':
      return one.coupons.filter(({ redeemed }) => redeemed).length
    case 'last_nps':
      return lastNps(one)
    case 'days_since_last_active':
      return since([...ofName(one, 'visit'), ...ofName(one, 'order.completed')], Math.min)
    case 'days_since_first_active':
      return since([...ofName(one, 'visit'), ...ofName(one, 'order.completed')], Math.max)
    case 'days_since_last_visit':
      return since(ofName(one, 'visit'), Math.min)
    case 'days_since_first_order':
      return since(ofName(one, 'order.completed'), Math.max)
    case 'days_since_subscription_started':
      return since(ofName(one, 'subscription.started'), Math.min)
    case 'days_since_created':
      return one.createdDaysAgo
    default:
      throw new Error(`The oracle does not know ${figure}`)
  }
}

/** The figures that the oracle can tell. */
export const TOLD_FIGURES = [
  ...['visits', 'orders', 'amount_yen', 'active_days', 'messages_clicked', 'negatives', 'coupons_redeemed'],
  ...['visits_30d', 'orders_90d', 'amount_90d_yen', 'amount_365d_yen', 'active_days_365d', 'last_nps'],
  ...['days_since_last_active', 'days_since_first_active', 'days_since_last_visit', 'days_since_first_order'],
  ...['days_since_subscription_started', 'days_since_created']
] as readonly Figure[]

const ofName = (one: Person, name: string) => one.events.filter((event) => event.name === name)
const since = (events: Person['events'], pick: (...days: number[]) => number) =>
  events.length === 0 ? undefined : pick(...events.map(({ when }) => when.daysAgo))

function sumsOf(one: Person, days: number) {
  const within = one.events.filter(({ when }) => when.daysAgo < days)
  const amountOf = (name: string) =>
    within.filter((event) => event.name === name).reduce((sum, { properties }) => sum + Number(properties.amount), 0)
  const active = within.filter(({ name }) => name === 'visit' || name === 'order.completed')
  return {
    visits: within.filter(({ name }) => name === 'visit').length,
    orders: within.filter(({ name }) => name === 'order.completed').length,
    amount: amountOf('order.completed') - amountOf('order.refunded'),
    active_days: new Set(active.map(({ when }) => addDays(TODAY, -when.daysAgo))).size
  }
}

function isNegative({ name, properties }: Person['events'][number]): boolean {
  if (name === 'feedback.given') return properties.sentiment === 'negative'
  return name === 'survey.answered' && Number(properties.score) <= 6
}

/** The latest; of two at one moment the worse. */
function lastNps(one: Person): number | undefined {
  const [last] = ofName(one, 'survey.answered').toSorted(
    (a, b) =>
      instantOf(b.when).getTime() - instantOf(a.when).getTime() ||
      Number(a.properties.score) - Number(b.properties.score)
  )
  return last && Number(last.properties.score)
}
