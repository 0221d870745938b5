import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import { lineOfText, widthOf } from '../../core/svg.ts'
import { createPainter, FONTS } from './painter.ts'

const paint = createPainter()
const svg = (inside: string, family = FONTS.defaultFontFamily) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" font-family="${family}">${inside}</svg>`
const words = (text: string) => lineOfText({ text, x: 150, y: 60, size: 40, maxWidth: 300, colour: '#000000' })

describe('a picture', () => {
  test('is a PNG of the size that the SVG has', async () => {
    const png = Buffer.from(await paint(svg(words('設定'))))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([300, 100])
  })

  test('shows each Japanese and Latin text with the font that is shipped, whatever font was asked for', async () => {
    const [empty, ...written] = await Promise.all(['', '設定', '髙﨑', 'Café'].map((text) => paint(svg(words(text)))))
    expect(new Set([empty, ...written].map((png) => Buffer.from(png ?? []).toString('base64'))).size).toBe(4)
    expect(await paint(svg(words('設定'), 'Helvetica'))).toEqual(written[0])
  })

  test('is painted once, and forgotten when newer ones need its place', async () => {
    const few = createPainter(2)
    const [a, b, c] = ['a', 'b', 'c'].map((text) => svg(words(text)))
    const first = await few(a ?? '')
    expect(await few(a ?? '')).toBe(first)
    await few(b ?? '')
    expect(await few(a ?? '')).toBe(first)
    await few(c ?? '')
    expect(await few(a ?? '')).toBe(first)
    await few(b ?? '')
    await few(c ?? '')
    expect(await few(a ?? '')).not.toBe(first)
  })

  test('that cannot be painted is an error each time', async () => {
    await expect(paint('<svg')).rejects.toThrow()
    await expect(paint('<svg')).rejects.toThrow()
  })
})

test.each([500, 700])('no text is drawn wider than it was measured (weight %i)', (weight) => {
  // The widest of each measure, and some of other scripts.
  const signs = [..."'l !,t1uevo/gpqETVU#$&OQ@%W=+é設ｱ…"]
  const line = (text: string, scale = 1) => {
    const safe = text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    return `<text xml:space="preserve" transform="scale(${scale})" font-size="40" font-weight="${weight}">${safe}</text>`
  }
  const widest = (lines: readonly string[]) => new Resvg(svg(lines.join('')), { font: FONTS }).getBBox()?.width ?? 0
  // Each between two others, as a space alone has no edges to be measured by, and drawn so small that it is 1,000 wide if
  // it is as wide as was measured.
  const edges = widest([line('MM')])
  const inRoom = signs.map((sign) => line(`M${sign.repeat(10)}M`, 1000 / (edges + widthOf(sign.repeat(10), 40))))
  expect(widest(inRoom)).toBeLessThanOrEqual(1008)
  expect(widest(inRoom)).toBeGreaterThan(990)
})
