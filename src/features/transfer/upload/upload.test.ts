import { describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { lookEverywhere } from '../../../../test/support/look-everywhere.ts'
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
  const room = transferFeature({
    files: slackFiles(slackClients({ slack, log: scope.log, fetch }), { slack, fetch }),
    mayExport: async () => true
  })
  const features = [eventsFeature, room, settingsFeature([])]
  const desk = staffDesk(scope, features)
  const engine = () => testEngine(scope, { features, consumers: room.inbox ?? [] })
  const world = {
    fake,
    scope,
    desk,
    engine,
    async bring(text: string, kind: Kind = 'visits', given: { name?: string; sizeBytes?: number } = {}) {
      const seen = await desk.command(BOSS, '/matane import', '')
      const [view] = seen.modals
      if (!view) throw new Error('No form')
      const bytes = new TextEncoder().encode(text)
      const { name = 'file.csv', sizeBytes = bytes.length } = given
      const id = fake.addFile(BOSS.id, { name, bytes })
      const files = { file: [{ id, name, sizeBytes }] }
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
    await bring(`${visits(3)}C1,,\nC1,2099-01-01\n`)
    expect(await row()).toMatchObject({ state: 'reading', broughtBy: 'UBOSS' })
    expect(await card()).toContain('読んでいます')
    await engine().drain()
    const tried = await row()
    expect(tried).toMatchObject({ state: 'ready', rows: 5, failed: 2, parts: 1, imported: 3, duplicates: 0 })
    expect(await db().prisma.event.count()).toBe(0)
    await press('transfer.take')
    expect(await card()).toContain('0 / 3 行')
    await engine().drain()
    const { state, imported, duplicates, decidedBy } = await row()
    expect({ state, imported, duplicates, decidedBy }).toEqual({
      ...{ state: 'done', decidedBy: 'UBOSS' },
      ...{ imported: tried.imported, duplicates: tried.duplicates }
    })
  })

  test('goes on where it was when a worker dies between two parts, and counts nothing twice', async () => {
    const { bring, row, press, engine } = setUp()
    await bring(visits(601))
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
    expect(await row()).toMatchObject({ state: 'done', part: 2, imported: 601, duplicates: 0 })
    expect(await db().prisma.event.count()).toBe(601)
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

describe('a file that cannot be taken', () => {
  test.each([
    ['is a spreadsheet', 'x', { name: '顧客.xlsx' }, 'CSV UTF-8'],
    ['is a picture', 'x', { name: 'photo.png' }, 'CSVファイル'],
    ['is empty', '', {}, '何も入っていません'],
    ['is too large', 'x', { sizeBytes: 20 * 1_048_576 + 1 }, '20MB']
  ])('because it %s is refused in the form, kindly', async (_, text, given, words) => {
    const { bring } = setUp()
    expect((await bring(text, 'visits', given)).errors?.file).toContain(words)
    expect(await db().prisma.importUpload.count()).toBe(0)
  })

  test('no file at all is asked for', async () => {
    const { desk } = setUp()
    const [view] = (await desk.command(ENGLISH, '/matane import', '')).modals
    if (!view) throw new Error('No form')
    expect((await desk.submit(ENGLISH, view, { kind: 'visits' })).errors).toEqual({ file: 'Choose a file.' })
  })

  test.each([
    ['a spreadsheet under another name', 'PK\u0003\u0004\u0014\u0000', 'CSVファイルではありません'],
    ['a file without the columns', 'なまえ,メモ\n花子,窓側\n', 'どの列かわからない'],
    ['a chat of LINE', '送信者タイプ,送信者名,送信日,送信時刻,内容\n', 'トーク履歴'],
    ['one with blank lines alone', '\n\n', '何も入っていません']
  ])('%s says so on its card, and keeps nothing', async (_, text, words) => {
    const { bring, card, engine } = setUp()
    await bring(text)
    await engine().drain()
    expect(await card()).toContain('取り込めません')
    expect(await card()).toContain(words)
    expect(await card()).not.toContain('transfer.')
    expect(await db().prisma.importUploadPart.count()).toBe(0)
  })

  test.each([
    ['was deleted meanwhile', 'files.info', { kind: 'error', error: 'file_not_found' }, '見つかりませんでした'],
    ['is deleted while it is fetched', 'files-pri/', { kind: 'status', status: 404 }, '見つかりませんでした'],
    ['the app may not read', 'files.info', { kind: 'error', error: 'missing_scope' }, 'files:read']
  ] as const)('one that %s says so, and what to do', async (_, method, fault, words) => {
    const { bring, card, engine, fake } = setUp()
    fake.faults.failNext(method, fault)
    await bring(visits(1))
    await engine().drain()
    expect(await card()).toContain(words)
  })

  test('while Slack is in trouble it waits, and is read later', async () => {
    const { bring, row, engine, fake } = setUp()
    fake.faults.failNext('files-pri/', { kind: 'status', status: 503 })
    await bring(visits(1))
    await engine().drain()
    await db().query("UPDATE inbox SET run_at = now() WHERE state = 'ready'")
    await engine().drain()
    expect(await row()).toMatchObject({ state: 'ready', rows: 1 })
  })
})

test('what waits in a file is sealed, and goes with whoever is erased; to leave the file forgets it all', async () => {
  const { bring, engine, desk, press } = setUp()
  await bring('会員番号,氏名\nA001,佐藤\n', 'customers')
  await engine().drain()
  await press('transfer.take')
  await engine().drain()
  const [customer] = await db().prisma.customer.findMany()
  await bring('会員番号,氏名,電話\nA001,佐藤 花子,\nA002,鈴木 太郎,090-1234-5678\n', 'customers')
  await engine().drain()
  expect(JSON.stringify(await db().query('SELECT * FROM import_upload_part'))).not.toMatch(/A00|佐藤|鈴木/)
  const kept = () => lookEverywhere(db())
  expect(await kept()).toContain('佐藤 花子')
  await desk.perform('erase', async (work) => {
    for (const room of work.personalData) await room.erase(work, customer?.id ?? '')
  })
  expect(await kept()).not.toContain('佐藤 花子')
  expect(await kept()).toContain('鈴木 太郎')
  await press('transfer.leave')
  expect(await kept()).not.toContain('鈴木 太郎')
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
