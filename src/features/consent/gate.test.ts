import { beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { type TestScope, testScope } from '../../../test/support/queue.ts'
import { createPerform } from '../../platform/perform.ts'
import type { Fact, Perform, Work } from '../../platform/work.ts'
import { tellAttributes } from '../customers/index.ts'
import { admitMessage, changeConsent, changeFrequency } from './index.ts'

const db = useDatabase()
let scope: TestScope
let perform: Perform
let withheld: Fact[]
let anna: string
let causes = 0

beforeEach(async () => {
  scope = testScope(db())
  scope.at = new Date('2026-11-21T12:00:00+09:00')
  withheld = []
  const listener = {
    name: 'listener',
    on: { 'message.withheld': async (_: Work, fact: Fact) => void withheld.push(fact) }
  }
  perform = createPerform({ scope, features: [listener], onCommit: () => undefined })
  anna = (await db().prisma.customer.create({ data: { createdAt: scope.at } })).id
  await run((work) => changeConsent(work, { customerId: anna, purpose: 'marketing', allow: true, source: 'test' }))
})

const run = <T>(work: (work: Work) => Promise<T>, cause = `test:${++causes}`) => perform(cause, work)
const offer = (more: object = {}, cause?: string) =>
  run((work) => admitMessage(work, { customerId: anna, purpose: 'marketing', campaign: 'autumn', ...more }), cause)
/** "send", "wait 23" hours, or "drop" and why. */
async function outcome(more: object = {}, cause?: string): Promise<string> {
  const admission = await offer(more, cause)
  if (admission.do === 'wait') return `wait ${(admission.until.getTime() - scope.at.getTime()) / 3_600_000}`
  return admission.do === 'drop' ? `drop: ${admission.reason}` : 'send'
}
const hours = (count: number) => {
  scope.at = new Date(scope.at.getTime() + count * 3_600_000)
}
const choose = (name: string, value: string) =>
  db().prisma.settingChange.create({
    data: { name, version: 1, value, changedBy: 'U1', changedAt: scope.at, cause: 'test' }
  })

describe('the gate', () => {
  it('withholds what was not consented to, and puts the reason on record', async () => {
    await run((work) => changeConsent(work, { customerId: anna, purpose: 'marketing', allow: false, source: 'test' }))
    expect(await outcome()).toBe('drop: consent')
    expect(withheld).toMatchObject([{ properties: { campaign: 'autumn', purpose: 'marketing', reason: 'consent' } }])
    expect(await outcome({ purpose: 'service' })).toBe('send')
  })

  it('says no at night as well: nobody waits for what never comes', async () => {
    await run((work) => changeConsent(work, { customerId: anna, purpose: 'marketing', allow: false, source: 'test' }))
    hours(10)
    expect(await outcome()).toBe('drop: consent')
  })

  it('lets one message in thirty days through to those who want less, and what goes on from it', async () => {
    await run((work) => changeFrequency(work, anna, 'less'))
    expect(await outcome()).toBe('send')
    hours(29 * 24)
    expect([await outcome(), await outcome({ purpose: 'research' })]).toEqual(['drop: too_often', 'drop: too_often'])
    expect(await outcome({ goingOn: true })).toBe('send')
    hours(30 * 24)
    expect(await outcome()).toBe('send')
  })

  it('stops what goes on when the customer says stop', async () => {
    await run((work) => changeFrequency(work, anna, 'stop'))
    expect(await outcome({ goingOn: true, coupon: true })).toBe('drop: stopped')
  })
})

describe('how often anybody is written to', () => {
  it('is once a day and three times a week, of all flows together; what is more waits until it fits', async () => {
    expect(await outcome()).toBe('send')
    hours(2)
    expect(await outcome({ campaign: 'winter', purpose: 'research' })).toBe('wait 22')
    hours(22)
    expect(await outcome({ campaign: 'winter' })).toBe('send')
    hours(24)
    expect(await outcome({ goingOn: true })).toBe('send')
    hours(24)
    expect(await outcome()).toBe(`wait ${4 * 24}`)
  })

  it('leaves the service alone, which does not count either', async () => {
    for (let at = 0; at < 5; at += 1) expect(await outcome({ purpose: 'service' })).toBe('send')
    expect(await outcome()).toBe('send')
    expect(await outcome({ purpose: 'service' })).toBe('send')
  })

  it('lets what comes of a customer’s own doing through, and counts it', async () => {
    expect(await outcome()).toBe('send')
    expect(await outcome({}, 'line:E1')).toBe('send')
    hours(23)
    expect(await outcome()).toBe('wait 1')
  })

  it('counts neither what is not said yet nor who is only compared with', async () => {
    expect([await outcome({ isSilent: true }), await outcome({ isControl: true })]).toEqual(['send', 'send'])
    expect(await outcome()).toBe('send')
    expect([await outcome({ isSilent: true }), await outcome({ isControl: true })]).toEqual(['send', 'wait 24'])
  })

  it('is as managers chose', async () => {
    await choose('cap', 'none')
    for (let at = 0; at < 9; at += 1) expect(await outcome()).toBe('send')
  })

  it('is kept no longer than it is asked for', async () => {
    await offer()
    hours(31 * 24)
    await offer()
    expect(await db().prisma.told.findMany()).toMatchObject([{ at: scope.at, campaign: 'autumn' }])
  })
})

describe('quiet hours', () => {
  const tell = (value: string) =>
    run((work) =>
      tellAttributes(work, [
        {
          customerId: anna,
          at: scope.at,
          by: 'test:1',
          attributes: [{ name: 'timezone', value, coarse: value }]
        }
      ])
    )

  it('are those of the clocks where the customer lives', async () => {
    await tell('America/New_York')
    expect(await outcome()).toBe('wait 11')
    hours(11)
    // Nine in the morning there, eleven at night in Tokyo.
    expect(await outcome()).toBe('send')
  })

  it('are the shop’s for those who told nobody where they live', async () => {
    hours(11)
    expect(await outcome()).toBe('wait 10')
    expect(await outcome({ purpose: 'service' })).toBe('wait 10')
    expect(await outcome({}, 'line:E2')).toBe('send')
  })

  it('do not end before a message fits, nor the other way round', async () => {
    hours(8)
    expect(await outcome()).toBe('send')
    hours(13)
    // Nine in the morning; a day after the last one is eight at night.
    expect(await outcome()).toBe('wait 11')
  })
})
