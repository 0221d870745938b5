import { beforeEach, describe, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { shiftJis } from '../support/encodings.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

const slack = () => world().sandbox.fakes.slack
const alerts = () => world().sandbox.slack.alertChannel
const VISITS = '会員番号,来店日,金額,メモ\nA001,2026/1/5,"￥1,200",窓側\nA002,2026/1/6,,\nA001,いつか,,\n'

interface Given {
  readonly name?: string
  readonly kind?: string
  readonly bytes?: Uint8Array<ArrayBuffer>
}

/** What a manager does: the command, the form with a file, and then what the product does by itself. */
async function bring(text: string, { name = 'visits.csv', kind = 'visits', bytes }: Given = {}) {
  const boss = actors.manager.id
  await slack().command(boss, alerts(), '/matane', 'import')
  await world().settle()
  const file = slack().addFile(boss, { name, bytes: bytes ?? new TextEncoder().encode(text) })
  const answer = await slack().submitModal(boss, { kind, file })
  await world().settle()
  return answer
}

/** The newest card of a file, as text. */
function card() {
  const message = slack()
    .messages(alerts())
    .findLast(({ text }) => text.includes('CSV'))
  return { ts: message?.ts ?? '', says: JSON.stringify(message?.blocks) }
}

async function press(who: { readonly id: string }, actionId: string) {
  await slack().click(who.id, { channel: alerts(), ts: card().ts, actionId })
  await world().settle()
}

const whispers = (who: { readonly id: string }) =>
  slack()
    .ephemerals(who.id)
    .map(({ text }) => text)

describe('a file that a manager brings', () => {
  test('is shown with what it says, changes nothing before somebody decides, and is imported then', async () => {
    await bring('', { bytes: Uint8Array.from(shiftJis(VISITS)) })
    const { says } = card()
    for (const words of ['確認待ち', 'visits.csv', '*行*\\n3', '*新しく取り込む*\\n2', '*取り込めない行*\\n1'])
      expect(says).toContain(words)
    for (const words of [
      '会員番号 → 顧客ID',
      '来店日 → 来店日時',
      '使わない列: メモ',
      '4行目・来店日: 日付',
      '2行を取り込む'
    ])
      expect(says).toContain(words)
    expect(says).not.toContain('いつか')
    expect([await db().prisma.event.count(), await db().prisma.customer.count()]).toEqual([0, 0])
    await press(actors.manager, 'transfer.take')
    expect(card().says).toContain('取り込み完了')
    expect(card().says).toContain('*取り込んだ*\\n2')
    expect(await db().prisma.event.count({ where: { name: 'visit' } })).toBe(2)
    expect(await db().prisma.importUploadPart.count()).toBe(0)
    expect(await db().prisma.audit.findMany({ where: { action: 'data.import' } })).toMatchObject([
      { actorId: actors.manager.id }
    ])
    await bring(VISITS)
    expect(card().says).toContain('*登録済み*\\n2')
  })

  test('of many rows is imported part by part, once, however often and by whomever its button is pressed', async () => {
    const rows = Array.from({ length: 603 }, (_, n) => `M${n % 40},2026/2/${(n % 28) + 1},${n}`)
    await bring(`会員番号,来店日,金額\n${rows.join('\n')}\n`)
    expect(await db().prisma.importUploadPart.count()).toBe(2)
    const { ts } = card()
    await Promise.all(
      [actors.manager, actors.manager, actors.manager].map(({ id }) =>
        slack().click(id, { channel: alerts(), ts, actionId: 'transfer.take' })
      )
    )
    await world().settle()
    expect(card().says).toContain('*取り込んだ*\\n603')
    expect(await db().prisma.event.count()).toBe(603)
    expect(await db().prisma.audit.count({ where: { action: 'data.import' } })).toBe(1)
    expect(whispers(actors.manager).join()).toContain('変更はありません')
  })

  test('is a manager’s matter, among themselves: others are told so, at the command and at the button', async () => {
    const partner = slack()
      .channels()
      .find(({ name }) => name === 'partner')
    for (const [who, where] of [
      [actors.aya, alerts()],
      [actors.manager, partner?.id ?? '']
    ] as const) {
      await slack().command(who.id, where, '/matane', 'import')
      await world().settle()
      expect(slack().modal(who.id)).toEqual([])
    }
    await bring(VISITS)
    await press(actors.aya, 'transfer.take')
    expect(whispers(actors.aya).filter((text) => text.includes('マネージャー'))).toHaveLength(2)
    expect(card().says).toContain('確認待ち')
  })
})

test('what cannot be taken says so where it is seen: in the form, or on its card once it was looked into', async () => {
  const { ok, errors } = await bring('', { name: '顧客.xlsx', bytes: new TextEncoder().encode('PK') })
  expect(ok).toBe(false)
  expect(errors.file).toContain('CSV UTF-8')
  expect(await db().prisma.importUpload.count()).toBe(0)
  await slack().closeModal(actors.manager.id)
  slack().faults.failNext('files.info', { kind: 'error', error: 'missing_scope' })
  await bring(VISITS)
  expect(card().says).toContain('取り込めません')
  expect(card().says).toContain('files:read')
})
