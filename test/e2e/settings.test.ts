import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(async () => {
  actors = actorsOf(world())
  await actors.hanako.follow()
  await actors.hanako.say('解約したい')
})

test('a manager changes the language of the team: the open card is drawn again where it is, and the channel is told', async () => {
  const { manager, aya } = actors
  const [card] = aya.cards()
  expect(JSON.stringify(card?.blocks)).toContain('なぜ今か')
  await manager.command('/matane', 'settings')
  expect(await manager.submit({ language: 'en' })).toMatchObject({ ok: true })
  const [redrawn, notice] = aya.cards()
  expect(redrawn?.ts).toBe(card?.ts)
  expect(JSON.stringify(redrawn?.blocks)).toContain('Why now')
  expect(notice?.text).toContain(`<@${manager.id}> changed`)
  expect(manager.whispers().at(-1)).toContain('「英語」にしました')
})

test('nobody but a manager changes it, neither by command nor with a form opened while they were one', async () => {
  const { manager, aya } = actors
  await aya.command('/matane', 'settings language en')
  expect(aya.whispers().at(-1)).toContain('「マネージャー」の権限が必要です')
  await manager.command('/matane', 'settings')
  await db().prisma.staff.update({ where: { id: manager.id }, data: { role: 'cs', roleSetBy: 'UOTHER' } })
  const refused = await manager.submit({ language: 'en' })
  expect(Object.values(refused.errors)[0]).toContain('「マネージャー」の権限が必要です')
  expect(await db().prisma.settingChange.count()).toBe(0)
})
