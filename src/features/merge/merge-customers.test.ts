import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Actors, actorsOf } from '../../../test/support/actors.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { everyRow } from '../../../test/support/every-row.ts'
import { useMatane } from '../../../test/support/matane.ts'
import { customerOf, inWork, liveOnLine, tillCustomer } from '../../../test/support/two-lives.ts'
import { newId } from '../../core/ids.ts'
import type { MergedPair } from '../../platform/feature.ts'
import { customerAttributes, resolveCustomers, tellAttributes } from '../customers/index.ts'
import { personalData as customersData } from '../customers/personal-data.ts'
import { recordFact } from '../events/index.ts'
import { mergeCustomers } from './merge-customers.ts'
import { personalData } from './personal-data.ts'
import { undoMerge } from './undo-merge.ts'

const db = useDatabase()
const world = useMatane(db)
const BY = { kind: 'staff', id: 'U1' } as const
const CITY = { name: 'city', value: '鎌倉', coarse: undefined }
const POS = { kind: 'pos', value: 'M-1' } as const
let actors: Actors
/** Whole lives are lived: on a busy machine that takes its time. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

beforeEach(() => {
  actors = actorsOf(world())
})

const rooms = () => world().matane.features
const merge = (pair: MergedPair) =>
  inWork(world(), (work) => mergeCustomers(work, rooms(), { ...pair, reason: 'staff', by: BY }))
const undo = (id: string) => inWork(world(), (work) => undoMerge(work, rooms(), { id, by: BY }))

async function merged(pair: MergedPair): Promise<string> {
  const done = await merge(pair)
  if (!done.ok) throw new Error(done.kind)
  return done.value.id
}

/** Everything but what says that something was done: the log, its messages, and how often a card was drawn. */
async function lives() {
  const { audit: _, outbox, customer_merge: __, follow_up: followUps = [], ...rows } = await everyRow(db())
  return {
    ...rows,
    outbox: outbox?.filter((row) => !row.includes('test:life:')),
    follow_up: followUps.map((row) => JSON.stringify({ ...JSON.parse(row), version: 0 }))
  }
}

describe('two customers become one', () => {
  test('what is known of both is known of the one who stays, and nothing is left of the other', async () => {
    const { hanako } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    const into = await customerOf(db(), hanako.userId)
    const from = await tillCustomer(world(), [POS, { kind: 'phone', value: '+819012345678' }])
    await merged({ from, into })
    // Their key is the other's now, and says whom it was made for.
    expect(
      JSON.stringify({ ...(await everyRow(db())), customer_merge: [], audit: [], customer_key: [] })
    ).not.toContain(from)
    const stats = await db().prisma.customerStats.findUniqueOrThrow({ where: { customerId: into } })
    expect(stats).toMatchObject({ visits: 2, orders: 3, amountYen: 3003n })
    const kinds = await db().prisma.identity.findMany({ where: { customerId: into }, orderBy: { channel: 'asc' } })
    expect(kinds.map(({ channel }) => channel)).toEqual(['line', 'phone', 'pos'])
    expect(await inWork(world(), (work) => resolveCustomers(work, [{ told: [POS], at: work.now }]))).toEqual([into])
  })

  test('undone at once, every row of every table is what it was', async () => {
    const { hanako } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    const into = await customerOf(db(), hanako.userId)
    const from = await tillCustomer(world(), [POS])
    const before = await lives()
    const id = await merged({ from, into })
    expect(await lives()).not.toEqual(before)
    expect(await undo(id)).toMatchObject({ ok: true, value: { stays: 0 } })
    expect(await lives()).toEqual(before)
  })

  test('so it is for two who both have cards, surveys and follow-ups, whichever of them stays', async () => {
    const { hanako, emma } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    await liveOnLine(world(), emma, 'Too slow')
    const [one, other] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    const before = await lives()
    for (const pair of [
      { from: one, into: other },
      { from: other, into: one }
    ]) {
      const id = await merged(pair)
      const open = await db().prisma.followUp.findMany({ where: { openCustomerId: { not: null } } })
      expect(open).toMatchObject([{ number: 1, customerId: pair.into, openCustomerId: pair.into }])
      expect(await db().prisma.followUpReason.count({ where: { followUpId: open[0]?.id ?? '' } })).toBe(4)
      expect(await db().prisma.stampCard.count({ where: { customerId: pair.into } })).toBe(2)
      expect((await undo(id)).ok).toBe(true)
      expect(await lives()).toEqual(before)
    }
  })

  test('what came since stays with the one who stayed, but for what belongs to a row that goes back', async () => {
    const { hanako, emma } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    await liveOnLine(world(), emma, 'Too slow')
    const [into, from] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    const id = await merged({ from, into })
    await world().advance('1d')
    await emma.scan('kichijoji')
    const stamp = await db().prisma.stamp.findFirstOrThrow({ orderBy: { grantedAt: 'desc' }, include: { card: true } })
    expect(stamp).toMatchObject({ customerId: into, position: 2 })
    const done = await undo(id)
    expect(done).toMatchObject({ ok: true, value: { stays: 2 } })
    const after = await db().prisma.stamp.findUniqueOrThrow({ where: { id: stamp.id }, include: { card: true } })
    expect(after.customerId).toBe(after.card.customerId)
    expect(await db().prisma.customerStats.findUnique({ where: { customerId: into } })).toMatchObject({ visits: 3 })
    expect(await db().prisma.customerStats.findUnique({ where: { customerId: from } })).toMatchObject({ visits: 2 })
  })

  test('messages of both accounts go on being answered, and cards with stamps are filled one after the other', async () => {
    const { hanako, emma } = actors
    await liveOnLine(world(), hanako, '待ち時間が長い')
    await liveOnLine(world(), emma, 'Too slow')
    const [into, from] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    await merged({ from, into })
    await hanako.say('スタンプ')
    await emma.say('ヘルプ')
    expect(hanako.lastVia()).toBe('reply')
    expect(emma.lastText()).toContain('このトーク')
    const cards = () => db().prisma.stampCard.findMany({ include: { stamps: true }, orderBy: { number: 'asc' } })
    const [, card] = await cards()
    const more = Array.from({ length: 8 }, (_, n) => ({
      position: n + 2,
      shop: 'kichijoji',
      cause: `c${n}`,
      code: `c${n}`
    }))
    const grantedAt = new Date('2026-01-01T00:00:00Z')
    const stamps = more.map((stamp) => ({ ...stamp, cardId: card?.id ?? '', customerId: into, grantedAt }))
    await db().prisma.stamp.createMany({ data: stamps })
    for (const _ of ['the newer card is full', 'the older one goes on']) {
      await world().advance('1d')
      await hanako.scan('kichijoji')
    }
    expect((await cards()).map((each) => each.stamps.length)).toEqual([2, 10])
  })
})

describe('when somebody is erased', () => {
  test('nothing of those they were before is left to come back, however long the chain', async () => {
    const ids = []
    for (const value of ['A', 'B', 'C']) ids.push(await tillCustomer(world(), [{ kind: 'ec', value }]))
    const [a = '', b = '', c = ''] = ids
    await merged({ from: a, into: b })
    const last = await merged({ from: b, into: c })
    const shown = await inWork(world(), (work) => personalData.export(work, c))
    expect(shown.customer_merge).toHaveLength(2)
    await inWork(world(), (work) => personalData.erase(work, c))
    expect(await db().prisma.customerMergeRow.count()).toBe(0)
    expect(await db().prisma.audit.count({ where: { customerId: b, detailSealed: { not: null } } })).toBe(0)
    expect(await undo(last)).toEqual({ ok: false, kind: 'forgotten' })
    expect(await db().prisma.customer.count()).toBe(1)
  })
})

describe('customers’ own keys', () => {
  const nameOf = async (id: string) => {
    const { nameSealed } = await db().prisma.customer.findUniqueOrThrow({ where: { id } })
    return nameSealed && db().cipher.open('customer.name', nameSealed)
  }

  test('go with what they sealed, and whoever is erased after a merge was undone takes only their own', async () => {
    const { hanako, emma } = actors
    await hanako.follow()
    await emma.follow()
    const [into, from] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    const id = await merged({ from, into })
    expect(await db().prisma.customerKey.count({ where: { customerId: into } })).toBe(2)
    await inWork(world(), (work) =>
      tellAttributes(work, [{ customerId: into, at: work.now, by: 'pos', attributes: [CITY] }])
    )
    await undo(id)
    for (const { id: key } of await db().prisma.customerKey.findMany()) db().cipher.keys.drop(key)
    await inWork(world(), (work) => customersData.erase(work, from))
    expect(await nameOf(into)).toBe('佐藤 花子')
    expect(await inWork(world(), ({ tx, cipher }) => customerAttributes(tx, cipher, into))).toEqual(
      new Map([['city', '鎌倉']])
    )
    expect(await db().prisma.customerKey.count()).toBe(1)
  })

  test('of all who are one person go when that person is erased', async () => {
    const { hanako, emma } = actors
    await hanako.follow()
    await emma.follow()
    const [into, from] = [await customerOf(db(), hanako.userId), await customerOf(db(), emma.userId)]
    await merged({ from, into })
    await inWork(world(), (work) => customersData.erase(work, into))
    expect(await db().prisma.customerKey.count()).toBe(0)
  })
})

describe('what stands against it', () => {
  test('the same merge told again changes nothing and is answered the same', async () => {
    const [from, into] = [
      await tillCustomer(world(), [POS]),
      await tillCustomer(world(), [{ kind: 'ec', value: 'E1' }])
    ]
    const first = await merged({ from, into })
    expect(await merge({ from, into })).toMatchObject({ ok: true, value: { id: first } })
    expect(await db().prisma.customerMerge.count()).toBe(1)
    expect(await merge({ from: newId(), into })).toEqual({ ok: false, kind: 'gone' })
    expect(await merge({ from: into, into })).toEqual({ ok: false, kind: 'same' })
  })

  test('merges at once, crosswise and of the same customers, leave one of them', async () => {
    const three = []
    for (const value of ['A', 'B', 'C']) three.push(await tillCustomer(world(), [{ kind: 'ec', value }]))
    const [a = '', b = '', c = ''] = three
    const pairs = [
      ...[
        { from: a, into: b },
        { from: b, into: a },
        { from: b, into: c },
        { from: c, into: a }
      ],
      ...[
        { from: a, into: b },
        { from: c, into: b }
      ]
    ]
    await Promise.all(pairs.map(merge))
    const left = await db().prisma.customer.findMany()
    expect(await db().prisma.customerMerge.count()).toBe(3 - left.length)
    expect(await db().prisma.event.count()).toBe(9)
    expect(await db().prisma.identity.count({ where: { customerId: { in: left.map(({ id }) => id) } } })).toBe(3)
    const stats = await db().prisma.customerStats.findMany()
    expect(stats.reduce((sum, { orders }) => sum + orders, 0)).toBe(9)
  })

  test('events that arrive during a merge go to the one who stays', async () => {
    const [from, into] = [
      await tillCustomer(world(), [POS]),
      await tillCustomer(world(), [{ kind: 'ec', value: 'E1' }])
    ]
    const told = Array.from({ length: 8 }, (_, n) =>
      inWork(world(), async (work) => {
        const [customerId = ''] = await resolveCustomers(work, [{ told: [POS], at: work.now }])
        const fact = { customerId, name: 'visit', at: work.now, source: 'pos', sourceId: `during ${n}`, properties: {} }
        await recordFact(work, fact)
      })
    )
    await Promise.all([...told.slice(0, 4), merge({ from, into }), ...told.slice(4)])
    expect(await db().prisma.customer.count()).toBe(1)
    expect(await db().prisma.customerStats.findMany()).toMatchObject([{ customerId: into, visits: 8, orders: 6 }])
  })

  test('merges are undone from the newest on, each once', async () => {
    const ids = []
    for (const value of ['A', 'B', 'C']) ids.push(await tillCustomer(world(), [{ kind: 'ec', value }]))
    const [a = '', b = '', c = ''] = ids
    const before = await lives()
    const first = await merged({ from: a, into: b })
    const second = await merged({ from: b, into: c })
    expect(await undo(first)).toEqual({ ok: false, kind: 'not_newest' })
    expect((await undo(second)).ok).toBe(true)
    expect((await undo(first)).ok).toBe(true)
    expect(await undo(first)).toEqual({ ok: false, kind: 'undone' })
    expect(await undo(newId())).toEqual({ ok: false, kind: 'gone' })
    expect(await lives()).toEqual(before)
  })
})
