import { readFileSync } from 'node:fs'
import type { KnownBlock, ModalView } from '@slack/types'
import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FlowWorld, flowWorld, textsOf } from '../../../../test/support/flow-world.ts'
import { member, type Seen, type StaffDesk, staffDesk } from '../../../../test/support/staff-desk.ts'
import { publish, versionsOf } from '../../definitions/index.ts'
import { flowDeskFeature } from '../index.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const KEN = member('UKEN', { role: 'manager', locale: 'en' })
const AYA = member('UAYA')
let world: FlowWorld
let desk: StaffDesk
let anna: string

const HELLO = `
id: hello
kind: scenario
consent: service
trigger: { event: visit }
steps:
  - { id: greet, do: say, text: { ja: いらっしゃいませ, en: Welcome } }
  - { id: pause, do: wait, for: 3d }
  - { id: bye, do: say, text: { ja: また<b>どうぞ, en: See you } }`

const NPS = readFileSync('flows/surveys/nps.yaml', 'utf8')

beforeEach(async () => {
  world = flowWorld(db())
  world.scope.at = new Date('2026-11-21T12:00:00+09:00')
  desk = staffDesk(world.scope, [flowDeskFeature])
  await world.publish(HELLO)
  anna = await world.person('U-anna')
})

const ask = (text = '', by = BOSS) => desk.command(by, '/matane flows', text)
const click = (action: string, by = BOSS, value = 'hello') => desk.click(by, `flow.${action}`, { value })
const seenText = ({ whispers }: Seen) =>
  whispers.map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`).join('\n')
const buttonsOf = (seen: Seen): string[] => {
  const blocks: readonly KnownBlock[] = seen.whispers.at(-1)?.blocks ?? []
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((one) => ('action_id' in one ? [one.action_id ?? ''] : [])) : []
  )
}
const formOf = ({ modals: [view] }: Seen): ModalView => {
  if (!view) throw new Error('No form was opened')
  return view
}
/** What the fields of a form hold when nobody changes them. */
const filled = (view: ModalView): Record<string, string> =>
  Object.fromEntries(
    view.blocks.flatMap((block) =>
      block.type === 'input' && 'element' in block && block.element.type === 'plain_text_input'
        ? [[block.block_id ?? '', block.element.initial_value ?? '']]
        : []
    )
  )
/** Opens the form of a flow and sends it as it is. */
const resubmit = async (id: string): Promise<Seen> => {
  const form = formOf(await click('edit', BOSS, id))
  return desk.submit(BOSS, form, filled(form))
}
const versions = async () =>
  (await versionsOf(db().prisma, 'scenario', { key: 'hello', limit: 9 })).map(
    ({ version, source }) => `${version} ${source}`
  )
const audited = async () =>
  (await db().prisma.audit.findMany({ orderBy: { seq: 'asc' } })).map(({ actorId, action }) => `${actorId} ${action}`)

describe('/matane flows', () => {
  test('lists every flow with its people; when there is none it says what to do', async () => {
    await world.fact(anna, 'visit')
    const list = seenText(await ask('', AYA))
    expect(list).toContain('*hello*  `hello` シナリオ · ▶️ 稼働中')
    expect(list).toContain('参加 のべ1名 · 進行中 1名')
    expect(seenText(await ask('list', KEN))).toContain('scenario · ▶️ running')
    await db().query('DELETE FROM definition')
    expect(seenText(await ask())).toContain('/matane flows new')
  })

  test('shows one: how it begins, each step, where it leads, and who waits where', async () => {
    await world.fact(anna, 'visit')
    const shown = seenText(await ask('HELLO', AYA))
    expect(shown).toContain('event: visit')
    expect(shown).toContain('💬 `greet` いらっしゃいませ')
    expect(shown).toContain('⏱ `pause` 3d  *⏳ 1名*')
    expect(shown).toContain('また&lt;b&gt;どうぞ')
    expect(seenText(await ask('nothing'))).toContain('「nothing」')
  })

  test('shows the survey that is shipped, with those who answered', async () => {
    await world.publish(NPS)
    await world.fact(anna, 'stamp.granted')
    await world.turns.say('U-anna', '3')
    const shown = seenText(await ask('nps'))
    expect(shown).toContain('score ≤ 6 → `alert`')
    expect(shown).toContain('*回答*\\nのべ1名')
    expect(shown).toContain('❓ `reason`')
  })

  test('tells what a flow brought, against those who got nothing, and how surely', async () => {
    await world.publish(
      `${HELLO.replace('trigger:', 'holdout: 0.5\ngoal: { event: order.completed, within: 30d }\ntrigger:')}`
    )
    const { id: definitionId } = await db().prisma.definition.findFirstOrThrow({ orderBy: { version: 'desc' } })
    const run = (arm: string, reached: boolean, n: number) => ({
      ...{ customerId: anna, flow: 'hello', definitionId, step: 'exit', factsSealed: '', arm, cause: `${arm}${n}` },
      ...{ startedAt: world.scope.at, endedAt: world.scope.at, goalAt: reached ? world.scope.at : null }
    })
    const runs = Array.from({ length: 60 }, (_, n) => [run('', n < 40, n), run('holdout', n < 20, n)])
    await db().prisma.flowRun.createMany({ data: runs.flat() })
    const shown = seenText(await ask('hello'))
    expect(shown).toContain('対照群（何も送らない）: 60名中 20名（33.3%）')
    expect(shown).toContain('送った方: 60名中 40名（66.7%）')
    expect(shown).toMatch(/送った方 − 対照群（何も送らない）: \+33\.3 \[\+1\d\.\d, \+4\d\.\d\] 効果あり/)
    expect(shown).not.toContain('偏っています')
    await db().prisma.flowRun.deleteMany({ where: { arm: 'holdout', cause: { not: 'holdout1' } } })
    expect(seenText(await ask('hello', KEN))).toContain('spread unevenly')
  })

  test('offers changes to managers only', async () => {
    expect(buttonsOf(await ask('hello', AYA))).toEqual([])
    expect(buttonsOf(await ask('hello'))).toEqual(['flow.pause', 'flow.start', 'flow.edit', 'flow.back'])
    expect(seenText(await ask('new', AYA))).toContain('マネージャー')
    const { actions = {}, submissions = {} } = flowDeskFeature.slack ?? {}
    const roles = Object.entries({ ...actions, ...submissions }).map(([name, { role }]) => `${name} ${role}`)
    expect(roles.filter((each) => !each.endsWith('manager'))).toEqual([
      'flow.show viewer',
      'flow.start_for cs',
      'flow.start_customer cs'
    ])
  })
})

describe('a flow that is paused', () => {
  test('lets nobody in, keeps those inside where they are, and goes on when resumed', async () => {
    await world.fact(anna, 'visit')
    expect(seenText(await click('pause'))).toContain('一時停止しました')
    const emma = await world.person('U-emma')
    expect(await world.fact(emma, 'visit')).toEqual([])
    expect(await world.pass('4d')).toEqual([])
    expect(seenText(await ask('hello'))).toMatch(/⏸ 一時停止中（<@UBOSS>/)
    expect(buttonsOf(await ask('hello'))[0]).toBe('flow.resume')
    await click('resume')
    expect(textsOf(await world.pass('1h'))).toEqual(['また<b>どうぞ'])
    expect(textsOf(await world.fact(emma, 'visit'))).toEqual(['いらっしゃいませ'])
  })

  test('was paused by one of two at once; both are written down as they did', async () => {
    const [one, other] = await Promise.all([click('pause'), click('pause', KEN)])
    const told = [seenText(one), seenText(other)].join()
    expect(told).toMatch(/一時停止しました|is paused/)
    expect(told).toMatch(/すでに切り替え|switched/)
    await click('resume')
    expect((await audited()).map((line) => line.split(' ')[1])).toEqual(['flow.pause', 'flow.resume'])
  })

  test('still answers who answers it', async () => {
    await world.publish(NPS)
    await world.fact(anna, 'stamp.granted')
    await click('pause', BOSS, 'nps')
    await world.turns.say('U-anna', '10')
    expect(await db().prisma.surveyAnswer.count()).toBe(1)
  })
})

describe('editing', () => {
  test('publishes the next version; who is inside stays in theirs', async () => {
    await world.fact(anna, 'visit')
    const form = formOf(await click('edit'))
    const text = filled(form).yaml_0?.replace('See you', 'Bye').replace('また<b>どうぞ', 'さようなら') ?? ''
    const seen = await desk.submit(BOSS, form, { yaml_0: text })
    expect([seen.errors, seenText(seen)]).toEqual([undefined, expect.stringContaining('第2版を公開しました')])
    expect(await versions()).toEqual(['2 slack', '1 file'])
    expect(textsOf(await world.pass('3d'))).toEqual(['また<b>どうぞ'])
    expect(await audited()).toEqual(['UBOSS definition.publish'])
  })

  test('without a change publishes nothing', async () => {
    const form = formOf(await click('edit'))
    expect(seenText(await desk.submit(BOSS, form, filled(form)))).toContain('前と同じ内容')
    expect(await versions()).toEqual(['1 file'])
  })

  test('with a fault says the line and the fix, and publishes nothing', async () => {
    const form = formOf(await click('edit'))
    const text = filled(form).yaml_0?.replace('do: wait', 'do: wiat') ?? ''
    const { errors } = await desk.submit(BOSS, form, { yaml_0: text })
    expect(errors?.yaml_0).toMatch(/^\d+行目: /)
    expect(await versions()).toEqual(['1 file'])
  })

  test('of two at once one is told, and nothing of the other is lost', async () => {
    const forms = [formOf(await click('edit')), formOf(await click('edit', KEN))]
    const edited = (form: ModalView | undefined, word: string) =>
      filled(form as ModalView).yaml_0?.replace('See you', word)
    await desk.submit(BOSS, forms[0] as ModalView, { yaml_0: edited(forms[0], 'Bye') ?? '' })
    const { errors } = await desk.submit(KEN, forms[1] as ModalView, { yaml_0: edited(forms[1], 'Ciao') ?? '' })
    expect(errors?.yaml_0).toContain('A colleague published')
    expect(await versions()).toEqual(['2 slack', '1 file'])
  })

  test('a long one is in several fields, which make one text again', async () => {
    await world.publish(NPS)
    const form = formOf(await click('edit', BOSS, 'nps'))
    expect(Object.keys(filled(form)).length).toBeGreaterThan(1)
    expect(seenText(await desk.submit(BOSS, form, filled(form)))).toContain('前と同じ内容')
  })

  test('one that gives a coupon, or starts by a segment, is checked beside all that is in force', async () => {
    const shipped = ['win_back', 'coupon_expiring'].map((name) => readFileSync(`flows/scenarios/${name}.yaml`, 'utf8'))
    for (const yaml of shipped) await world.publish(yaml)
    const neighbours = [
      { kind: 'coupon', key: 'come_back' },
      { kind: 'segment', key: 'coupon-expiring' }
    ]
    for (const id of ['win_back', 'coupon_expiring'])
      expect((await resubmit(id)).errors?.yaml_0).toMatch(/there is no (coupon|segment)/)
    for (const each of neighbours)
      await db().transaction((tx) => publish(tx, { ...each, body: {}, at: world.scope.at }))
    for (const id of ['win_back', 'coupon_expiring']) expect((await resubmit(id)).errors).toBeUndefined()
  })

  test('a new one begins with an example that is good as it is, under an id that is free', async () => {
    const form = formOf(await ask('new'))
    const text = filled(form).yaml_0 ?? ''
    expect((await desk.submit(BOSS, form, { yaml_0: text })).errors?.yaml_0).toContain('もう使われています')
    const seen = await desk.submit(BOSS, form, { yaml_0: text.replace('id: hello', 'id: greeting') })
    expect(seenText(seen)).toContain('「greeting」の第1版')
  })
})

describe('rolling back', () => {
  test('brings an older version into force as a new one', async () => {
    expect(seenText(await click('back'))).toContain('戻せる版はまだありません')
    await world.publish(HELLO.replace('See you', 'Bye'))
    const form = formOf(await click('back'))
    const [, first] = await versionsOf(db().prisma, 'scenario', { key: 'hello', limit: 9 })
    const seen = await desk.submit(BOSS, form, { version: first?.id ?? '' })
    expect(seenText(seen)).toContain('第3版を公開しました')
    expect(JSON.stringify((await db().prisma.definition.findFirst({ orderBy: { version: 'desc' } }))?.body)).toContain(
      'See you'
    )
    // The same form once more: somebody has published since.
    expect((await desk.submit(BOSS, form, { version: first?.id ?? '' })).errors?.version).toContain('ほかの方が公開')
  })

  test('takes no version of something else', async () => {
    await world.publish(HELLO.replace('See you', 'Bye'))
    const form = formOf(await click('back'))
    const other = await db().transaction((tx) =>
      publish(tx, { kind: 'shops', key: 'shops', body: {}, at: world.scope.at })
    )
    expect((await desk.submit(BOSS, form, { version: other.id })).errors?.version).toBeDefined()
    expect((await desk.submit(BOSS, form, { version: 'x' })).errors?.version).toBeDefined()
  })
})

describe('starting by hand', () => {
  const segment = () => {
    const body = { id: 'dear', name: { ja: '大切な方', en: 'Dear ones' }, who: { tag: 'VIP' } }
    return db().transaction((tx) => publish(tx, { kind: 'segment', key: 'dear', body, at: world.scope.at }))
  }

  test('for one customer, from their card, says what came of it; told twice it starts once', async () => {
    const form = formOf(await desk.click(AYA, 'flow.start_for', { value: anna }))
    expect(JSON.stringify(form.blocks)).toContain('hello（シナリオ）')
    expect(seenText(await desk.submit(AYA, form, { choice: 'hello' }))).toContain('「hello」を始めました')
    expect(seenText(await desk.submit(AYA, form, { choice: 'hello' }))).toContain('途中です')
    expect(await db().prisma.flowRun.findMany()).toMatchObject([{ customerId: anna, flow: 'hello' }])
    expect((await audited()).at(-1)).toBe('UAYA flow.start')
  })

  test('for a segment is for managers, and is told how many there are', async () => {
    expect(seenText(await click('start'))).toContain('/matane segment new')
    await segment()
    const form = formOf(await click('start', KEN))
    expect(JSON.stringify(form.blocks)).toContain('Dear ones')
    expect(seenText(await desk.submit(KEN, form, { choice: 'dear' }))).toContain('starts for 0 people')
  })

  test('of what is gone meanwhile says so', async () => {
    await segment()
    const forms = [formOf(await click('start')), formOf(await desk.click(AYA, 'flow.start_for', { value: anna }))]
    await db().query('DELETE FROM definition')
    for (const [form, choice] of [
      [forms[0], 'dear'],
      [forms[1], 'hello']
    ] as const)
      expect((await desk.submit(BOSS, form as ModalView, { choice })).errors?.choice).toContain('いまはもうありません')
    expect(seenText(await desk.click(AYA, 'flow.start_for', { value: anna }))).toContain('/matane flows new')
  })
})
