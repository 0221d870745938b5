import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { testEngine, testScope } from '../../../../test/support/queue.ts'
import { member, staffDesk } from '../../../../test/support/staff-desk.ts'
import { slackClients } from '../../../platform/slack/clients.ts'
import { slackFiles } from '../../../platform/slack/files.ts'
import { createFakeSlack } from '../../../sandbox/slack/index.ts'
import { eventsFeature } from '../../events/index.ts'
import { settingsFeature } from '../../settings/index.ts'
import { type Kind, transferFeature } from '../index.ts'
import { uploadCard } from '../slack/card.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const ENGLISH = member('UKATE', { role: 'manager', locale: 'en' })
const API = 'http://slack.test/api/'

/** The room alone: its form and buttons, the queue, and files in a fake workspace. */
function setUp() {
  const scope = testScope(db())
  const fake = createFakeSlack({
    ...{ signingSecret: 's', botToken: 'xoxb', now: () => scope.at, apiUrl: () => API },
    deliver: async () => new Response()
  })
  const fetch: typeof globalThis.fetch = (url, init) => fake.fetch(new Request(url, init))
  const slack = { botToken: 'xoxb', apiUrl: API }
  const room = transferFeature(slackFiles(slackClients({ slack, log: scope.log, fetch }), { slack, fetch }))
  const features = [eventsFeature, room, settingsFeature([])]
  const desk = staffDesk(scope, features)
  const engine = () => testEngine(scope, { features, consumers: room.inbox ?? [] })
  const world = {
    scope,
    desk,
    engine,
    async bring(text: string, kind: Kind = 'visits') {
      const seen = await desk.command(BOSS, '/matane import', '')
      const [view] = seen.modals
      if (!view) throw new Error('No form')
      const bytes = new TextEncoder().encode(text)
      const id = fake.addFile(BOSS.id, { name: 'file.csv', bytes })
      const files = { file: [{ id, name: 'file.csv', sizeBytes: bytes.length }] }
      return desk.submit(BOSS, view, { kind }, files)
    },
    async row() {
      return db().prisma.importUpload.findFirstOrThrow({ orderBy: { id: 'desc' } })
    },
    async card() {
      return JSON.stringify((await uploadCard(db(), (await world.row()).id))?.blocks)
    },
    press: async (actionId: string, who = BOSS) => desk.click(who, actionId, { value: (await world.row()).id })
  }
  return world
}

const visits = (count: number) =>
  `customer_id,visited_at\n${Array.from({ length: count }, (_, n) => `C${n % 9},2026-01-${(n % 28) + 1}`).join('\n')}\n`

describe('on its way a file', () => {
  test('is read, tried and waits; imported, its counts are those of the trial', async () => {
    const { bring, row, card, press, engine } = setUp()
    await bring(`${visits(700)}C1,,\nC1,2099-01-01\n`)
    expect(await row()).toMatchObject({ state: 'reading', broughtBy: 'UBOSS' })
    expect(await card()).toContain('読んでいます')
    await engine().drain()
    const tried = await row()
    expect(tried).toMatchObject({ state: 'ready', rows: 702, failed: 2, parts: 2, imported: 700, duplicates: 0 })
    expect(await db().prisma.event.count()).toBe(0)
    await press('transfer.take')
    expect(await card()).toContain('0 / 700 行')
    await engine().drain()
    const { state, imported, duplicates, decidedBy } = await row()
    expect({ state, imported, duplicates, decidedBy }).toEqual({
      ...{ state: 'done', decidedBy: 'UBOSS' },
      ...{ imported: tried.imported, duplicates: tried.duplicates }
    })
  })

  test('goes on where it was when a worker dies between two parts, and counts nothing twice', async () => {
    const { bring, row, press, engine } = setUp()
    await bring(visits(1_100))
    await engine().drain()
    await press('transfer.take')
    // The worker gets one part done, and dies over the next: its lease runs out.
    await db().query(
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.part = 2 THEN RAISE EXCEPTION 'the worker is gone'; END IF; RETURN NEW; END $$`
    )
    await db().query('CREATE TRIGGER die BEFORE UPDATE ON import_upload FOR EACH ROW EXECUTE FUNCTION die()')
    try {
      await engine().drain()
      expect(await row()).toMatchObject({ state: 'importing', part: 1, imported: 500 })
      expect(await db().prisma.event.count()).toBe(500)
    } finally {
      await db().query('DROP TRIGGER die ON import_upload')
      await db().query('DROP FUNCTION die()')
    }
    await db().query("UPDATE inbox SET state = 'ready', attempts = 0, run_at = now() WHERE state IN ('ready', 'dead')")
    await engine().drain()
    expect(await row()).toMatchObject({ state: 'done', part: 3, imported: 1_100, duplicates: 0 })
    expect(await db().prisma.event.count()).toBe(1_100)
  })

  test('tells what is in it twice, and what is known, apart from what is new', async () => {
    const { bring, row, press, engine } = setUp()
    const orders =
      'customer_id,ordered_at,amount,order_id\n1,2026-01-05,500,X1\n1,2026-01-05,500,X1\n1,2026-01-06,700,X2\n'
    await bring(orders, 'orders')
    await engine().drain()
    expect(await row()).toMatchObject({ rows: 3, repeated: 1, imported: 2, duplicates: 0 })
    await press('transfer.take')
    await engine().drain()
    await bring(orders, 'orders')
    await engine().drain()
    expect(await row()).toMatchObject({ rows: 3, repeated: 1, imported: 0, duplicates: 2 })
  })

  test('of customers brings what is told of them', async () => {
    const { bring, press, engine, card } = setUp()
    await bring('会員番号,氏名,メールアドレス,タグ\nM1,佐藤 花子,hana@example.jp,常連\n', 'customers')
    await engine().drain()
    expect(await card()).not.toContain('花子')
    await press('transfer.take')
    await engine().drain()
    expect(await db().prisma.customerTag.findMany()).toMatchObject([{ tag: '常連' }])
    expect(JSON.stringify(await db().query('SELECT * FROM import_upload'))).not.toContain('file.csv')
  })

  test('in which no row can be taken has nothing to press but to leave it', async () => {
    const { bring, card, engine, row } = setUp()
    await bring('customer_id,visited_at\n1,いつか\n')
    await engine().drain()
    expect(await row()).toMatchObject({ state: 'ready', failed: 1, parts: 0 })
    const shown = await card()
    expect(shown).toContain('取り込める行がありません')
    expect(shown).not.toContain('transfer.take')
    expect(shown).toContain('transfer.leave')
  })
})

describe('who presses', () => {
  test('late is told what became of it', async () => {
    const { bring, press, engine } = setUp()
    await bring(visits(3))
    await engine().drain()
    await press('transfer.leave')
    const { whispers } = await press('transfer.take', ENGLISH)
    expect(whispers.map(({ text }) => text)).toEqual(['This file is “↩️ Not imported” already, so nothing was changed.'])
    await engine().drain()
    expect(await db().prisma.event.count()).toBe(0)
  })

  test('on a card whose file is forgotten is told so, and on a forged one', async () => {
    const { desk } = setUp()
    for (const value of ['01a2212f-0a94-769a-841c-aff8da75b3a6', "'; DROP TABLE customer; --"])
      for (const action of ['transfer.take', 'transfer.leave', 'transfer.faults']) {
        const { whispers } = await desk.click(BOSS, action, { value })
        expect(whispers).toMatchObject([{ text: expect.stringContaining('もうありません') }])
      }
  })

  test('to see the rows that cannot be taken sees them all, by line and column, without what stands there', async () => {
    const { bring, press, engine, card } = setUp()
    const bad = Array.from({ length: 170 }, () => '花子の番号,13/45').join('\n')
    await bring(`customer_id,visited_at\n1,2026-01-05\n${bad}\n`)
    await engine().drain()
    expect(await card()).toContain('170行のうち5行')
    const { modals } = await press('transfer.faults', ENGLISH)
    const shown = JSON.stringify(modals[0])
    expect(shown).toContain('line 152, visited_')
    expect(shown).toContain('And 20 more')
    expect(shown).not.toContain('花子')
    expect(modals[0]?.blocks.length).toBeLessThanOrEqual(100)
  })
})
