import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { all, expectInert, press } from '../../../test/support/page.ts'
import { flexView } from './flex.ts'
import { aspectRatio, color, gradient, length, safeUrl } from './flex-values.ts'
import { textOf } from './node.ts'

const nothing = (): void => {}
const bubble = (...contents: unknown[]) => ({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } })

describe('values', () => {
  test.each([
    ['md', 'font', '16px'],
    ['xl', 'space', '16px'],
    ['12px', 'space', '12px'],
    ['40%', 'space', '40%'],
    ['12px;position:fixed', 'space', undefined],
    ['calc(1px)', 'space', undefined],
    ['constructor', 'font', undefined],
    [12, 'space', undefined]
  ] as const)('the size %j of a %s is %s', (value, kind, expected) => expect(length(value, kind)).toBe(expected))

  test.each(['#fff', 'red', 'url(https://a.example)', '#12345g', '#123456;', 7])('%j is no colour', (value) =>
    expect(color(value)).toBeUndefined()
  )

  test.each([
    ['javascript:alert(1)', undefined],
    [' javascript:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['http://example.com/', undefined],
    ['http://localhost.example.com/', undefined],
    ['//example.com', undefined],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['https://example.com/ä"', 'https://example.com/%C3%A4%22']
  ])('the address %j is taken as %j', (address, expected) => expect(safeUrl(address)).toBe(expected))

  test('a gradient needs an angle and two colours', () => {
    const given = { type: 'linearGradient', angle: '135deg', startColor: '#111111', endColor: '#222222' }
    expect(gradient(given)).toBe('linear-gradient(135deg, #111111 0%, #222222 100%)')
    expect(gradient({ ...given, centerColor: '#333333', centerPosition: '10%' })).toContain('#333333 10%')
    expect(gradient({ ...given, angle: '1deg,url(x)' })).toBeUndefined()
    expect(gradient({ ...given, endColor: 'red' })).toBeUndefined()
    expect(aspectRatio('20:13')).toBe('20 / 13')
    expect(aspectRatio('1:1;x')).toBe('1 / 1')
  })
})

describe('components', () => {
  test('a button runs its action', () => {
    const tap = vi.fn()
    const action = { type: 'postback', label: '見る', data: 'v1 x {}' }
    const view = flexView(bubble({ type: 'button', action, style: 'primary' }), tap)
    press(all([view]).find(({ tag }) => tag === 'button'))
    expect(tap).toHaveBeenCalledExactlyOnceWith(action)
    expect(textOf(view)).toBe('見る')
  })

  test('a box with an action can be reached by keyboard', () => {
    const tap = vi.fn()
    const action = { type: 'message', label: 'x', text: 'x' }
    const box = { type: 'box', layout: 'vertical', contents: [], action }
    const found = all([flexView(bubble(box), tap)]).find(({ props }) => props.attrs?.role === 'button')
    expect(found?.props.attrs?.tabindex).toBe(0)
    found?.props.on?.keydown?.(Object.assign(new Event('keydown'), { key: 'a' }))
    found?.props.on?.keydown?.(Object.assign(new Event('keydown'), { key: 'Enter' }))
    expect(tap).toHaveBeenCalledOnce()
  })

  test('spacing stands between components, and a margin of its own wins', () => {
    const text = (margin?: string) => ({ type: 'text', text: 'a', ...(margin && { margin }) })
    const box = { type: 'box', layout: 'vertical', spacing: 'md', contents: [text(), text(), text('xxl')] }
    const margins = all([flexView(bubble(box), nothing)])
      .filter(({ props }) => props.class === 'fx-text')
      .map(({ props }) => props.style?.['margin-top'])
    expect(margins).toEqual([undefined, '8px', '20px'])
  })

  test('texts are as many as were sent, in bubbles and carousels', () => {
    const one = bubble({ type: 'text', text: '一' })
    const two = bubble({ type: 'text', contents: [{ type: 'span', text: '二' }] })
    expect(textOf(flexView({ type: 'carousel', contents: [one, two] }, nothing))).toBe('一二')
  })

  test('an unknown component is named, not dropped', () => {
    expect(textOf(flexView(bubble({ type: 'hologram' }), nothing))).toBe('[hologram]')
  })
})

const Hostile = fc.constantFrom(
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '"><script>alert(1)</script>',
  '#123456;background:url(https://evil.example)',
  'url(javascript:alert(1))',
  "https://evil.example/');background:url('x",
  '__proto__',
  '100%;position:fixed'
)
const KEYS = [
  'size',
  'color',
  'url',
  'margin',
  'width',
  'aspectRatio',
  'backgroundColor',
  'cornerRadius',
  'align',
  'text',
  'borderColor',
  'borderWidth',
  'paddingAll',
  'offsetTop',
  'position',
  'decoration',
  'weight',
  'flex',
  'style',
  'height'
]
const Component = fc.letrec((tie) => ({
  node: fc.record({
    type: fc.constantFrom('box', 'text', 'button', 'image', 'icon', 'separator', 'filler', 'video', 'constructor'),
    layout: fc.constantFrom('vertical', 'horizontal', 'baseline'),
    action: fc.option(fc.record({ type: Hostile, label: Hostile, uri: Hostile })),
    background: fc.record({
      type: fc.constant('linearGradient'),
      angle: Hostile,
      startColor: Hostile,
      endColor: Hostile
    }),
    contents: fc.array(fc.oneof({ maxDepth: 3 }, fc.constant({ type: 'text', text: 'a' }), tie('node')), {
      maxLength: 3
    }),
    extra: fc.dictionary(fc.constantFrom(...KEYS), fc.oneof(Hostile, fc.constantFrom('md', '#112233', 3, null, true)))
  })
}))

test('an image address cannot end its own url()', () => {
  const url = `https://evil.example/');background:url('x`
  expectInert([flexView({ type: 'bubble', hero: { type: 'image', url } }, nothing)])
})

test('whatever a message holds, nothing in it can run, load or style the page', () => {
  fc.assert(
    fc.property(Component.node, (node) => {
      const flat = spread(node)
      expectInert([flexView(bubble(flat), nothing)])
      expectInert([flexView(flat, nothing)])
    }),
    { numRuns: 300 }
  )
})

function spread(node: unknown): unknown {
  if (node === null || typeof node !== 'object' || !('extra' in node)) return node
  const { extra, ...rest } = node
  const contents = 'contents' in rest && Array.isArray(rest.contents) ? rest.contents.map(spread) : []
  return { ...rest, ...(extra as object), contents }
}
