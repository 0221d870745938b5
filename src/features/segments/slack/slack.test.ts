import type { KnownBlock, ModalView } from '@slack/types'
import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type TestScope, testScope } from '../../../../test/support/queue.ts'
import { member, type Seen, type StaffDesk, staffDesk } from '../../../../test/support/staff-desk.ts'
import { publish } from '../../definitions/index.ts'
import { segmentKind, teamSegmentKind } from '../definition.ts'
import { segmentsFeature } from '../index.ts'
import { keepMembers } from '../keep-members.ts'
import type { Condition } from '../rules/schema.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const EMMA = member('UEMMA', { role: 'manager', locale: 'en' })
const AYA = member('UAYA')
const VIEWER = member('UVIEW', { role: 'viewer' })
let scope: TestScope
let desk: StaffDesk

beforeEach(async () => {
  scope = testScope(db())
  desk = staffDesk(scope, [segmentsFeature])
  await write('dear-ones', { tag: 'VIP' })
  await customer('佐藤 花子', 'VIP')
  await customer('鈴木 太郎')
})

const ask = (text = '', by = BOSS) => desk.command(by, '/matane segment', text)
const seenText = ({ whispers }: Seen) =>
  whispers.map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`).join('\n')
const write = (id: string, who: Condition, kind = segmentKind.kind) => {
  const body = { id, name: { ja: '大切な方', en: 'Dear ones' }, about: { ja: '説明<b>', en: 'About' }, who }
  return db().transaction((tx) => publish(tx, { kind, key: id, body, at: scope.at }))
}
async function customer(name: string, ...tags: string[]): Promise<void> {
  const { id } = await db().prisma.customer.create({
    data: { nameSealed: db().cipher.seal('customer.name', name), createdAt: scope.at }
  })
  for (const tag of tags)
    await db().prisma.customerTag.create({ data: { customerId: id, tag, addedBy: 'U1', addedAt: scope.at } })
}
const entries = async () =>
  (await db().prisma.audit.findMany({ orderBy: { seq: 'asc' } })).map(
    ({ action, subjectId, actorId, detailSealed }) =>
      `${actorId} ${action} ${subjectId} ${db().cipher.open('audit.detail', detailSealed ?? '')}`
  )
function buttonsOf(seen: Seen): string[] {
  const blocks: readonly KnownBlock[] = seen.whispers.at(-1)?.blocks ?? []
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((one) => ('action_id' in one ? [one.action_id ?? ''] : [])) : []
  )
}
function formOf({ modals }: Seen): ModalView {
  const [view] = modals
  if (!view) throw new Error('No form was opened')
  return view
}
const initialText = (view: ModalView) => /"initial_value":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(view))?.[1] ?? ''

describe('/matane segment', () => {
  test('lists every segment with its people as counted last, and when there is none says what to do', async () => {
    expect(seenText(await ask('', VIEWER))).toContain('まもなく集計します')
    await keepMembers({ scope, perform: desk.perform, isOver: () => false })
    const list = seenText(await ask('一覧', VIEWER))
    expect(list).toContain('*大切な方*  *1名*')
    expect(list).toContain('説明&lt;b&gt;')
    expect(seenText(await ask('list', EMMA))).toContain('*Dear ones*  *1 people*')
    await db().query('DELETE FROM definition')
    expect(seenText(await ask())).toContain('/matane segment new')
  })

  test('shows one by its name: people, reach, cost and condition, with buttons by role', async () => {
    await db().prisma.quotaMonth.create({ data: { month: '2026-11', limit: 10, used: 10 } })
    const [identity] = await db().prisma.customer.findMany({ where: { tags: { some: { tag: 'VIP' } } } })
    await db().prisma.identity.create({
      data: {
        customerId: identity?.id ?? '',
        channel: 'line',
        externalHash: 'x',
        externalSealed: '',
        createdAt: scope.at
      }
    })
    const consent = { customerId: identity?.id ?? '', purpose: 'marketing', status: 'granted', version: 1 }
    await db().prisma.consentChange.create({ data: { ...consent, source: 'slack', cause: 'c', at: scope.at } })
    const seen = await ask('大切な方')
    expect(seenText(seen)).toContain('*うち配信に同意*\\n1名')
    expect(seenText(seen)).toContain('1通 / 今月の残り 0通')
    expect(seenText(seen)).toContain('1通 足りません')
    expect(seenText(seen)).toContain('tag: VIP')
    expect(seenText(seen)).toContain('佐藤 花子 様')
    expect(buttonsOf(seen)).toEqual(['segment.recount', 'segment.copy'])
    expect(seen.said).toEqual([])
  })

  test('shows CS people part of the names, and viewers nobody', async () => {
    const cs = await ask('dear-ones', AYA)
    expect(seenText(cs)).toContain('佐＊＊＊ 様')
    expect(JSON.stringify(cs)).not.toContain('花子')
    expect(buttonsOf(cs)).toEqual(['segment.recount'])
    const viewer = await ask('dear-ones', VIEWER)
    expect(seenText(viewer)).toContain('*対象*\\n1名')
    expect(seenText(viewer)).not.toContain('佐')
    expect(buttonsOf(viewer)).toEqual([])
    expect(await entries()).toEqual([
      'UAYA segment.view dear-ones {"view":"sample"}',
      'UVIEW segment.view dear-ones {"view":"counts"}'
    ])
  })

  test('says kindly that there is no such segment, whatever was typed', async () => {
    expect(seenText(await ask('<!channel>'))).toContain('「&lt;!channel&gt;」というセグメントはありません')
    expect(seenText(await desk.click(BOSS, 'segment.show', { value: 'gone' }))).toContain('「gone」')
  })

  test('counts again on a click, and tells the new number', async () => {
    await keepMembers({ scope, perform: desk.perform, isOver: () => false })
    await customer('山田', 'VIP')
    expect(seenText(await desk.click(AYA, 'segment.recount', { value: 'dear-ones' }))).toContain('2名')
    expect(await db().prisma.segmentMember.count()).toBe(2)
  })
})

describe('a segment written in Slack', () => {
  const yaml = (id: string, who = '{ tag: VIP }') => `id: ${id}\nname: { ja: 新しい, en: New }\nwho: ${who}\n`
  const open = async (text = 'new', by = BOSS) => formOf(await ask(text, by))
  const save = async (text: string, view?: ModalView) => desk.submit(BOSS, view ?? (await open()), { yaml: text })
  const click = (actionId: string, value: string, by = BOSS) => desk.click(by, actionId, { value })

  test('is published, shown at once, and on record', async () => {
    const seen = await save(yaml('new-ones'))
    expect(seen.errors).toBeUndefined()
    expect(seenText(seen)).toContain('セグメント「新しい」を公開しました')
    expect(seenText(seen)).toContain('*対象*\\n1名')
    expect(await entries()).toContain('UBOSS definition.publish team_segment new-ones {"version":1}')
  })

  test('the text that the form begins with is good as it is', async () => {
    const text: string = JSON.parse(`"${initialText(await open())}"`)
    expect((await save(text)).errors).toBeUndefined()
  })

  test('is refused with the lines of its faults, in the reader’s language', async () => {
    const faulty = `id: x y\nname: { ja: あ, en: a }\nwho:\n  all:\n    - { risk: high }\n    - { figure: visits }\n`
    const { errors } = await save(faulty)
    expect(errors?.yaml).toContain('1行目: ')
    expect(errors?.yaml).toContain('5行目: risk bands are not available yet')
    expect(errors?.yaml).toContain('6行目: say how much')
    expect((await desk.submit(EMMA, await open(), { yaml: '{' })).errors?.yaml).toContain('Line 1: ')
    expect(await db().prisma.definition.count()).toBe(1)
  })

  test('that names a tier there is not is refused', async () => {
    const { errors } = await save(yaml('dear-ones-2', '{ tier: gold }'))
    expect(errors?.yaml).toContain('there are no tiers')
  })

  test('takes no id of another one', async () => {
    expect((await save(yaml('dear-ones'))).errors?.yaml).toContain('ファイルのセグメント')
    await save(yaml('new-ones'))
    expect((await save(yaml('new-ones', '{ tag: x }'))).errors?.yaml).toContain('すでにあります')
  })

  test('is edited by its next version, unless a colleague was first or the id changes', async () => {
    await save(yaml('new-ones'))
    const forms = [formOf(await click('segment.edit', 'new-ones')), formOf(await click('segment.edit', 'new-ones'))]
    expect(initialText(forms[0] as ModalView)).toContain('tag: VIP')
    expect((await save(yaml('other'), forms[0])).errors?.yaml).toContain('id: new-ones')
    expect((await save(yaml('new-ones', '{ tag: x }'), forms[0])).errors).toBeUndefined()
    expect((await save(yaml('new-ones', '{ tag: y }'), forms[1])).errors?.yaml).toContain('ほかの方が先に')
    const versions = await db().prisma.definition.findMany({ where: { kind: teamSegmentKind.kind } })
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
  })

  test('of a file is copied, never edited', async () => {
    const view = formOf(await click('segment.edit', 'dear-ones'))
    expect([view.private_metadata, initialText(view)]).toEqual(['', expect.stringContaining('id: dear-ones')])
    expect(formOf(await click('segment.copy', 'dear-ones')).private_metadata).toBe('')
  })

  test('ends when a manager says so, once', async () => {
    await save(yaml('new-ones'))
    expect(buttonsOf(await ask('new-ones'))).toContain('segment.end')
    expect(seenText(await click('segment.end', 'new-ones'))).toContain('終了しました')
    expect(seenText(await click('segment.end', 'new-ones'))).toContain('ありません')
    expect(seenText(await click('segment.end', 'dear-ones'))).toContain('ありません')
    expect((await entries()).filter((line) => line.includes('retire'))).toHaveLength(1)
    expect(seenText(await ask('new-ones'))).toContain('ありません')
  })

  test('is for managers only', async () => {
    const seen = await ask('new', AYA)
    expect([seenText(seen), seen.modals]).toEqual([expect.stringContaining('マネージャーです'), []])
    const { actions, submissions } = segmentsFeature.slack ?? {}
    for (const name of ['segment.edit', 'segment.copy', 'segment.end']) expect(actions?.[name]?.role).toBe('manager')
    expect(submissions?.['segment.save']?.role).toBe('manager')
  })

  test('a form that is not ours makes a new one, and changes none', async () => {
    const view = { ...(await open()), private_metadata: '{"id":7}' }
    expect((await save(yaml('new-ones'), view)).errors).toBeUndefined()
    expect((await save(yaml('dear-ones'), view)).errors?.yaml).toContain('ファイル')
  })
})
