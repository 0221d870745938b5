import type { Choice, SandboxState } from './state.ts'

/** The choice, with what no longer exists replaced by the first there is. */
export function valid(choice: Choice, state: SandboxState): Choice {
  const humans = state.staff.filter((person) => !person.isBot)
  return {
    ...choice,
    // At first, someone who speaks the page's language.
    person: known(choice.person, idsOf(state.people, choice.lang)),
    staff: known(
      choice.staff,
      humans.map(({ id }) => id)
    ),
    channel: known(
      choice.channel,
      state.channels.map(({ id }) => id)
    ),
    shop: known(
      choice.shop,
      state.counters.map(({ shop }) => shop)
    )
  }
}

function idsOf(people: SandboxState['people'], lang: string): string[] {
  const speakers = people.filter(({ language }) => language === lang)
  return [...speakers, ...people].map(({ id }) => id)
}

function known(id: string, ids: readonly string[]): string {
  return ids.includes(id) ? id : (ids[0] ?? '')
}
