import { beforeEach, expect, test } from 'vitest'
import { type Actors, actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useMatane } from '../support/matane.ts'
import { unzip } from '../support/unzip.ts'

const db = useDatabase()
const world = useMatane(db)
let actors: Actors

beforeEach(() => {
  actors = actorsOf(world())
})

const slack = () => world().sandbox.fakes.slack
const alerts = () => world().sandbox.slack.alertChannel

async function command(who: { readonly id: string }, channel: string) {
  await slack().command(who.id, channel, '/matane', 'export')
  await world().settle()
}

test('a manager gets a link that nobody else sees, and with it everything in one archive', async () => {
  const { manager, hanako } = actors
  await hanako.follow()
  await command(manager, alerts())
  expect(await slack().submitModal(manager.id, { choice: 'all_csv' })).toMatchObject({ ok: true })
  const shown = JSON.stringify(slack().modal(manager.id))
  const [, path = ''] = /"url":"http:\/\/localhost:3000(\/export\/[\w-]{43})"/.exec(shown) ?? []
  expect(slack().ephemerals(manager.id)).toEqual([])
  expect(JSON.stringify(slack().messages(alerts()))).not.toContain('/export/')
  const answer = await fetch(`${world().origin}${path}`, { method: 'POST' })
  const files = unzip(Buffer.from(await answer.arrayBuffer()))
  expect(files.get('customers.csv')).toContain('佐藤 花子')
  await world().advance('1h')
  expect((await fetch(`${world().origin}${path}`)).status).toBe(410)
})

test('only managers are offered an export, and nobody in a channel that outsiders read', async () => {
  await command(actors.aya, alerts())
  expect(slack().modal(actors.aya.id)).toEqual([])
  const shared = slack().addChannel({ name: 'with-a-partner', isExtShared: true, members: [actors.manager.id] })
  await command(actors.manager, shared.id)
  expect(slack().modal(actors.manager.id)).toEqual([])
  expect(await db().prisma.exportLink.count()).toBe(0)
})
