import { beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { buttonsOf, dataOf, type FlowWorld, flowWorld, textsOf } from '../../../test/support/flow-world.ts'
import { flowLine } from './line.ts'

const db = useDatabase()
const ANNA = 'U-anna'
let world: FlowWorld
let anna: string

const head = (id: string) => `
id: ${id}
kind: survey
consent: service
trigger: { event: visit }
steps:`
const SEVERAL = `${head('liked')}
  - id: liked
    do: ask
    text: { ja: よかった点をお選びください。, en: What did you like? }
    answer:
      type: multi_choice
      min: 1
      max: 2
      options:
        - { value: taste, label: { ja: 味, en: Taste } }
        - { value: staff, label: { ja: 接客, en: Staff } }
        - { value: room, label: { ja: お部屋, en: Room } }
    optional: true
    timeout: { after: 3d, to: exit }
    next:
      - { when: { liked: { includes: staff } }, to: staff }
      - { to: thanks }
  - { id: staff, do: say, text: { ja: 接客をお褒めいただき, en: Praise }, next: thanks }
  - { id: thanks, do: say, text: { ja: '「{liked}」を承りました。', en: 'Noted {liked}.' } }`
const DAY = `${head('next_visit')}
  - id: day
    do: ask
    text: { ja: 次はいつお越しになりますか？, en: When will you come again? }
    answer: { type: date, min: +1d, max: +60d, shows: +7d }
    timeout: { after: 3d, to: exit }
  - { id: thanks, do: say, text: { ja: '「{day}」にお待ちしております。', en: 'See you on {day}.' } }`

beforeEach(async () => {
  world = flowWorld(db())
  anna = await world.person(ANNA)
})

const visit = async () => (await world.fact(anna, 'visit'))[0]
const labels = (message: Parameters<typeof buttonsOf>[0]) => buttonsOf(message).map(({ label }) => label)
const texts = async () => {
  const answers = await db().prisma.surveyAnswer.findMany()
  return answers.map(({ textSealed }) => textSealed && db().cipher.open('survey_answer.text', textSealed))
}
const answerFacts = async () =>
  (await db().prisma.event.findMany({ where: { name: 'survey.answered' } })).map(({ properties }) => properties)
const runRow = () => db().prisma.flowRun.findFirstOrThrow()

describe('one of several', () => {
  beforeEach(async () => void (await world.publish(SEVERAL)))

  test('options are ticked one after the other, shown, and decided on', async () => {
    const question = await visit()
    expect(labels(question)).toEqual(['味', '接客', 'お部屋', 'スキップ'])
    const [one] = await world.tap(ANNA, dataOf(question, 'お部屋'))
    expect(textsOf(one ? [one] : [])[0]).toContain('選択中：お部屋\n')
    expect(labels(one)).toEqual(['決定', '味', '接客', '✓ お部屋', 'スキップ'])
    const [two] = await world.tap(ANNA, dataOf(one, '接客'))
    expect(textsOf(two ? [two] : [])[0]).toContain('選択中：接客、お部屋')
    expect(await db().prisma.surveyAnswer.count()).toBe(0)
    const told = await world.tap(ANNA, dataOf(two, '決定'))
    expect(textsOf(told)).toEqual(['接客をお褒めいただき', '「接客、お部屋」を承りました。'])
    expect(await texts()).toEqual(['staff,room'])
    expect(await answerFacts()).toEqual([{ survey: 'liked', question: 'liked', value: 'staff,room' }])
  })

  test('a tick can be taken away again; a tap that comes twice means the same', async () => {
    const question = await visit()
    await world.tap(ANNA, dataOf(question, '味'))
    const [twice] = await world.tap(ANNA, dataOf(question, '味'))
    expect(labels(twice)).toEqual(['決定', '✓ 味', '接客', 'お部屋', 'スキップ'])
    const [none] = await world.tap(ANNA, dataOf(twice, '✓ 味'))
    expect(textsOf(none ? [none] : [])).toEqual(['選択を外しました。あてはまるものをお選びください。'])
    expect(labels(none)).toEqual(['味', '接客', 'お部屋', 'スキップ'])
    expect(textsOf(await world.tap(ANNA, dataOf(twice, '決定')))).toEqual([
      '恐れ入りますが、1つから2つまでお選びください。'
    ])
  })

  test('more than may be chosen is refused kindly, and what was ticked stays', async () => {
    const question = await visit()
    for (const label of ['味', '接客']) await world.tap(ANNA, dataOf(question, label))
    const [refused] = await world.tap(ANNA, dataOf(question, 'お部屋'))
    expect(textsOf(refused ? [refused] : [])).toEqual(['恐れ入りますが、1つから2つまでお選びください。'])
    expect(labels(refused)).toEqual(['決定', '✓ 味', '✓ 接客', 'お部屋', 'スキップ'])
  })

  test('what is ticked stays ticked while something else is talked of', async () => {
    await world.tap(ANNA, dataOf(await visit(), '味'))
    expect(labels((await world.turns.say(ANNA, 'ヘルプ')).at(-1))).toContain('✓ 味')
  })

  test.each([
    ['味と接客', [], 'taste,staff'],
    ['接客', ['味'], 'taste,staff'],
    ['決定', ['お部屋'], 'room'],
    ['味、お部屋', [], 'taste,room']
  ])('typing %s counts, with what was ticked before', async (said, ticked, kept) => {
    const question = await visit()
    for (const label of ticked) await world.tap(ANNA, dataOf(question, label))
    await world.turns.say(ANNA, said)
    expect(await texts()).toEqual([kept])
  })

  test('too many that are typed are asked for again; what names none goes elsewhere', async () => {
    await visit()
    expect(textsOf(await world.turns.say(ANNA, '味 接客 お部屋'))).toEqual([
      '恐れ入りますが、1つから2つまでお選びください。'
    ])
    await world.turns.say(ANNA, '味が薄かった')
    expect(await db().prisma.surveyAnswer.count()).toBe(0)
  })

  test('taps on a question that was answered, has timed out or is somebody else’s change nothing', async () => {
    const question = await visit()
    const [ticked] = await world.tap(ANNA, dataOf(question, '味'))
    await world.person('U-eve')
    const closed = [expect.stringContaining('受付は終了')]
    for (const label of ['決定', '接客'])
      expect(textsOf(await world.tap('U-eve', dataOf(ticked, label)))).toEqual(closed)
    await world.tap(ANNA, dataOf(ticked, '決定'))
    const before = await runRow()
    for (const label of ['決定', '接客', '✓ 味'])
      expect(textsOf(await world.tap(ANNA, dataOf(ticked, label)))[0]).toContain('お答えいただいています')
    expect([await runRow(), await texts()]).toEqual([before, ['taste']])
  })

  test('what was ticked and never decided is no answer', async () => {
    const question = await visit()
    await world.tap(ANNA, dataOf(question, '味'))
    await world.pass('4d')
    expect(textsOf(await world.tap(ANNA, dataOf(question, '接客')))[0]).toContain('受付は終了')
    expect(await db().prisma.surveyAnswer.count()).toBe(0)
    expect(db().cipher.open('flow_run.facts', (await runRow()).factsSealed)).toBe('{"facts":{},"causes":{}}')
  })

  test('an answer taken back is forgotten', async () => {
    await visit()
    await world.turns.say(ANNA, '味と接客')
    const { cause } = await db().prisma.surveyAnswer.findFirstOrThrow()
    await world.perform(async (work) => {
      const event = { type: 'unsend', webhookEventId: 'E', timestamp: 0, mode: 'active' }
      const customer = { id: anna, locale: 'ja' as const, name: undefined }
      await flowLine.unsend?.({ work, customer, event, ageMs: 0, help: async () => [], say: () => {} }, cause)
    })
    expect(await texts()).toEqual([null])
    expect(JSON.stringify(await answerFacts())).not.toContain('taste')
  })
})

describe('a day', () => {
  const pick = (data: string, date: string) =>
    world.turns.handle(ANNA, { type: 'postback', postback: { data, params: { date } } })
  beforeEach(async () => void (await world.publish(DAY)))

  test('the calendar shows the days that are taken, and a picked one is the answer', async () => {
    const question = await visit()
    const [button] = buttonsOf(question)
    expect(button).toMatchObject({
      ...{ type: 'datetimepicker', mode: 'date', label: '日付を選ぶ' },
      ...{ min: '2026-11-22', max: '2027-01-20', initial: '2026-11-28' }
    })
    expect(textsOf(await pick(button?.data ?? '', '2026-12-24'))).toEqual(['「2026年12月24日」にお待ちしております。'])
    expect(await texts()).toEqual(['2026-12-24'])
  })

  test('a day stays out of the fact, and out of a run that is over: it may be a birthday', async () => {
    const [button] = buttonsOf(await visit())
    await pick(button?.data ?? '', '2026-12-24')
    expect(await answerFacts()).toEqual([{ survey: 'next_visit', question: 'day' }])
    expect(db().cipher.open('flow_run.facts', (await runRow()).factsSealed)).not.toContain('2026-12-24')
  })

  test.each(['2026-12-24', '12/24', '１２月２４日です。', '20261224'])('typing %s is as good', async (said) => {
    await visit()
    await world.turns.say(ANNA, said)
    expect(await texts()).toEqual(['2026-12-24'])
  })

  test('a day that is not taken is asked for again, tapped or typed; what is no day goes elsewhere', async () => {
    const [button] = buttonsOf(await visit())
    const again = '恐れ入りますが、2026年11月22日から2027年1月20日までの日付でお答えください。'
    for (const told of [await world.turns.say(ANNA, 'きょう'), await pick(button?.data ?? '', '2026-11-21')]) {
      expect(textsOf(told)).toEqual([again])
      expect(labels(told[0])).toEqual(['日付を選ぶ'])
    }
    await world.turns.say(ANNA, '何時までですか')
    expect(await texts()).toEqual([])
  })

  test('a calendar that was open since yesterday is looked at as of today', async () => {
    const [button] = buttonsOf(await visit())
    await world.pass('1d')
    expect(textsOf(await pick(button?.data ?? '', '2026-11-22'))[0]).toContain('2026年11月23日から')
    expect(await texts()).toEqual([])
  })

  test('a picked day that comes twice, or late, or without a day, changes nothing', async () => {
    const [button] = buttonsOf(await visit())
    const data = button?.data ?? ''
    expect(await world.tap(ANNA, data)).toEqual([])
    await pick(data, '2026-12-24')
    expect(textsOf(await pick(data, '2026-12-25'))[0]).toContain('お答えいただいています')
    expect(await texts()).toEqual(['2026-12-24'])
  })
})
