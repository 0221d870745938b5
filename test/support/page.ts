import { expect } from 'vitest'
import type { Actions, View } from '../../src/sandbox/page/actions.ts'
import { type Child, type Element, elementsOf } from '../../src/sandbox/page/node.ts'
import type { Choice, SandboxState } from '../../src/sandbox/page/state.ts'
import { TEXTS } from '../../src/sandbox/page/texts.ts'

/** Everything a person did at the page, as [action, ...arguments]. */
export type Done = [string, ...unknown[]][]

/** What views get in tests: the page's words, and actions that are only noted. */
export function pageView(lang: 'ja' | 'en' = 'ja'): { view: View; done: Done } {
  const done: Done = []
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      done.push([name, ...args])
    }
  const act: Actions = {
    choose: note('choose'),
    draft: note('draft'),
    say: note('say'),
    sticker: note('sticker'),
    tap: note('tap'),
    pick: note('pick'),
    follow: note('follow'),
    block: note('block'),
    unsend: note('unsend'),
    addPerson: note('addPerson'),
    scan: note('scan'),
    click: note('click'),
    submit: note('submit'),
    closeModal: note('closeModal'),
    upload: async (file) => {
      done.push(['upload', file.name])
      return 'F1'
    },
    post: note('post'),
    advance: note('advance')
  }
  return { view: { lang, t: TEXTS[lang], act }, done }
}

export const aState: SandboxState = {
  now: '2026-11-21T03:00:00.000Z',
  aheadMs: 0,
  shopName: '喫茶またね',
  botId: '@matane',
  slackBotId: 'UBOT',
  people: [{ id: 'U1', name: '佐藤 花子', language: 'ja', relation: 'following' }],
  staff: [
    { id: 'UBOT', name: 'matane', kind: 'cs', isBot: true },
    { id: 'UAYA', name: '彩', kind: 'cs', isBot: false }
  ],
  channels: [{ id: 'C1', name: 'cs-alerts', isShared: false }],
  desk: { alerted: false, resolved: false },
  counters: [{ shop: 'kamakura', name: '鎌倉店', nameEn: 'Kamakura', url: '/counter/kamakura?key=k' }],
  chat: [],
  menu: undefined,
  messages: [],
  whispers: [],
  modal: undefined
}

export const aChoice: Choice = {
  lang: 'ja',
  person: 'U1',
  staff: 'UAYA',
  channel: 'C1',
  thread: undefined,
  tab: 'phone',
  inspector: true,
  guide: true,
  dialog: undefined,
  shop: 'kamakura',
  drafts: {},
  menuFolded: false,
  feedFilter: 'all'
}

/** The elements with a data-testid, in order. */
export function byTestId(root: readonly Child[], id: string): Element[] {
  return all(root).filter(({ props }) => props.attrs?.['data-testid'] === id)
}

/** Every element below and including the given ones. */
export function all(root: readonly Child[]): Element[] {
  return root.flatMap((child) => [...elementsOf(child)])
}

/** Presses an element as a mouse would. */
export function press(element: Element | undefined): void {
  const click = element?.props.on?.click
  if (!click) throw new Error('There is nothing to press')
  click(new Event('click', { cancelable: true }))
}

const TAGS =
  /^(a|article|aside|b|blockquote|br|button|code|details|div|figure|figcaption|footer|form|h[1-3]|header|hr|i|img|input|label|li|main|nav|ol|option|p|path|pre|s|section|select|small|span|summary|svg|textarea|time)$/
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'xlink:href']
const SAFE_ADDRESS = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]|\/counter\/|\/sandbox\/menu\/)/

/** Fails when anything in the tree could run code, load from a place that is not safe, or bring styles of its own along. */
export function expectInert(root: readonly Child[]): void {
  for (const { tag, props } of all(root)) {
    expect(tag === 'iframe' || TAGS.test(tag), `<${tag}>`).toBe(true)
    for (const [name, value] of Object.entries(props.attrs ?? {})) {
      expect(name).not.toMatch(/^(on|srcdoc|style$)/i)
      if (ADDRESSES.includes(name) && value !== undefined) expect(String(value)).toMatch(SAFE_ADDRESS)
    }
    for (const value of Object.values(props.style ?? {})) expectPlainStyle(value)
  }
}

function expectPlainStyle(value: string | undefined): void {
  if (value === undefined) return
  const url = /^url\("https?:\/\/[^"'()\\\s]*"\)$/
  expect(url.test(value) || /^[\w\s#.,%()/-]*$/.test(value), value).toBe(true)
  if (!url.test(value)) expect(value).not.toMatch(/url|expression|image\(/i)
}
