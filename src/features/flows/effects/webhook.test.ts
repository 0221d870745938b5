import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { useDatabase } from '../../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld } from '../../../../test/support/flow-world.ts'
import { idOf } from '../../../core/ids.ts'
import { forgetMessages } from '../../../platform/queue/personal-data.ts'
import { checkFlow, flowDefinitions } from '../definition.ts'
import { moveRun } from '../run-flow.ts'
import { findRun } from '../store/runs.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

const FLOW = `
id: told
kind: survey
consent: service
trigger: { event: visit }
steps:
  - { id: score, do: ask, text: { ja: 点数, en: Score }, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 1d, to: exit } }
  - { id: why, do: ask, text: { ja: 理由, en: Why }, answer: { type: text }, timeout: { after: 1d, to: tell } }
  - { id: tell, do: webhook, url: 'https://shop.example.com/hooks' }
  - { id: all, do: webhook, url: 'https://shop.example.com/all', include: [why] }`
const withUrl = (url: string, more = '') => FLOW.replace("'https://shop.example.com/hooks'", `'${url}' ${more}`)

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
  await world.publish(FLOW)
})

const rows = () => db().prisma.outbox.findMany({ where: { channel: 'webhook' }, orderBy: { seq: 'asc' } })
const bodies = async () =>
  (await rows()).map(({ payloadSealed }) => {
    const { url, body }: { url: string; body: string } = JSON.parse(db().cipher.open('outbox.payload', payloadSealed))
    return { url, ...JSON.parse(body) }
  })
async function answer(): Promise<void> {
  const [question] = await world.fact(anna, 'visit')
  await world.tap('U-anna', dataOf(question, '4'))
  await world.turns.say('U-anna', '音が大きい')
}

test('another system is told who passed and what they answered; their own words only where the step says so', async () => {
  await answer()
  const run = await db().prisma.flowRun.findFirstOrThrow()
  const told = { type: 'flow.webhook', timestamp: world.scope.now().toISOString() }
  const data = { flow: 'told', run: run.id, customer: { id: anna, locale: 'ja' } }
  expect(await bodies()).toEqual([
    { url: 'https://shop.example.com/hooks', ...told, data: { ...data, step: 'tell', answers: { score: 4 } } },
    {
      url: 'https://shop.example.com/all',
      ...told,
      data: { ...data, step: 'all', answers: { score: 4, why: '音が大きい' } }
    }
  ])
  expect((await rows()).map(({ key, customerId }) => [key, customerId])).toEqual(
    Array(2).fill([`${anna}:shop.example.com`, anna])
  )
})

test('what is to be told is forgotten with the customer', async () => {
  await answer()
  await world.perform((work) => forgetMessages(work.tx, { customerId: anna }))
  expect(await rows()).toMatchObject(Array(2).fill({ payloadSealed: '', state: 'done', outcome: 'dropped' }))
})

test('a move that is undone by the end of its process and made again tells each system once', async () => {
  const [question] = await world.fact(anna, 'visit')
  await world.tap('U-anna', dataOf(question, '4'))
  const { id } = await db().prisma.flowRun.findFirstOrThrow()
  const move = (end: () => void) =>
    world.performAs('line:once', async (work) => {
      const kept = await findRun(work.tx, work.cipher, id)
      const verdict = kept && (await moveRun(work, kept, { type: 'answer', visit: 2, value: '音' }))
      end()
      return verdict
    })
  const killed = move(() => {
    throw new Error('the process ended')
  })
  await expect(killed).rejects.toThrow('the process ended')
  expect(await rows()).toEqual([])
  expect(await move(() => {})).toBe('taken')
  const told = (await rows()).map((row) => row.id)
  expect(told).toEqual([idOf('line:once', 'webhook', `${id}:3:tell`), idOf('line:once', 'webhook', `${id}:3:all`)])
  expect(await move(() => {})).toBe('stale')
  expect((await rows()).map((row) => row.id)).toEqual(told)
})

const messages = (yaml: string) => {
  const checked = checkFlow(parse(yaml))
  return checked.ok ? [] : checked.faults.map(({ message }) => message)
}

test.each([
  ['http://shop.example.com/', 'https://'],
  ['https://shop.example.com/{score}', 'https://'],
  ['ftp://shop.example.com/', 'https://'],
  ['hooks', 'https://'],
  ['https://me:pass@shop.example.com/', 'before the @']
])('the address %s is refused', (url, message) =>
  expect(messages(withUrl(url))).toEqual([expect.stringContaining(message)])
)

test('an address of this very machine will do to try it out; what is included has to be words', () => {
  expect(messages(withUrl('http://localhost:9000/'))).toEqual([])
  expect(messages(withUrl('https://a.example', ', include: [score]'))).toEqual([expect.stringContaining('in any case')])
  expect(messages(withUrl('https://a.example', ', include: [other]'))).toEqual([expect.stringContaining('no question')])
})

test('without the secret such a flow is refused, and is told how to make one', () => {
  const checked = checkFlow(parse(FLOW))
  if (!checked.ok) throw new Error('a good flow')
  const together = (unset: string[]) => flowDefinitions[0]?.together?.(checked.body, { definitions: [], unset })
  expect(together(['MATANE_WEBHOOK_SECRET'])).toEqual([
    { path: ['steps', 2, 'url'], message: expect.stringMatching(/not set.*openssl rand -base64 32/) }
  ])
  expect(together([])).toEqual([])
})
