import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { changeConsent, changeFrequency } from '../consent/index.ts'
import { retire } from '../definitions/index.ts'
import { recordFact } from '../events/index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
})

interface Written {
  readonly id: string
  readonly trigger?: string
  readonly steps: string
}
const flow = ({ id, trigger = 'event: visit', steps }: Written) =>
  `{ id: ${id}, kind: scenario, consent: service, trigger: { ${trigger} }, steps: [${steps}] }`
const text = (words: string) => `text: { ja: '${words}', en: '${words}' }`
const say = (id: string, words = id, more = '') => `{ id: ${id}, do: say, ${text(words)} ${more}}`
const ask = (id: string, more = '') =>
  `{ id: ${id}, do: ask, ${text(`${id}?`)}, answer: { type: scale, min: 1, max: 5 }, timeout: { after: 2d, to: exit } ${more}}`
const visit = () => world.fact(anna, 'visit')
const openRuns = async () =>
  (await db().prisma.flowRun.findMany({ where: { openKey: { not: null } }, orderBy: { flow: 'asc' } })).map(
    (run) => `${run.flow} ${run.step}`
  )

test('an edit while somebody is inside: they go on in their version, the next one enters the new', async () => {
  await world.publish(flow({ id: 'a', steps: `${ask('q')}, ${say('thanks', 'old thanks')}` }))
  const [question] = await visit()
  await world.publish(flow({ id: 'a', steps: `${say('hello', 'new hello')}, ${ask('r')}, ${say('bye', 'new bye')}` }))
  expect(textsOf(await world.tap('U-anna', dataOf(question, '4')))).toEqual(['old thanks'])
  expect(textsOf(await visit())).toEqual(['new hello', 'r?'])
})

test('a flow taken away lets nobody in, and everybody inside goes on to the end', async () => {
  await world.publish(flow({ id: 'a', steps: `${ask('q')}, ${say('thanks')}` }))
  const [question] = await visit()
  await db().transaction((tx) => retire(tx, 'scenario', { key: 'a', at: world.scope.now() }))
  expect(textsOf(await world.tap('U-anna', dataOf(question, '4')))).toEqual(['thanks'])
  expect(await visit()).toEqual([])
})

test('a wait is over when its time is, told in a message of its own', async () => {
  await world.publish(flow({ id: 'a', steps: `{ id: w, do: wait, for: 3d }, ${say('hello')}` }))
  expect(await visit()).toEqual([])
  expect(await world.pass('71h')).toEqual([])
  expect(textsOf(await world.pass('1h'))).toEqual(['hello'])
  expect(await openRuns()).toEqual([])
  expect(await world.pass('30d')).toEqual([])
})

test('a wait until a time of day is over at that time where the business is', async () => {
  await world.publish(flow({ id: 'a', steps: `{ id: w, do: wait, for: 1d, until_time: "10:00" }, ${say('hello')}` }))
  world.scope.at = new Date('2026-11-20T02:00:00Z')
  expect(await visit()).toEqual([])
  world.scope.at = new Date('2026-11-22T00:59:00Z')
  expect(await world.pass('0m')).toEqual([])
  expect(textsOf(await world.pass('1m'))).toEqual(['hello'])
})

test('a wait is over when its event comes, and its timer is gone', async () => {
  const wait = '{ id: w, do: wait, for: 3d, until: { event: stamp.granted, to: good } }'
  await world.publish(flow({ id: 'a', steps: `${wait}, ${say('sad', 'sad', ', next: exit')}, ${say('good')}` }))
  await visit()
  expect(textsOf(await world.fact(anna, 'stamp.granted'))).toEqual(['good'])
  expect(await db().prisma.timer.count()).toBe(0)
})

test('one open run of a flow at a time', async () => {
  await world.publish(flow({ id: 'a', steps: '{ id: w, do: wait, for: 3d }' }))
  await visit()
  await visit()
  expect(await db().prisma.flowRun.count()).toBe(1)
})

test('conditions of the trigger look at the properties of the event', async () => {
  await world.publish(flow({ id: 'a', trigger: 'event: visit, where: { amount: { gte: 1000 } }', steps: say('hello') }))
  expect(await world.fact(anna, 'visit', { properties: { amount: 999 } })).toEqual([])
  expect(await world.fact(anna, 'visit', { properties: { amount: null } })).toEqual([])
  expect(textsOf(await world.fact(anna, 'visit', { properties: { amount: 1000 } }))).toEqual(['hello'])
})

test('two questions never compete: while one waits, no flow begins with another', async () => {
  await world.publish(flow({ id: 'a', steps: ask('q') }))
  await world.publish(flow({ id: 'b', trigger: 'event: stamp.granted', steps: ask('r') }))
  await world.publish(flow({ id: 'c', trigger: 'event: stamp.granted', steps: say('news', 'no question') }))
  await visit()
  expect(textsOf(await world.fact(anna, 'stamp.granted'))).toEqual(['no question'])
  expect(await openRuns()).toEqual(['a q'])
})

test('two questions never compete: one that falls due while another waits is asked afterwards', async () => {
  await world.publish(
    flow({ id: 'a', trigger: 'event: stamp.granted', steps: `{ id: w, do: wait, for: 1d }, ${ask('late')}` })
  )
  await world.publish(flow({ id: 'b', steps: ask('q') }))
  await world.fact(anna, 'stamp.granted')
  const [question] = await visit()
  expect(await world.pass('25h')).toEqual([])
  expect(await openRuns()).toEqual(['a w', 'b q'])
  await world.tap('U-anna', dataOf(question, '5'))
  expect(textsOf(await world.pass('1h'))).toEqual(['late?'])
})

test('two questions never compete: neither does one that an event would bring', async () => {
  const wait = '{ id: w, do: wait, for: 9d, until: { event: stamp.granted, to: late } }'
  await world.publish(flow({ id: 'a', trigger: 'event: coupon.granted', steps: `${wait}, ${ask('late')}` }))
  await world.publish(flow({ id: 'b', steps: ask('q') }))
  await world.fact(anna, 'coupon.granted')
  const [question] = await visit()
  expect(await world.fact(anna, 'stamp.granted')).toEqual([])
  await world.tap('U-anna', dataOf(question, '5'))
  expect(textsOf(await world.pass('1h'))).toEqual(['late?'])
})

test('a typed answer goes to the question that waits, and to nobody once it is answered', async () => {
  await world.publish(flow({ id: 'a', steps: `${ask('q')}, ${say('thanks', 'You said {q}')}` }))
  await visit()
  expect(textsOf(await world.turns.say('U-anna', '４'))).toEqual(['You said 4'])
  expect(textsOf(await world.turns.say('U-anna', '４'))).not.toEqual(['You said 4'])
})

test('a choice is answered by button or by its words, and shown in the reader’s language', async () => {
  const options = '[{ value: dear, label: { ja: 価格, en: Price } }, { value: far, label: { ja: 場所, en: Place } }]'
  const question = `{ id: why, do: ask, ${text('why?')}, answer: { type: choice, options: ${options} }, timeout: { after: 1d, to: exit } }`
  await world.publish(flow({ id: 'a', steps: `${question}, ${say('thanks', '{why}')}` }))
  const emma = await world.person('U-emma', 'en')
  await visit()
  const [asked] = await world.fact(emma, 'visit')
  expect(textsOf(await world.turns.say('U-anna', '場所'))).toEqual(['場所'])
  expect(textsOf(await world.tap('U-emma', dataOf(asked, 'Price')))).toEqual(['Price'])
})

test('the customer’s name stands in texts; what was not answered is a dash', async () => {
  await world.publish(flow({ id: 'a', steps: `${say('hello', '{customer.name}: {q}', ', next: q')}, ${ask('q')}` }))
  expect(textsOf(await visit())).toEqual(['佐藤 花子 様: —', 'q?'])
})

test('two flows on one fact both begin, and the question comes last so that its buttons stay', async () => {
  await world.publish(flow({ id: 'b', steps: say('news') }))
  await world.publish(flow({ id: 'a', steps: `${say('hello')}, ${ask('q')}` }))
  expect(textsOf(await visit())).toEqual(['news', 'hello', 'q?'])
})

test('words handed to staff later still belong to the message that held them', async () => {
  const why = `{ id: why, do: ask, ${text('why?')}, answer: { type: text }, timeout: { after: 1d, to: exit } }`
  const alert = '{ id: alert, do: follow_up, priority: normal, due: 3d, words: why }'
  await world.publish(flow({ id: 'a', steps: `${why}, { id: w, do: wait, for: 1d }, ${alert}` }))
  await visit()
  await world.turns.say('U-anna', '店内が寒い')
  await world.pass('1d')
  const [reason] = await db().prisma.followUpReason.findMany()
  expect(reason).toMatchObject({ kind: 'flow', score: null })
  expect(reason?.cause).toMatch(/^line:.*:a\.alert$/)
  expect(reason?.wordsSealed).not.toBeNull()
})

test('a timer that fires twice, or after the answer, does nothing more', async () => {
  await world.publish(flow({ id: 'a', steps: `${ask('q')}, ${say('thanks')}` }))
  const [question] = await visit()
  const timer = await db().prisma.timer.findFirstOrThrow({ where: { kind: 'flow' } })
  await world.tap('U-anna', dataOf(question, '4'))
  await db().prisma.timer.create({ data: { ...timer, name: `${timer.name}:late` } })
  expect(await world.pass('5d')).toEqual([])
  expect(await db().prisma.flowRun.findFirst()).toMatchObject({ visit: 1, step: 'exit' })
})

test('work that fails half-way leaves neither a run nor a timer', async () => {
  await world.publish(flow({ id: 'a', steps: ask('q') }))
  const fact = { customerId: anna, name: 'visit', at: world.scope.now(), source: 'test', sourceId: '1', properties: {} }
  const failing = world.perform(async (work) => {
    await recordFact(work, fact)
    throw new Error('power cut')
  })
  await expect(failing).rejects.toThrow('power cut')
  expect(await openRuns()).toEqual([])
  expect(await db().prisma.timer.count()).toBe(0)
})

test('a follow-up shows score and words as two reasons, each named after the message that gave it', async () => {
  const words = `{ id: w, do: ask, ${text('why?')}, answer: { type: text }, timeout: { after: 1d, to: exit } }`
  const desk = '{ id: d, do: follow_up, priority: normal, due: 1d, score: q, words: w }'
  await world.publish(flow({ id: 'a', steps: `${ask('q')}, ${words}, ${desk}` }))
  const [question] = await visit()
  await world.tap('U-anna', dataOf(question, '4'))
  await world.turns.say('U-anna', '4階が寒い')
  const reasons = await db().prisma.followUpReason.findMany({ orderBy: { id: 'asc' } })
  expect(reasons.map(({ kind, score, wordsSealed }) => [kind, score, wordsSealed !== null])).toEqual([
    ['flow', 4, false],
    ['flow', null, true]
  ])
  expect(new Set(reasons.map(({ cause }) => cause)).size).toBe(2)
  expect(await db().prisma.followUp.count()).toBe(1)
})

const offer = (steps: string) => flow({ id: 'a', steps }).replace('consent: service', 'consent: marketing')
const withheld = async () =>
  (await db().prisma.event.findMany({ where: { name: 'message.withheld' } })).map(({ properties }) => properties)
const allow = (allowed: boolean) =>
  world.perform((work) =>
    changeConsent(work, { customerId: anna, purpose: 'marketing', allow: allowed, source: 'test' })
  )

test('who did not agree to a flow’s purpose does not enter it, and why is on record', async () => {
  await world.publish(offer(say('hello')))
  expect(await visit()).toEqual([])
  expect(await withheld()).toEqual([{ campaign: 'a', purpose: 'marketing', reason: 'consent' }])
  await allow(true)
  expect(textsOf(await visit())).toEqual(['hello'])
})

test('who takes the consent back is not written to by what has begun, but what staff should do is done', async () => {
  await allow(true)
  const wait = '{ id: w, do: wait, for: 3d }'
  const care = '{ id: care, do: follow_up, priority: normal, due: 24h }'
  await world.publish(offer(`${wait}, ${say('hello')}, ${care}, ${ask('q')}, ${say('bye')}`))
  await visit()
  await allow(false)
  expect(await world.pass('3d')).toEqual([])
  expect(await openRuns()).toEqual([])
  expect(await db().prisma.followUp.count()).toBe(1)
  expect(await world.pass('30d')).toEqual([])
})

test('who wants only coupons is written to by a flow that brings one, to its end, and by no other', async () => {
  await allow(true)
  await world.perform((work) => changeFrequency(work, anna, 'coupons'))
  const wait = '{ id: w, do: wait, for: 3d }'
  const steps = `${say('hello')}, ${wait}, ${say('tip')}`
  await world.publish(offer(steps))
  expect(await visit()).toEqual([])
  expect(await withheld()).toEqual([{ campaign: 'a', purpose: 'marketing', reason: 'coupons_only' }])
  await world.publish(offer(steps).replace('consent: marketing', 'consent: marketing, coupon: true'))
  expect(textsOf(await visit())).toEqual(['hello'])
  expect(textsOf(await world.pass('3d'))).toEqual(['tip'])
})

test('an answer is answered, even after the customer stopped our messages', async () => {
  await allow(true)
  await world.publish(offer(`${ask('q')}, ${say('thanks')}`))
  const [question] = await visit()
  await world.perform((work) => changeFrequency(work, anna, 'stop'))
  expect(textsOf(await world.tap('U-anna', dataOf(question, '4')))).toEqual(['thanks'])
})
