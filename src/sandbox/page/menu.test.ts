import { describe, expect, test } from 'vitest'
import { aChoice, all, aState, byTestId, expectInert, pageView as makeView, press } from '../../../test/support/page.ts'
import { phoneColumn } from './phone.ts'
import type { ChatMenu, Person } from './state.ts'

const action = { type: 'message', label: 'クーポン', text: 'クーポン' }
const menu: ChatMenu = {
  ...{ picture: '/sandbox/menu/richmenu-1', bar: 'メニュー', size: { width: 1600, height: 1080 } },
  areas: [{ bounds: { x: 800, y: 540, width: 400, height: 270 }, action }]
}
const hanako: Person = { id: 'U1', name: '花子', language: 'ja', relation: 'following' }

function draw(choice: Partial<typeof aChoice> = {}, person: Partial<Person> = {}) {
  const { view, done } = makeView('ja')
  const state = { ...aState, menu, people: [{ ...hanako, ...person }] }
  return { parts: [phoneColumn(state, { ...aChoice, person: 'U1', ...choice }, view)], done }
}

describe('the menu below the chat', () => {
  test('is a picture whose parts do what LINE was told', () => {
    const { parts, done } = draw()
    expect(byTestId(parts, 'menu-picture')[0]?.props.attrs?.src).toBe('/sandbox/menu/richmenu-1')
    const part = all(byTestId(parts, 'menu')).find(({ props }) => props.attrs?.['aria-label'] === 'クーポン')
    expect(part?.props.style).toEqual({ left: '50.000%', top: '50.000%', width: '25.000%', height: '25.000%' })
    press(part)
    expect(done).toEqual([['tap', action]])
    expectInert(parts)
  })

  test('folds to its bar and opens again', () => {
    const { parts, done } = draw()
    press(byTestId(parts, 'menu-bar')[0])
    const folded = draw({ menuFolded: true })
    expect(byTestId(folded.parts, 'menu-picture')).toEqual([])
    press(byTestId(folded.parts, 'menu-bar')[0])
    expect([done, folded.done]).toEqual([[['choose', { menuFolded: true }]], [['choose', { menuFolded: false }]]])
  })

  test.each(['new', 'blocked'] as const)('is not there for somebody who is %s', (relation) => {
    expect(byTestId(draw({}, { relation }).parts, 'menu')).toEqual([])
  })
})
