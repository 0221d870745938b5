import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readWords } from './read-words.ts'

const [, ...CASES] = readFileSync(new URL('../../../../test/fixtures/customer-words.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t'))

describe('readWords', () => {
  it.each(CASES)('leaving %s, complaint %s: %s', (cancelIntent, complaint, text) => {
    const read = readWords(text ?? '')
    expect({ cancelIntent: read.cancelIntent, complaint: read.complaint }).toEqual({
      cancelIntent,
      complaint: complaint === 'yes'
    })
  })

  it.each([
    '解約しません',
    '続けたいです',
    '退会なんて考えたこともありません',
    'いいえ、退会しません。これからもよろしくお願いします',
    'まだやめたくないです',
    "I don't want to cancel my membership",
    "No, I won't cancel."
  ])('hears that the writer stays: %s', (text) => {
    expect(readWords(text)).toMatchObject({ intention: 'stay', cancelIntent: 'no' })
  })

  it.each([
    '解約しませんが、予約は取り消してください',
    '友人は解約しません',
    '解約した友人がいます',
    "I won't cancel my membership, but my stamps are gone"
  ])('leaves what else is said to a person: %s', (text) => {
    expect(readWords(text)).toMatchObject({ intention: 'other', cancelIntent: 'no' })
  })

  it('says which clause it heard, and what it took it for', () => {
    expect(readWords('コーヒーは好きです。でも、来月で退会したいです')).toEqual({
      intention: 'leave',
      cancelIntent: 'yes',
      complaint: false,
      why: 'leaving: 「来月で退会したいです」'
    })
    expect(readWords('友人が解約した').why).toBe('no wish to leave (others): 「友人が解約した」')
    expect(readWords('対応が悪すぎる。もうやめます').why).toBe(
      'leaving: 「もうやめます」; complaint: 「対応が悪すぎる」'
    )
    expect(readWords('駐車場').why).toBe('says nothing of leaving, no complaint')
  })
})
