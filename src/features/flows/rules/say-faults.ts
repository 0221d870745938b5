import { graphemeCount } from '../../../core/text.ts'
import { addressFault, imageFault } from './address.ts'
import type { Fault } from './references.ts'
import type { Flow, FlowText, SayButton, SayCard, SayStep } from './schema.ts'

/** Characters that a person sees: what fits on a card of a phone's width and is still read. */
const MAX_TITLE = 60
const MAX_BODY = 500
/** On a button; LINE takes 40, but shows about 20 of them. */
const MAX_BUTTON = 20
/** What a tap may say. */
const MAX_SAID = 300

type Path = Fault['path']

/** Everything wrong with what a step says, besides the length and the placeholders of a plain text. */
export function sayFaults(flow: Flow, step: SayStep, path: Path): Fault[] {
  const { text, image, buttons = [], card } = step
  return [
    ...wholeFaults(step, path),
    ...(image ? imageFaults(image, [...path, 'image']) : []),
    ...(text && buttons.length > 0
      ? lengthFaults(text, [...path, 'text'], { max: MAX_BODY, what: 'a text over buttons' })
      : []),
    ...buttonFaults(flow, buttons, [...path, 'buttons']),
    ...(card ? cardFaults(flow, card, [...path, 'card']) : [])
  ]
}

function wholeFaults({ text, image, buttons, card }: SayStep, path: Path): Fault[] {
  if (card && (text || image || buttons))
    return [{ path, message: 'a card stands alone: move text, image and buttons into it, or into a step of their own' }]
  if (!card && !text && !image) return [{ path, message: 'nothing is said: write "text: …", "image: …" or "card: …"' }]
  if (buttons && !text && !card) return [{ path, message: 'buttons stand under words: write "text: …" above them' }]
  return []
}

function imageFaults({ url, preview }: NonNullable<SayStep['image']>, path: Path): Fault[] {
  return [
    ...faultAt(imageFault(url), [...path, 'url']),
    ...(preview === undefined ? [] : faultAt(imageFault(preview), [...path, 'preview']))
  ]
}

function cardFaults(flow: Flow, { layout, title, body, image, buttons = [] }: SayCard, path: Path): Fault[] {
  const at = (name: string): Path => [...path, name]
  return [
    ...(layout === 'photo' && !image ? faultAt('a photo card needs its picture: add "image: https://…"', path) : []),
    ...(layout === 'quote' && image
      ? faultAt('a quote has no picture: take it out, or choose photo', at('image'))
      : []),
    ...(image === undefined ? [] : faultAt(imageFault(image), at('image'))),
    ...lengthFaults(title, at('title'), { max: MAX_TITLE, what: 'a title' }),
    ...lengthFaults(body, at('body'), { max: MAX_BODY, what: 'the text of a card' }),
    ...buttonFaults(flow, buttons, at('buttons'))
  ]
}

function buttonFaults(flow: Flow, buttons: readonly SayButton[], path: Path): Fault[] {
  return buttons.flatMap(({ label, open, say }, index) => {
    const at = [...path, index]
    const same = buttons.slice(0, index).some((one) => one.label.ja === label.ja || one.label.en === label.en)
    return [
      ...lengthFaults(label, [...at, 'label'], { max: MAX_BUTTON, what: 'a button' }),
      ...(same ? faultAt('another button has this label: word them differently', [...at, 'label']) : []),
      ...((open === undefined) === (say === undefined)
        ? faultAt('a button does one thing: write either "open: https://…" or "say: …"', at)
        : []),
      ...(open === undefined ? [] : faultAt(addressFault(flow, open), [...at, 'open'])),
      ...(say === undefined ? [] : faultAt(saidFault(say), [...at, 'say']))
    ]
  })
}

function saidFault(say: string): string | undefined {
  if (!/\S/.test(say)) return 'write what the tap says, it is empty'
  const count = graphemeCount(say)
  return count <= MAX_SAID ? undefined : `a tap says at most ${MAX_SAID} characters, this has ${count}: shorten it`
}

function lengthFaults(text: FlowText, path: Path, { max, what }: { max: number; what: string }): Fault[] {
  return (['ja', 'en'] as const).flatMap((locale) => {
    const count = graphemeCount(text[locale])
    return count <= max
      ? []
      : faultAt(`${what} has at most ${max} characters, this has ${count}: shorten it`, [...path, locale])
  })
}

function faultAt(message: string | undefined, path: Path): Fault[] {
  return message === undefined ? [] : [{ path, message }]
}
