import { expect, test } from 'vitest'
import { localeOf } from './locale.ts'

test.each([
  ['ja', 'ja'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['zh-TW', 'ja'],
  ['', 'ja'],
  [undefined, 'ja'],
  [null, 'ja']
] as const)('a profile in %s is spoken to in %s', (tag, locale) => expect(localeOf(tag)).toBe(locale))
