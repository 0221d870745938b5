import type { Advance } from './advance.ts'

/**
 * An advance without its words, for a customer who wants none: what staff and the record need still happens, a question
 * that would wait for an answer ends the run instead.
 */
export function silenced({ verdict, run, effects }: Advance): Advance {
  const asked = effects.some((effect) => effect.do === 'ask')
  const silent = effects.filter(
    (effect) => effect.do !== 'say' && effect.do !== 'ask' && !(asked && effect.do === 'set_timer')
  )
  return { verdict, run: { ...run, ended: run.ended || asked }, effects: silent }
}
