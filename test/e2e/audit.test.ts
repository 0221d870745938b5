import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

/** What the manager was shown last, with the place of its buttons. */
function shown() {
  const { slack } = world().sandbox.fakes
  const last = slack.ephemerals(actors.manager.id).at(-1)
  if (!last) throw new Error('The manager was shown nothing')
  const blocks = JSON.stringify(last.blocks)
  return { last, blocks, lines: blocks.split('• <!date').length - 1 }
}

test('what staff did for a customer is shown to a manager who asks, page by page, and to nobody else', async () => {
  const { hanako, aya, manager } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  await aya.click('follow_up.claim')
  await aya.mention('タグ 価格')
  for (const hours of [3, 4, 5, 6, 7, 8]) await aya.mention(`スヌーズ ${hours}h`)
  await aya.command('/matane', 'audit')
  expect(aya.whispers().at(-1)).toContain('「マネージャー」の権限が必要です')
  await manager.command('/matane', `audit <@${aya.id}> today`)
  expect(shown().lines).toBe(8)
  expect(shown().blocks).toContain('スヌーズしました')
  await manager.command('/matane', 'audit')
  await world().sandbox.fakes.slack.click(manager.id, {
    ...{ channel: shown().last.channel, ts: shown().last.ts, actionId: 'audit.older' }
  })
  await world().settle()
  expect(shown().blocks).toContain('公開しました')
  expect(manager.said('kpi')).toBe('[]')
})

test('the clock chains it within minutes, and /readyz tells how much is still to do', async () => {
  const { hanako, aya } = actors
  await hanako.follow()
  await hanako.say('解約したい')
  await aya.click('follow_up.claim')
  const audit = async () => {
    const answer = await fetch(`${world().origin}/readyz`)
    const { checks } = (await answer.json()) as { checks: { audit: object } }
    return { status: answer.status, ...checks.audit }
  }
  expect(await audit()).toMatchObject({ status: 200, ok: true, intact: null })
  expect(await db().prisma.audit.count({ where: { position: null } })).toBeGreaterThan(0)
  for (let minutes = 0; minutes < 5; minutes += 1) await world().advance('1m')
  expect(await audit()).toMatchObject({ status: 200, ok: true, pending: 0, oldestPendingSeconds: 0 })
})
