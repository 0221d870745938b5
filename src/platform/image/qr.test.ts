import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { qrModules, qrSvg } from './qr.ts'

const LINK = `https://line.me/R/oaMessage/%40123abcde/?${encodeURIComponent('スタンプ kichijoji.1RK3F2.7H2K9M4P1Q')}`

/** The dark modules that an SVG path of 1 × 1 squares draws. */
function drawn(svg: string): string[] {
  return [...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`)
}

test('the image draws exactly the dark modules', () => {
  const rows = qrModules(LINK)
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`${x},${y}`] : [])))
  expect(drawn(qrSvg(LINK))).toEqual(dark)
})

test('a reader decodes it back to the link', () => {
  const rows = qrModules(LINK)
  const scale = 4
  const size = rows.length * scale
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let at = 0; at < size * size; at += 1) {
    const dark = rows[Math.floor(at / size / scale)]?.[Math.floor((at % size) / scale)]
    if (dark) pixels.fill(0, at * 4, at * 4 + 3)
  }
  expect(jsQR.default(pixels, size, size)?.data).toBe(LINK)
})

test('four light modules lie around it, as readers need them', () => {
  const rows = qrModules(LINK)
  const edge = rows.flatMap((row, y) =>
    row.filter((_, x) => Math.min(x, y, rows.length - 1 - x, rows.length - 1 - y) < 4)
  )
  expect(edge.length).toBeGreaterThan(0)
  expect(edge.every((dark) => !dark)).toBe(true)
})

test('it is square, an image of its own, and says nothing but the code', () => {
  const svg = qrSvg('"><script>')
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 (\d+) \1"/)
  expect(svg).not.toContain('script')
})

test('a code as a counter shows it stays coarse enough for a tablet across a table', () => {
  expect(qrModules(LINK).length - 8).toBeLessThanOrEqual(57)
})
