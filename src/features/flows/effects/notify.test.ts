import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../../test/support/flow-world.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

const question =
  "{ id: q, do: ask, text: { ja: 'あ', en: 'a' }, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } }"
const notify = (words: string, more = '') => `{ id: n, do: notify, text: { ja: '${words}', en: 'in English' }${more} }`
const flow = (...steps: string[]) =>
  `{ id: f, kind: scenario, consent: service, trigger: { event: visit }, steps: [${steps.join(', ')}] }`

async function notices(): Promise<{ text: string; blocks: unknown[] }[]> {
  const rows = await db().prisma.outbox.findMany({
    where: { channel: 'slack', key: 'notice' },
    orderBy: { seq: 'asc' }
  })
  return rows.map(({ payloadSealed }) => JSON.parse(db().cipher.open('outbox.payload', payloadSealed)))
}

test('staff get a line with the answer, a masked name and the way to the card; the customer hears nothing of it', async () => {
  await world.publish(flow(question, notify('{customer.name}: {q}点 <!channel> *今*')))
  const [asked] = await world.fact(anna, 'visit')
  expect(textsOf(await world.tap('U-anna', dataOf(asked, '2')))).toEqual([])
  const [notice] = await notices()
  expect(notice?.text).toMatch(/^🔔 佐＊＊＊ 様: 2点 &lt;!channel&gt; /)
  expect(notice?.text).not.toContain('花子')
  const button = { action_id: 'customer.card', value: anna }
  expect(notice?.blocks).toMatchObject([{ text: { text: notice?.text } }, { elements: [button] }])
})

test('each passing of the step says it once, and one of them never twice', async () => {
  await world.publish(flow(question, notify('もう一度', ', next: q')))
  const [asked] = await world.fact(anna, 'visit')
  const [again] = await world.tap('U-anna', dataOf(asked, '2'))
  await world.tap('U-anna', dataOf(asked, '2'))
  expect(await notices()).toHaveLength(1)
  await world.tap('U-anna', dataOf(again, '3'))
  expect(await notices()).toHaveLength(2)
})

test('nobody needs to be written to for it: it is said at night as well', async () => {
  await world.publish(flow('{ id: w, do: wait, for: 12h }', notify('夜です')))
  await world.fact(anna, 'visit')
  await world.pass('12h')
  expect(await notices()).toHaveLength(1)
})
