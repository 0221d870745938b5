import { checkUri } from './actions.ts'
import { checkImageUrl } from './image.ts'
import { LIMITS, MessageFormError, requireGraphemes, requireUnits } from './limits.ts'

type Part = Readonly<Record<string, unknown>>

/** What LINE asks of a part of a Flex message beyond its type, by the part's `type`. */
const CHECKS: Readonly<Record<string, (path: string, part: Part) => void>> = {
  text: (path, part) => {
    if (!Array.isArray(part.contents)) requireText(`${path}.text`, part.text)
  },
  span: (path, part) => requireText(`${path}.text`, part.text),
  image: (path, part) => checkImageUrl(`${path}.url`, textOf(part.url)),
  icon: (path, part) => checkImageUrl(`${path}.url`, textOf(part.url)),
  button: (path, part) => requireText(`${path}.action.label`, isPart(part.action) ? part.action.label : undefined),
  uri: (path, action) => checkUri(`${path}.uri`, typeof action.uri === 'string' ? action.uri : ''),
  postback: (path, action) => requireUnits(`${path}.data`, textOf(action.data), LIMITS.postbackDataUnits),
  message: (path, action) => requireGraphemes(`${path}.text`, textOf(action.text), LIMITS.actionTextGraphemes)
}

/** Checks every box, text, image, button and action below `part`; throws with the path of the first fault. */
export function checkFlexParts(path: string, part: unknown): void {
  if (Array.isArray(part)) {
    for (const [index, item] of part.entries()) checkFlexParts(`${path}[${index}]`, item)
  } else if (isPart(part)) {
    if (typeof part.type === 'string') CHECKS[part.type]?.(path, part)
    if (typeof part.label === 'string') requireGraphemes(`${path}.label`, part.label, LIMITS.labelGraphemes)
    for (const [name, inner] of Object.entries(part)) checkFlexParts(`${path}.${name}`, inner)
  }
}

function isPart(value: unknown): value is Part {
  return value !== null && typeof value === 'object'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function requireText(path: string, text: unknown): void {
  if (typeof text !== 'string' || text === '') throw new MessageFormError(path, 'must not be empty')
}
