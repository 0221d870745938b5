import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../../core/hash.ts'
import { type Content, chained, type Head, hashDetail, headText, ORIGIN, parseHead, signContent } from './chain.ts'
import { type ChainedRow, checkRow, endFault, nextFrom } from './verify.ts'

/** As long as a real one. */
const sign = (text: string) => sha256Hex(`key ${text}`).slice(0, 43)

const content: Content = {
  ...{ id: '0192f000-0000-7000-8000-000000000001', at: new Date('2026-11-21T01:00:00Z') },
  ...{ actorKind: 'staff', actorId: 'UAYA', action: 'follow_up.claim', subjectType: 'follow_up', subjectId: '812' },
  ...{ customerId: '0192f000-0000-7000-8000-0000000000aa', detailHash: hashDetail('k:abc') }
}

/** A row in its place after `previous`. */
function row(previous: Head, seq: number, more: Partial<ChainedRow> = {}): ChainedRow {
  const written = { ...content, seq, contentHash: signContent(sign, content) }
  const place = chained(sign, previous, written)
  return { ...written, ...place, previousHash: previous.hash, detailSealed: 'k:abc', erasureKnown: false, ...more }
}

describe('a row in its place', () => {
  it('is what it was', () => {
    const first = row(ORIGIN, 7)
    expect(checkRow(sign, ORIGIN, first)).toEqual({ ok: true, value: { position: 1, hash: first.hash } })
  })

  it('may have given up its detail when that is on record, and only then', () => {
    const emptied = { detailSealed: null }
    expect(checkRow(sign, ORIGIN, row(ORIGIN, 7, { ...emptied, erasureKnown: true }))).toMatchObject({ ok: true })
    expect(checkRow(sign, ORIGIN, row(ORIGIN, 7, emptied))).toMatchObject({ ok: false, kind: 'emptied', position: 1 })
  })

  it.each<[string, Partial<ChainedRow>, string]>([
    ['another actor', { actorId: 'UEVIL' }, 'changed'],
    ['another kind of actor', { actorKind: 'system' }, 'changed'],
    ['another action', { action: 'follow_up.assign' }, 'changed'],
    ['another subject', { subjectId: '813' }, 'changed'],
    ['another type of subject', { subjectType: 'staff' }, 'changed'],
    ['a millisecond later', { at: new Date('2026-11-21T01:00:00.001Z') }, 'changed'],
    ['nobody it is about', { customerId: null }, 'changed'],
    ['another id', { id: '0192f000-0000-7000-8000-000000000002' }, 'changed'],
    ['no detail at all', { detailHash: '', detailSealed: null }, 'changed'],
    ['letters in another case', { actorId: 'uaya' }, 'changed'],
    ['another detail', { detailSealed: 'k:xyz' }, 'detail'],
    ['another order', { seq: 6 }, 'moved'],
    ['another hash before it', { previousHash: 'x' }, 'moved'],
    ['another hash', { hash: 'x' }, 'moved'],
    ['no hash', { hash: null }, 'moved'],
    ['a later place', { position: 2 }, 'missing']
  ])('shows %s', (_what, more, kind) => {
    expect(checkRow(sign, ORIGIN, row(ORIGIN, 7, more))).toMatchObject({ ok: false, kind, position: 1 })
  })

  it('says which row it is, and none where none is', () => {
    expect(checkRow(sign, ORIGIN, row(ORIGIN, 7, { actorId: 'UEVIL' }))).toMatchObject({ seq: 7 })
    expect(checkRow(sign, ORIGIN, row(ORIGIN, 7, { position: 3 }))).toMatchObject({ seq: undefined })
  })

  it('cannot be made with another key', () => {
    expect(checkRow((text) => sha256Hex(text), ORIGIN, row(ORIGIN, 7))).toMatchObject({ ok: false, kind: 'changed' })
  })

  it('tells no two contents apart wrongly: a hash belongs to one content', () => {
    const texts = fc.record({ actorId: fc.string(), subjectId: fc.string(), action: fc.string() })
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(signContent(sign, { ...content, ...one }) === signContent(sign, { ...content, ...other })).toBe(same)
      })
    )
  })
})

describe('the end of a chain', () => {
  const at = (position: number, hash = `h${position}`) => ({ position, hash })
  it.each<[string, Head, Head | undefined, string | undefined]>([
    ['nothing yet', ORIGIN, undefined, undefined],
    ['as noted', at(5), at(5), undefined],
    ['shorter than noted', at(4), at(5), 'cut'],
    ['all gone', ORIGIN, at(5), 'cut'],
    ['longer than noted', at(6), at(5), 'beyond'],
    ['not noted', at(5), undefined, 'no_head'],
    ['another one than noted', at(5, 'other'), at(5), 'witness']
  ])('%s', (_what, last, noted, kind) => {
    expect(endFault(last, noted)?.kind).toBe(kind)
  })

  it.each<[string, Head, Head | undefined, Head]>([
    ['at the beginning', ORIGIN, undefined, ORIGIN],
    ['where it ended', at(5), at(5), at(5)],
    ['after a hole when it was cut', at(3), at(5), { position: 6, hash: 'h5' }],
    ['after a hole when the note is gone', at(5), undefined, { position: 6, hash: 'h5' }],
    ['after a hole when rows were added', at(7), at(5), { position: 8, hash: 'h5' }]
  ])('goes on %s', (_what, last, noted, from) => {
    expect(nextFrom(last, noted)).toEqual(from)
  })
})

describe('a head on paper', () => {
  it('is read as it was written', () => {
    const head = { position: 1234, hash: 'a-_Z'.repeat(11).slice(0, 43) }
    expect(parseHead(` ${headText(head)}\n`)).toEqual(head)
  })
  it.each(['', '1234', `0:${'a'.repeat(43)}`, `x:${'a'.repeat(43)}`, `1:${'a'.repeat(42)}`, `1:${'a'.repeat(44)}`])(
    'is nothing else: %j',
    (text) => expect(parseHead(text)).toBeUndefined()
  )
})
