import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrastWithWhite, mix } from './colour.ts'

const colours = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)

test.each([
  ['#ffffff', 1],
  ['#000000', 21],
  ['#767676', 4.54],
  ['#777777', 4.48],
  ['#ff0000', 4],
  ['#0000ff', 8.59]
])('white on %s has the contrast %f that WCAG gives', (colour, contrast) => {
  expect(contrastWithWhite(colour)).toBeCloseTo(contrast, 2)
})

test.each([
  ['#000000', '#ffffff', 0.5, '#808080'],
  ['#7a4b2a', '#ffffff', 0, '#7a4b2a'],
  ['#7a4b2a', '#ffffff', 1, '#ffffff'],
  ['#ABCDEF', '#000000', 0, '#abcdef']
])('%s mixed with %s at %f is %s', (colour, other, share, mixed) => expect(mix(colour, other, share)).toBe(mixed))

test('darkening never makes white text harder to read, and what is mixed is a colour', () => {
  fc.assert(
    fc.property(colours, fc.double({ min: 0, max: 1, noNaN: true }), (colour, share) => {
      const darker = mix(colour, '#000000', share)
      expect(darker).toMatch(/^#[0-9a-f]{6}$/)
      expect(contrastWithWhite(darker)).toBeGreaterThanOrEqual(contrastWithWhite(colour) - 1e-9)
    })
  )
})
