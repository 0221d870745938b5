import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Change, decide, type FollowUpState, OUTCOMES } from './state.ts'

const NOW = new Date('2026-11-21T01:00:00Z')
const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)
const OPEN: FollowUpState = {
  ...{ version: 1, priority: 'normal', dueAt: at(24), assigneeId: null, respondedAt: null },
  ...{ snoozedUntil: null, resolvedAt: null, resolvedBy: null, outcome: null }
}
const RESOLVED: FollowUpState = {
  ...OPEN,
  ...{ version: 5, respondedAt: at(-1), resolvedAt: at(-1), resolvedBy: 'U1', outcome: 'retained' }
}

function stateAfter(change: Change, state: Partial<FollowUpState> = {}): Partial<FollowUpState> {
  const decided = decide({ ...OPEN, ...state }, change, NOW)
  if (!decided.ok) throw new Error(decided.kind)
  return decided.value
}

describe('claiming', () => {
  it('makes the first one the assignee, and is the first answer', () => {
    expect(stateAfter({ kind: 'claim', by: 'U1' })).toMatchObject({ assigneeId: 'U1', respondedAt: NOW, version: 2 })
  })
  it('tells the second one who has it', () => {
    expect(decide({ ...OPEN, assigneeId: 'U1' }, { kind: 'claim', by: 'U2' }, NOW)).toEqual({
      ok: false,
      kind: 'taken',
      by: 'U1'
    })
  })
  it('changes nothing for the one who has it', () => {
    const mine = { ...OPEN, assigneeId: 'U1', respondedAt: at(-1) }
    expect(decide(mine, { kind: 'claim', by: 'U1' }, NOW)).toEqual({ ok: false, kind: 'yours' })
  })
})

describe('assigning', () => {
  it('takes it from a colleague, without counting as an answer to the customer', () => {
    const state = stateAfter({ kind: 'assign', by: 'U1', to: 'U2' }, { assigneeId: 'U3' })
    expect(state).toMatchObject({ assigneeId: 'U2', respondedAt: null })
  })
  it('leaves the first answer to whom it was given, who claims it', () => {
    const given = stateAfter({ kind: 'assign', by: 'U1', to: 'U2' })
    expect(stateAfter({ kind: 'claim', by: 'U2' }, given)).toMatchObject({ assigneeId: 'U2', respondedAt: NOW })
    expect(decide({ ...OPEN, ...given }, { kind: 'claim', by: 'U3' }, NOW)).toMatchObject({ kind: 'taken', by: 'U2' })
  })
  it('to oneself is taking over, which counts as an answer', () => {
    expect(stateAfter({ kind: 'assign', by: 'U2', to: 'U2' }, { assigneeId: 'U3' })).toMatchObject({ respondedAt: NOW })
  })
})

describe('a new reason', () => {
  it('makes it as urgent as the most urgent reason, never less', () => {
    const urgent = { kind: 'add_reason', priority: 'high', dueAt: at(4) } as const
    expect(stateAfter(urgent)).toMatchObject({ priority: 'high', dueAt: at(4) })
    const calm = { kind: 'add_reason', priority: 'normal', dueAt: at(72) } as const
    expect(stateAfter(calm, { priority: 'high' })).toMatchObject({ priority: 'high', dueAt: at(24) })
  })
  it('wakes a snoozed one at once', () => {
    const change = { kind: 'add_reason', priority: 'normal', dueAt: at(24) } as const
    expect(stateAfter(change, { snoozedUntil: at(2) })).toMatchObject({ snoozedUntil: null })
  })
  it('does not move a deadline that was met', () => {
    const change = { kind: 'add_reason', priority: 'high', dueAt: at(1) } as const
    expect(stateAfter(change, { respondedAt: at(-2) })).toMatchObject({ dueAt: at(24) })
  })
})

describe('the clock', () => {
  it.each([
    ['wakes what is due', { snoozedUntil: at(0) }, true],
    ['lets a longer snooze sleep', { snoozedUntil: at(1) }, false],
    ['leaves alone what is awake', {}, false],
    ['leaves alone what is resolved', { ...RESOLVED }, false]
  ])('%s', (_name, state, wakes) => {
    expect(decide({ ...OPEN, ...state }, { kind: 'wake' }, NOW).ok).toBe(wakes)
  })
  it.each([
    ['reminds when the deadline passed', { dueAt: at(0) }, true],
    ['does not remind before the deadline', { dueAt: at(1) }, false],
    ['does not remind when somebody answered', { dueAt: at(-1), respondedAt: at(-2) }, false],
    ['does not remind while it is snoozed', { dueAt: at(-1), snoozedUntil: at(5) }, false]
  ])('%s', (_name, state, reminds) => {
    expect(decide({ ...OPEN, ...state }, { kind: 'remind' }, NOW).ok).toBe(reminds)
  })
  it('snoozes into the future only', () => {
    expect(decide(OPEN, { kind: 'snooze', until: NOW }, NOW)).toMatchObject({ kind: 'past' })
  })
})

describe('the end', () => {
  it('closes everything that was open about it', () => {
    const state = stateAfter({ kind: 'resolve', by: 'U1', outcome: 'lost' }, { snoozedUntil: at(9) })
    expect(state).toMatchObject({ resolvedAt: NOW, resolvedBy: 'U1', outcome: 'lost', snoozedUntil: null })
  })
  it('comes once: the second one learns who was first', () => {
    const change = { kind: 'resolve', by: 'U2', outcome: 'lost' } as const
    expect(decide(RESOLVED, change, NOW)).toEqual({ ok: false, kind: 'resolved', by: 'U1' })
  })
  it('can be undone, with a new deadline', () => {
    const state = stateAfter({ kind: 'reopen', dueAt: at(24) }, RESOLVED)
    expect(state).toMatchObject({ resolvedAt: null, outcome: null, respondedAt: null, dueAt: at(24), version: 6 })
  })
  it('cannot be undone before it came', () => {
    expect(decide(OPEN, { kind: 'reopen', dueAt: at(24) }, NOW)).toMatchObject({ kind: 'still_open' })
  })
})

const someone = fc.constantFrom('U1', 'U2', 'U3')
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('claim' as const), by: someone }),
  fc.record({ kind: fc.constant('assign' as const), by: someone, to: someone }),
  fc.record({ kind: fc.constant('snooze' as const), until: fc.integer({ min: -5, max: 90 }).map(at) }),
  fc.constant({ kind: 'wake' as const }),
  fc.constant({ kind: 'remind' as const }),
  fc.constant({ kind: 'redraw' as const }),
  fc.record({ kind: fc.constant('resolve' as const), by: someone, outcome: fc.constantFrom(...OUTCOMES) }),
  fc.record({ kind: fc.constant('reopen' as const), dueAt: fc.integer({ min: 1, max: 90 }).map(at) }),
  fc.record({
    kind: fc.constant('add_reason' as const),
    priority: fc.constantFrom('high' as const, 'normal' as const),
    dueAt: fc.integer({ min: 1, max: 90 }).map(at)
  })
)

test('whatever happens in whatever order, the version grows and the state is whole', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
      let state = OPEN
      let now = NOW
      for (const change of changes) {
        now = new Date(now.getTime() + 3_600_000)
        const decided = decide(state, change, now)
        if (!decided.ok) continue
        expect(decided.value.version).toBe(state.version + 1)
        state = decided.value
        expect(state.resolvedAt !== null).toBe(state.outcome !== null)
        expect(state.resolvedAt !== null).toBe(state.resolvedBy !== null)
        if (state.resolvedAt) expect(state.snoozedUntil).toBeNull()
        if (state.resolvedAt) expect(state.respondedAt).not.toBeNull()
      }
    })
  )
})
