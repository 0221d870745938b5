import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { recordEvents } from '../events/index.ts'
import { countRefs, createRef, keepTouches, rebuildAttribution, refLink, touchesOf } from './index.ts'

const db = useDatabase()
const at = (hour: number) => new Date(Date.UTC(2026, 10, 21, hour))

async function someone(): Promise<string> {
  return (await db().prisma.customer.create({ data: { createdAt: at(0) } })).id
}

let told = 0
async function tell(customerId: string, hour: number, properties: Record<string, string>, sourceId = `${++told}`) {
  await tellAll([{ customerId, name: 'page.viewed', at: at(hour), source: 'web', sourceId, properties }])
}

/** Records events and keeps what those that are new tell, as those who take them in do. */
const tellAll = (events: Parameters<typeof recordEvents>[1]) =>
  db().transaction(async (tx) => {
    const work = { tx, cipher: db().cipher, now: at(12), timeZone: 'Asia/Tokyo' }
    const outcomes = await recordEvents(work, events)
    await keepTouches(
      work,
      events.filter((_, index) => outcomes[index] === 'recorded')
    )
  })

const rows = () => db().prisma.attribution.findMany({ orderBy: [{ customerId: 'asc' }, { which: 'asc' }] })
const rebuild = (...ids: string[]) => db().transaction((tx) => rebuildAttribution({ tx }, ids))

describe('the first touch and the last', () => {
  test('are the earliest and the latest by their own time, in whatever order they are told', async () => {
    const orders = [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1],
      [2, 1, 3]
    ]
    for (const order of orders) {
      const id = await someone()
      for (const hour of order) await tell(id, hour, { utm_source: `s${hour}`, variant: `v${hour}` })
      expect(await touchesOf(db().prisma, id), order.join()).toMatchObject({
        first: { at: at(1), source: 's1', lpVariant: 'v1' },
        last: { at: at(3), source: 's3', lpVariant: 'v3' }
      })
    }
  })

  test('of two at the same moment the same one counts, whichever is told first', async () => {
    const [one, other] = [await someone(), await someone()]
    await tell(one, 1, { ref: 'a' }, 'x1')
    await tell(one, 1, { ref: 'b' }, 'x2')
    await tell(other, 1, { ref: 'b' }, 'y2')
    await tell(other, 1, { ref: 'a' }, 'y1')
    for (const id of [one, other])
      expect(await touchesOf(db().prisma, id)).toMatchObject({ first: { ref: 'a' }, last: { ref: 'b' } })
  })

  test('of a batch are what they are one by one, also of two customers', async () => {
    const [one, other] = [await someone(), await someone()]
    const page = (customerId: string, hour: number) => ({
      ...{ customerId, name: 'page.viewed', at: at(hour), source: 'web', sourceId: `${customerId} ${hour}` },
      properties: { utm_source: `s${hour}` }
    })
    await tellAll([2, 3, 1].flatMap((hour) => [page(one, hour), page(other, hour + 3)]))
    expect(await touchesOf(db().prisma, one)).toMatchObject({ first: { source: 's1' }, last: { source: 's3' } })
    expect(await touchesOf(db().prisma, other)).toMatchObject({ first: { source: 's4' }, last: { source: 's6' } })
  })

  test('are not moved by pages that tell nothing, nor by what is told twice', async () => {
    const id = await someone()
    await tell(id, 1, { path: '/menu' })
    expect(await touchesOf(db().prisma, id)).toBeUndefined()
    await tell(id, 2, { utm_source: 'google' }, 'same')
    await tell(id, 5, { path: '/menu' })
    await tell(id, 2, { utm_source: 'google' }, 'same')
    expect(await rows()).toMatchObject([
      { which: 'first', at: at(2) },
      { which: 'last', at: at(2), source: 'google' }
    ])
  })

  test('made anew from the events are what they were; after events moved, what they would have been', async () => {
    const [anonymous, known] = [await someone(), await someone()]
    await tell(anonymous, 1, {
      utm_source: 'google',
      utm_campaign: 'spring',
      utm_medium: 'cpc',
      ref: 'r',
      variant: 'B'
    })
    await tell(anonymous, 2, { path: '/' })
    await tell(known, 3, { utm_content: 'c', utm_term: 't' })
    const before = await rows()
    await rebuild(anonymous, known)
    expect(await rows()).toEqual(before)
    await db().prisma.event.updateMany({ where: { customerId: anonymous }, data: { customerId: known } })
    await rebuild(anonymous, known)
    expect(await touchesOf(db().prisma, anonymous)).toBeUndefined()
    expect(await touchesOf(db().prisma, known)).toMatchObject({
      first: { source: 'google', campaign: 'spring', ref: 'r' },
      last: { content: 'c', term: 't', at: at(3) }
    })
  })
})

describe('a ref code', () => {
  const create = (code: string, label?: string) => db().transaction((tx) => createRef(tx, { code, label, at: at(0) }))

  test('is made once, in small letters, and counted by whom it brought first and last', async () => {
    expect(await create('Poster-A', '駅前のポスター')).toEqual({ ok: true, value: 'poster-a' })
    expect(await create('poster-a')).toEqual({ ok: false, kind: 'taken' })
    expect(await create('lp_1')).toMatchObject({ ok: true })
    const id = await someone()
    await tell(id, 1, { ref: 'poster-a' })
    await tell(id, 2, { ref: 'lp_1' })
    expect(await countRefs(db().prisma)).toEqual([
      { code: 'lp_1', label: 'lp_1', first: 0, last: 1 },
      { code: 'poster-a', label: '駅前のポスター', first: 1, last: 0 }
    ])
  })

  test.each(['', '-a', 'a b', 'あ', 'a'.repeat(33), `'; DROP`])('"%s" makes none', async (code) => {
    expect(await create(code)).toEqual({ ok: false, kind: 'bad' })
  })

  test('stands in a link that opens the chat with the text written', () => {
    const link = new URL(refLink('@matane', 'poster-a'))
    expect(decodeURIComponent(link.pathname)).toBe('/R/oaMessage/@matane/')
    expect(decodeURIComponent(link.search.slice(1))).toBe('はじめまして（ref: poster-a）')
  })
})
