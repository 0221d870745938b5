/** What is wrong with tiers that are named elsewhere, each with what to write instead; `keys` undefined = there are none. */
export function unknownTiers(named: readonly string[], keys: readonly string[] | undefined): Map<string, string> {
  const unknown = named.filter((name) => !keys?.includes(name))
  return new Map(
    unknown.map((name) => [
      name,
      keys
        ? `there is no tier "${name}": write one of ${keys.join(', ')}`
        : 'there are no tiers: make flows/loyalty/tiers.yaml, or leave this condition out'
    ])
  )
}
