import { expect, it } from 'vitest'
import { englishClauses, japaneseClauses } from './clauses.ts'
import { readWords } from './read-words.ts'

it.each([
  ['解約したいです。でも、コーヒーは好きです', ['解約したいです', 'でも', 'コーヒーは好きです']],
  ['高いので、かいやく したい', ['高いので', '解約したい']],
  ['対応が良かったけど席が狭い', ['対応が良かった', '席が狭い']],
  ['通知が多いので止めたい', ['通知が多いので止めたい']]
])('%s has its clauses', (text, clauses) => {
  expect(japaneseClauses(text)).toEqual(clauses)
})

it('English has its own', () => {
  expect(englishClauses('I’ll STAY, but the coffee was cold. Sorry!')).toEqual([
    "i'll stay",
    'the coffee was cold',
    'sorry'
  ])
})

it.each(['もし', 'ので', '定期便の', 'a', 'my '])(
  'of "%s" without an end only so much is looked at in one go',
  (piece) => {
    const text = piece.repeat(Math.floor(5_000 / piece.length))
    for (const clause of [...japaneseClauses(text), ...englishClauses(text)])
      expect(clause.length).toBeLessThanOrEqual(200)
  }
)

it('what stands at the end of a very long clause is heard', () => {
  expect(readWords(`${'とても長い話なのですけれども'.repeat(40)}退会したい`).cancelIntent).toBe('yes')
})
