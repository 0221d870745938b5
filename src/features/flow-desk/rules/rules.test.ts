import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FlowsCommand, parseFlowsCommand } from './flows-command.ts'
import { inParts } from './parts.ts'

test.each<[string, FlowsCommand]>([
  ['', { kind: 'list' }],
  [' 一覧 ', { kind: 'list' }],
  ['LIST', { kind: 'list' }],
  ['新規', { kind: 'new' }],
  ['new', { kind: 'new' }],
  ['nps', { kind: 'show', id: 'nps' }],
  ['ＮＰＳ', { kind: 'show', id: 'nps' }],
  ['news', { kind: 'show', id: 'news' }]
])('%j asks for %j', (text, command) => expect(parseFlowsCommand(text)).toEqual(command))

describe('a long text in parts', () => {
  test('is cut at the ends of lines, as few as it fits in', () => {
    expect(inParts('aaaa\nbbbb\ncc', 9)).toEqual(['aaaa\nbbbb', 'cc'])
    expect(inParts('aaaa\nbbbb\ncc', 12)).toEqual(['aaaa\nbbbb\ncc'])
    expect(inParts('', 5)).toEqual([''])
  })

  test('is none when a line is too long', () => expect(inParts('aa\nbbbbbb', 5)).toBeUndefined())

  test('is the same text again, and every part fits', () => {
    const texts = fc.array(fc.string({ maxLength: 8 }), { maxLength: 20 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 30 }), (text, max) => {
        const parts = inParts(text, max)
        expect(parts?.join('\n')).toBe(text)
        expect(parts?.every((part) => part.length <= max)).toBe(true)
      })
    )
  })
})
