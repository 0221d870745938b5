import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../../test/support/database.ts'
import { testScope } from '../../../test/support/queue.ts'
import { member, staffDesk } from '../../../test/support/staff-desk.ts'
import { visitor } from '../../../test/support/visits.ts'
import { answerQuestion, answerView, metricsFeature } from './index.ts'

const db = useDatabase()
/** Saturday, 21 November 2026, 10:00 in Japan. */
const NOW = new Date('2026-11-21T01:00:00Z')

async function answer(question: string, now = NOW) {
  const answered = await answerQuestion(db(), { question, now, timeZone: 'Asia/Tokyo' })
  if (!answered.ok) throw new Error(answered.kind)
  return answered.value
}
async function visitors(count: number, visits: readonly string[]): Promise<void> {
  for (let made = 0; made < count; made += 1) await visitor(db(), { visits })
}
async function kpi(text: string, staff = member('UBOSS', { role: 'manager' })) {
  const scope = testScope(db(), NOW)
  const seen = await staffDesk(scope, [metricsFeature]).command(staff, '/kpi', text)
  return { ...seen, blocks: JSON.stringify(seen.said[0]?.blocks ?? seen.whispers[0]?.blocks) }
}

describe('retention', () => {
  it('is the share of those at the start who are there at the end; newcomers and win-backs do not count', async () => {
    await visitors(8, ['2026-09-15T03:00:00Z', '2026-10-10T03:00:00Z'])
    await visitors(2, ['2026-07-10T03:00:00Z'])
    await visitors(3, ['2026-10-05T03:00:00Z'])
    await visitors(1, ['2026-01-05T03:00:00Z', '2026-10-05T03:00:00Z'])
    const { figure } = await answer('継続率 先月')
    expect(figure).toMatchObject({ value: 0.8, n: 10 })
    expect(figure.interval?.low).toBeLessThan(0.8)
  })

  it('is nothing without anybody at the start, never 0 %', async () => {
    await visitors(3, ['2026-10-05T03:00:00Z'])
    expect((await answer('継続率 先月')).figure).toEqual({ value: null, n: 0, interval: undefined })
    expect((await kpi('継続率 先月')).said[0]?.text).toBe('継続率 —')
  })

  it('counts a visit on the day it was in Japan: 00:30 on the first is after the start', async () => {
    await visitors(1, ['2026-09-30T15:30:00Z'])
    await visitors(1, ['2026-09-30T14:30:00Z'])
    expect((await answer('継続率 先月')).figure.n).toBe(1)
  })

  it('counts as active up to 90 days after a visit and not a moment longer', async () => {
    const start = Date.parse('2026-09-30T15:00:00Z')
    await visitors(1, [new Date(start - 90 * 86_400_000).toISOString()])
    await visitors(1, [new Date(start - 90 * 86_400_000 - 1).toISOString()])
    expect((await answer('継続率 先月')).figure.n).toBe(1)
  })

  it('of a period that still runs ends now and is compared with as many days', async () => {
    await visitors(1, ['2026-10-20T03:00:00Z'])
    const { query, before } = await answer('継続率 今月')
    expect(query.period).toMatchObject({ from: '2026-11-01', to: '2026-11-21', partial: true })
    expect(before.period).toMatchObject({ from: '2026-10-01', to: '2026-10-21' })
  })
})

describe('NPS', () => {
  it('counts the latest answer of each customer in the period, by the day in Japan', async () => {
    const november = '2026-11-10T03:00:00Z'
    for (const score of [10, 9, 9, 8, 0]) await visitor(db(), { scores: [[november, score]] })
    await visitor(db(), {
      scores: [
        ['2026-11-02T03:00:00Z', 0],
        ['2026-11-12T03:00:00Z', 10]
      ]
    })
    await visitor(db(), { scores: [['2026-10-31T14:59:00Z', 0]] })
    await visitor(db(), { scores: [['2026-10-31T15:00:00Z', 7]] })
    const { figure } = await answer('nps 今月')
    expect(figure).toMatchObject({ n: 7, parts: { promoters: 4, passives: 2, detractors: 1 } })
    expect(figure.value).toBeCloseTo(300 / 7, 10)
  })

  it('leaves out what has not been answered, other surveys, and what is yet to come', async () => {
    const id = await visitor(db(), { scores: [['2026-11-22T03:00:00Z', 10]] })
    const startedAt = new Date('2026-11-10T03:00:00Z')
    const base = { customerId: id, definitionId: id, startedAt }
    await db().prisma.surveyResponse.create({ data: { ...base, survey: 'nps', runId: crypto.randomUUID() } })
    await db().prisma.surveyResponse.create({
      data: { ...base, survey: 'csat', runId: crypto.randomUUID(), score: 5, scoredAt: startedAt }
    })
    expect((await answer('nps 今月')).figure).toMatchObject({ n: 0, value: null })
  })
})

describe('the target', () => {
  const target = (day: string, value: number) =>
    db().prisma.metricTarget.create({
      data: { metric: 'retention', effectiveFrom: new Date(day), value, setBy: 'UBOSS' }
    })

  it('is 80 % retention unless somebody set another', async () => {
    expect((await answer('継続率 先月')).target).toBe(0.8)
    expect((await answer('nps 今月')).target).toBeUndefined()
  })

  it('is the one in force at the end of the period, not a later one', async () => {
    await target('2026-09-01', 0.7)
    await target('2026-10-31', 0.85)
    await target('2026-11-01', 0.9)
    expect((await answer('継続率 先月')).target).toBe(0.85)
    expect((await answer('継続率 先々月')).target).toBe(0.7)
    expect((await answer('継続率 今月')).target).toBe(0.9)
  })
})

describe('/kpi', () => {
  it('answers in the channel with all it takes to judge the figure', async () => {
    await visitors(8, ['2026-09-15T03:00:00Z', '2026-10-10T03:00:00Z'])
    await visitors(2, ['2026-07-10T03:00:00Z'])
    const { said, blocks } = await kpi('継続率 先月')
    expect(said[0]?.text).toBe('継続率 80.0%')
    for (const part of [
      '2026年10月1日',
      '10名',
      '49.0% – 94.3%',
      '≥ 80.0% → ±0 (達成)',
      '前の期間',
      '定義:',
      '時点',
      '⚠️'
    ])
      expect(blocks).toContain(part)
    expect(blocks).not.toContain('途中')
  })

  it('marks a period that still runs', async () => {
    expect((await kpi('nps 今月')).blocks).toMatch(/NPS [^"]*\(途中\)/)
  })

  it('shows the change in points, with its sign', async () => {
    await visitor(db(), { scores: [['2026-10-10T03:00:00Z', 10]] })
    await visitor(db(), { scores: [['2026-11-10T03:00:00Z', 0]] })
    expect((await kpi('nps 今月')).blocks).toContain('100 → −200pt')
  })

  it('shows as the change what a reader finds who subtracts the two figures', async () => {
    // −16.7 and 16.7 are shown as −17 and 17.
    for (const score of [0, 0, 10, 8, 8, 8]) await visitor(db(), { scores: [['2026-11-10T03:00:00Z', score]] })
    for (const score of [10, 10, 0, 8, 8, 8]) await visitor(db(), { scores: [['2026-10-10T03:00:00Z', score]] })
    expect((await kpi('nps 今月')).blocks).toContain('17 → −34pt')
  })

  it.each([
    ['継続率 先月', 'ja', '— (9月1日–30日)'],
    ['継続率 2026年1月', 'ja', '— (2025年12月1日–31日)'],
    ['継続率 今日', 'ja', '— (11月20日)'],
    ['継続率 先週', 'ja', '— (11月2日–8日)'],
    ['継続率 2025年', 'ja', '— (2024年1月1日–12月31日)'],
    ['継続率 過去30日', 'ja', '— (9月23日–10月22日)'],
    ['retention last month', 'en', '— (Sep 1 – 30)'],
    ['retention january 2026', 'en', '— (Dec 1 – 31, 2025)']
  ] as const)('%s (%s) names the period before on one line: %s', async (question, locale, before) => {
    const view = answerView(await answer(question), locale)
    expect(Object.fromEntries(view.facts)[locale === 'ja' ? '前の期間' : 'Period before']).toBe(before)
  })

  it('speaks the language of who asks, and lets viewers ask', async () => {
    const { said, blocks } = await kpi('NPS 先月', member('UEMMA', { role: 'viewer', locale: 'en' }))
    expect(said[0]?.text).toBe('NPS —')
    expect(blocks).toContain('Definition: Share of promoters')
    expect(metricsFeature.slack?.commands?.['/kpi']?.role).toBe('viewer')
  })

  it('says the period it took when none was given', async () => {
    expect((await kpi('継続率')).blocks).toContain('期間の指定がないため')
  })

  it.each([
    ['売上 先月', '「売上」'],
    ['', '何をお調べしますか'],
    ['今月', 'どの指標か'],
    ['nps 2030年1月', 'まだ始まっていません'],
    ['&lt;!channel&gt; 売上', '例: nps 今月']
  ])('tells only the person who asked %j what to write instead', async (text, part) => {
    const { said, blocks } = await kpi(text)
    expect(said).toEqual([])
    expect(blocks).toContain(part)
    expect(blocks).not.toContain('<!channel>')
  })
})
