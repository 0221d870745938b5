import { afterEach, describe, expect, test, vi } from 'vitest'
import { aChoice } from '../../../test/support/page.ts'
import { recall, remember } from './memory.ts'

/** A browser's storage that holds `kept` under the page's name, and a language. */
function browser(kept?: string, language = 'ja-JP'): Map<string, string> {
  const items = new Map(kept === undefined ? [] : [['matane-sandbox', kept]])
  vi.stubGlobal('navigator', { language })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value)
  })
  return items
}
afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  ['ja-JP', 'ja'],
  ['JA', 'ja'],
  ['en-GB', 'en'],
  ['fr', 'en']
])('a first visitor whose browser speaks %s reads %s, with the guide open', (language, lang) => {
  browser(undefined, language)
  expect(recall()).toMatchObject({ lang, guide: true, inspector: false, person: '', tab: 'phone' })
})

test('who comes back looks at what they looked at, but finds no half-written words', () => {
  browser()
  remember({
    ...aChoice,
    lang: 'en',
    guide: false,
    drafts: { 'line/U1': '書きかけ' },
    thread: '1.1',
    dialog: 'scan'
  })
  const { person, staff, channel, inspector, shop } = aChoice
  expect(recall()).toMatchObject({
    ...{ lang: 'en', guide: false, person, staff, channel, inspector, shop },
    ...{ drafts: {}, thread: undefined, dialog: undefined }
  })
})

test('nothing that was typed is stored', () => {
  const items = browser()
  remember({ ...aChoice, drafts: { 'line/U1': 'ひみつ' } })
  expect([...items.values()].join()).not.toContain('ひみつ')
})

describe('a memory that cannot be used', () => {
  test.each(['', '{', 'null', '7', '[]', '{"lang":"tlh","person":7,"guide":"no","inspector":null}'])(
    '%j is a first visit',
    (kept) => {
      browser(kept)
      const found = recall()
      browser()
      expect(found).toEqual(recall())
    }
  )

  test('a browser that denies storage works, and only forgets', () => {
    vi.stubGlobal('navigator', { language: 'ja' })
    const denied = () => {
      throw new Error('denied')
    }
    vi.stubGlobal('localStorage', { getItem: denied, setItem: denied })
    expect(() => remember(aChoice)).not.toThrow()
    expect(recall().lang).toBe('ja')
  })
})
