import type { Actions } from './actions.ts'
import { draftAt, type Field, placeOf, withDraft } from './drafts.ts'
import { safeUrl } from './flex-values.ts'
import { type Json, text } from './json.ts'
import { linkEffect } from './line-links.ts'
import { post, readCounter } from './server-calls.ts'
import type { Choice } from './state.ts'
import type { PageTexts } from './texts.ts'
import { dayAndTime } from './when.ts'

/** What the actions need of the page around them. */
export interface Stage {
  choice(): Choice
  choose(change: Partial<Choice>): void
  draft(field: Field, words: string): void
  /** Puts the keyboard on the field at the phone, behind what stands there. */
  focusLine(): void
  refresh(): Promise<void>
  toast(words: string | undefined): void
  texts(): PageTexts
}

/** The page's actions, carried out at the server; a failure is told in words and changes nothing. */
export function actionsFor(stage: Stage): Actions {
  const attempt = (work: () => Promise<unknown>, undo?: () => void): void => {
    work()
      .then(() => stage.refresh())
      .catch(() => {
        undo?.()
        stage.toast(stage.texts().failed)
      })
  }
  const line = (body: object, undo?: () => void): void => {
    const { person } = stage.choice()
    attempt(() => post('line', { person, ...body }), undo)
  }
  const slack = (body: object, undo?: () => void): void => {
    const { staff, channel } = stage.choice()
    attempt(() => post('slack', { staff, channel, ...body }), undo)
  }
  return {
    choose: stage.choose,
    draft: stage.draft,
    say(words) {
      if (words.trim() === '') return
      stage.toast(undefined)
      line({ do: 'say', text: words }, takeFrom('line', words, stage))
    },
    sticker: () => line({ do: 'sticker' }),
    tap: (action) => tap(action, stage, line),
    pick: (action, date) => pick({ do: 'tap', action, date }, stage, line),
    follow: () => line({ do: 'follow' }),
    block: () => line({ do: 'block' }),
    unsend: (messageId) => line({ do: 'unsend', messageId }),
    addPerson(name, language) {
      if (name === '') return
      attempt(async () => {
        const { id } = await post('people', { name, language })
        stage.choose({ dialog: undefined, person: text(id), tab: 'phone' })
      })
    },
    scan: (counterUrl) => attempt(() => scan(counterUrl, stage)),
    click: ({ ts, actionId, blockId, type, value }) => slack({ do: 'click', ts, actionId, blockId, type, value }),
    submit: (values) => slack({ do: 'submit', values }),
    closeModal: () => slack({ do: 'close' }),
    async upload(file) {
      const data = await asBase64(file)
      const { id } = await post('file', { staff: stage.choice().staff, name: file.name, data }).catch(() => {
        stage.toast(stage.texts().failed)
        return { id: undefined }
      })
      return id === undefined ? undefined : text(id)
    },
    post(words, threadTs) {
      if (words.trim() === '') return
      const field = threadTs === undefined ? 'channel' : 'thread'
      slack({ do: 'post', text: words, threadTs }, takeFrom(field, words, stage))
    },
    advance(duration) {
      stage.toast(stage.texts().moving)
      attempt(async () => {
        const { now } = await post('clock', { advance: duration })
        stage.toast(stage.texts().moved(dayAndTime(text(now), stage.choice().lang)))
      })
    }
  }
}

async function asBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += 8_192)
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 8_192)))
  return btoa(pieces.join(''))
}

/** Empties a field of the words that are sent, and of no others; what it answers puts them back where they were written. */
function takeFrom(field: Field, words: string, stage: Stage): () => void {
  const before = stage.choice()
  const place = placeOf(before, field)
  if (draftAt(before, place) !== words) return () => undefined
  stage.choose(withDraft(before, place, ''))
  return () => {
    const now = stage.choice()
    if (draftAt(now, place) === '') stage.choose(withDraft(now, place, words))
  }
}

function tap(action: Json, stage: Stage, line: (body: object) => void): void {
  const effect = action.type === 'uri' ? linkEffect(text(action.uri), safeUrl(action.uri)) : { kind: 'send' as const }
  const picks = action.type === 'datetimepicker'
  if (picks) stage.choose({ dialog: { pick: action } })
  else if (effect.kind === 'send') line({ do: 'tap', action })
  if (effect.kind === 'prefill') prefill(effect.text, stage)
  if (effect.kind === 'scan') stage.choose({ dialog: 'scan' })
  if (effect.kind === 'open') window.open(effect.url, '_blank', 'noopener,noreferrer')
}

function pick(doing: object, stage: Stage, line: (body: object) => void): void {
  stage.choose({ dialog: undefined })
  line(doing)
}

async function scan(counterUrl: string, stage: Stage): Promise<void> {
  const link = (await readCounter(counterUrl)) ?? ''
  const effect = linkEffect(link, safeUrl(link))
  if (effect.kind !== 'prefill') return stage.toast(stage.texts().scanFailed)
  prefill(effect.text, stage)
  stage.toast(stage.texts().scanned)
}

/** The words stand in the field at the phone as if typed: one press on Enter sends them. */
function prefill(words: string, stage: Stage): void {
  const choice = stage.choice()
  stage.choose({ dialog: undefined, tab: 'phone', ...withDraft(choice, placeOf(choice, 'line'), words) })
  stage.focusLine()
}
