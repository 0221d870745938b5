import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld } from '../../../../test/support/flow-world.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const ask = (id: string, answer: string) =>
  `{ id: ${id}, do: ask, text: { ja: 'あ', en: 'a' }, answer: ${answer}, timeout: { after: 2d, to: exit } }`

async function titles(): Promise<unknown[]> {
  const rows = await db().prisma.followUpReason.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ titleSealed: sealed }) => sealed && JSON.parse(db().cipher.open('follow_up_reason.title', sealed)))
}

test('a follow-up is called what the flow says, filled in in both languages, once for all its reasons', async () => {
  const title = "{ ja: '{customer.name}: {q}点', en: '{customer.name}: {q}' }"
  const open = `{ id: f, do: follow_up, priority: high, due: 1d, score: q, words: why, assign: least_busy, title: ${title} }`
  const steps = [ask('q', '{ type: scale, min: 1, max: 5 }'), ask('why', '{ type: text }'), open].join(', ')
  await world.publish(`{ id: a, kind: scenario, consent: service, trigger: { event: visit }, steps: [${steps}] }`)
  const row = { teamId: 'T1', locale: 'ja', checkedAt: world.scope.at }
  await db().prisma.staff.create({ data: { id: 'UKEN', name: 'Ken', role: 'cs', ...row } })
  const [question] = await world.fact(anna, 'visit')
  await world.tap('U-anna', dataOf(question, '2'))
  await world.turns.say('U-anna', '遅い')
  expect(await titles()).toEqual([{ ja: '佐藤 花子 様: 2点', en: '佐藤 花子: 2' }, null])
  expect(await db().prisma.followUp.findMany()).toMatchObject([{ assigneeId: 'UKEN' }])
})

test.each([
  ['score: c', ['ces']],
  ['score: s', ['csat']],
  ['words: why', ['csat']]
])('a follow-up with %s is about what that measures', async (shown, expected) => {
  const measured = (id: string, measure: string, max: number) =>
    ask(id, `{ type: scale, min: 1, max: ${max} }, measure: ${measure}`)
  const steps = [
    ...[measured('s', 'csat', 5), measured('c', 'ces', 7), ask('why', '{ type: text }')],
    `{ id: f, do: follow_up, priority: high, due: 1d, ${shown} }`
  ]
  await world.publish(
    `{ id: a, kind: survey, consent: service, trigger: { event: visit }, steps: [${steps.join(', ')}] }`
  )
  await world.fact(anna, 'visit')
  for (const said of ['2', '3', '遅い']) await world.turns.say('U-anna', said)
  expect((await db().prisma.followUpReason.findMany()).map(({ kind }) => kind)).toEqual(expected)
})
