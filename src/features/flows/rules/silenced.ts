import type { Advance, Effect } from './advance.ts'

/**
 * An advance without its words, for a customer who wants none: what staff and the record need still happens, a question
 * that would wait for an answer ends the run instead. What they would be given is words as well: nobody would tell them.
 */
export function silenced({ verdict, run, effects }: Advance): Advance {
  const asked = effects.some((effect) => effect.do === 'ask')
  const silent = effects.filter((effect) => !isHeard(effect) && !(asked && effect.do === 'set_timer'))
  return { verdict, run: { ...run, ended: run.ended || asked }, effects: silent }
}

/** Whether the customer hears of an effect. */
export function isHeard(effect: Effect): boolean {
  return effect.do === 'say' || effect.do === 'ask' || (effect.do === 'act' && effect.step.do === 'give')
}
