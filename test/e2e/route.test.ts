import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFlows } from '../../scripts/flows/run-flows.ts'
import { actorsOf } from '../support/actors.ts'
import { useDatabase } from '../support/database.ts'
import { useFolders } from '../support/folder.ts'
import { useMatane } from '../support/matane.ts'

const db = useDatabase()
const world = useMatane(db)
const folder = useFolders()

async function routes(texts: readonly string[]): Promise<string[]> {
  const file = join(folder(), 'messages.txt')
  writeFileSync(file, texts.join('\n'))
  let said = ''
  await runFlows(['route', '--json', file], (text) => {
    said += text
  })
  return said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).route)
}

/** What a message of somebody who has just been asked for a score really leads to. */
async function outcomeOf(text: string): Promise<string> {
  await db().query('DELETE FROM follow_up')
  const { hanako } = actorsOf(world())
  await hanako.say(text)
  await world().settle()
  const answered = await db().prisma.surveyAnswer.count()
  if (answered > 0) return 'answer'
  const reasons = await db().prisma.followUpReason.findMany()
  if (reasons.length === 0 || reasons[0]?.kind === 'consult') return 'command'
  return reasons[0]?.kind === 'message' ? 'staff' : 'follow_up'
}

test.each([
  'スタンプ',
  '設定',
  'プライバシー',
  'ヘルプ',
  '相談',
  '退会したい',
  '30分も待たされました',
  '解約金はいくら?',
  '続けるか迷っています',
  '駐車場はありますか',
  '９点'
])('where %s goes is where the command says that it would', async (text) => {
  const { hanako } = actorsOf(world())
  await hanako.follow()
  await hanako.scan('kichijoji')
  expect([await outcomeOf(text)]).toEqual(await routes([text]))
})

test('every room that knows words is asked by the command', async () => {
  const knowing = world().matane.features.filter(({ line }) => line?.knows)
  expect(knowing.map(({ name }) => name).sort()).toEqual([
    'consent',
    'coupons',
    'customers',
    'follow-ups',
    'linking',
    'points',
    'rights',
    'stamps',
    'tiers'
  ])
})
