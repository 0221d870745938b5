import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSettingsCommand } from './settings-command.ts'

const language = {
  name: 'language',
  words: ['言語'],
  choices: [
    { value: 'ja', label: { ja: '日本語', en: 'Japanese' } },
    { value: 'en', label: { ja: '英語', en: 'English' } }
  ]
}
const quiet = {
  name: 'quiet',
  choices: [{ value: '21-9', label: { ja: '21時から9時', en: '9 pm to 9 am' }, words: ['夜'] }]
}
const parse = (text: string) => parseSettingsCommand(text, [language, quiet])

describe('a command about settings', () => {
  it.each(['', '  ', '　'])('with nothing more (%j) asks for the form', (text) => {
    expect(parse(text)).toEqual({ kind: 'form' })
  })

  it.each([
    ['language en', language, 'en'],
    ['LANGUAGE　ＥＮ', language, 'en'],
    ['language=English', language, 'en'],
    ['language : japanese', language, 'ja'],
    ['言語 英語', language, 'en'],
    ['言語　日本語', language, 'ja'],
    ['quiet 9 PM to 9 am', quiet, '21-9'],
    ['quiet 夜', quiet, '21-9']
  ])('%j sets a value, in whichever language and width', (text, setting, value) => {
    expect(parse(text)).toEqual({ kind: 'set', setting, value })
  })

  it('shows what a setting is when no value is given', () => {
    expect(parse('language')).toEqual({ kind: 'show', setting: language })
    expect(parse('言語=')).toEqual({ kind: 'show', setting: language })
  })

  it('tells a setting that is unknown from a value that is', () => {
    expect(parse('colour red')).toEqual({ kind: 'unknown_setting', word: 'colour' })
    expect(parse('language fr')).toEqual({ kind: 'unknown_value', setting: language, word: 'fr' })
    expect(parse('constructor')).toEqual({ kind: 'unknown_setting', word: 'constructor' })
  })

  it('never sets anything but one of the choices, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (name, value) => {
        const command = parse(`${name} ${value}`)
        if (command.kind !== 'set') return
        expect(command.setting.choices.map((choice) => choice.value)).toContain(command.value)
      })
    )
  })
})
