import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../../core/locale.ts'
import { parseThreadCommand } from '../rules/mention.ts'
import { snoozeUntil } from '../rules/snooze.ts'
import { OUTCOMES } from '../rules/state.ts'
import { OUTCOME_NAMES } from '../texts.ts'
import { STAFF_TEXTS } from './staff-texts.ts'

const NOW = new Date('2026-11-21T01:00:00Z')
/** What a text tells people to write: everything between backticks. */
const examplesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, words = '']) => words)
const asSlackWrites = (words: string) => words.replace('@matane ', '').replace(/@(?:名前|name)/, '<@U1>')

describe.each(LOCALES)('what staff are told to say (%s)', (locale) => {
  const texts = STAFF_TEXTS[locale]

  it('is understood, every example of the help', () => {
    const [commands, spans] = [
      examplesIn(texts.help).filter((words) => !isSpan(words)),
      examplesIn(texts.help).filter(isSpan)
    ]
    expect(commands.length).toBeGreaterThan(5)
    for (const words of commands) {
      const command = parseThreadCommand(asSlackWrites(words))
      expect(command, words).toBeDefined()
      expect(command?.kind, words).not.toBe('unnamed')
    }
    for (const words of spans) expect(snoozeUntil(words, NOW, 'Asia/Tokyo').ok, words).toBe(true)
  })

  it('is understood, every example of an answer that says what went wrong', () => {
    for (const text of [texts.noRecord, texts.nobodyNamed, texts.snoozeUnreadable]) {
      for (const words of examplesIn(text).filter((example) => example.startsWith('@matane '))) {
        expect(parseThreadCommand(asSlackWrites(words)), words).toBeDefined()
      }
    }
  })

  it('may be the name of an outcome as the form shows it', () => {
    const verb = locale === 'ja' ? '解決' : 'resolve'
    for (const outcome of OUTCOMES) {
      const said = `${verb} ${OUTCOME_NAMES[outcome][locale]} 12:30`
      expect(parseThreadCommand(said), said).toEqual({ kind: 'resolve', outcome, note: '12:30' })
    }
  })
})

function isSpan(words: string): boolean {
  return parseThreadCommand(asSlackWrites(words)) === undefined
}
