import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../test/support/follow-up-world.ts'
import { testScope } from '../../../test/support/queue.ts'
import { member, staffDesk } from '../../../test/support/staff-desk.ts'
import type { Feature } from '../../platform/feature.ts'
import { LANGUAGE, readSetting, type Setting } from '../../platform/settings/index.ts'
import { changeSetting } from './change-setting.ts'
import { settingsFeature } from './index.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
const EMMA = member('UEMMA', { role: 'manager', locale: 'en' })
let world: FollowUpWorld

beforeEach(() => {
  world = followUpWorld(db())
})

const settings = (text: string, by = BOSS) => world.desk.command(by, '/matane settings', text)
const language = () => readSetting(db().prisma, LANGUAGE)
const notices = async () =>
  (await world.desk.intents()).flatMap((intent) => (intent.kind === 'notice' ? [intent.text] : []))
async function openForm(by = BOSS) {
  const [view] = (await settings('', by)).modals
  if (!view) throw new Error('No form was opened')
  return view
}

describe('a value set by a command', () => {
  it('is in force, and the team and the log know who did it', async () => {
    expect((await language()).value).toBe('ja')
    const seen = await settings('language en')
    expect(seen.whispers[0]?.text).toBe('「カードとお知らせの言語」を「英語」にしました。')
    expect(await language()).toMatchObject({ value: 'en', version: 1, changed: { by: 'UBOSS', at: world.scope.at } })
    expect(await notices()).toEqual(['⚙️ <@UBOSS> changed “Language of cards and notices” to “English”.'])
    expect(world.scope.lines.map(({ message }) => message)).toContain('Setting changed')
  })

  it('keeps every change, so that one can see who changed what and when', async () => {
    await settings('language en')
    await settings('language ja', EMMA)
    const kept = await db().prisma.settingChange.findMany({ orderBy: { version: 'asc' } })
    expect(kept.map(({ value, changedBy }) => [value, changedBy])).toEqual([
      ['en', 'UBOSS'],
      ['ja', 'UEMMA']
    ])
  })

  it('that is in force already changes nothing and says so', async () => {
    expect((await settings('language ja', EMMA)).whispers[0]?.text).toContain('Japanese already')
    expect(await notices()).toEqual([])
    expect((await language()).version).toBe(0)
  })

  it.each([
    ['language', '日本語'],
    ['language fr', '`/matane settings language en`'],
    ['colour red', '`language`'],
    ['<!channel> x', '「&lt;!channel&gt;」']
  ])('/matane settings %s: nothing changes, and it says what can be done', async (text, words) => {
    const seen = await settings(text)
    expect(seen.whispers[0]?.text).toContain(words)
    expect(await db().prisma.settingChange.count()).toBe(0)
  })
})

describe('two managers, or one form twice', () => {
  const listeners: [] = []
  const change = (cause: string, value: string, by = 'UBOSS') =>
    world.desk.perform(cause, (work) => changeSetting(work, { setting: LANGUAGE, value, by, listeners }))

  it('at once: one changes it, the other is told that it is so already', async () => {
    const done = await Promise.all([change('slack:1', 'en'), change('slack:2', 'en', 'UEMMA')])
    expect(done.toSorted()).toEqual([false, true])
    expect(await db().prisma.settingChange.count()).toBe(1)
    expect(await notices()).toHaveLength(1)
  })

  it('told twice do not undo what a colleague set in between', async () => {
    await change('slack:1', 'en')
    await change('slack:2', 'ja', 'UEMMA')
    await change('slack:1', 'en')
    expect(await language()).toMatchObject({ value: 'ja', version: 2 })
  })
})

describe('the form', () => {
  it('shows what is in force and who changed it last, in the reader’s language', async () => {
    await settings('language en')
    const view = await openForm(EMMA)
    expect(view.title.text).toBe('Team settings')
    expect(view.blocks[0]).toMatchObject({
      block_id: 'language',
      element: { initial_option: { value: 'en', text: { text: 'English' } } }
    })
    expect(JSON.stringify(view.blocks[1])).toContain('<@UBOSS>')
  })

  it('changes what was chosen, and tells only what changed', async () => {
    const seen = await world.desk.submit(BOSS, await openForm(), { language: 'en' })
    expect(seen.errors).toBeUndefined()
    expect(seen.whispers).toHaveLength(1)
    expect((await language()).value).toBe('en')
  })

  it('sent as it was leaves alone what a colleague set meanwhile', async () => {
    const view = await openForm()
    await settings('language en', EMMA)
    expect((await world.desk.submit(BOSS, view, { language: 'ja' })).whispers).toEqual([])
    expect((await language()).value).toBe('en')
  })

  it('does not trust what it carries or what is chosen', async () => {
    const view = { ...(await openForm()), private_metadata: '{"language":' }
    await world.desk.submit(BOSS, view, { language: 'fr' })
    await world.desk.submit(BOSS, view, { language: 'ja' })
    expect(await db().prisma.settingChange.count()).toBe(0)
  })
})

describe('the language of what many people read', () => {
  const AYA = member('UAYA')

  it('is that of the card, its thread and its button, while forms and whispers stay in each person’s own', async () => {
    const { id } = await world.open(await world.customer(), { score: 3 })
    await settings('language en')
    expect((await world.card(id)).text).toMatch(/^🔴 Needs you #\d+ 佐藤 花子$/)
    expect(await world.cardText(id)).toContain('🙋 Claim')
    await world.desk.click(AYA, 'follow_up.claim', { value: id })
    expect((await world.threads()).at(-1)).toBe('🙋 <@UAYA> takes this.')
    const late = await world.desk.click(member('UKEN'), 'follow_up.claim', { value: id })
    expect(late.whispers[0]?.text).toContain('すでに <@UAYA> さんが担当しています')
    const { modals } = await world.desk.click(AYA, 'follow_up.resolve', { value: id })
    expect(modals[0]?.title.text).toMatch(/^対応を解決/)
  })

  it('draws every open card again, with a version that covers the older look, and no resolved one', async () => {
    const open = (await world.open(await world.customer())).id
    const resolved = (await world.open(await world.customer())).id
    await world.desk.mention(AYA, '解決', { type: 'follow_up', id: resolved })
    const before = await world.card(open)
    const told = (await world.desk.intents()).length
    await settings('language en')
    const redrawn = (await world.desk.intents()).slice(told).filter(({ kind }) => kind === 'card')
    expect(redrawn).toEqual([{ kind: 'card', record: { type: 'follow_up', id: open } }])
    expect((await world.card(open)).version).toBeGreaterThan(before.version)
  })

  it('goes through a great many cards by and by, so that people need not wait behind them', async () => {
    for (let count = 0; count < 45; count += 1) await world.open(await world.customer())
    const told = (await world.desk.intents()).length
    await settings('language en')
    const atOnce = (await world.desk.intents()).slice(told).filter(({ kind }) => kind === 'card')
    expect(atOnce).toHaveLength(20)
    const later = await db().prisma.timer.findMany({ where: { kind: 'follow_up.redraw' }, orderBy: { dueAt: 'asc' } })
    const minutes = later.map(({ dueAt }) => (dueAt.getTime() - world.scope.at.getTime()) / 60_000)
    expect(minutes.filter((minute) => minute === 1)).toHaveLength(20)
    expect(minutes.filter((minute) => minute === 2)).toHaveLength(5)
    world.travel(1)
    const last = later.at(-1)?.body ?? ''
    await world.fire('redraw', last)
    expect((await world.desk.intents()).at(-1)).toEqual({ kind: 'card', record: { type: 'follow_up', id: last } })
  })
})

describe('a setting of another room', () => {
  const BAND: Setting<'21-9' | 'off'> = {
    name: 'quiet',
    label: { ja: '配信停止時間', en: 'Quiet hours' },
    hint: { ja: 'この間は送りません。', en: 'Nothing is sent meanwhile.' },
    choices: [
      { value: 'off', label: { ja: 'なし', en: 'None' } },
      { value: '21-9', label: { ja: '21時から9時', en: '9 pm to 9 am' } }
    ],
    defaultValue: 'off'
  }

  it('is in the form, in the commands, and heard by every feature that asks, in the same transaction', async () => {
    const heard: string[] = []
    const room: Feature = { name: 'quiet', settings: [BAND] }
    const listener: Feature = {
      name: 'listener',
      onSetting: { quiet: async ({ tx }) => void heard.push((await readSetting(tx, BAND)).value) }
    }
    const desk = staffDesk(testScope(db()), [settingsFeature([room, listener])])
    const { modals } = await desk.command(BOSS, '/matane settings', '')
    expect(modals[0]?.blocks.map(({ block_id }) => block_id)).toEqual(['language', 'quiet'])
    await desk.command(BOSS, '/matane settings', 'quiet 21-9')
    expect(heard).toEqual(['21-9'])
    expect((await readSetting(db().prisma, LANGUAGE)).version).toBe(0)
  })

  it('falls back to its default when what is stored is no choice any more', async () => {
    await db().prisma.settingChange.create({
      data: { name: 'quiet', version: 4, value: '22-8', changedBy: 'UBOSS', changedAt: new Date(), cause: 'old' }
    })
    expect(await readSetting(db().prisma, BAND)).toMatchObject({ value: 'off', version: 4 })
  })
})
