import { describe, expect, test } from 'vitest'
import { aChoice, all, aState, byTestId, pageView as makeView, press } from '../../../test/support/page.ts'
import { tabs, topBar } from './bar.ts'
import { dialogView, scanDialog } from './dialogs.ts'
import { inspectorView } from './inspector.ts'
import { type Child, textOf } from './node.ts'
import type { FeedEntry } from './state.ts'
import { TEXTS } from './texts.ts'

const entry = (over: Partial<FeedEntry> = {}): FeedEntry => ({
  ...{ id: 1, at: '2026-11-21T03:00:00Z', kind: 'webhook', platform: 'line', title: 'message', status: 200 },
  ...{ durationMs: 3.4, signature: 'valid', request: { a: 1 }, response: undefined },
  ...over
})
const words = (part: Child): string => textOf(part)

describe('the clock', () => {
  test.each(['1h', '1d', '3d', '30d'] as const)('a press on %s moves the shop’s time by as much', (step) => {
    const { view, done } = makeView()
    press(byTestId([topBar(aState, aChoice, view)], `advance-${step}`)[0])
    expect(done).toEqual([['advance', step]])
  })

  test.each(['ja', 'en'] as const)('each step says what it does, and that there is no way back, in %s', (lang) => {
    const { view } = makeView(lang)
    const bar = topBar(aState, aChoice, view)
    expect(words(bar)).toContain(TEXTS[lang].moveOn)
    for (const step of ['1h', '1d', '3d', '30d'] as const) {
      const { attrs } = byTestId([bar], `advance-${step}`)[0]?.props ?? {}
      expect(attrs).toMatchObject({
        title: TEXTS[lang].clockHelp,
        'aria-label': TEXTS[lang].advanceBy(TEXTS[lang].advance[step])
      })
    }
  })

  test.each([
    [0, TEXTS.ja.onTime],
    [59_000, TEXTS.ja.onTime],
    [3_600_000, '実際より1時間先です'],
    [9 * 86_400_000, '実際より9日先です']
  ])('%d ms ahead of real time it says so', (aheadMs, expected) => {
    expect(words(topBar({ ...aState, aheadMs }, aChoice, makeView().view))).toContain(expected)
  })
})

describe('the inspector', () => {
  test('the newest call stands first', () => {
    const feed = [entry({ id: 1, title: 'first' }), entry({ id: 2, title: 'second' })]
    const titles = byTestId([inspectorView(feed, aChoice, makeView().view)], 'feed-entry').map(words)
    expect(titles.map((title) => /first|second/.exec(title)?.[0])).toEqual(['second', 'first'])
  })

  test.each([
    ['all', ['webhook line', 'call slack']],
    ['line', ['webhook line']],
    ['slack', ['call slack']]
  ] as const)('with the filter %s only that platform’s calls are shown', (feedFilter, expected) => {
    const feed = [
      entry({ id: 2, kind: 'call', platform: 'slack', title: 'call slack' }),
      entry({ title: 'webhook line' })
    ]
    const shown = byTestId([inspectorView(feed, { ...aChoice, feedFilter }, makeView().view)], 'feed-entry').map(words)
    expect(shown.map((text) => expected.find((title) => text.includes(title)))).toEqual([...expected])
  })

  test.each([
    [entry({ status: undefined }), TEXTS.ja.noAnswer, true],
    [entry({ status: 503 }), '503', true],
    [entry({ status: 401, signature: 'invalid' }), TEXTS.ja.signatureInvalid, true],
    [entry(), TEXTS.ja.signatureValid, false]
  ])('%j shows %s, and red only where something failed', (shown, expected, isBad) => {
    const view = inspectorView([shown], aChoice, makeView().view)
    expect(words(view)).toContain(expected)
    expect(all([view]).some(({ props }) => props.class === 'entry-status bad')).toBe(isBad)
  })

  test('an answer without a body is a dash, and an empty feed says what to do', () => {
    expect(words(inspectorView([entry()], aChoice, makeView().view))).toContain('—')
    expect(words(inspectorView([], aChoice, makeView().view))).toContain(TEXTS.ja.feedEmpty)
  })
})

describe('switches', () => {
  test('exactly one of the narrow window’s sides is pressed, and a press changes it', () => {
    const { view, done } = makeView()
    const sides = tabs({ ...aChoice, tab: 'slack' }, view)
    const pressed = all([sides]).filter(({ props }) => props.attrs?.['aria-pressed'] === 'true')
    expect(pressed.map(words)).toEqual([TEXTS.ja.slack])
    press(byTestId([sides], 'tab-inspector')[0])
    expect(done).toEqual([['choose', { tab: 'inspector' }]])
  })

  test('the tablet shows the chosen shop’s counter, the first one when that is gone', () => {
    const other = { shop: 'kichijoji', name: '吉祥寺店', nameEn: 'Kichijoji', url: '/counter/kichijoji?key=k' }
    const state = { ...aState, counters: [...aState.counters, other] }
    const shown = (shop: string) =>
      byTestId([scanDialog(state, { ...aChoice, shop }, makeView().view)], 'counter-frame')[0]?.props.attrs?.src
    expect([shown('kichijoji'), shown('closed')]).toEqual(['/counter/kichijoji?key=k', '/counter/kamakura?key=k'])
  })

  test('the calendar has the days of the button that opened it, and its name', () => {
    const pick = {
      type: 'datetimepicker',
      label: '日付を選ぶ',
      min: '2026-11-22',
      max: '2026-12-24',
      initial: '2026-11-28'
    }
    const { view } = makeView()
    const dialog = dialogView(aState, { ...aChoice, dialog: { pick } }, view)
    const { attrs } = byTestId(dialog ? [dialog] : [], 'day-field')[0]?.props ?? {}
    expect(attrs).toMatchObject({ type: 'date', min: '2026-11-22', max: '2026-12-24', value: '2026-11-28' })
    expect(dialog && words(dialog)).toContain('日付を選ぶ')
    expect(
      ['scan', 'person', undefined].map(
        (open) => dialogView(aState, { ...aChoice, dialog: open as 'scan' }, view)?.props.key
      )
    ).toEqual(['dialog-scan', 'dialog-person', undefined])
  })

  test('without shops it says where they are defined, and there is nothing to scan', () => {
    const dialog = scanDialog({ ...aState, counters: [] }, aChoice, makeView().view)
    expect(words(dialog)).toContain('flows/loyalty/shops.yaml')
    expect(byTestId([dialog], 'scan-now')).toEqual([])
  })
})
