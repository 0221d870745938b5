/** The page in the browser: keeps the model, draws it after every change, and listens to the server. */
import { actionsFor } from './act.ts'
import { dialogView } from './dialogs.ts'
import { placeOf, withDraft } from './drafts.ts'
import { focusAtEnd, focusFirstField, focusKeeper } from './focus.ts'
import { progressOf } from './guide.ts'
import { recall, remember } from './memory.ts'
import { modalView } from './modal.ts'
import type { Element as Described } from './node.ts'
import { type Model, pageView } from './page.ts'
import { patch } from './patch.ts'
import { LINE_INPUT } from './phone.ts'
import { fetchFeed, fetchState } from './server-calls.ts'
import type { Choice } from './state.ts'
import { TEXTS } from './texts.ts'
import { valid } from './valid-choice.ts'

const FEED_KEPT = 300
const TOAST_MS = 5000
const NEAR_BOTTOM_PX = 80
const CLOCK_MS = 15_000

let model: Model | undefined
let choice = recall()
let toastTimer: ReturnType<typeof setTimeout> | undefined
let fetchedAtMs = 0
let running = false
let again = false
const focus = focusKeeper()

const act = actionsFor({
  choice: () => choice,
  choose,
  draft: (field, words) => {
    choice = { ...choice, ...withDraft(choice, placeOf(choice, field), words) }
    if (model) model = { ...model, choice }
  },
  focusLine: () => focusAtEnd(document.getElementById(LINE_INPUT)),
  refresh,
  toast,
  texts: () => TEXTS[choice.lang]
})

function choose(change: Partial<Choice>): void {
  const refetch = ['person', 'staff', 'channel'].some((name) => Object.hasOwn(change, name))
  choice = { ...choice, ...change }
  remember(choice)
  if (model) model = { ...model, choice }
  if (refetch) void refresh()
  else draw()
}

function toast(words: string | undefined): void {
  clearTimeout(toastTimer)
  if (words) toastTimer = setTimeout(() => toast(undefined), TOAST_MS)
  if (!model) return
  model = { ...model, toast: words }
  draw()
}

/** Asks for what is new; calls that come while one is under way share the next one. */
async function refresh(): Promise<void> {
  if (running) {
    again = true
    return
  }
  running = true
  try {
    do {
      again = false
      await refreshOnce()
    } while (again)
  } catch {
    toast(TEXTS[choice.lang].offline)
  } finally {
    running = false
  }
}

async function refreshOnce(): Promise<void> {
  const known = model?.feed ?? []
  const asked = choice
  const [state, news] = await Promise.all([fetchState(asked), fetchFeed(known.at(-1)?.id ?? 0)])
  choice = valid(choice, state)
  again ||= choice.person !== asked.person || choice.channel !== asked.channel || choice.staff !== asked.staff
  const before = model?.progress ?? { stamped: false, alerted: false, resolved: false }
  const feed = [...known, ...news.filter((entry) => entry.id > (known.at(-1)?.id ?? 0))].slice(-FEED_KEPT)
  model = { state, feed, choice, toast: model?.toast, progress: progressOf(state, before) }
  fetchedAtMs = Date.now()
  draw()
}

function draw(): void {
  const root = document.getElementById('app')
  if (!root || !model) return
  const texts = TEXTS[choice.lang]
  document.documentElement.lang = choice.lang
  document.title = texts.title
  const view = { lang: choice.lang, t: texts, act }
  const keep = stickers()
  const now = new Date(Date.parse(model.state.now) + Date.now() - fetchedAtMs).toISOString()
  patch(root, pageView({ ...model, state: { ...model.state, now } }, view))
  for (const stick of [...keep, ...document.querySelectorAll('[data-stick]:not([data-seen])')]) {
    stick.setAttribute('data-seen', '')
    stick.scrollTop = stick.scrollHeight
  }
  showDialog('dialog', dialogView(model.state, choice, view))
  showDialog('modal', modalView(model.state, view))
  focus.keep()
}

/** The logs that were read to their end and so should follow what comes. */
function stickers(): Element[] {
  return [...document.querySelectorAll('[data-stick]')].filter(
    (log) => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM_PX
  )
}

function showDialog(id: 'dialog' | 'modal', content: Described | undefined): void {
  const element = document.getElementById(id)
  if (!(element instanceof HTMLDialogElement)) return
  patch(element, content ? [content] : [])
  const opens = content && !element.open
  if (opens) element.showModal()
  if (opens || (content && !element.contains(document.activeElement))) focusFirstField(element)
  if (!content && element.open) element.close()
}

function listen(): void {
  const stream = new EventSource('/sandbox/stream')
  // What changed while the page was away, nobody says again: it asks when it is back (and once at the start).
  stream.addEventListener('open', () => void refresh())
  stream.addEventListener('change', () => void refresh())
  stream.addEventListener('error', () => toast(TEXTS[choice.lang].offline))
  document.getElementById('dialog')?.addEventListener('cancel', () => choose({ dialog: undefined }))
  document.getElementById('modal')?.addEventListener('cancel', (event) => {
    event.preventDefault()
    act.closeModal()
  })
  document.getElementById('app')?.addEventListener('focusin', ({ target }) => focus.on(target))
  setInterval(draw, CLOCK_MS)
}

await refresh()
listen()
