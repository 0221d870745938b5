import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { publishLoyalty } from '../../../test/support/loyalty.ts'
import { testScope } from '../../../test/support/queue.ts'
import { NOON } from '../../../test/support/stamp-counter.ts'
import { newId } from '../../core/ids.ts'
import { createPerform } from '../../platform/perform.ts'
import { giveStaffStamp, type StaffStamp } from './staff-stamp.ts'

const db = useDatabase()
let anna: string

beforeEach(async () => {
  await publishLoyalty(db(), { goal: 3 }, [{ key: 'morning', title: { ja: '朝', en: 'Morning' } }])
  anna = (await db().prisma.customer.create({ data: { createdAt: NOON } })).id
})

const scope = () => testScope(db(), NOON)
async function give(request: Partial<StaffStamp> = {}, { at = scope(), cause = `slack:${newId()}` } = {}) {
  const perform = createPerform({ scope: at, features: [], onCommit: () => undefined })
  const asked = { customerId: anna, by: 'UAYA', reason: 'スマホをお忘れ', ...request }
  const given = await perform(cause, (work) => giveStaffStamp(work, asked, () => undefined))
  return given.ok ? 'given' : given.kind
}
const givenOnRecord = () => db().prisma.audit.findMany({ where: { action: 'stamp.give' } })
const choose = (value: string) =>
  db().prisma.settingChange.create({
    data: { name: 'stamps', version: 1, value, changedBy: 'UBOSS', changedAt: NOON, cause: 'c' }
  })

describe('a stamp by the hand of staff', () => {
  test('goes on the card that was chosen, as no visit, with who gave it; who and why are on record, the reason sealed', async () => {
    expect(await give({ programme: 'morning' })).toBe('given')
    expect(await db().prisma.stamp.findMany()).toMatchObject([
      { programme: 'morning', way: 'staff', givenBy: 'UAYA', shop: null, code: null }
    ])
    const [entry, ...more] = await givenOnRecord()
    expect(entry).toMatchObject({ action: 'stamp.give', actorId: 'UAYA', customerId: anna })
    expect(JSON.stringify(entry, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'お忘れ'
    )
    expect(more).toEqual([])
    const events = await db().prisma.event.findMany({ select: { name: true, properties: true } })
    expect(events).toMatchObject([{ name: 'stamp.granted', properties: { present: true, programme: 'morning' } }])
  })

  test('fills a card like any other', async () => {
    for (const _ of [1, 2, 3]) await give()
    expect(await db().prisma.couponGrant.count()).toBe(1)
  })

  test('is given once for one click, however often it arrives', async () => {
    const cause = 'slack:click'
    const all = await Promise.all(Array.from({ length: 5 }, () => give({}, { cause })))
    expect(all.toSorted()).toEqual(['given', 'known', 'known', 'known', 'known'])
  })

  test('two of the team at once each give theirs', async () => {
    expect(await Promise.all([give(), give({ by: 'UKEN' })])).toEqual(['given', 'given'])
    expect(await db().prisma.stamp.count()).toBe(2)
  })

  test('where no such card takes stamps none is given, and nothing is on record', async () => {
    expect(await give({ programme: 'evening' })).toBe('no_card')
    expect(await givenOnRecord()).toEqual([])
  })
})

describe('each of the team has a limit a day', () => {
  test('which holds when they click ten times at once, whoever gets the stamps, and for each by themselves', async () => {
    await choose('5')
    const others = await Promise.all(
      Array.from({ length: 8 }, async () => (await db().prisma.customer.create({ data: { createdAt: NOON } })).id)
    )
    const all = await Promise.all(others.map((customerId) => give({ customerId })))
    expect(all.filter((kind) => kind === 'given')).toHaveLength(5)
    expect(all.filter((kind) => kind === 'limit')).toHaveLength(3)
    expect(await give({ by: 'UKEN' })).toBe('given')
  })

  test('which begins anew at midnight in Japan', async () => {
    await choose('5')
    const late = testScope(db(), new Date('2026-11-21T23:59:59+09:00'))
    for (const _ of [1, 2, 3, 4, 5]) await give({}, { at: late, cause: `slack:${newId()}` })
    expect(await give({}, { at: late, cause: 'slack:x' })).toBe('limit')
    const next = testScope(db(), new Date('2026-11-22T00:00:00+09:00'))
    expect(await give({}, { at: next, cause: 'slack:y' })).toBe('given')
  })

  test('which may be none at all', async () => {
    await choose('0')
    expect(await give()).toBe('limit')
  })
})
