import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computingMs } from '../../../../test/support/computing.ts'
import { parseQuestion } from './question.ts'
import { tokensOf } from './tokens.ts'

const TODAY = '2026-11-21'

describe('parseQuestion', () => {
  it.each([
    ['nps 今月', 'nps 2026-11-01..2026-11-21 partial'],
    ['今月のNPSは？', 'nps 2026-11-01..2026-11-21 partial'],
    ['ＮＰＳ　今月', 'nps 2026-11-01..2026-11-21 partial'],
    ['NPS 先週', 'nps 2026-11-09..2026-11-15'],
    ['継続率 先月', 'retention 2026-10-01..2026-10-31'],
    ['先月の継続率', 'retention 2026-10-01..2026-10-31'],
    ['先月の継続率を教えてください。', 'retention 2026-10-01..2026-10-31'],
    ['先月の継続率はどれくらいですか', 'retention 2026-10-01..2026-10-31'],
    ['継続率　先々月', 'retention 2026-09-01..2026-09-30'],
    ['retention last month', 'retention 2026-10-01..2026-10-31'],
    ['What was our retention rate last month?', 'retention 2026-10-01..2026-10-31'],
    ['Show me the NPS for this week', 'nps 2026-11-16..2026-11-21 partial'],
    ['継続率 2026年10月', 'retention 2026-10-01..2026-10-31'],
    ['継続率 10月', 'retention 2026-10-01..2026-10-31'],
    ['12月のnps', 'nps 2025-12-01..2025-12-31'],
    ['nps 2026-10', 'nps 2026-10-01..2026-10-31'],
    ['nps 2026/9', 'nps 2026-09-01..2026-09-30'],
    ['nps october 2026', 'nps 2026-10-01..2026-10-31'],
    ['nps in Oct', 'nps 2026-10-01..2026-10-31'],
    ['nps may', 'nps 2026-05-01..2026-05-31'],
    ['リテンション 去年', 'retention 2025-01-01..2025-12-31'],
    ['nps 2025年', 'nps 2025-01-01..2025-12-31'],
    ['nps 直近30日', 'nps 2026-10-23..2026-11-21'],
    ['nps last 30 days', 'nps 2026-10-23..2026-11-21'],
    ['nps', 'nps 2026-11-01..2026-11-21 partial usual'],
    ['継続率', 'retention 2026-10-01..2026-10-31 usual'],
    ['nps nps 今月 今月', 'nps 2026-11-01..2026-11-21 partial'],
    ['nps 先月 10月', 'nps 2026-10-01..2026-10-31']
  ])('reads %s as %s', (question, expected) => {
    expect(read(question)).toBe(expected)
  })

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['?!', 'empty'],
    ['help', 'empty'],
    ['ヘルプ', 'empty'],
    ['使い方を教えて', 'empty'],
    ['nps 0000年', 'unknown_words 0000年'],
    ['nps 0001-01', 'unknown_words 0001-01'],
    ['nps 1899年12月', 'unknown_words 1899年'],
    ['今月', 'no_metric'],
    ['売上 先月', 'unknown_words 売上'],
    ['先月の売上と継続率', 'unknown_words 売上'],
    ['LTV', 'unknown_words ltv'],
    ['drop table customers', 'unknown_words drop,table,customers'],
    ['npsx 今月', 'unknown_words npsx'],
    ['nps 13月', 'unknown_words 13月'],
    ['nps 今月 😀', 'unknown_words 😀'],
    ['nps 継続率 先月', 'several_metrics nps,継続率'],
    ['nps 先月 今月', 'several_periods 先月,今月'],
    ['nps 2027年1月', 'future 2027年1月'],
    ['nps 来月', 'future 来月'],
    ['retention next year', 'future next year'],
    ['継続率 明日', 'future 明日'],
    ['nps next week', 'future next week'],
    ['constructor', 'unknown_words constructor'],
    ["nps'; DELETE FROM customer; --", "unknown_words ',delete,from,customer,--"]
  ])('says of %j: %s', (question, expected) => {
    expect(read(question)).toBe(expected)
  })

  it('answers any text, and only with what was in it', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('nps', '先月', 'の', 'は', 'x', ' ', '売上')).map((words) => words.join(''))
    )
    fc.assert(
      fc.property(anything, (question) => {
        const asked = question.normalize('NFKC').toLowerCase()
        for (const { text } of tokensOf(question)) expect(asked).toContain(text)
      })
    )
  })

  it.each(['の'.repeat(100_000), 'nps '.repeat(10_000)])('answers a very long text quickly', async (long) => {
    expect(await computingMs(() => parseQuestion(long, TODAY))).toBeLessThan(1_000)
  })
})

function read(question: string): string {
  const parsed = parseQuestion(question, TODAY)
  if (!parsed.ok) return 'words' in parsed ? `${parsed.kind} ${parsed.words.join(',')}` : parsed.kind
  const { metric, period, periodGiven } = parsed.value
  return `${metric} ${period.from}..${period.to}${period.partial ? ' partial' : ''}${periodGiven ? '' : ' usual'}`
}
