import type { Choice } from './state.ts'

const KEY = 'matane-sandbox'
const KEPT = ['lang', 'person', 'staff', 'channel', 'inspector', 'guide', 'menuFolded', 'shop'] as const

/** In a lower window the open menu would leave too little of the chat. */
const LOW_WINDOW_PX = 820

/** What this browser looked at last time; defaults on the first visit or where storage is denied. */
export function recall(): Choice {
  const fresh: Choice = {
    lang: navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en',
    person: '',
    staff: '',
    channel: '',
    thread: undefined,
    tab: 'phone',
    inspector: false,
    guide: true,
    menuFolded: globalThis.innerHeight < LOW_WINDOW_PX,
    dialog: undefined,
    shop: '',
    drafts: {},
    feedFilter: 'all'
  }
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return kept !== null && typeof kept === 'object' ? merged(fresh, new Map(Object.entries(kept))) : fresh
  } catch {
    return fresh
  }
}

/** Keeps what should be the same after a reload. */
export function remember(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, choice[name]]))))
  } catch {
    // A browser that denies storage only forgets.
  }
}

function merged(fresh: Choice, kept: ReadonlyMap<string, unknown>): Choice {
  const text = (name: 'person' | 'staff' | 'channel' | 'shop'): string => {
    const value = kept.get(name)
    return typeof value === 'string' ? value : fresh[name]
  }
  const flag = (name: 'inspector' | 'guide' | 'menuFolded'): boolean => {
    const value = kept.get(name)
    return typeof value === 'boolean' ? value : fresh[name]
  }
  const lang = kept.get('lang')
  return {
    ...fresh,
    lang: lang === 'ja' || lang === 'en' ? lang : fresh.lang,
    person: text('person'),
    staff: text('staff'),
    channel: text('channel'),
    shop: text('shop'),
    inspector: flag('inspector'),
    guide: flag('guide'),
    menuFolded: flag('menuFolded')
  }
}
