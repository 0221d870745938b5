import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type FlowWorld, flowWorld } from '../../../test/support/flow-world.ts'
import { newId } from '../../core/ids.ts'
import { lastScore, type NewAnswer, recordAnswer, withdrawAnswers } from './index.ts'

const db = useDatabase()
let world: FlowWorld
let anna: string
let base: NewAnswer

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person('U-anna')
  base = {
    customerId: anna,
    survey: 'nps',
    definitionId: newId(),
    runId: newId(),
    startedAt: world.scope.now(),
    question: 'score',
    visit: 1,
    value: 8,
    measure: 'nps',
    ownWords: false
  }
})

const record = (more: Partial<NewAnswer> = {}) => world.perform((work) => recordAnswer(work, { ...base, ...more }))
const response = () => db().prisma.surveyResponse.findFirstOrThrow({ include: { answers: true } })
const factProperties = async () =>
  (await db().prisma.event.findMany({ where: { name: 'survey.answered' }, orderBy: { id: 'asc' } })).map(
    ({ properties }) => properties
  )

test('a score is stored with its response, its fact, and the customer’s newest NPS', async () => {
  await record()
  expect(await response()).toMatchObject({ survey: 'nps', score: 8, scoredAt: world.scope.now(), runId: base.runId })
  expect(await factProperties()).toEqual([
    { survey: 'nps', question: 'score', measure: 'nps', score: 8, class: 'passive' }
  ])
  expect(await db().prisma.customerStats.findFirst()).toMatchObject({ lastNps: 8 })
})

test('CSAT and CES count as scores, without the classes of NPS; the newest CSAT is known of the customer', async () => {
  await record({ survey: 'csat', measure: 'csat', value: 2 })
  await record({ survey: 'ces', measure: 'ces', value: 3, runId: newId() })
  expect(await factProperties()).toEqual([
    { survey: 'csat', question: 'score', measure: 'csat', score: 2 },
    { survey: 'ces', question: 'score', measure: 'ces', score: 3 }
  ])
  expect(await db().prisma.customerStats.findFirst()).toMatchObject({ lastCsat: 2, lastNps: null, negatives: 2 })
})

test('the answers of one run are one response', async () => {
  await record()
  await record({ question: 'why', visit: 2, value: '静かで良い', measure: undefined, ownWords: true })
  expect(await db().prisma.surveyResponse.count()).toBe(1)
  const { answers, score } = await response()
  expect([score, answers.map(({ question }) => question).sort()]).toEqual([8, ['score', 'why']])
})

test('free text is sealed and stands in no fact; a choice may', async () => {
  await record({ value: '店長の山田さん', measure: undefined, ownWords: true })
  await record({ question: 'why', visit: 2, value: 'price', measure: undefined })
  expect(await factProperties()).toEqual([
    { survey: 'nps', question: 'score' },
    { survey: 'nps', question: 'why', value: 'price' }
  ])
  const { answers, score } = await response()
  expect(score).toBeNull()
  expect(JSON.stringify(answers)).not.toContain('山田')
})

test('a number that measures nothing is no score', async () => {
  await record({ measure: undefined, value: 3 })
  expect(await response()).toMatchObject({ score: null, answers: [{ number: 3, textSealed: null }] })
})

test('the same answer recorded again is one answer and one fact; a question asked again keeps the last', async () => {
  await record()
  await record()
  expect(await factProperties()).toHaveLength(1)
  await record({ visit: 3, value: 2 })
  expect(await response()).toMatchObject({ score: 2, answers: [{ number: 2 }] })
  expect(await factProperties()).toHaveLength(2)
})

test('the last score is the newest before an instant, of that survey', async () => {
  const at = (more: Partial<NewAnswer>, day: number) => {
    world.scope.at = new Date(Date.UTC(2026, 10, day))
    return record({ runId: newId(), ...more })
  }
  await at({ value: 9 }, 1)
  await at({ value: 3 }, 5)
  await at({ value: 10, survey: 'csat' }, 6)
  const before = (day: number) =>
    lastScore(db().prisma, anna, { survey: 'nps', before: new Date(Date.UTC(2026, 10, day)) })
  expect((await before(20))?.score).toBe(3)
  expect((await before(5))?.score).toBe(9)
  expect(await before(1)).toBeUndefined()
})

test('an answer withdrawn leaves its place but neither number nor text, and only its own', async () => {
  await record()
  await record({ question: 'why', visit: 2, value: '音が大きい', measure: undefined, ownWords: true })
  const cause = (await response()).answers.find(({ question }) => question === 'why')?.cause ?? ''
  expect(await world.perform((work) => withdrawAnswers(work, newId(), cause))).toEqual([])
  expect(await world.perform((work) => withdrawAnswers(work, anna, cause))).toEqual([
    { survey: 'nps', question: 'why', runId: base.runId, answeredAt: world.scope.now() }
  ])
  const { answers, score } = await response()
  expect(score).toBe(8)
  expect(answers.map(({ question, number, textSealed }) => [question, number, textSealed]).sort()).toEqual([
    ['score', 8, null],
    ['why', null, null]
  ])
})

describe('a score withdrawn', () => {
  const LATER = new Date('2030-01-01')
  const at = async (day: number, more: Partial<NewAnswer> = {}) => {
    world.scope.at = new Date(Date.UTC(2026, 10, day))
    const runId = newId()
    await record({ runId, ...more })
    const { cause } = await db().prisma.surveyAnswer.findFirstOrThrow({ where: { response: { runId } } })
    return { withdraw: () => world.perform((work) => withdrawAnswers(work, anna, cause)) }
  }
  const known = async () => {
    const { lastNps, lastNpsAt } = await db().prisma.customerStats.findFirstOrThrow()
    return { lastNps, day: lastNpsAt?.getUTCDate() ?? null }
  }

  test('is no score of the response, of the customer or of the fact any more', async () => {
    const { withdraw } = await at(3)
    await withdraw()
    expect(await response()).toMatchObject({ score: null, scoredAt: null })
    expect(await lastScore(db().prisma, anna, { survey: 'nps', before: LATER })).toBeUndefined()
    expect(await known()).toEqual({ lastNps: null, day: null })
    expect(await factProperties()).toEqual([{ survey: 'nps', question: 'score', measure: 'nps' }])
  })

  test('gives way to the one before it', async () => {
    await at(3, { value: 9 })
    const { withdraw } = await at(7, { value: 2 })
    expect(await known()).toEqual({ lastNps: 2, day: 7 })
    await withdraw()
    expect(await known()).toEqual({ lastNps: 9, day: 3 })
    expect((await factProperties())[0]).toMatchObject({ score: 9 })
  })

  test('leaves a newer one as it is', async () => {
    const { withdraw } = await at(3, { value: 9 })
    await at(7, { value: 2 })
    await withdraw()
    expect(await known()).toEqual({ lastNps: 2, day: 7 })
    expect((await factProperties())[1]).toMatchObject({ score: 2, class: 'detractor' })
  })

  test('and withdrawn again changes nothing more, not even a score given since', async () => {
    const { withdraw } = await at(3)
    await withdraw()
    await at(5, { value: 10 })
    await withdraw()
    expect(await known()).toEqual({ lastNps: 10, day: 5 })
  })

  test('of another survey leaves the NPS alone', async () => {
    await at(3, { value: 9 })
    const { withdraw } = await at(7, { value: 2, survey: 'csat' })
    await withdraw()
    expect(await known()).toEqual({ lastNps: 9, day: 3 })
  })
})
