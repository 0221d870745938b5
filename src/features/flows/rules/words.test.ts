import { expect, test } from 'vitest'
import { isCommand, isSkip } from './words.ts'

test.each([
  'スタンプ',
  'ｽﾀﾝﾌﾟ',
  'クーポン',
  '設定',
  '配信停止',
  'プライバシー',
  'ヘルプ',
  '相談',
  '解約',
  'Help',
  ' STAMP ',
  'coupon',
  'settings',
  'stop',
  '相談。'
])('%j is a command, even while a question is open', (said) => {
  expect(isCommand(said)).toBe(true)
})

test.each(['', 'スタンプが少ない', 'クーポンがほしい', 'I need help with my order', '相談したい', '8'])(
  '%j may be an answer',
  (said) => {
    expect(isCommand(said)).toBe(false)
  }
)

test('skipping can be typed', () => {
  expect(['スキップ', 'Skip', ' ｽｷｯﾌﾟ '].every(isSkip)).toBe(true)
  expect(isSkip('スキップしたい')).toBe(false)
})
