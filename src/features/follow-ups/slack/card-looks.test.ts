import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { type FollowUpWorld, followUpWorld } from '../../../../test/support/follow-up-world.ts'
import { member } from '../../../../test/support/staff-desk.ts'
import { LOCALES } from '../../../core/locale.ts'
import { messageFaults, viewFaults } from '../../../sandbox/slack/check-blocks.ts'

const db = useDatabase()
const BOSS = member('UBOSS', { role: 'manager' })
let world: FollowUpWorld

beforeEach(() => {
  world = followUpWorld(db())
})

/** How a follow-up comes into each of its looks; every word is as long as it may be. */
const LOOKS = {
  open: [],
  assigned: [`担当 <@UKENTA>`],
  tagged: [`タグ ${Array.from({ length: 20 }, (_, n) => `${n}${'&'.repeat(28)}`).join(' ')}`],
  snoozed: ['担当', 'スヌーズ 90d'],
  resolved: [`解決 離脱 ${'<&>'.repeat(900)}`],
  reopened: ['解決 様子見', '再オープン']
} as const

describe.each(LOCALES)('in %s', (locale) => {
  const staff = member('UAYA', { locale })

  it.each(Object.entries(LOOKS))('the card of a follow-up that is %s is one that Slack takes', async (_look, words) => {
    await world.desk.command(BOSS, '/matane settings', `language ${locale}`)
    const { id } = await world.open(await world.customer('<長い名前>'.repeat(60)), { score: 3 })
    for (let count = 0; count < 9; count += 1)
      await world.open((await world.row(id)).customerId, { kind: 'message', words: '退会したい<&>'.repeat(400) })
    for (const text of words) await world.desk.mention(staff, text, { type: 'follow_up', id })
    world.travel(30)
    const { blocks, text } = await world.card(id)
    expect(messageFaults(blocks)).toEqual([])
    expect(text.trim()).not.toBe('')
  })

  it.each(['follow_up.resolve', 'follow_up.tag'])('the form %s is one that Slack takes', async (actionId) => {
    const { id } = await world.open(await world.customer())
    await world.desk.mention(staff, `タグ ${'長'.repeat(30)} ${'👨‍👩‍👧‍👦'.repeat(30)}`, { type: 'follow_up', id })
    const { modals } = await world.desk.click(staff, actionId, { value: id })
    expect(modals.flatMap((view) => viewFaults({ ...view }))).toEqual([])
    expect(modals).toHaveLength(1)
  })

  it('the form for settings is one that Slack takes', async () => {
    await world.desk.command(BOSS, '/matane settings', 'language en')
    const { modals } = await world.desk.command({ ...BOSS, locale }, '/matane settings', '')
    expect(modals.flatMap((view) => viewFaults({ ...view }))).toEqual([])
    expect(modals).toHaveLength(1)
  })
})
