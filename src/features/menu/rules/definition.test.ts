import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { smallMenu } from '../../../../test/support/menu-world.ts'
import { menuKind } from '../definition.ts'
import { MenuDefinition } from './definition.ts'

const read = (name: string) => readFileSync(new URL(`../../../../flows/loyalty/${name}`, import.meta.url), 'utf8')
const kind = menuKind((text) => ['クーポン', 'coupon'].includes(text))
const faultsOf = (input: unknown) => {
  const checked = kind.check(input)
  return checked.ok ? [] : checked.faults
}

describe('the file a shop edits', () => {
  test('is good as it comes, and its JSON Schema says what the program accepts', () => {
    expect(kind.check(parse(read('menu.yaml')))).toMatchObject({ ok: true, key: 'menu' })
    expect(JSON.parse(read('menu.schema.json'))).toEqual(z.toJSONSchema(MenuDefinition, { io: 'input' }))
  })

  test('publishes the same body when it is published again', () => {
    const once = kind.check(smallMenu())
    expect(once.ok && kind.check(once.body)).toEqual(once)
  })
})

describe('a faulty menu names the place and the way out', () => {
  const tile = { icon: 'card', label: { ja: 'カード', en: 'Card' }, say: { ja: 'クーポン', en: 'coupon' } }
  const state = { key: 'gold', when: { tier: ['gold'] } }
  test.each<[object, (string | number)[], RegExp]>([
    [{ bar: { ja: 'あ'.repeat(15), en: 'Menu' } }, ['bar', 'ja'], /at most 14/],
    [{ bar: { ja: 'メニュー' } }, ['bar', 'en'], /./],
    [{ colour: '#ffee00' }, ['colour'], /darker/],
    [{ columns: 5 }, ['columns'], /./],
    [{ tiles: [] }, ['tiles'], /./],
    [{ tiles: Array.from({ length: 13 }, () => tile) }, ['tiles'], /./],
    [{ tiles: [{ ...tile, label: { ja: 'あ'.repeat(21), en: 'Card' } }] }, ['tiles', 0, 'label', 'ja'], /at most 20/],
    [{ tiles: [{ ...tile, label: { ja: '特典🎁', en: 'Card' } }] }, ['tiles', 0, 'label', 'ja'], /emoji/],
    [{ tiles: [{ ...tile, note: { ja: 'x', en: '⭐' } }] }, ['tiles', 0, 'note', 'en'], /emoji/],
    [{ tiles: [{ ...tile, icon: 'cat' }] }, ['tiles', 0, 'icon'], /./],
    [{ tiles: [{ ...tile, open: 'https://shop.example' }] }, ['tiles', 0], /either "say" or "open"/],
    [{ tiles: [{ icon: 'card', label: tile.label }] }, ['tiles', 0], /either "say" or "open"/],
    [{ tiles: [{ icon: 'card', label: tile.label, open: 'javascript:alert(1)' }] }, ['tiles', 0, 'open'], /https/],
    [{ states: [state, state] }, ['states'], /of its own/],
    [{ states: [{ key: 'gold', when: {} }] }, ['states', 0, 'when', 'tier'], /./],
    [{ columms: 2 }, ['columms'], /./]
  ])('%j', (change, path, message) => {
    expect(faultsOf({ ...smallMenu(), ...change })).toEqual([{ path, message: expect.stringMatching(message) }])
  })

  test('a family of emoji signs is one character where the picture does not show it', () => {
    expect(faultsOf({ ...smallMenu(), bar: { ja: '👨‍👩‍👧'.repeat(14), en: 'Menu' } })).toEqual([])
  })
})

describe('a word that nobody answers', () => {
  const told = (input: object) => {
    const checked = kind.check({ ...smallMenu(), ...input })
    return checked.ok ? kind.together?.(checked.body, { definitions: [], unset: [] }) : undefined
  }
  const asks = (ja: string, en: string) => [{ icon: 'coin', label: { ja: '点', en: 'Points' }, say: { ja, en } }]

  test('is a fault at its place, in the menu and in a state of it', () => {
    const states = [{ key: 'gold', when: { tier: ['gold'] }, tiles: asks('クーポン', 'points') }]
    expect(told({ tiles: asks('ポイント', 'coupon'), states })).toEqual([
      { path: ['tiles', 0, 'say', 'ja'], message: expect.stringContaining('ポイント') },
      { path: ['states', 0, 'tiles', 0, 'say', 'en'], message: expect.stringContaining('points') }
    ])
  })

  test('is looked for in both languages; an address needs no answer', () => {
    expect(told({})).toEqual([])
  })
})
