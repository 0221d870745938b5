import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact, Perform, Work } from '../../platform/work.ts'
import { publish } from '../definitions/index.ts'
import { changeConsent, changeFrequency, mayTell, mayTellAll, mayUse, mayUseAll } from './index.ts'

const db = useDatabase()
let scope: TestScope
let perform: Perform
let heard: Fact[]
let anna: string
let causes = 0

beforeEach(async () => {
  scope = testScope(db())
  heard = []
  const listen = async (_work: Work, fact: Fact) => void heard.push(fact)
  const names = ['consent.changed', 'preference.changed', 'message.withheld']
  const listener = { name: 'listener', on: Object.fromEntries(names.map((name) => [name, listen])) }
  perform = createPerform({ scope, features: [listener], onCommit: () => undefined })
  anna = await customer()
})

const customer = async () => (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id
const run = <T>(work: (work: Work) => Promise<T>, cause = `test:${++causes}`) => perform(cause, work)
const answer = (allow: boolean, more: object = {}, cause?: string) =>
  run((work) => changeConsent(work, { customerId: anna, purpose: 'marketing', allow, source: 'test', ...more }), cause)
const rows = () => db().prisma.consentChange.findMany({ orderBy: { id: 'asc' } })
const days = (count: number) => {
  scope.at = new Date(scope.at.getTime() + count * 86_400_000)
}

describe('an answer', () => {
  it('is kept with the wording version, the way it came and its time; nothing is overwritten', async () => {
    await answer(true, { version: 3 })
    days(1)
    await answer(false)
    expect(await rows()).toMatchObject([
      { purpose: 'marketing', status: 'granted', version: 3, source: 'test' },
      { purpose: 'marketing', status: 'withdrawn', version: 0, at: scope.at }
    ])
    expect(heard.map(({ name, properties }) => [name, properties])).toEqual([
      ['consent.changed', { purpose: 'marketing', status: 'granted', version: 3 }],
      ['consent.changed', { purpose: 'marketing', status: 'withdrawn', version: 0 }]
    ])
  })

  it('given again, by another tap or by the same cause, is kept once', async () => {
    expect(await answer(true)).toBe(true)
    expect(await answer(true)).toBe(false)
    expect(await answer(false, {}, 'line:1')).toBe(true)
    expect(await answer(true, {}, 'line:1')).toBe(false)
    expect(await rows()).toHaveLength(2)
    expect(await mayUse(db().prisma, anna, 'marketing')).toBe(false)
  })

  it('of one who never answered is the default of the wordings in force', async () => {
    expect(await mayUse(db().prisma, anna, 'research')).toBe(true)
    const wording = { label: { ja: 'あ', en: 'a' }, wording: { ja: 'あ', en: 'a' } }
    const chosen = { ...wording, default: 'refused' }
    const purposes = { service: wording, research: chosen, marketing: chosen, profiling: chosen }
    await run(({ tx, now }) => publish(tx, { kind: 'consent', key: 'consent', body: { purposes }, at: now }))
    expect(await mayUse(db().prisma, anna, 'research')).toBe(false)
    await answer(true, { purpose: 'research' })
    expect((await rows()).at(-1)).toMatchObject({ version: 1, status: 'granted' })
    expect(await mayUse(db().prisma, anna, 'research')).toBe(true)
  })

  it('is told apart by purpose and customer when many are asked about', async () => {
    const emma = await customer()
    await answer(true)
    await answer(false, { purpose: 'research' })
    await run((work) => changeConsent(work, { customerId: emma, purpose: 'research', allow: true, source: 'test' }))
    const all = [anna, emma]
    expect(await mayUseAll(db().prisma, all, 'marketing')).toEqual(new Set([anna]))
    expect(await mayUseAll(db().prisma, all, 'research')).toEqual(new Set([emma]))
    expect(await mayUseAll(db().prisma, all, 'service')).toEqual(new Set(all))
    expect(await mayUseAll(db().prisma, [], 'research')).toEqual(new Set())
  })
})

describe('how often', () => {
  it('is kept once, announced, and stays until it is changed', async () => {
    expect(await run((work) => changeFrequency(work, anna, 'normal'))).toBe(false)
    expect(await run((work) => changeFrequency(work, anna, 'stop'))).toBe(true)
    expect(await run((work) => changeFrequency(work, anna, 'stop'))).toBe(false)
    expect(heard.map(({ properties }) => properties)).toEqual([{ frequency: 'stop' }])
    const research = { purpose: 'research' } as const
    expect(await mayTell({ tx: db().prisma, now: scope.at }, anna, research)).toBe(false)
    expect(await mayTell({ tx: db().prisma, now: scope.at }, anna, { purpose: 'service' })).toBe(true)
    expect(await mayUse(db().prisma, anna, 'research')).toBe(true)
  })

  it('decides who of many is written to', async () => {
    const emma = await customer()
    await run((work) => changeFrequency(work, anna, 'coupons'))
    const told = (coupon: boolean) =>
      mayTellAll({ tx: db().prisma, now: scope.at }, [anna, emma], { purpose: 'research', coupon })
    expect(await told(false)).toEqual(new Set([emma]))
    expect(await told(true)).toEqual(new Set([anna, emma]))
  })
})
