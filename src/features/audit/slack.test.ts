import type { KnownBlock } from '@slack/types'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { whispered } from '../../../test/support/slack-desk.ts'
import { slackWorld } from '../../../test/support/slack-world.ts'
import { member, type Seen } from '../../../test/support/staff-desk.ts'
import { tamper } from '../../../test/support/tamper.ts'
import { chainPending } from './chain-pending.ts'
import { auditFeature, eraseAuditDetails, recordAudit } from './index.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const EMMA = member('UEMMA', { role: 'manager', locale: 'en' })
const AYA = member('UAYA')
let world: FollowUpWorld
let hanako: string
let number: number

beforeEach(async () => {
  world = followUpWorld(db(), [auditFeature])
  hanako = await world.customer()
  const opened = await world.open(hanako, { score: 3 })
  number = opened.number
  await world.desk.click(AYA, 'follow_up.claim', { value: `follow_up:${opened.id}:v1:actions` })
  await world.desk.mention(AYA, '解決 引き留め 電話でお詫び', { type: 'follow_up', id: opened.id })
})

const ask = (text = '', by = BOSS) => world.desk.command(by, '/matane audit', text)
const linesOf = (seen: Seen) => (seen.whispers[0]?.blocks ?? []).flatMap(lineOf).filter((line) => line.startsWith('•'))
const lineOf = (block: KnownBlock) => (block.type === 'section' && block.text ? [block.text.text] : [])
function buttonOf(seen: Seen, actionId: string): string | undefined {
  const rows = (seen.whispers[0]?.blocks ?? []).flatMap((block) => (block.type === 'actions' ? block.elements : []))
  const found = rows.find((element) => element.type === 'button' && element.action_id === actionId)
  return found?.type === 'button' ? found.value : undefined
}
const note = (count: number) =>
  world.desk.perform(`notes ${count}`, (work) =>
    recordAudit(
      work,
      ...Array.from({ length: count }, (_, index) => ({
        actor: { kind: 'source', id: `pos<${index}>` } as const,
        action: 'customer.view' as const,
        subject: { type: 'follow_up', id: '9' } as const
      }))
    )
  )

describe('/matane audit', () => {
  it('tells a manager who did what, the newest first, without the words of the note', async () => {
    const seen = await ask()
    const [resolved, claimed] = linesOf(seen)
    expect(resolved).toContain(`<@UAYA>* フォロー #${number} を解決しました (結果: retained)`)
    expect(claimed).toContain(`<@UAYA>* フォロー #${number} を担当しました`)
    expect(JSON.stringify(seen)).not.toContain('電話')
    expect(seen.said).toEqual([])
  })

  it('shows the others when the detail of one was replaced, and says so of that one', async () => {
    await tamper(db(), `UPDATE audit SET detail_sealed = 'x' WHERE action = 'follow_up.resolve'`)
    const [resolved, claimed] = linesOf(await ask())
    expect(resolved).toContain(`フォロー #${number} を解決しました (⚠️ 詳細が書き換えられていて読めません)`)
    expect(claimed).toContain(`フォロー #${number} を担当しました`)
  })

  it('speaks the language of the reader', async () => {
    expect(linesOf(await ask('', EMMA))[0]).toContain(`<@UAYA>* resolved follow-up #${number} (outcome: retained)`)
  })

  it('is itself on record, with what was asked', async () => {
    await ask(`customer #${number}`)
    const [looked] = linesOf(await ask())
    expect(looked).toContain('<@UBOSS>* 操作記録を見ました')
    expect(looked).toContain(`{"followUp":${number}}`)
    expect(linesOf(await ask(`#${number}`))[0]).toContain('<@UBOSS>')
  })

  it('about a customer shows what was done about those who are part of them, as long as they are', async () => {
    const [survivor, between] = [await world.customer(), await world.customer()]
    const merged = (from: string, into: string) =>
      db().prisma.customerMerge.create({
        data: {
          fromId: from,
          intoId: into,
          reason: 'staff',
          cause: `${from}:${into}`,
          mergedBy: 'x',
          mergedAt: new Date()
        }
      })
    await merged(hanako, between)
    const { id } = await merged(between, survivor)
    expect(linesOf(await ask(`customer ${survivor}`))).toHaveLength(2)
    await db().prisma.customerMerge.update({ where: { id }, data: { undoneAt: new Date() } })
    expect(linesOf(await ask(`customer ${survivor}`))).toEqual([expect.stringContaining('操作記録を見ました')])
  })

  it.each([
    ['<@UAYA>', 2],
    ['<@UBOSS>', 0],
    ['today', 2],
    ['yesterday', 0],
    ['<@UAYA> 7d', 2],
    ['customer 0192f000-0000-7000-8000-0000000000bb', 0]
  ])('narrowed down by %s shows %i', async (text, count) => {
    expect(linesOf(await ask(text))).toHaveLength(count)
  })

  it('takes days as the business has them', async () => {
    world.scope.at = new Date('2026-11-21T15:00:00Z')
    expect(linesOf(await ask('today'))).toHaveLength(0)
    expect(linesOf(await ask('yesterday'))).toHaveLength(2)
  })

  it('turns pages to the oldest and back, each entry once', async () => {
    await note(23)
    const first = await ask('today')
    const pages = [first]
    for (let value = buttonOf(first, 'audit.older'); value; value = buttonOf(pages.at(-1) ?? first, 'audit.older')) {
      pages.push(await world.desk.click(BOSS, 'audit.older', { value }))
    }
    expect(pages.map((page) => linesOf(page).length)).toEqual([10, 10, 5])
    expect(new Set(pages.flatMap(linesOf)).size).toBe(25)
    expect(buttonOf(first, 'audit.newest')).toBeUndefined()
    const back = await world.desk.click(BOSS, 'audit.newest', {
      value: buttonOf(pages[2] ?? first, 'audit.newest') ?? ''
    })
    expect(linesOf(back)[0]).toContain('操作記録を見ました')
  })

  it('shows names from outside as they are, not as markup', async () => {
    await note(1)
    expect(linesOf(await ask())[0]).toContain('pos&lt;0&gt;')
  })

  it('says how many entries are not chained yet', async () => {
    expect(JSON.stringify(await ask())).toContain('3 件はまもなく')
    await chainPending(db())
    expect(JSON.stringify(await ask())).toContain('1 件はまもなく')
  })

  it('keeps what was done, and not the detail, once the customer is erased', async () => {
    await world.desk.perform('erase', (work) => eraseAuditDetails(work, hanako))
    const [erasure, resolved] = linesOf(await ask())
    expect(erasure).toContain('記録の詳細を消去しました')
    expect(resolved).toContain('を解決しました (詳細は消去済み)')
  })

  it('shows a kind of entry that a newer version wrote as it is stored', async () => {
    await db().query(
      `INSERT INTO audit (id, at, actor_kind, actor_id, action, subject_type, subject_id, detail_hash, content_hash)
       VALUES (gen_random_uuid(), now(), 'robot', 'R2', 'moon.land', 'moon', 'luna', '', '')`
    )
    expect(linesOf(await ask())[0]).toContain('R2* moon.land luna')
  })

  it.each([
    ['彩', '読み取れませんでした'],
    ['#4711', 'フォロー #4711 についての記録はまだありません'],
    ['yesterday', 'あてはまる記録はありません']
  ])('%s is answered with what to do', async (text, answer) => {
    expect(JSON.stringify(await ask(text))).toContain(answer)
  })

  it('answers a button that is not ours kindly', async () => {
    const seen = await world.desk.click(EMMA, 'audit.older', { value: '{"filter":{"staff":"x\'"}}' })
    expect(seen.whispers[0]?.text).toContain('out of date')
  })
})

describe('over Slack', () => {
  const slack = auditFeature.slack ?? {}
  it('is for managers: others are told kindly, and no entry is shown or written', async () => {
    const before = await db().prisma.audit.count()
    const world = slackWorld(db(), [slack])
    await world.fake.command(world.aya.id, world.general, '/matane', 'audit')
    await world.settle()
    expect(whispered(world, world.aya.id)).toEqual([expect.stringContaining('「マネージャー」の権限が必要です')])
    expect(await db().prisma.audit.count({ where: { action: 'audit.view' } })).toBe(0)
    expect(before).toBe(2)
  })

  it('answers only the manager who asked, with blocks that Slack takes', async () => {
    await note(12)
    const world = slackWorld(db(), [slack])
    await world.fake.command(world.owner.id, world.general, '/matane', 'audit 今日')
    await world.settle()
    expect(whispered(world, world.owner.id)).toEqual(['操作記録'])
    expect(world.fake.messages(world.general)).toEqual([])
  })
})
