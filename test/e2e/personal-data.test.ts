import { expect, test, vi } from 'vitest'
import { actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'
import { personalTables } from '../support/personal-tables.ts'

// A whole story each.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const db = useDatabase()
const world = useMatane(db)

/** Tables with something sealed or a key that are about nobody. A new one here needs a reason. */
const ABOUT_NOBODY: Readonly<Record<string, string>> = {
  shop: 'secrets of counters'
}

const rooms = () => world().matane.features.flatMap(({ personalData }) => personalData ?? [])
const claimed = () => rooms().flatMap(({ tables }) => tables)

async function exported(id: string) {
  const parts = await db().transaction(async (tx) => {
    const reading = { tx, cipher: db().cipher }
    const kept = []
    for (const room of rooms()) kept.push(await room.export(reading, id))
    return kept
  })
  return Object.assign({}, ...parts) as Record<string, Record<string, unknown>[]>
}

test('every table that is about a person is claimed by one room, so that nothing is forgotten to be shown or erased', async () => {
  const tables = await personalTables(db())
  expect(tables.length).toBeGreaterThan(15)
  expect(tables.filter((name) => !claimed().includes(name) && !(name in ABOUT_NOBODY))).toEqual([])
  expect(claimed().filter((name, index) => claimed().indexOf(name) !== index)).toEqual([])
  expect(Object.keys(ABOUT_NOBODY).filter((name) => claimed().includes(name))).toEqual([])
})

test('a room claims only tables that there are', async () => {
  const rows = await db().query<{ name: string }>(`SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p')`)
  const names = rows.map(({ name }) => name)
  expect(claimed().filter((name) => !names.includes(name))).toEqual([])
})

test.each([
  [`CREATE TABLE pet (id uuid, customer_id uuid)`, 'pet'],
  [`CREATE TABLE pet (id uuid, owner uuid REFERENCES customer (id))`, 'pet'],
  [`CREATE TABLE pet (id uuid, card uuid REFERENCES stamp_card (id))`, 'pet'],
  [`CREATE TABLE pet (id uuid, words_sealed text)`, 'pet'],
  [`CREATE TABLE pet (customer_id uuid, at date) PARTITION BY RANGE (at)`, 'pet']
])('a table that nobody claims is seen: %s', async (sql, name) => {
  await expect(
    db().transaction(async (tx) => {
      await tx.$executeRawUnsafe(sql)
      expect(await personalTables({ query: (text) => tx.$queryRawUnsafe(text) })).toContain(name)
      throw new Error('taken back')
    })
  ).rejects.toThrow('taken back')
})

test('partitions count as their table', async () => {
  await db().query(`SELECT ensure_event_month('2026-11-21')`)
  expect((await personalTables(db())).filter((name) => name.startsWith('event'))).toEqual(['event'])
})

/** A customer who did a bit of everything; their id. */
async function alive(person: ReturnType<typeof actorsOf>['hanako'], aya: ReturnType<typeof actorsOf>['aya']) {
  await person.follow()
  await person.scan('kichijoji')
  await person.say('3')
  await person.say('席が寒かったです')
  await aya.click('follow_up.claim')
  await aya.mention('タグ 価格')
  const externalHash = db().cipher.blindIndex('identity.external', person.userId)
  return (await db().prisma.identity.findFirstOrThrow({ where: { externalHash } })).customerId
}

/** How many rows of each claimed table there are that a room shows for a customer. */
const counts = async (id: string) =>
  Object.fromEntries(Object.entries(await exported(id)).map(([name, rows]) => [name, rows.length]))

test('all that is kept is shown, opened, without hashes and without the ids of staff', async () => {
  const { hanako, aya } = actorsOf(world())
  const kept = await exported(await alive(hanako, aya))
  // "hook" is what lies in the inbox and names them.
  expect(Object.keys(kept).filter((name) => !claimed().includes(name))).toEqual(['hook'])
  expect(kept).toMatchObject({
    customer: [{ name: '佐藤 花子', locale: 'ja' }],
    identity: [{ channel: 'line', external: hanako.userId }],
    customer_tag: [{ tag: '価格' }],
    customer_stats: [{ visits: 1, last_nps: 3 }],
    stamp: [{ position: 1, shop: 'kichijoji' }],
    survey_answer: [{ number: 3 }, { text: '席が寒かったです' }],
    flow_run: [{ flow: 'welcome' }, { flow: 'nps', facts: { facts: { score: 3 } } }],
    follow_up: [{ priority: 'high' }],
    follow_up_reason: [
      { kind: 'nps', score: 3, words: null },
      { kind: 'nps', words: '席が寒かったです' }
    ],
    inbox: expect.arrayContaining([
      expect.objectContaining({ message: expect.objectContaining({ text: '席が寒かったです' }) })
    ]),
    outbox: expect.arrayContaining([expect.objectContaining({ outcome: 'replied' })])
  })
  const text = JSON.stringify(kept)
  expect(text).not.toContain(aya.id)
  expect(text).not.toContain('_hash')
  expect(text).not.toContain('_sealed')
  expect(text).not.toContain('replyToken')
})

test('what is erased is erased for one person, in any number of tries, and for nobody else', async () => {
  const { hanako, emma, aya } = actorsOf(world())
  const [hers, emmas] = [await alive(hanako, aya), await alive(emma, aya)]
  const before = await counts(emmas)
  const erase = () =>
    world().matane.context.perform(crypto.randomUUID(), async (work) => {
      for (const room of rooms().reverse()) await room.erase(work, hers)
    })
  await erase()
  await erase()
  const left = Object.entries(await counts(hers)).filter(([, count]) => count > 0)
  // That there were messages stays, without what they said; so do the log of who did what, and when staff did their work.
  expect(left.map(([name]) => name).sort()).toEqual(['audit', 'follow_up', 'follow_up_activity', 'outbox'])
  expect(await counts(emmas)).toEqual(before)
  const sent = await db().prisma.outbox.findMany({ where: { customerId: hers } })
  expect(new Set(sent.map(({ payloadSealed, state }) => `${state} ${payloadSealed}`))).toEqual(new Set(['done ']))
  expect(await db().prisma.inbox.count({ where: { key: 'erased', bodySealed: { not: '' } } })).toBe(0)
})
