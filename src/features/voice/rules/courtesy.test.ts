import { expect, it } from 'vitest'
import { isCourtesy } from './courtesy.ts'

it.each([
  'こんにちは',
  'ありがとうございます',
  'ありがとうございました！',
  'いつもありがとうございます。よろしくお願いします',
  'Thank you so much!',
  'thanks',
  'OK',
  '了解です',
  '👍',
  '😊😊',
  '！！',
  'おいしかったです♪',
  'hi!'
])('%s asks nothing of anybody', (text) => {
  expect(isCourtesy(text)).toBe(true)
})

it.each([
  '営業時間を教えてください',
  'ありがとう、ところで駐車場はありますか',
  'はい、でも予約を変えたいです',
  'こんにちは、予約したいです',
  '7',
  'hello, are you open?',
  'いいえ',
  '解約'
])('%s is for somebody to read', (text) => {
  expect(isCourtesy(text)).toBe(false)
})
