import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { newId } from '../../core/ids.ts'
import { publish } from '../definitions/index.ts'
import { segmentKind, teamSegmentKind } from './definition.ts'
import { findSegment, findSegments } from './find-segments.ts'
import { previewSegment } from './preview-segment.ts'

const db = useDatabase()
const now = new Date('2026-11-21T01:00:00Z')
const moment = { now, timeZone: 'Asia/Tokyo' }
const everybody = { any: [{ locale: 'ja' as const }, { locale: 'en' as const }] }

/** Customers, by what LINE says of them: several identities are one person. */
async function customers(...lines: readonly ('reachable' | 'blocked')[][]): Promise<void> {
  for (const states of lines) {
    const { id } = await db().prisma.customer.create({ data: { createdAt: now } })
    for (const state of states)
      await db().prisma.identity.create({
        data: {
          ...{ customerId: id, channel: 'line', externalHash: newId(), externalSealed: '', createdAt: now },
          blockedAt: state === 'blocked' ? now : null
        }
      })
  }
}

/** What customers said, in their order: whether they want offers, and how often they want to hear. */
async function said(...answers: readonly (readonly [number, 'granted' | 'refused' | 'withdrawn', string?])[]) {
  const people = await db().prisma.customer.findMany({ orderBy: { id: 'asc' } })
  for (const [index, [person, status, frequency]] of answers.entries()) {
    const customerId = people[person]?.id ?? ''
    const at = new Date(now.getTime() - 60_000 + index)
    const consent = {
      customerId,
      purpose: 'marketing',
      status,
      version: 1,
      source: 'line:settings',
      cause: `c${index}`,
      at
    }
    await db().prisma.consentChange.create({ data: consent })
    if (frequency) await db().prisma.customerPreference.create({ data: { customerId, frequency, changedAt: at } })
  }
}

test('a message to those who agreed takes a push each, of those that are left this month', async () => {
  await customers(['reachable'], ['reachable', 'blocked', 'reachable'], ['blocked'], [], ['reachable'])
  await said([0, 'granted'], [1, 'refused'], [1, 'granted'], [2, 'granted'], [3, 'granted'])
  await db().prisma.quotaMonth.create({ data: { month: '2026-11', limit: 200, used: 150, pushedSince: 20 } })
  expect(await previewSegment(db(), everybody, moment)).toMatchObject({
    ...{ people: 5, onLine: 3, reachable: 2, pushesNeeded: 2, pushesLeft: 30 }
  })
})

test('who took their word back, or wants coupons only or nothing, is not written to', async () => {
  await customers(['reachable'], ['reachable'], ['reachable'], ['reachable'])
  await said(
    [0, 'granted'],
    [0, 'withdrawn'],
    [1, 'granted', 'coupons'],
    [2, 'granted', 'stop'],
    [3, 'granted', 'less']
  )
  expect(await previewSegment(db(), everybody, moment)).toMatchObject({ onLine: 4, reachable: 1 })
})

test.each([
  ['no limit', { limit: null }, undefined],
  ['more used than the limit', { limit: 100, used: 300 }, 0],
  ['a limit that LINE says is reached', { limit: 1000, used: 3, exhaustedAt: now }, 0]
])('with %s', async (_, told, left) => {
  await db().prisma.quotaMonth.create({ data: { month: '2026-11', ...told } })
  expect((await previewSegment(db(), everybody, moment)).pushesLeft).toBe(left)
})

test('the sample is ten at most, and the same ten each time', async () => {
  await customers(...Array.from({ length: 30 }, () => []))
  const [first, second] = [await previewSegment(db(), everybody, moment), await previewSegment(db(), everybody, moment)]
  expect(first.sample).toHaveLength(10)
  expect(new Set(first.sample).size).toBe(10)
  expect(second.sample).toEqual(first.sample)
})

test('of nobody there is nothing to tell', async () => {
  await customers(['reachable'])
  const preview = await previewSegment(db(), { tag: 'VIP' }, moment)
  expect(preview).toEqual({ people: 0, onLine: 0, reachable: 0, sample: [], pushesNeeded: 0, pushesLeft: undefined })
})

const body = (id: string, ja: string, en: string) => ({ id, name: { ja, en }, who: { tag: 'VIP' } })
const put = (kind: string, segment: ReturnType<typeof body>) =>
  db().transaction((tx) => publish(tx, { kind, key: segment.id, body: segment, at: now }))

beforeEach(async () => {
  await put(segmentKind.kind, body('first-only', '初回のみ', 'Came once'))
  await put(segmentKind.kind, body('vip', '大切な方', 'Dear ones'))
  await put(teamSegmentKind.kind, body('vip', '別のVIP', 'Other VIP'))
  await put(teamSegmentKind.kind, body('dear', 'ＶＩＰ', 'first-only'))
})

test.each([
  ['first-only', 'first-only'],
  [' Came  once', undefined],
  ['came once ', 'first-only'],
  ['初回のみ', 'first-only'],
  ['大切な方', 'vip'],
  ['VIP', 'vip'],
  ['別のVIP', undefined],
  ['', undefined]
])('by %j people mean %s', async (told, id) => {
  expect((await findSegment(db().prisma, told))?.segment.id).toBe(id)
})

test('a segment of a file takes its id from one written in Slack', async () => {
  const found = await findSegments(db().prisma)
  expect(found.map(({ segment, isTeams }) => [segment.id, isTeams])).toEqual([
    ['dear', true],
    ['first-only', false],
    ['vip', false]
  ])
})
