import type { Locale } from '../../../core/locale.ts'
import { deedLabel } from './deed-texts.ts'
import { saidInWords } from './say-texts.ts'
import type { Step } from './schema.ts'
import { pauseLabel } from './wake.ts'

const ABOUT_MAX = 40

/** A step in a few words: how its text begins, or what it does; empty when its kind says all. */
export function aboutStep(step: Step, locale: Locale): string {
  const [first = ''] = wordsOf(step, locale).trim().split('\n')
  return [...first].length > ABOUT_MAX ? `${[...first].slice(0, ABOUT_MAX).join('')}…` : first
}

function wordsOf(step: Step, locale: Locale): string {
  if (step.do === 'say') return saidInWords(step, (text) => text[locale])
  return 'text' in step ? step.text[locale] : detailOf(step)
}

function detailOf(step: Step): string {
  switch (step.do) {
    case 'wait':
      return pauseLabel(step)
    case 'follow_up':
      return `${step.priority}, ${step.due}`
    case 'tag':
      return [step.add, step.remove && `-${step.remove}`].filter(Boolean).join(' ')
    case 'set':
    case 'give':
    case 'webhook':
    case 'goto':
      return deedLabel(step)
    default:
      return ''
  }
}
