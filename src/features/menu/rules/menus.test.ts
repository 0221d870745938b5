import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallMenu } from '../../../../test/support/menu-world.ts'
import { MenuDefinition } from './definition.ts'
import { ICON_NAMES } from './icons.ts'
import { layoutOf } from './layout.ts'
import { isOurs, menuFor, menusOf } from './menus.ts'

const made = (change: object = {}) => menusOf(MenuDefinition.parse({ ...smallMenu(), ...change }))
const hashes = (change: object = {}) => made(change).map(({ hash }) => hash)

describe('where the tiles of a menu are', () => {
  test('they lie in the picture, fill what the ribbon leaves, and none lies on another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        (count, columns, ribbon) => {
          const { size, ribbonHeight, tiles } = layoutOf(count, columns, ribbon)
          expect(tiles).toHaveLength(count)
          for (const { x, y, width, height } of tiles) {
            for (const value of [x, y, width, height]) expect(Number.isInteger(value)).toBe(true)
            expect(Math.min(x, y - ribbonHeight, width - 1, height - 1)).toBeGreaterThanOrEqual(0)
            expect([x + width <= size.width, y + height <= size.height]).toEqual([true, true])
          }
          const covered = tiles.reduce((sum, { width, height }) => sum + width * height, 0)
          expect(covered).toBe(size.width * (size.height - ribbonHeight))
        }
      )
    )
  })

  test.each([
    [3, 3, 540],
    [4, 2, 1080],
    [12, 4, 1080]
  ])('%i tiles in %i columns are %i high, as LINE likes it', (count, columns, height) => {
    const { size } = layoutOf(count, columns, false)
    expect(size.height).toBe(height)
    expect(size.width / size.height).toBeGreaterThanOrEqual(1.45)
    expect(size.width).toBeLessThanOrEqual(2500)
  })
})

describe('the menus that a definition makes', () => {
  test('one for each state and language, and everybody’s in Japanese is the default', () => {
    expect(made().map(({ key, isDefault }) => `${key}${isDefault ? ' default' : ''}`)).toEqual([
      ...['gold.ja', 'gold.en', 'default.ja default', 'default.en']
    ])
  })

  test('each tap says its word in its language, or opens its address', () => {
    const [, english] = made()
    expect(english?.form).toMatchObject({ chatBarText: 'Menu', selected: true })
    expect(english?.form.areas.map(({ action }) => action)).toEqual([
      { type: 'message', label: 'Coupons', text: 'coupon' },
      { type: 'uri', label: 'Shops', uri: 'https://shop.example' }
    ])
  })

  test('keep their names as long as nothing of them changes, and only those change that are concerned', () => {
    expect(hashes()).toEqual(hashes())
    expect(new Set(hashes()).size).toBe(4)
    const [goldJa, goldEn, ...others] = hashes()
    const changed = hashes({
      states: [{ key: 'gold', when: { tier: ['gold'] }, ribbon: { ja: 'ゴールド', en: 'Golden' } }]
    })
    expect(changed[0]).toBe(goldJa)
    expect(changed[1]).not.toBe(goldEn)
    expect(changed.slice(2)).toEqual(others)
    expect(hashes({ bar: { ja: 'お店', en: 'Menu' } }).map((hash, index) => hash === hashes()[index])).toEqual([
      ...[false, true, false, true]
    ])
  })

  test('are known for ours by their names', () => {
    expect(made().every(({ form }) => isOurs(form.name))).toBe(true)
    expect(isOurs('Campaign 2026')).toBe(false)
  })

  test.each(ICON_NAMES)('can be drawn: %s', (icon) => {
    const [menu] = made({ tiles: [{ icon, label: { ja: '<&>', en: 'x' }, say: { ja: 'a', en: 'b' }, lead: true }] })
    expect(menu?.svg).toMatch(/^<svg .*<\/svg>$/)
    expect(menu?.svg).toContain('&#60;&#38;&#62;')
    expect(menu?.svg).not.toMatch(/undefined|NaN/)
  })
})

describe('whose menu it is', () => {
  test.each([
    ['ja', undefined, 'default.ja'],
    ['en', undefined, 'default.en'],
    ['ja', 'gold', 'gold.ja'],
    ['en', 'gold', 'gold.en'],
    ['ja', 'bronze', 'default.ja']
  ] as const)('%s, tier %s: %s', (locale, tier, key) => expect(menuFor(made(), { locale, tier })?.key).toBe(key))

  test('the first state that fits is taken', () => {
    const states = ['one', 'two'].map((key) => ({ key, when: { tier: ['gold', key] } }))
    const of = (tier: string) => menuFor(made({ states }), { locale: 'ja', tier })?.key
    expect([of('gold'), of('one'), of('two')]).toEqual(['one.ja', 'one.ja', 'two.ja'])
  })
})
