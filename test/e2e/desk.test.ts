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

test('tags of which one was refused: the corrected form shows on the card as well', async () => {
  const { aya } = actors
  await aya.click('follow_up.tag')
  const refused = await aya.submit({ new_tags: `常連、${'長'.repeat(31)}` })
  expect(refused.errors.new_tags).toContain('付けられなかったタグ')
  expect(aya.cardText()).toContain('`常連`')
  expect(await aya.submit({ new_tags: '常連、席が希望' })).toMatchObject({ ok: true })
  expect(aya.cardText()).toContain('`席が希望`')
})
