import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseCustomer, type Found } from './choose.ts'
import { TOLD_KINDS, type ToldIdentity } from './identity.ts'

/** "ec:5=K" is an identity that leads to K, "ec:5" one that leads to nobody. K's kinds: `owned`, and those told. */
function choose(told: string, owned: Readonly<Record<string, readonly string[]>> = {}) {
  const parts = told.split(' ').map((part) => {
    const [, kind = '', value = '', customerId] = /^(\w+):(\w+)(?:=(\w+))?$/.exec(part) ?? []
    return { identity: { kind, value } as ToldIdentity, customerId }
  })
  const foundOf = (customerId: string): Found => ({
    customerId,
    kinds: new Set([
      ...(owned[customerId] ?? []),
      ...parts.flatMap(({ identity, customerId: owner }) => (owner === customerId ? [identity.kind] : []))
    ])
  })
  const choice = chooseCustomer(
    parts.map(({ identity }) => identity),
    (identity) =>
      parts.flatMap((part) => (part.identity === identity && part.customerId ? [foundOf(part.customerId)] : []))[0]
  )
  return {
    to: choice.customerId ?? 'new',
    attach: choice.attach.map(({ kind, value }) => `${kind}:${value}`),
    likely: choice.likely.map(({ customerId, reason }) => `${customerId} ${reason}`)
  }
}

describe('whose an event is', () => {
  test.each([
    ['nobody known is somebody new', 'email:a ec:5', 'new', ['ec:5', 'email:a'], []],
    ['one known has it, and what is new becomes theirs', 'ec:5=K email:a', 'K', ['email:a'], []],
    ['all of one person', 'ec:5=K email:a=K', 'K', [], []],
    [
      'two known stay two: the stronger identity decides, somebody has to look',
      'email:a=A ec:5=B pos:1',
      'B',
      [],
      ['A same_event']
    ],
    ['three known', 'email:a=A ec:5=B phone:1=C', 'B', [], ['C same_event', 'A same_event']],
    ['a browser alone', 'anonymous:x=X', 'X', [], []],
    ['a new browser', 'anonymous:x', 'new', ['anonymous:x'], []],
    ['who used a browser says who they are', 'anonymous:x=X email:a', 'X', ['email:a'], []],
    ['who used a browser turns out to be known', 'anonymous:x=X ec:5=K', 'K', ['anonymous:x'], ['X same_browser']],
    ['a known person on a new browser', 'anonymous:y ec:5=K', 'K', ['anonymous:y'], []]
  ])('%s', (_what, told, to, attach, likely) => expect(choose(told)).toEqual({ to, attach, likely }))

  test.each([
    ['a shared browser stays with its owner', 'anonymous:x=O ec:5=K', { O: ['email'] }, 'K', [], []],
    ['a new person on a shared browser is not its owner', 'anonymous:x=O ec:5', { O: ['email'] }, 'new', ['ec:5'], []],
    ['an address brings a new account to its owner', 'email:a=K ec:5', {}, 'K', ['ec:5'], []],
    [
      'an address does not bring a second account',
      'email:a=K ec:5',
      { K: ['ec'] },
      'new',
      ['ec:5'],
      ['K same_contact']
    ],
    [
      'an address does not bring an account to a LINE chat',
      'email:a=K ec:5',
      { K: ['line'] },
      'new',
      ['ec:5'],
      ['K same_contact']
    ],
    ['a known account may learn an address, LINE or not', 'ec:5=K email:a', { K: ['line'] }, 'K', ['email:a'], []]
  ])('%s', (_what, told, owned, to, attach, likely) => expect(choose(told, owned)).toEqual({ to, attach, likely }))

  test('does not depend on the order in which the identities are told', () => {
    const part = fc
      .tuple(fc.constantFrom(...TOLD_KINDS), fc.constantFrom('', '=A', '=B', '=C'))
      .map(([kind, owner]) => `${kind}:v${owner}`)
    const told = fc.uniqueArray(part, { minLength: 1, maxLength: 6, selector: (text) => text.split(':')[0] })
    fc.assert(
      fc.property(told, fc.subarray(['line', 'ec', 'email']), (parts, owned) => {
        const other = choose([...parts].reverse().join(' '), { A: owned })
        expect(other).toEqual(choose(parts.join(' '), { A: owned }))
      })
    )
  })

  test('never takes anything but a browser from anybody', () => {
    const part = fc
      .tuple(fc.constantFrom(...TOLD_KINDS), fc.constantFrom('', '=A', '=B'))
      .map(([kind, owner]) => `${kind}:v${owner}`)
    fc.assert(
      fc.property(fc.uniqueArray(part, { minLength: 1, selector: (text) => text.split(':')[0] }), (parts) => {
        const owned = parts.filter((text) => text.includes('=') && !text.startsWith('anonymous'))
        const { attach } = choose(parts.join(' '))
        for (const text of owned) expect(attach).not.toContain(text.split('=')[0])
      })
    )
  })
})
